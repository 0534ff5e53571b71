import { expect, test } from 'vitest';
import type { Mark, Question } from '#contract/grading.ts';
import { markFor, pointsAfter } from './markFor.ts';

const level = (id: string, points: number) => ({ id, name: id, description: '', points });
const question = (points: number, ofLevels: readonly number[]): Question => ({
	...{ id: 'q', name: '1', text: 'Why?', key: '', points, check: { kind: 'none' } },
	rubric: [{ id: 'c', kind: 'levels', name: 'C', description: '', byCheck: false, levels: ofLevels.map((each, at) => level(`l${at}`, each)) }],
});
const mark = (points: number, levels: Mark['levels'] = {}): Mark => ({ points, levels, feedback: '', accepted: false, updatedAt: 1 });

test('a mark follows its question: by its levels where they said it, else in proportion', () => {
	const [before, after] = [question(10, [10, 4, 0]), question(5, [5, 3, 0])];
	expect(pointsAfter(mark(4, { c: 'l1' }), before, after)).toBe(3);
	expect(pointsAfter(mark(7, { c: 'l1' }), before, after)).toBe(3.5);
	expect(pointsAfter(mark(8), before, after)).toBe(4);
	expect(pointsAfter(mark(8), before, question(10, [10, 5, 0]))).toBe(8);
	expect(pointsAfter(mark(4, { c: 'l1' }), before, { ...after, rubric: [] })).toBe(2);
});

test('levels stand with the points that they come to, and with no others', () => {
	const asked = question(10, [10, 4, 0]);
	expect(markFor(asked, { points: null, levels: { c: 'l1' } })).toEqual({ points: 4, levels: { c: 'l1' } });
	expect(markFor(asked, { points: 4, levels: { c: 'l1' } })).toEqual({ points: 4, levels: { c: 'l1' } });
	expect(markFor(asked, { points: 4.5, levels: { c: 'l1' } })).toEqual({ points: 4.5, levels: {} });
	expect(markFor(asked, { points: 4, levels: {} })).toEqual({ points: 4, levels: {} });
});
