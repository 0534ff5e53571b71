import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { GgufValue } from '../../library/gguf/ggufValue.ts';
import { readBase } from './readBase.ts';
import { writeArchitectureModel } from './writeArchitectureModel.test-support.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'homeroom-base-'));
const modelPath = path.join(folder, 'model.gguf');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const count = (value: number): GgufValue => ({ type: 'uint32', value });
const text = (value: string): GgufValue => ({ type: 'string', value });

test.each([
	['another architecture', { 'general.architecture': text('mamba') }, 'mamba'],
	['experts', { 'llama.expert_count': count(8), 'llama.expert_used_count': count(2) }, 'experts'],
	['capped logits', { 'llama.final_logit_softcapping': { type: 'float32', value: 30 } satisfies GgufValue }, 'cap'],
	[
		'a part of a split model',
		{
			'split.count': { type: 'uint16', value: 2 } satisfies GgufValue,
			'split.no': { type: 'uint16', value: 0 } satisfies GgufValue,
			'split.tensors.count': count(40),
		},
		'several files',
	],
])('refuses %s by name before anything is loaded', (_, metadata, named) => {
	writeArchitectureModel(modelPath, {
		metadata: { ...metadata, 'mamba.block_count': count(1), 'mamba.context_length': count(64), 'mamba.embedding_length': count(256) },
	});
	expect(() => readBase(modelPath)).toThrow(expect.objectContaining({ kind: 'modelUnsupported', message: expect.stringContaining(named) }));
});

test('finds every tensor where the file has it', () => {
	writeArchitectureModel(modelPath, { architecture: 'gemma3', type: 'Q4_0', layers: 3 });
	const { shape, tensors, fileBytes } = readBase(modelPath);
	expect(shape).toMatchObject({ architecture: 'gemma3', layers: 3, heads: 4, kvHeads: 2, slidingWindow: 8, windowed: [true, false, true], embeddingScale: 16 });
	const last = [...tensors.values()].at(-1);
	expect((last?.offset ?? 0) + (last?.bytes ?? 0)).toBeGreaterThan(fileBytes - 32);
});
