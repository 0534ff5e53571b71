import { expect, test } from 'vitest';
import { scoreAnswer, summarizeScores } from './scoreAnswer.ts';

const mark = (score: unknown) => JSON.stringify({ score, feedback: 'Well seen.', suggestions: [] });

test('a text counts where it is the same to a reader', () => {
	expect(scoreAnswer('text', 'Good  morning.', 'Good morning.\n')).toMatchObject({ score: 1, exact: true, error: null });
	expect(scoreAnswer('text', 'Good morning.', 'good morning')).toMatchObject({ score: 0, exact: false });
});

test('a translation counts by how much of it is the same', () => {
	const { score, exact } = scoreAnswer('translation', '早上好！', '早上好。');
	expect(score).toBeCloseTo(0.479, 3);
	expect(exact).toBe(false);
});

test('a mark counts by the points that it is off, whatever is written around it', () => {
	expect(scoreAnswer('marks', mark(80), `Here it is: ${mark(75)} `)).toMatchObject({ score: 0.95, exact: false, error: 5 });
	expect(scoreAnswer('marks', mark(80), '{"score":80}')).toMatchObject({ score: 1, exact: true, error: 0 });
});

test.each(['', 'eighty', '{"score":', mark('80'), mark(101), mark(-1), '}{', '[80]'])('“%s” is no mark, and as far off as one can be', (answer) => {
	expect(scoreAnswer('marks', mark(80), answer)).toMatchObject({ score: 0, exact: false, error: 80 });
	expect(scoreAnswer('marks', mark(30), answer)).toMatchObject({ score: 0, exact: false, error: 70 });
});

test('all held-out examples together have one score', () => {
	const marks = [mark(80), mark(60)].map((answer) => scoreAnswer('marks', mark(80), answer));
	expect(summarizeScores('marks', marks)).toEqual({ examples: 2, exact: 0.5, meanError: 10, chrf: null });
	expect(summarizeScores('text', [scoreAnswer('text', 'abc', 'abc')])).toEqual({ examples: 1, exact: 1, meanError: null, chrf: 100 });
	expect(summarizeScores('text', [])).toBeNull();
});
