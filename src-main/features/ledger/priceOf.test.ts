import fc from 'fast-check';
import { expect, test } from 'vitest';
import { baseFor, likelyTokens, priceOf } from '#contract/priceOf.ts';

const tariff = {
	chat: { perMille: 1000, surcharge: 0 },
	convert: { perMille: 1200, surcharge: 5 },
	grading: { perMille: 2000, surcharge: 20 },
	subtitles: { perMille: 3000, surcharge: 50 },
	free: { perMille: 0, surcharge: 0 },
	thousandth: { perMille: 1, surcharge: 0 },
} as const;

test('a price is rounded up once, at the end; what used no model costs nothing', () => {
	const table = Object.entries(tariff).map(([name, price]) => [name, ...[0, 1, 2, 4, 5, 999, 1000, 1001, 123_457].map((base) => priceOf(price, base))]);
	expect(table).toEqual([
		['chat', 0, 1, 2, 4, 5, 999, 1000, 1001, 123_457],
		['convert', 0, 7, 8, 10, 11, 1204, 1205, 1207, 148_154],
		['grading', 0, 22, 24, 28, 30, 2018, 2020, 2022, 246_934],
		['subtitles', 0, 53, 56, 62, 65, 3047, 3050, 3053, 370_421],
		['free', 0, 0, 0, 0, 0, 0, 0, 0, 0],
		['thousandth', 0, 1, 1, 1, 1, 1, 1, 2, 124],
	]);
});

test('a request that keeps to what its tokens can pay for never costs more, and one token more would', () => {
	const price = fc.record({ perMille: fc.integer({ min: 1, max: 1_000_000 }), surcharge: fc.integer({ min: 0, max: 1_000_000 }) });
	fc.assert(
		fc.property(price, fc.integer({ min: 0, max: 1_000_000_000 }), (chosen, tokens) => {
			const base = baseFor(chosen, tokens);
			if (base >= 1) expect(priceOf(chosen, base)).toBeLessThanOrEqual(tokens);
			expect(priceOf(chosen, Math.max(base, 0) + 1)).toBeGreaterThan(tokens);
		}),
	);
	expect([baseFor(tariff.free, 0), baseFor({ perMille: 0, surcharge: 3 }, 2), baseFor(tariff.grading, 19)]).toEqual([Number.MAX_SAFE_INTEGER, 0, -1]);
});

test('a price of whole numbers is the same as one reckoned in any size of them', () => {
	const amount = fc.integer({ min: 1, max: 2 ** 31 });
	fc.assert(
		fc.property(fc.integer({ min: 0, max: 1_000_000 }), fc.integer({ min: 0, max: 1_000_000 }), amount, (perMille, surcharge, base) => {
			const exact = (BigInt(base) * BigInt(perMille) + 999n) / 1000n + BigInt(surcharge);
			expect(BigInt(priceOf({ perMille, surcharge }, base))).toBe(exact);
		}),
	);
});

test('text is guessed by its letters, and by its characters where each is a word', () => {
	expect(['', 'a', 'word', 'two words', '光是一种波', '光 is light'].map(likelyTokens)).toEqual([0, 1, 1, 3, 5, 4]);
});
