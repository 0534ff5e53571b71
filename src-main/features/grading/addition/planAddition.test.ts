import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { MappedStudent } from '../intake/mapAnswers.ts';
import { planAddition, type ThereStudent } from './planAddition.ts';

const who = { number: fc.constantFrom('', '1', '2', '3'), name: fc.constantFrom('', 'Ada', 'Bo') };
const text = fc.constantFrom('', 'A wave.', 'Rays.', ' A wave.\r\n');
const there = fc.array(fc.record({ ...who, texts: fc.tuple(text, text) }), { maxLength: 5 });
const added = fc.array(fc.record({ ...who, texts: fc.array(text, { minLength: 3, maxLength: 3 }) }), { maxLength: 5 });
const places = fc.shuffledSubarray([0, 1, null], { minLength: 3, maxLength: 3 });

const keep = (students: readonly { number: string; name: string; texts: readonly string[] }[]): ThereStudent[] =>
	students.map(({ number, name, texts }, student) => ({ number, name, answers: new Map(texts.map((of, at) => [at, { id: `${student} ${at}`, text: of }])) }));

const hand = (students: readonly { number: string; name: string; texts: readonly string[] }[]): MappedStudent[] =>
	students.map(({ number, name, texts }, index) => {
		const answered = [...texts.entries()].filter(([, of]) => of !== '');
		const row = index + 2;
		return { row, number, name, cells: [], moreRows: [], answers: new Map(answered), rows: new Map(answered.map(([at]) => [at, row])) };
	});

test('every answer that is added is somebody new’s, filled, differing, the same or of somebody left out, and none is told twice', () => {
	fc.assert(
		fc.property(there, added, places, (kept, students, placed) => {
			const plan = planAddition(keep(kept), { columns: [], students: hand(students), places: placed, isFiles: false });
			const isPlaced = (of: string, question: number) => of !== '' && placed[question] !== null;
			const all = students.flatMap(({ texts }) => texts.filter(isPlaced)).length;
			const left = students.filter((_, index) => plan.notes.some(({ code, row }) => row === index + 2 && (code === 'several' || code === 'repeated')));
			const ofLeft = left.flatMap(({ texts }) => texts.filter(isPlaced)).length;
			const ofNew = plan.newcomers.reduce((sum, { answers }) => sum + answers.size, 0);
			expect(ofNew + plan.filled.length + plan.differing.length + plan.same + ofLeft).toBe(all);
			expect(plan.newcomers.length + plan.known + plan.leftOut).toBe(students.length);
			const changed = [...plan.filled, ...plan.differing].map(({ answerId }) => answerId);
			expect(new Set(changed).size).toBe(changed.length);
			for (const { before, text: after } of plan.differing) expect(before.trim()).not.toBe(after.trim());
			for (const { before } of plan.filled) expect(before.trim()).toBe('');
		}),
	);
});
