import { expect, test } from 'vitest';
import { type CatalogItem, filterCatalog, languagesOf, searchCatalog, suitsOf } from './filterCatalog.ts';

const item = (id: string, suits: CatalogItem['entry']['suits'], languages: string[], kind: 'fits' | 'slow' | 'tooBig' | null) =>
	// Only what filtering looks at.
	({ entry: { id, suits, languages }, verdict: kind && { kind }, modelId: null }) as unknown as CatalogItem;
const items = [
	item('small', ['chat'], ['en', 'zh'], 'fits'),
	item('middle', ['grading', 'chat'], ['en'], 'slow'),
	item('large', ['grading'], ['en', 'zh', 'de'], 'tooBig'),
	item('unread', ['subtitles'], ['zh'], null),
];
const all = { suits: null, language: null, fitsOnly: false };

test.each([
	[all, ['small', 'middle', 'large', 'unread']],
	[{ ...all, suits: 'grading' as const }, ['middle', 'large']],
	[{ ...all, language: 'zh' }, ['small', 'large', 'unread']],
	[{ ...all, fitsOnly: true }, ['small', 'middle']],
	[{ suits: 'chat' as const, language: 'zh', fitsOnly: true }, ['small']],
])('%j shows %j', (filter, ids) => {
	expect(filterCatalog(items, filter).map(({ entry }) => entry.id)).toEqual(ids);
});

test('offers what can be chosen', () => {
	expect([languagesOf(items), suitsOf(items)]).toEqual([
		['en', 'zh', 'de'],
		['chat', 'grading', 'subtitles'],
	]);
});

test.each([
	['qwen', ['qwen']],
	['small EN', ['qwen', 'gemma']],
	['google small', ['gemma']],
	['聊天', ['qwen']],
	['nothing of this', []],
])('%j is found in the names and summaries of %j', (words, ids) => {
	const entry = (id: string, family: string, zh: string) =>
		// Only what searching looks at.
		({ entry: { id, family, name: `${id} 4B`, repo: `owner/${id}-GGUF`, summary: { en: 'A small one.', zh } } }) as unknown as CatalogItem;
	const known = [entry('qwen', 'Qwen, English', '聊天'), entry('gemma', 'Gemma by Google, English', '字幕')];
	expect(searchCatalog(known, words).map(({ entry: { id } }) => id)).toEqual(ids);
});
