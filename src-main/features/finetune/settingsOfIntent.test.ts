import { expect, test } from 'vitest';
import { intent } from '#contract/finetune.ts';
import { settingsOfIntent } from '#contract/settingsOfIntent.ts';

test.each(intent.options)('a smaller model learns in larger steps, within bounds, and nothing else differs: %s', (each) => {
	const usual = settingsOfIntent(each);
	const rates = [null, 70e9, 8e9, 1.5e9, 0.5e9, 3.2e6, 1].map((parameters) => settingsOfIntent(each, parameters).learningRate / usual.learningRate);
	expect(rates.slice(0, 3)).toEqual([1, 1, 1]);
	expect(rates).toEqual(rates.toSorted((a, b) => a - b));
	expect(rates[4]).toBeCloseTo(2, 0);
	expect(rates.at(-1)).toBe(10);
	expect({ ...settingsOfIntent(each, 1e6), learningRate: 0 }).toEqual({ ...usual, learningRate: 0 });
});

test.each(intent.options)('of few examples the rank is at most their number, with what it adds as strong as ever: %s', (each) => {
	const usual = settingsOfIntent(each);
	for (const examples of [0, 1, 3, 7, 8, 31, 32, 1000, null]) {
		const { rank, alpha, ...others } = settingsOfIntent(each, null, examples);
		expect(rank).toBeLessThanOrEqual(Math.max(1, examples ?? usual.rank));
		expect({ ...others, rank: 0, alpha: alpha / rank }).toEqual({ ...usual, rank: 0, alpha: usual.alpha / usual.rank });
	}
	expect([3, 1000, null].map((examples) => settingsOfIntent(each, null, examples).rank)).toEqual([2, usual.rank, usual.rank]);
});
