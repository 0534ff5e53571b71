import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { adapterDraft, type Draft, encodeDraft, tinyDraft } from '../../library/gguf/malformed.test-support.ts';
import { mutateAdapter } from '../../library/gguf/mutate.test-support.ts';
import { seededRandom } from '../../library/seededRandom.ts';
import { askInProcess } from './askInProcess.test-support.ts';
import { inspectAdapter, remarksOnNorms } from './inspectAdapter.ts';
import { openTestTrainer } from './ruleRun.test-support.ts';
import { TrainerRefusal } from './TrainerRefusal.ts';
import { trainAdapter } from './trainAdapter.test-support.ts';
import { writeAdapter } from './writeAdapter.ts';
import { writeArchitectureModel } from './writeArchitectureModel.test-support.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'homeroom-inspect-'));
const modelPath = path.join(folder, 'model.gguf');
const goodPath = path.join(folder, 'good.gguf');
const tinyPath = path.join(folder, 'tiny.gguf');
const spoiledPath = path.join(folder, 'spoiled.gguf');
beforeAll(async () => {
	writeArchitectureModel(modelPath, { type: 'Q8_0', layers: 2 });
	await trainAdapter(modelPath, goodPath, 6);
	writeFileSync(tinyPath, encodeDraft(tinyDraft()));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function inspect(adapterPath: string, ofModel = modelPath) {
	return askInProcess((place) => inspectAdapter({ kind: 'inspect', adapterPath, modelPath: ofModel }, place));
}

/** Looks into the adapter of the small model after a change. */
function inspectSpoiled(spoil: (draft: Draft) => void) {
	const draft = adapterDraft();
	spoil(draft);
	writeFileSync(spoiledPath, encodeDraft(draft));
	return inspect(spoiledPath, tinyPath);
}

/** An adapter of a run whose values were changed before it was written. */
async function writeChanged(change: (values: Float32Array) => void, name = 'blk.1.ffn_down.weight.lora_b'): Promise<void> {
	const trainer = openTestTrainer(modelPath);
	try {
		for (const parameter of trainer.adapter.parameters) {
			if (parameter.name.endsWith('_b')) parameter.values.fill(1e-3);
			if (parameter.name === name) change(parameter.values);
		}
		await writeAdapter(spoiledPath, trainer.adapter, trainer.base, 'changed');
	} finally {
		trainer.close();
	}
}

test('an adapter that was trained here is what it says, without any remark', async () => {
	const [inspected] = await inspect(goodPath);
	expect(inspected).toMatchObject({ type: 'inspected', rank: 8, alpha: 16, targets: ['q', 'k', 'v', 'o', 'gate', 'up', 'down'], remarks: [] });
	if (inspected?.type === 'inspected') expect(inspected.baseDigest).toBe(inspected.modelDigest);
});

test('an adapter for another model of the same measures is remarked, and one that names none', async () => {
	const other = path.join(folder, 'other.gguf');
	writeArchitectureModel(other, { type: 'Q4_0', layers: 2 });
	expect(await inspect(goodPath, other)).toMatchObject([{ remarks: [{ code: 'otherBase' }] }]);
	expect(await inspectSpoiled(() => {})).toMatchObject([{ baseDigest: null, rank: 4, alpha: 8, targets: ['q', 'up'] }]);
	const [inspected] = await inspectSpoiled(() => {});
	expect(inspected?.type === 'inspected' && inspected.remarks.map(({ code }) => code)).toContain('unknownBase');
});

test('values that are no numbers are refused with the name of their tensor', async () => {
	await writeChanged((values) => values.fill(Number.NaN, 5, 6));
	await expect(inspect(spoiledPath)).rejects.toMatchObject({ kind: 'notFinite', message: expect.stringContaining('blk.1.ffn_down.weight.lora_b') });
	await writeChanged((values) => values.fill(Infinity, 7, 8), 'blk.0.attn_q.weight.lora_a');
	await expect(inspect(spoiledPath)).rejects.toMatchObject({ kind: 'notFinite', message: expect.stringContaining('blk.0.attn_q.weight.lora_a') });
});

test('a pair that changes its matrix far more than others do, and one that changes nothing, are remarked', async () => {
	await writeChanged((values) => values.fill(0.5));
	expect(await inspect(spoiledPath)).toMatchObject([{ remarks: [{ code: 'largeNorm', tensor: 'blk.1.ffn_down.weight' }] }]);
	await writeChanged((values) => values.fill(0));
	expect(await inspect(spoiledPath)).toMatchObject([{ remarks: [{ code: 'zero', tensor: 'blk.1.ffn_down.weight' }] }]);
});

test('norms are told against the median pair and against the matrix itself', () => {
	const norms = [0.01, 0.012, 0.009, 0.2, 0].map((share, i) => ({ name: `m${i}`, share }));
	expect(remarksOnNorms(norms).map(({ code, tensor }) => `${code} ${tensor}`)).toEqual(['largeNorm m3', 'zero m4']);
	expect(remarksOnNorms([{ name: 'm', share: 1.5 }])).toEqual([{ code: 'largeNorm', tensor: 'm', detail: '1.50' }]);
});

test.each<[string, (draft: Draft) => void, string]>([
	['half a pair', ({ tensors }) => void tensors.pop(), 'noPair'],
	['a pair for a wider matrix', ({ tensors }) => void tensors.splice(0, 1, { name: 'blk.0.attn_q.weight.lora_a', dims: [64, 4], typeId: 0 }), 'otherShape'],
	[
		'a pair for a layer that is not there',
		({ tensors }) => {
			for (const tensor of tensors) tensor.name = tensor.name.replace('blk.0.', 'blk.9.');
		},
		'otherShape',
	],
	['another architecture', ({ metadata }) => void Object.assign(metadata, { 'general.architecture': { type: 'string', value: 'qwen2' } }), 'otherArchitecture'],
	['no adapter but a model', (draft) => void Object.assign(draft, tinyDraft()), 'noAdapter'],
	['another kind of adapter', ({ metadata }) => void Object.assign(metadata, { 'adapter.type': { type: 'string', value: 'ia3' } }), 'unsupported'],
	[
		'a rank that nobody trains',
		({ tensors }) => {
			tensors[0] = { name: 'blk.0.attn_q.weight.lora_a', dims: [32, 1025], typeId: 0 };
			tensors[1] = { name: 'blk.0.attn_q.weight.lora_b', dims: [1025, 32], typeId: 0 };
		},
		'unsupported',
	],
	[
		'pairs for the embedding',
		({ tensors }) => {
			tensors[0] = { name: 'token_embd.weight.lora_a', dims: [4, 264], typeId: 0 };
			tensors[1] = { name: 'token_embd.weight.lora_b', dims: [4, 32], typeId: 0 };
		},
		'unsupported',
	],
])('an adapter with %s is refused as that', async (_, spoil, kind) => {
	await expect(inspectSpoiled(spoil)).rejects.toMatchObject({ kind });
});

test('a file that is cut off anywhere, or none at all, is refused in words', async () => {
	const whole = readFileSync(goodPath);
	for (const bytes of [0, 3, 20, 300, 1500, whole.length - 100]) {
		writeFileSync(spoiledPath, whole.subarray(0, bytes));
		await expect(inspect(spoiledPath)).rejects.toBeInstanceOf(TrainerRefusal);
	}
	writeFileSync(spoiledPath, 'PK\x03\x04 something else');
	await expect(inspect(spoiledPath)).rejects.toMatchObject({ kind: 'notGguf' });
});

const mutants = process.env.HOMEROOM_SOAK ? 2000 : 60;
test(`every one of ${mutants} spoiled adapters is looked into or refused in words`, async () => {
	const modelCopy = path.join(folder, 'base.gguf');
	copyFileSync(tinyPath, modelCopy);
	for (let seed = 1; seed <= mutants; seed++) {
		const { bytes, done } = mutateAdapter(seededRandom(seed));
		writeFileSync(spoiledPath, bytes);
		const ended = await inspect(spoiledPath, modelCopy).catch((error: unknown) => error);
		const fine = Array.isArray(ended) || ended instanceof TrainerRefusal;
		expect(fine ? null : [seed, done, ended]).toBeNull();
	}
});
