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
