import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { getLlama, type Llama, LlamaLogLevel, type Token } from 'node-llama-cpp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readGguf } from '../../library/gguf/readGguf.ts';
import { writeSplitTestModel } from '../../library/gguf/writeSplitTestModel.test-support.ts';
import { writeTestModel } from '../../library/testModel.ts';
import { askInProcess } from './askInProcess.test-support.ts';
import { mergeAdapter } from './mergeAdapter.ts';
import { makeRow } from './Row.ts';
import { readRawMetadata } from './rawMetadata.ts';
import { readModelFile } from './readModelFile.ts';
import { openTestTrainer, ruleExamples } from './ruleRun.test-support.ts';
import { theirLoss } from './theirLoss.test-support.ts';
import { trainAdapter } from './trainAdapter.test-support.ts';
import type { MergeOrder } from './trainerContract.ts';
import { writeArchitectureModel } from './writeArchitectureModel.test-support.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'homeroom-merge-'));
const inFolder = (name: string) => path.join(folder, name);
const adapterPath = inFolder('adapter.gguf');
const outputPath = inFolder('merged.gguf');
let llama: Llama;
beforeAll(async () => {
	llama = await getLlama({ gpu: false, build: 'never', maxThreads: 1, logLevel: LlamaLogLevel.disabled });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function merge(changed: Partial<MergeOrder> & { modelPath: string }, stop?: AbortSignal) {
	const order: MergeOrder = { kind: 'merge', adapterPath, scale: 1, type: 'base', outputPath, name: 'Merged', ...changed };
	return askInProcess((place) => mergeAdapter(order, place), stop);
}

/** What a model says after each prompt, with an adapter where one is given. */
async function greedyTexts(modelPath: string, lora: string | null, prompts: readonly number[][]): Promise<number[][]> {
	const model = await llama.loadModel({ modelPath, gpuLayers: 0 });
	try {
		const context = await model.createContext({ contextSize: 64, threads: 1, flashAttention: false, ...(lora && { lora }) });
		const sequence = context.getSequence();
		const texts: number[][] = [];
		for (const prompt of prompts) {
			await sequence.clearHistory();
			const text: number[] = [];
			// The numbers are tokens of the model's vocabulary.
			for await (const token of sequence.evaluate(prompt as Token[], { temperature: 0 })) if (text.push(token) === 12) break;
			texts.push(text);
		}
		return texts;
	} finally {
		await model.dispose();
	}
}

test('a merged F32 model says to 50 prompts what base and adapter say together', async () => {
	const modelPath = inFolder('f32.gguf');
	writeArchitectureModel(modelPath, { layers: 2 });
	await trainAdapter(modelPath, adapterPath);
	expect(await merge({ modelPath })).toEqual([{ type: 'merged', outputPath, sizeBytes: statSync(outputPath).size }]);
	const prompts = ruleExamples(50, 3).map(({ tokens }) => tokens.slice(0, 7));
	const together = await greedyTexts(modelPath, adapterPath, prompts);
	expect(await greedyTexts(outputPath, null, prompts)).toEqual(together);
	expect(await greedyTexts(modelPath, null, prompts)).not.toEqual(together);
});

test.each([
	['llama', 'F16', 'base'],
	['qwen2', 'BF16', 'base'],
	['qwen3', 'Q8_0', 'base'],
	['gemma3', 'Q4_K', 'base'],
	['phi3', 'Q6_K', 'base'],
	['llama', 'Q4_0', 'F16'],
	['phi3', 'Q5_K', 'Q8_0'],
] as const)('a %s model of %s weights merges into %s, and knows what base and adapter know', async (architecture, type, into) => {
	const modelPath = inFolder('base.gguf');
	writeArchitectureModel(modelPath, { architecture, type, layers: 2, separateHead: architecture === 'phi3' });
	await trainAdapter(modelPath, adapterPath, 12);
	await merge({ modelPath, type: into });
	const examples = ruleExamples(6, 0);
	const together = await theirLoss(llama, modelPath, adapterPath, examples);
	const merged = await theirLoss(llama, outputPath, null, examples);
	const alone = await theirLoss(llama, modelPath, null, examples);
	// Storing it anew rounds: by what the type rounds, but by far less than what was learnt.
	expect(Math.abs(merged - together)).toBeLessThan(Math.abs(alone - together) / 10);
	const facts = readGguf(outputPath);
	expect(facts.name).toBe('Merged');
	if (into !== 'base') expect(facts.quantization).toBe(into);
});

test('everything that is not changed is as it was, and a scale of zero changes nothing', async () => {
	const modelPath = inFolder('same.gguf');
	writeArchitectureModel(modelPath, { layers: 2 });
	await trainAdapter(modelPath, adapterPath, 2);
	await merge({ modelPath, scale: 0 });
	const [before, after] = [readModelFile(modelPath), readModelFile(outputPath)];
	const shapes = (file: typeof before) => [...file.tensors.values()].map(({ name, dims, typeId }) => ({ name, dims, typeId }));
	expect(shapes(after)).toEqual(shapes(before));
	const others = (file: string) => readRawMetadata(file).filter(({ key }) => key !== 'general.name');
	expect(others(outputPath)).toEqual(others(modelPath));
	const examples = ruleExamples(3, 0);
	expect(await theirLoss(llama, outputPath, null, examples)).toBe(await theirLoss(llama, modelPath, null, examples));
});

test('a model in several files is trained on like the whole one and merges into one file', async () => {
	const whole = inFolder('whole.gguf');
	await writeTestModel(whole);
	const [first = ''] = await writeSplitTestModel(folder, 'parts', 3);
	const lossOf = (modelPath: string) => {
		const trainer = openTestTrainer(modelPath);
		try {
			return trainer.evaluate(ruleExamples(3, 0).map((example) => makeRow([example])));
		} finally {
			trainer.close();
		}
	};
	expect(lossOf(first)).toEqual(lossOf(whole));
	await trainAdapter(first, adapterPath, 4);
	await merge({ modelPath: first });
	const examples = ruleExamples(3, 0);
	const [merged, together] = [await theirLoss(llama, outputPath, null, examples), await theirLoss(llama, whole, adapterPath, examples)];
	expect(Math.abs(merged - together) / together).toBeLessThan(0.01);
	expect(readModelFile(outputPath).paths).toEqual([outputPath]);
});

test('a merge that is interrupted or does not fit on the disk leaves nothing', async () => {
	const modelPath = inFolder('left.gguf');
	writeArchitectureModel(modelPath, { layers: 2 });
	await trainAdapter(modelPath, adapterPath, 1);
	const place = inFolder('empty');
	mkdirSync(place);
	const output = path.join(place, 'merged.gguf');
	expect(await merge({ modelPath, outputPath: output }, AbortSignal.abort())).toEqual([{ type: 'paused', step: 0 }]);
	if (existsSync('/dev/full')) {
		symlinkSync('/dev/full', `${output}.part`);
		await expect(merge({ modelPath, outputPath: output })).rejects.toMatchObject({ kind: 'disk' });
	}
	expect(readdirSync(place)).toEqual([]);
});
