import { expect, test } from 'vitest';
import type { Answer, Mark, Question } from '#contract/grading.ts';
import { compareMarkers } from './compareMarkers.ts';

const level = (id: string, points: number) => ({ id, name: id, description: '', points });
const question: Question = {
	...{ id: 'q', name: 'Light', text: 'What is light?', key: '', points: 1, check: { kind: 'none' } },
	rubric: [{ id: 'wave', kind: 'mustHave', name: 'Wave', description: '', byCheck: false, levels: [level('there', 1), level('missing', 0)] }],
};
const mark = (points: number): Mark => ({ points, levels: { wave: points === 1 ? 'there' : 'missing' }, feedback: '', accepted: false, updatedAt: 1 });
const answer = (first: number | null, second: number | null, at: number): Answer => ({
	...{ id: `a${at}`, questionId: 'q', submissionId: 's', row: at + 2, studentId: '', studentName: '', text: 'A wave.', status: 'waiting' },
	...{ proposal: null, failure: null, mark: first === null ? null : mark(first), secondMark: second === null ? null : mark(second) },
});

test('two markers are compared by the answers that both marked, in points and by criterion', () => {
	// Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", section A: two observers, ten units, two values, alpha 0.095.
	const meg = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 1, null];
	const owen = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0, null, 1];
	const compared = compareMarkers(
		question,
		meg.map((first, at) => answer(first, owen[at] ?? null, at)),
	);
	expect(compared?.alpha).toBeCloseTo(0.095, 3);
	expect(compared?.points).toMatchObject({ count: 10, exact: { value: 0.6 }, bias: { value: 0.2 } });
	const [wave] = compared?.criteria ?? [];
	expect(wave).toMatchObject({ criterionId: 'wave', agreement: { count: 10, exact: { value: 0.6 } } });
	expect(wave?.alpha).toBeCloseTo(0.095, 3);
	// 0.6 are alike, 0.8 × 0.6 + 0.2 × 0.4 by chance.
	expect(wave?.kappa).toBeCloseTo((0.6 - 0.56) / (1 - 0.56), 10);
});

test('there is nothing to compare while only one has marked', () => {
	expect(compareMarkers(question, [answer(1, null, 0), answer(null, 1, 1)])).toBeNull();
});
