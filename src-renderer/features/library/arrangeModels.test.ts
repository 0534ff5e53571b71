import { expect, test } from 'vitest';
import type { Model } from '#contract/library.ts';
import { arrangeModels, orderBy, tagsOf } from './arrangeModels.ts';

const named = (name: string, facts: Partial<Model> = {}): Model =>
	// Only the fields that are looked at.
	({
		name,
		fileName: `${name}.gguf`,
		origin: { source: 'local' },
		architecture: 'llama',
		quantization: 'Q8_0',
		license: null,
		tags: [],
		addedAt: 0,
		...facts,
	}) as Model;
const models = [
	named('Qwen 10B', { parameters: 10e9, tags: ['class 7'], origin: { source: 'huggingface', repo: 'Qwen/Qwen-GGUF', revision: 'r', paths: [] } }),
	named('Qwen 4B', { parameters: 4e9, tags: ['class 7', 'fast'] }),
	named('Adapter', { parameters: null }),
];
const namesOf = (list: readonly Model[]) => list.map(({ name }) => name);
const all = { text: '', tag: null };

test('finds models by all words, wherever they stand, and by tag', () => {
	const order = { column: 'name', descending: false } as const;
	expect(namesOf(arrangeModels(models, { text: 'gguf QWEN/', tag: null }, order))).toEqual(['Qwen 10B']);
	expect(namesOf(arrangeModels(models, { text: '', tag: 'fast' }, order))).toEqual(['Qwen 4B']);
	expect(namesOf(arrangeModels(models, { text: 'adapter', tag: 'fast' }, order))).toEqual([]);
});

test('orders names as people count, and puts what has no value last either way', () => {
	expect(namesOf(arrangeModels(models, all, { column: 'name', descending: false }))).toEqual(['Adapter', 'Qwen 4B', 'Qwen 10B']);
	expect(namesOf(arrangeModels(models, all, { column: 'parameters', descending: true }))).toEqual(['Qwen 10B', 'Qwen 4B', 'Adapter']);
	expect(namesOf(arrangeModels(models, all, { column: 'parameters', descending: false }))).toEqual(['Qwen 4B', 'Qwen 10B', 'Adapter']);
});

test('starts a column of numbers with the largest and turns it round at the next click', () => {
	const bySize = orderBy({ column: 'name', descending: false }, 'size');
	expect([bySize, orderBy(bySize, 'size')]).toEqual([
		{ column: 'size', descending: true },
		{ column: 'size', descending: false },
	]);
});

test('lists each tag once', () => {
	expect(tagsOf(models)).toEqual(['class 7', 'fast']);
});
