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

test('work that had to wait for the machine is begun anew, and given up in the end', () => {
	const waits = new Int32Array(new SharedArrayBuffer(4));
	let begun = 0;
	const work = (patientFrom: number) => () => {
		begun++;
		// Waits without computing, as a thread does that gets no turn; in steps, which can be broken off.
		while (begun < patientFrom) Atomics.wait(waits, 0, 0, 5);
		return begun;
	};
	expect(withTimeLimit(60, work(3))).toBe(3);
	begun = 0;
	expect(() => withTimeLimit(60, work(9))).toThrow(TimeLimitError);
	expect(begun).toBe(4);
});
