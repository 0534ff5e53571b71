import { expect, test } from 'vitest';
import { answerOf, gradedOf, markOf, question } from './answerOf.test-support.ts';
import { chosenLevels, markOfProposal, takesOver } from './chosenLevels.ts';

const verdict = (criterionId: string, levelId: string) => ({ criterionId, levelId, quote: null, place: null, reason: '', decidedBy: 'model' as const });
const verdicts = [verdict('why', 'half'), verdict('unit', 'no')];

test('what was just chosen stands over the mark, and the proposal only where there is no mark', () => {
	expect(chosenLevels(question, gradedOf(1, 1, { verdicts }), 'first', { unit: 'yes' })).toEqual({ why: 'half', unit: 'yes' });
	expect(chosenLevels(question, gradedOf(1, 1, { verdicts }, { mark: markOf(2, { why: 'full' }) }), 'first')).toEqual({ why: 'full' });
	expect(chosenLevels(question, answerOf(1), 'first', { why: 'none' })).toEqual({ why: 'none' });
});

test('a second marker starts from nothing, and so does one before a proposal by another rubric', () => {
	expect(chosenLevels(question, gradedOf(1, 1, { verdicts }, { mark: markOf(2, { why: 'full' }) }), 'second')).toEqual({});
	expect(chosenLevels(question, gradedOf(1, 1, { verdicts, isOutdated: true }), 'first')).toEqual({});
});

test('a level that the rubric has no more is not chosen', () => {
	expect(chosenLevels(question, answerOf(1, { mark: markOf(1, { why: 'gone', old: 'full', unit: 'yes' }) }), 'first')).toEqual({ unit: 'yes' });
});

test('a proposal is taken over by its levels, or by its points where it has none', () => {
	const by = (change: Parameters<typeof gradedOf>[2]) => gradedOf(1, 2.5, change).proposal;
	const [whole, judged] = [by({}), by({ verdicts })];
	expect(whole && markOfProposal(question, whole)).toEqual({ points: 2.5, levels: {} });
	expect(judged && markOfProposal(question, judged)).toEqual({ points: null, levels: { why: 'half', unit: 'no' } });
});

test("points and levels that are those of the proposal in view are taken over, and what was marked before it was seen stays one's own", () => {
	const proposed = gradedOf(1, 0.75, { verdicts });
	const unchanged = { points: null, levels: { why: 'half', unit: 'no' } };
	expect(takesOver(question, proposed, 'first', unchanged)).toBe(true);
	expect(takesOver(question, proposed, 'first', { ...unchanged, points: 2 })).toBe(false);
	expect(takesOver(question, proposed, 'first', { points: null, levels: { why: 'none', unit: 'yes' } })).toBe(false);
	expect(takesOver(question, proposed, 'second', unchanged)).toBe(false);
	expect(takesOver(question, answerOf(1), 'first', unchanged)).toBe(false);
	expect(takesOver(question, gradedOf(1, 0.75, { verdicts, isOutdated: true }), 'first', unchanged)).toBe(false);
	const own = markOf(0.75, { why: 'half', unit: 'no' });
	expect(takesOver(question, { ...proposed, mark: own }, 'first', unchanged)).toBe(false);
	expect(takesOver(question, { ...proposed, mark: { ...own, accepted: true } }, 'first', unchanged)).toBe(true);
	expect(takesOver(question, gradedOf(1, 2, {}), 'first', { points: 2, levels: {} })).toBe(true);
});
