import fc from 'fast-check';
import { expect, test } from 'vitest';
import { priceOf } from '#contract/priceOf.ts';
import { answerCost } from './answerCost.ts';

const one = { perMille: 1000, surcharge: 0 };
const order = { price: one, available: 1000, promptTokens: 340, likelyPromptTokens: 300, maxTokens: 600, contextTokens: null };

test('tells what an answer costs at least and at most, and no more than the model holds', () => {
	expect([order, { ...order, contextTokens: 512 }, { ...order, price: { perMille: 1200, surcharge: 5 }, maxTokens: 100 }].map(answerCost)).toEqual([
		{ kind: 'paid', least: 341, most: 940 },
		{ kind: 'paid', least: 341, most: 512 },
		{ kind: 'paid', least: 415, most: 533 },
	]);
});

test('tells that the balance will end an answer, or that none will be begun', () => {
	expect(
		[
			{ ...order, maxTokens: 1024 },
			{ ...order, available: 556 },
			{ ...order, available: 555 },
			{ ...order, available: 310, maxTokens: 10 },
			{ ...order, available: 309, maxTokens: 10 },
		].map(answerCost),
	).toEqual([
		{ kind: 'shortened', least: 341, answerTokens: 660 },
		{ kind: 'shortened', least: 341, answerTokens: 216 },
		{ kind: 'unpaid', needed: 556 },
		{ kind: 'unpaid', needed: 341 },
		{ kind: 'unpaid', needed: 310 },
	]);
});

test('an answer as long as it foretells is paid for, and one token more is not', () => {
	const amount = fc.integer({ min: 0, max: 100_000 });
	fc.assert(
		fc.property(amount, amount, fc.integer({ min: 1, max: 5_000 }), fc.integer({ min: 0, max: 500 }), (available, promptTokens, perMille, surcharge) => {
			const price = { perMille, surcharge };
			const cost = answerCost({ price, available, promptTokens, likelyPromptTokens: promptTokens, maxTokens: 131_072, contextTokens: null });
			if (cost.kind === 'shortened') {
				expect(priceOf(price, promptTokens + cost.answerTokens)).toBeLessThanOrEqual(available);
				expect(priceOf(price, promptTokens + cost.answerTokens + 1)).toBeGreaterThan(available);
			} else expect(cost.kind === 'unpaid' ? cost.needed > available : cost.most <= available).toBe(true);
		}),
	);
});
