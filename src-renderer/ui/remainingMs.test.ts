import { expect, test } from 'vitest';
import { remainingMs } from './remainingMs.ts';

test('counts only what was finished while watching', () => {
	const work = { done: 50, total: 100 };
	expect(remainingMs(work, { at: 1000, done: 40 }, 21_000)).toBe(100_000);
	expect(remainingMs(work, { at: 1000, done: 50 }, 21_000)).toBeNull();
});

test('says nothing from two answers, or from many that arrived at once', () => {
	const work = { done: 50, total: 100 };
	expect(remainingMs(work, { at: 1000, done: 48 }, 21_000)).toBeNull();
	expect(remainingMs(work, { at: 1000, done: 10 }, 1_200)).toBeNull();
});
