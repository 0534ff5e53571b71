import { expect, test } from 'vitest';
import { TimeLimitError, withTimeLimit } from './withTimeLimit.ts';

test('work that does not end is broken off, whatever it catches', () => {
	let rounds = 0;
	const work = () => {
		for (;;) {
			try {
				for (;;) rounds++;
			} catch {
				// Goes on for ever.
			} finally {
				rounds++;
			}
		}
	};
	expect(() => withTimeLimit(50, work)).toThrow(TimeLimitError);
	expect(rounds).toBeGreaterThan(0);
});

test('results and errors come through', () => {
	expect(withTimeLimit(1000, () => [1, 2])).toEqual([1, 2]);
	const error = new RangeError('mine');
	expect(() =>
		withTimeLimit(1000, () => {
			throw error;
		}),
	).toThrow(error);
});
