import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Match, matchStudents, type Student } from './matchStudents.ts';

const there: Student[] = [
	{ number: '0012', name: 'Ada Lovelace' },
	{ number: '0013', name: 'Bo Li' },
	{ number: '', name: 'Chen' },
	{ number: '7', name: 'Dana' },
	{ number: '7', name: 'Dan' },
	{ number: '20', name: 'Eva' },
	{ number: '21', name: 'Eva' },
];
const known = (place: number, nameDiffers = false): Match => ({ kind: 'known', place, nameDiffers });
const fresh = (nameKnown = false): Match => ({ kind: 'new', nameKnown });

test.each<[string, Student, Match]>([
	['the number counts', { number: '0012', name: '' }, known(0)],
	['a spreadsheet drops the zeros in front', { number: '12', name: 'Ada Lovelace' }, known(0)],
	['the number counts though the name is another, which is told', { number: '0013', name: 'Chen' }, known(1, true)],
	['without a number the name counts', { number: '', name: '  bo  LI' }, known(1)],
	['the last name may stand first', { number: '', name: 'Lovelace, Ada' }, known(0)],
	['where the class has no number the name counts', { number: '0099', name: 'Chen' }, known(2)],
	['one name under two numbers is two people', { number: '0099', name: 'Ada Lovelace' }, fresh(true)],
	['two of one number are not told apart', { number: '7', name: 'Dana' }, { kind: 'several' }],
	['two of one name are not told apart without a number', { number: '', name: 'Eva' }, { kind: 'several' }],
	['two of one name are told apart by their numbers', { number: '21', name: 'Eva' }, known(6)],
	['whom nobody knows is new', { number: '30', name: 'Finn' }, fresh()],
	['who has neither is new', { number: '', name: '' }, fresh()],
])('%s', (_promise, added, match) => {
	expect(matchStudents(there, [added])).toEqual([match]);
});

test('two who are added and would be one are both left to the person', () => {
	const twice: Student[] = [
		{ number: '0012', name: 'Ada Lovelace' },
		{ number: '', name: 'Ada Lovelace' },
		{ number: '40', name: 'Gil' },
		{ number: '040', name: 'Gil' },
		{ number: '', name: 'Hana' },
		{ number: '', name: 'hana' },
		{ number: '', name: '' },
		{ number: '', name: '' },
	];
	expect(matchStudents(there, twice)).toEqual([
		{ kind: 'repeated' },
		{ kind: 'repeated' },
		// Here the two numbers differ, and each is somebody's own.
		fresh(),
		fresh(),
		{ kind: 'repeated' },
		{ kind: 'repeated' },
		fresh(),
		fresh(),
	]);
});

const student = fc.record({ number: fc.constantFrom('', '1', '01', '2', '3', 'x'), name: fc.constantFrom('', 'Ada', 'ada', 'Bo', 'Li, Bo', 'Bo Li') });

test('nobody is lost, nobody of the class gets the answers of two, and no number comes into the class twice', () => {
	fc.assert(
		fc.property(fc.array(student, { maxLength: 8 }), fc.array(student, { maxLength: 8 }), (kept, added) => {
			const matches = matchStudents(kept, added);
			expect(matches).toHaveLength(added.length);
			const places = matches.flatMap((match) => (match.kind === 'known' ? [match.place] : []));
			expect(new Set(places).size).toBe(places.length);
			for (const place of places) expect(kept[place]).toBeDefined();
			const newNumbers = matches.flatMap((match, at) => (match.kind === 'new' && added[at]?.number ? [added[at].number] : []));
			expect(new Set(newNumbers).size).toBe(newNumbers.length);
			for (const number of newNumbers) expect(kept.map((each) => each.number)).not.toContain(number);
		}),
	);
});

test('a class that is added to itself is all known, whatever the order', () => {
	const numbered = fc.uniqueArray(fc.record({ number: fc.integer({ min: 1, max: 999 }).map(String), name: fc.string() }), { selector: ({ number }) => number });
	fc.assert(
		fc.property(numbered, (students) => {
			const places = matchStudents(students, students.toReversed()).map((match) => (match.kind === 'known' && !match.nameDiffers ? match.place : -1));
			expect(places).toEqual(students.map((_, place) => place).reverse());
		}),
	);
});
