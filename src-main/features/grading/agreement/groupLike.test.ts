import fc from 'fast-check';
import { expect, test } from 'vitest';
import { answerGroup } from '#contract/agreement.ts';
import { groupLike } from './groupLike.ts';
import { normaliseAnswer } from './normaliseAnswer.ts';

const items = (...texts: string[]) => texts.map((text, place) => ({ id: `s${String(place).padStart(4, '0')}`, text }));
const membersOf = (...texts: string[]) => groupLike(items(...texts)).map(({ memberIds, same }) => [memberIds.map((id) => Number(id.slice(1))), same]);

test('puts together what is the same but for case, spacing and width, and what differs by a slip of the pen', () => {
	expect(
		membersOf(
			'Evaporation is when water turns into a gas because it is heated by the sun',
			'It rains.',
			'Evaporation is when water turns into a gas becuase it is heated by the sun.',
			'it  rains',
			'ＩＴ RAINS!',
		),
	).toEqual([
		[[1, 3, 4], true],
		[[0, 2], false],
	]);
});

test.for([
	['the force on the block is 20 newtons to the right', 'the force on the block is 25 newtons to the right'],
	['the temperature of the water in the glass is rising', 'the temperature of the water in the glass is not rising'],
	['so the line through both of the points is y = 2x + 6', 'so the line through both of the points is y = 2x - 6'],
	['it moves from 3 to 5 along the line of the numbers', 'it moves from 5 to 3 along the line of the numbers'],
	['植物在光照下吸收二氧化碳并且放出氧气和水分', '植物在光照下不吸收二氧化碳并且放出氧气和水分'],
] as const)('keeps %j from %j, however like they look', ([one, other]) => {
	expect(groupLike(items(one, other), { threshold: 0.5 })).toHaveLength(2);
});

test('goes by vectors where every answer has one, and by characters where one has not', () => {
	const named = [
		{ id: 'a', text: 'a quick reply', vector: [1, 0.02] },
		{ id: 'b', text: 'something else', vector: [1, 0] },
		{ id: 'c', text: 'third of them', vector: [0, 1] },
	];
	expect(groupLike(named).map(({ memberIds }) => memberIds)).toEqual([['a', 'b'], ['c']]);
	expect(groupLike([...named, { id: 'd', text: 'no vector' }]).map(({ memberIds }) => memberIds.length)).toEqual([1, 1, 1, 1]);
	expect(
		groupLike([
			{ id: 'a', text: 'x', vector: [0, 0] },
			{ id: 'b', text: 'y', vector: [0, 0] },
		]),
	).toHaveLength(2);
});

const word = fc.constantFrom('water', 'Water', 'rises', 'falls', 'the', 'sun', 'is', 'not', '5', '.', '水');
const answers = fc.array(
	fc.array(word, { maxLength: 6 }).map((words) => words.join(' ')),
	{ maxLength: 25 },
);

test('groups each answer once, equal ones always together, in whatever order they come', () => {
	fc.assert(
		fc.property(
			answers.map((texts) => items(...texts)).chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
			([list, shuffled]) => {
				const groups = groupLike(list);
				expect(groupLike(shuffled)).toEqual(groups);
				expect(groups.map((group) => answerGroup.parse(group))).toEqual(groups);
				expect(groups.flatMap(({ memberIds }) => memberIds).sort()).toEqual(list.map(({ id }) => id));
				const groupOf = new Map(groups.flatMap(({ id, memberIds }) => memberIds.map((member) => [member, id])));
				const firstWith = new Map<string, string>();
				for (const { id, text } of list) {
					const first = firstWith.get(normaliseAnswer(text)) ?? id;
					firstWith.set(normaliseAnswer(text), first);
					expect(groupOf.get(id)).toBe(groupOf.get(first));
				}
			},
		),
	);
});
