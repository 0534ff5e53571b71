import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { getLlama, type Llama, LlamaLogLevel, type Token } from 'node-llama-cpp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { targets } from './Adapter.ts';
import { makeRow } from './Row.ts';
import { readBase } from './readBase.ts';
import { Trainer, type TrainerSettings } from './Trainer.ts';
import { type TestShape, testGgml, writeArchitectureModel } from './writeArchitectureModel.test-support.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'homeroom-trainer-'));
const modelPath = path.join(folder, 'model.gguf');
let llama: Llama;
beforeAll(async () => {
	llama = await getLlama({ gpu: false, build: 'never', maxThreads: 1, logLevel: LlamaLogLevel.disabled });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const settings: TrainerSettings = {
	adapter: { rank: 4, alpha: 8, targets, seed: 1 },
	threads: 1,
	mostTokens: 192,
	rowsAtOnce: 2,
	transposedBytes: 0,
	keptBytes: 0,
};

/** Tokens that follow from a number, none of them a control token. */
function someTokens(count: number, start: number): number[] {
	return Array.from({ length: count }, (_, i) => 10 + ((start * 31 + i * i * 7 + i * 13) % 300));
}

/** What llama.cpp gives for each token of a text. */
async function theirLogits(tokens: readonly number[]): Promise<Float32Array[]> {
	const model = await llama.loadModel({ modelPath, gpuLayers: 0 });
	try {
		const context = await model.createContext({ contextSize: 256, threads: 1, flashAttention: false, experimentalKvCacheKeyType: 'F32', experimentalKvCacheValueType: 'F32' });
		// The numbers are tokens of the model's vocabulary.
		const input = tokens.map((token): [Token, { generateNext: { logits: true } }] => [token as Token, { generateNext: { logits: true } }]);
		const results = await context.getSequence().controlledEvaluate(input);
		return results.map((result) => {
			const logits = new Float32Array(model.fileInfo.metadata.tokenizer.ggml.tokens.length);
			for (const [token, logit] of result?.next.logits ?? []) logits[token] = logit;
			return logits;
		});
	} finally {
		await model.dispose();
	}
}

function top(values: Float32Array): number {
	return values.reduce((best, value, i) => (value > (values[best] ?? -Infinity) ? i : best), 0);
}

const exact: (Partial<TestShape> & { architecture: TestShape['architecture'] })[] = [
	{ architecture: 'llama' },
	{ architecture: 'llama', separateHead: true, ropeFactors: true, kvHeads: 4 },
	{ architecture: 'qwen2' },
	{ architecture: 'qwen3', headLength: 32 },
	{ architecture: 'gemma3' },
	{ architecture: 'phi3', ropeFactors: true, separateHead: true },
];

test.each(exact)('computes the logits that llama.cpp computes, of F32 weights in %j', async (shape) => {
	const { vocabulary } = writeArchitectureModel(modelPath, shape);
	const trainer = new Trainer(testGgml, readBase(modelPath), settings);
	try {
		const tokens = someTokens(150, 1);
		const ours = trainer.logits(makeRow([{ tokens, learnt: [] }]));
		const theirs = await theirLogits(tokens);
		let largest = 0;
		for (const [i, expected] of theirs.entries()) {
			const row = ours.subarray(i * vocabulary, (i + 1) * vocabulary);
			for (let j = 0; j < vocabulary; j++) largest = Math.max(largest, Math.abs((row[j] ?? 0) - (expected[j] ?? 0)));
			expect(top(row)).toBe(top(expected));
		}
		expect(theirs).toHaveLength(150);
		console.log(JSON.stringify(shape), largest);
		expect(largest).toBeLessThan(1e-2);
	} finally {
		trainer.close();
	}
});

const quantized = ['F16', 'BF16', 'Q8_0', 'Q4_0', 'Q4_K', 'Q5_K', 'Q6_K'];

test.each(quantized.flatMap((type) => exact.map(({ architecture }) => ({ architecture, type }))))('agrees with llama.cpp on weights as they lie in %j', async (shape) => {
	const { vocabulary } = writeArchitectureModel(modelPath, { headLength: 64, ...shape });
	const trainer = new Trainer(testGgml, readBase(modelPath), settings);
	try {
		const tokens = someTokens(24, 2);
		const ours = trainer.logits(makeRow([{ tokens, learnt: [] }]));
		const theirs = await theirLogits(tokens);
		let largest = 0;
		for (const [i, expected] of theirs.entries()) {
			const row = ours.subarray(i * vocabulary, (i + 1) * vocabulary);
			for (let j = 0; j < vocabulary; j++) largest = Math.max(largest, Math.abs((row[j] ?? 0) - (expected[j] ?? 0)));
		}
		console.log(JSON.stringify(shape), largest, theirs.filter((expected, i) => top(ours.subarray(i * vocabulary, (i + 1) * vocabulary)) !== top(expected)).length);
	} finally {
		trainer.close();
	}
});

const tiny: Partial<TestShape> = { layers: 2, width: 32, heads: 4, kvHeads: 2, headLength: 8, feedForward: 64, slidingWindow: 5 };

test.each(exact.map((shape) => ({ ...shape, ...tiny })))('every gradient of the adapter is the slope of the loss in %j', (shape) => {
	writeArchitectureModel(modelPath, shape);
	const trainer = new Trainer(testGgml, readBase(modelPath), settings);
	try {
		const example = (count: number, start: number) => ({ tokens: someTokens(count, start), learnt: Array.from({ length: count }, (_, i) => i > 4) });
		const rows = [makeRow([example(11, 1), example(9, 2)]), makeRow([example(150, 3)]), makeRow([example(7, 4)])];
		let seed = 1;
		for (const { values, name } of trainer.adapter.parameters)
			if (name.endsWith('_b')) for (let i = 0; i < values.length; i++) values[i] = Math.sin(seed++ * 12.9) * 0.1;
		trainer.adapter.upload();
		const { sum } = trainer.accumulate(rows);
		expect(trainer.evaluate(rows).sum).toBeCloseTo(sum, 4);
		const step = 2e-2;
		const errors: [string, number][] = [];
		for (const { name, values, gradient } of trainer.adapter.parameters) {
			const largest = [...gradient.keys()].sort((i, j) => Math.abs(gradient[j] ?? 0) - Math.abs(gradient[i] ?? 0)).slice(0, 6);
			const others = Array.from({ length: 4 }, (_, i) => (i * 37) % values.length);
			let [wrong, all] = [0, 0];
			for (const i of [...largest, ...others]) {
				const before = values[i] ?? 0;
				const lossAt = (value: number) => {
					values[i] = value;
					trainer.adapter.upload();
					return trainer.evaluate(rows).sum;
				};
				const slope = (lossAt(before + step) - lossAt(before - step)) / (2 * step);
				values[i] = before;
				wrong += (slope - (gradient[i] ?? 0)) ** 2;
				all += slope ** 2;
			}
			errors.push([name, Math.sqrt(wrong / all)]);
		}
		trainer.adapter.upload();
		console.log(errors.map(([name, error]) => `${name} ${error.toFixed(5)}`).join('\n'));
		expect(errors.filter(([, error]) => !(error < 1e-2))).toEqual([]);
	} finally {
		trainer.close();
	}
});
