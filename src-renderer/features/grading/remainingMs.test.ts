import { expect, test } from 'vitest';
import { remainingMs } from './remainingMs.ts';

test('counts only what was finished while watching', () => {
	const job = { itemsTotal: 100, itemsDone: 48, itemsFailed: 2 };
	expect(remainingMs(job, { at: 1000, items: 40 }, 21_000)).toBe(100_000);
	expect(remainingMs(job, { at: 1000, items: 50 }, 21_000)).toBeNull();
});

test('says nothing from two answers, or from many that arrived at once', () => {
	const job = { itemsTotal: 100, itemsDone: 50, itemsFailed: 0 };
	expect(remainingMs(job, { at: 1000, items: 48 }, 21_000)).toBeNull();
	expect(remainingMs(job, { at: 1000, items: 10 }, 1_200)).toBeNull();
});
