import { expect, test } from 'vitest';
import { type CatalogItem, recommendEntry } from './recommendEntry.ts';

// Only the fields that are looked at.
const item = (id: string, parameters: number, kind: string | null, suits = ['grading'], languages = ['en', 'zh'], modelId: string | null = null) =>
	({ entry: { id, parameters, suits, languages }, verdict: kind && { kind, speed: { tokensPerSecond: 16 / parameters } }, modelId }) as unknown as CatalogItem;

test('recommends the largest model that fits well, grades, and speaks the reader’s language', () => {
	const items = [
		...[item('small', 1, 'fits'), item('middle', 4, 'fits'), item('english', 6, 'fits', ['grading'], ['en']), item('coder', 7, 'fits', ['code'])],
		...[item('slow', 8, 'slow'), item('large', 70, 'tooBig'), item('unknown', 80, null), item('here', 5, 'fits', ['grading'], ['en', 'zh'], 'a')],
	];
	expect([recommendEntry(items, 'zh')?.entry.id, recommendEntry(items, 'en')?.entry.id, recommendEntry(items, 'fr'), recommendEntry([], 'en')]).toEqual([
		...['middle', 'english', null, null],
	]);
});

test('recommends the quickest where all that fit are slow, and of equals the larger', () => {
	const items = [item('large', 12, 'slow'), item('four', 4, 'slow'), item('barely four', 3.9, 'slow'), item('eight', 8, 'slow'), item('huge', 70, 'tooBig')];
	expect(recommendEntry(items, 'en')?.entry.id).toBe('four');
});
