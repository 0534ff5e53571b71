import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chooseHeldOut } from './splitExamples.ts';

test('whatever is asked, what is held out is a true part, in order, and the same for the same seed', () => {
	fc.assert(
		fc.property(
			fc.integer({ min: 0, max: 500 }),
			fc.double({ min: 0, max: 0.5, noNaN: true }),
			fc.integer({ min: 0, max: 0xffff_ffff }),
			(count, fraction, seed) => {
				const held = chooseHeldOut(count, fraction, seed);
				expect(held).toEqual([...new Set(held)].sort((a, b) => a - b));
				expect(held.every((position) => position >= 0 && position < count)).toBe(true);
				expect(held.length).toBe(fraction === 0 || count < 5 ? 0 : Math.max(1, Math.round(count * fraction)));
				expect(chooseHeldOut(count, fraction, seed)).toEqual(held);
			},
		),
	);
});

test('another seed holds out others, and every example can be', () => {
	const chosen = new Set(Array.from({ length: 200 }, (_, seed) => chooseHeldOut(10, 0.1, seed)).flat());
	expect(chosen.size).toBe(10);
});
