import { expect, test } from 'vitest';
import type { Model } from '#contract/library.ts';
import { trainingChoices } from './trainingChoices.ts';

test('lists what can be trained first, the last used first, and says why the rest cannot', () => {
	const model = (name: string, more: Partial<Model> = {}) =>
		// Only the fields that are looked at.
		({ name, kind: 'model', architecture: 'llama', files: [{}], fileState: 'present', lastUsedAt: null, ...more }) as Model;
	const choices = trainingChoices([
		model('moe', { architecture: 'qwen3moe', lastUsedAt: 9 }),
		model('old', { architecture: 'qwen3', lastUsedAt: 1 }),
		model('parts', { files: [{}, {}] as Model['files'] }),
		model('gone', { fileState: 'missing' }),
		model('new', { architecture: 'gemma3', lastUsedAt: 5 }),
		model('lora', { kind: 'adapter' }),
		model('broken', { fileState: 'damaged' }),
	]);
	expect(choices.map((choice) => [choice.model.name, choice.reason])).toEqual([
		['new', null],
		['old', null],
		['moe', 'architecture'],
		['broken', 'damaged'],
		['gone', 'missing'],
		['parts', 'split'],
	]);
});
