import { expect, test } from 'vitest';
import type { Mark, Question } from '#contract/grading.ts';
import { markAfter, markFor } from './markFor.ts';

const level = (id: string, points: number) => ({ id, name: id, description: '', points });
const question = (points: number, ofLevels: readonly number[]): Question => ({
	...{ id: 'q', name: '1', text: 'Why?', key: '', points, check: { kind: 'none' } },
	rubric: [{ id: 'c', kind: 'levels', name: 'C', description: '', byCheck: false, levels: ofLevels.map((each, at) => level(`l${at}`, each)) }],
});
const mark = (points: number, levels: Mark['levels'] = {}): Mark => ({ points, levels, feedback: '', accepted: false, updatedAt: 1 });

test('a mark follows its question: by its levels where they said it, else in proportion', () => {
	const [before, after] = [question(10, [10, 4, 0]), question(5, [5, 3, 0])];
	expect(markAfter(mark(4, { c: 'l1' }), before, after)).toEqual({ points: 3 });
	expect(markAfter(mark(7, { c: 'l1' }), before, after)).toEqual({ points: 3.5, given: { points: 7, outOf: 10 } });
	expect(markAfter(mark(8), before, after)).toEqual({ points: 4, given: { points: 8, outOf: 10 } });
	expect(markAfter(mark(8), before, question(10, [10, 5, 0]))).toEqual({ points: 8 });
	expect(markAfter(mark(4, { c: 'l1' }), before, { ...after, rubric: [] })).toEqual({ points: 2, given: { points: 4, outOf: 10 } });
});

test('with the points that a question had when it was marked the mark is what was given, whatever they were in between', () => {
	const worth = (points: number) => ({ ...question(points, [1]), rubric: [] });
	const follow = (from: Mark, ...points: number[]) =>
		points.reduce(({ now, was }, next) => ({ now: { ...now, given: undefined, ...markAfter(now, worth(was), worth(next)) }, was: next }), {
			now: from,
			was: 4.5,
		}).now;
	for (const given of [4, 3, 4.5, 0, 0.01]) {
		expect(follow(mark(given), 2, 4.5).points).toBe(given);
		expect(follow(mark(given), 2, 0.07, 1000, 4.5).points).toBe(given);
	}
	expect(follow(mark(4), 2, 2)).toMatchObject({ points: 1.78, given: { points: 4, outOf: 4.5 } });
});

test('levels stand with the points that they come to, and with no others', () => {
	const asked = question(10, [10, 4, 0]);
	expect(markFor(asked, { points: null, levels: { c: 'l1' } })).toEqual({ points: 4, levels: { c: 'l1' } });
	expect(markFor(asked, { points: 4, levels: { c: 'l1' } })).toEqual({ points: 4, levels: { c: 'l1' } });
	expect(markFor(asked, { points: 4.5, levels: { c: 'l1' } })).toEqual({ points: 4.5, levels: {} });
	expect(markFor(asked, { points: 4, levels: {} })).toEqual({ points: 4, levels: {} });
});
