import { expect, test } from 'vitest';
import { remainingMs } from './remainingMs.ts';

test('counts only what was finished while watching', () => {
	const job = { itemsTotal: 100, itemsDone: 48, itemsFailed: 2 };
	expect(remainingMs(job, { at: 1000, items: 40 }, 21_000)).toBe(100_000);
	expect(remainingMs(job, { at: 1000, items: 50 }, 21_000)).toBeNull();
});
