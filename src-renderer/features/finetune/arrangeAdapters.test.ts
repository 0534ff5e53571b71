import { expect, test } from 'vitest';
import type { Adapter } from '#contract/finetune.ts';
import { arrangeAdapters, mergedBytes } from './arrangeAdapters.ts';

test('groups by model and name, versions newest first; a model that is not here comes last', () => {
	const adapter = (name: string, version: number, modelName: string, createdAt: number, more: Partial<Adapter> = {}) =>
		// Only the fields that are looked at.
		({ id: `${name}${version}`, name, version, modelId: modelName, modelName, createdAt, mine: true, ownerName: 'Ada', ...more }) as Adapter;
	const groups = arrangeAdapters([
		adapter('tone', 1, 'qwen', 1),
		adapter('lost', 1, 'gone', 9, { modelId: null }),
		adapter('marks', 1, 'llama', 2),
		adapter('tone', 2, 'qwen', 5),
		adapter('tone', 1, 'qwen', 4, { mine: false, ownerName: 'Ben' }),
	]);
	expect(groups.map(({ modelName, families }) => [modelName, families.map(({ name, versions }) => [name, versions.map(({ version }) => version)])])).toEqual([
		[
			'qwen',
			[
				['tone', [2, 1]],
				['tone', [1]],
			],
		],
		['llama', [['marks', [1]]]],
		['gone', [['lost', [1]]]],
	]);
});

test('says how large a merged model will be', () => {
	const base = { parameters: 320, sizeBytes: 200 };
	expect([mergedBytes('F16', base), mergedBytes('Q8_0', base), mergedBytes('base', base), mergedBytes('F16', { ...base, parameters: null })]).toEqual([
		640,
		340,
		200,
		null,
	]);
});
