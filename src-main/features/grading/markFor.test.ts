import { expect, test } from 'vitest';
import type { Mark, Question } from '#contract/grading.ts';
import { markAfter, markFor, settledMark } from './markFor.ts';

const level = (id: string, points: number) => ({ id, name: id, description: '', points });
const question = (points: number, ofLevels: readonly number[]): Question => ({
	...{ id: 'q', name: '1', text: 'Why?', key: '', points, check: { kind: 'none' } },
	rubric: [{ id: 'c', kind: 'levels', name: 'C', description: '', byCheck: false, levels: ofLevels.map((each, at) => level(`l${at}`, each)) }],
});
const mark = (points: number, levels: Mark['levels'] = {}): Mark => ({ points, levels, feedback: '', accepted: false, updatedAt: 1 });

test('a mark follows its question: by its levels where they said it, else in proportion', () => {
	const [before, after] = [question(10, [10, 4, 0]), question(5, [5, 3, 0])];
	expect(markAfter(mark(4, { c: 'l1' }), before, after)).toEqual({ points: 3, levels: { c: 'l1' } });
	expect(markAfter(mark(7, { c: 'l1' }), before, after)).toEqual({ points: 3.5, levels: {}, given: { points: 7, outOf: 10 } });
	expect(markAfter(mark(8), before, after)).toEqual({ points: 4, levels: {}, given: { points: 8, outOf: 10 } });
	expect(markAfter(mark(8), before, question(10, [10, 5, 0]))).toEqual({ points: 8, levels: {} });
	const given = { points: 4, outOf: 10, levels: { c: 'l1' } };
	expect(markAfter(mark(4, { c: 'l1' }), before, { ...after, rubric: [] })).toEqual({ points: 2, levels: {}, given });
	expect(markAfter({ ...mark(2), given }, { ...after, rubric: [] }, before)).toEqual({ points: 4, levels: { c: 'l1' } });
});

test('levels that a rubric still has stay chosen beside a share of the points, and the whole choice is back with the rubric', () => {
	const [c, d] = [question(10, [6, 2]).rubric[0], { ...question(10, [4, 1]).rubric[0], id: 'd' }] as Question['rubric'];
	if (!c || !d) throw new Error('no criteria');
	const of = (points: number, ...rubric: Question['rubric']): Question => ({ ...question(points, []), rubric });
	const both = of(10, c, d);
	const chosen = mark(7, { c: 'l0', d: 'l1' });
	const follow = (from: Mark, ...questions: Question[]) =>
		questions.reduce(({ now, was }, next) => ({ now: { ...now, given: undefined, ...markAfter(now, was, next) }, was: next }), { now: from, was: both }).now;
	const lacking = { ...d, levels: d.levels.slice(0, 1) };
	expect(follow(chosen, of(5, c, lacking))).toMatchObject({ points: 3.5, levels: { c: 'l0' }, given: { points: 7, outOf: 10, levels: chosen.levels } });
	expect(follow(chosen, of(10, c, lacking))).toMatchObject({ points: 7, levels: { c: 'l0' } });
	expect(follow(chosen, of(10, c))).toMatchObject({ points: 6, levels: { c: 'l0' } });
	expect(follow(chosen, of(10, c, d, { ...c, id: 'e' }))).toMatchObject({ points: 7, levels: chosen.levels });
	for (const way of [[of(5, c, lacking)], [of(10, c, lacking)], [of(10, c)], [of(10, c, d, { ...c, id: 'e' })], [of(5), of(3, c), of(8, d)]])
		expect(follow(chosen, ...way, both)).toEqual({ ...chosen, given: undefined });
	expect(follow(mark(5), of(5, c), both)).toEqual({ ...mark(5), given: undefined });
});

test('a mark that is kept again as it stands keeps what was given and the levels that are left', () => {
	const asked: Question = {
		...question(10, [10, 4, 0]),
		rubric: [...question(10, [10, 4]).rubric, ...question(10, [3]).rubric.map((each) => ({ ...each, id: 'd' }))],
	};
	const before = { ...mark(5, { c: 'l1' }), given: { points: 7, outOf: 10, levels: { c: 'l1', d: 'l1' } } };
	const found = { mark: before, secondMark: null, proposal: null };
	const { levels, given } = before;
	expect(settledMark(asked, found, 'first', { points: 5, levels, feedback: 'Mine.' })).toMatchObject({ points: 5, levels, given, feedback: 'Mine.' });
	expect(settledMark(asked, found, 'first', { points: 6, levels })).not.toHaveProperty('given');
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
