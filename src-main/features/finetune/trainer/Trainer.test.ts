import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { getLlama, type Llama, LlamaLogLevel, type Token } from 'node-llama-cpp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Parameter, targets } from './Adapter.ts';
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
};

/** Tokens that follow from a number, none of them a control token. */
function someTokens(count: number, start: number): number[] {
	return Array.from({ length: count }, (_, i) => 10 + ((start * 31 + i * i * 7 + i * 13) % 300));
}

/** What llama.cpp gives for each token of a text. */
async function theirLogits(tokens: readonly number[]): Promise<Float32Array[]> {
	const model = await llama.loadModel({ modelPath, gpuLayers: 0 });
	try {
		const context = await model.createContext({
			contextSize: 256,
			threads: 1,
			flashAttention: false,
			experimentalKvCacheKeyType: 'F32',
			experimentalKvCacheValueType: 'F32',
		});
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

const architectureShapes: (Partial<TestShape> & { architecture: TestShape['architecture'] })[] = [
	{ architecture: 'llama' },
	{ architecture: 'llama', separateHead: true, ropeFactors: true, kvHeads: 4 },
	{ architecture: 'qwen2' },
	{ architecture: 'qwen3', headLength: 32 },
	{ architecture: 'gemma3' },
	{ architecture: 'phi3', ropeFactors: true, separateHead: true },
];

/** Where our logits of a text differ most from llama.cpp's, and at how many tokens another one would be said. */
async function compareLogits(vocabulary: number, count: number): Promise<{ largest: number; otherTops: number }> {
	const trainer = new Trainer(testGgml, readBase(modelPath), settings);
	try {
		const tokens = someTokens(count, 1);
		const ours = trainer.logits(makeRow([{ tokens, learnt: [] }]));
		const theirs = await theirLogits(tokens);
		expect(theirs).toHaveLength(count);
		let [largest, otherTops] = [0, 0];
		for (const [i, expected] of theirs.entries()) {
			const row = ours.subarray(i * vocabulary, (i + 1) * vocabulary);
			for (let j = 0; j < vocabulary; j++) largest = Math.max(largest, Math.abs((row[j] ?? 0) - (expected[j] ?? 0)));
			if (top(row) !== top(expected)) otherTops++;
		}
		return { largest, otherTops };
	} finally {
		trainer.close();
	}
}

test.each(architectureShapes)('computes the logits that llama.cpp computes, of F32 weights in %j', async (shape) => {
	const { vocabulary } = writeArchitectureModel(modelPath, shape);
	const { largest, otherTops } = await compareLogits(vocabulary, 150);
	expect(otherTops).toBe(0);
	expect(largest).toBeLessThan(1e-2);
});

const quantized = ['F16', 'BF16', 'Q8_0', 'Q4_0', 'Q4_K', 'Q5_K', 'Q6_K'];
const architectureNames = [...new Set(architectureShapes.map(({ architecture }) => architecture))];

// Inputs are rounded for these products too, so a difference in the last bit may be one of a whole step later on.
test.each(quantized.flatMap((type) => architectureNames.map((architecture) => ({ architecture, type }))))(
	'would say what llama.cpp says, of weights as they lie in %j',
	async (shape) => {
		const { vocabulary } = writeArchitectureModel(modelPath, shape);
		const { largest, otherTops } = await compareLogits(vocabulary, 24);
		expect(otherTops).toBe(0);
		expect(largest).toBeLessThan(0.4);
	},
);

const tiny: Partial<TestShape> = { layers: 2, width: 32, heads: 4, kvHeads: 2, headLength: 8, feedForward: 64, slidingWindow: 5 };
const example = (count: number, start: number) => ({ tokens: someTokens(count, start), learnt: Array.from({ length: count }, (_, i) => i > 4) });
/** Packed, long enough for several blocks of queries, and short. */
const someRows = [makeRow([example(11, 1), example(9, 2)]), makeRow([example(150, 3)]), makeRow([example(7, 4)])];

/** A trainer whose B is not zero any more, so that A has gradients too. */
function openBegun(base = readBase(modelPath)): Trainer {
	const trainer = new Trainer(testGgml, base, settings);
	let count = 1;
	for (const { values, name } of trainer.adapter.parameters)
		if (name.endsWith('_b')) for (let i = 0; i < values.length; i++) values[i] = Math.sin(count++ * 12.9) * 0.1;
	trainer.adapter.upload();
	return trainer;
}

/** The slope of the loss when the values of a parameter move along `direction`, by central differences. */
function slopeAlong(trainer: Trainer, { values }: Parameter, direction: readonly number[] | Float32Array, step: number): number {
	const before = values.slice();
	const lossAt = (distance: number) => {
		for (let i = 0; i < values.length; i++) values[i] = (before[i] ?? 0) + distance * (direction[i] ?? 0);
		trainer.adapter.upload();
		return trainer.evaluate(someRows).sum;
	};
	const slope = (lossAt(step) - lossAt(-step)) / (2 * step);
	values.set(before);
	trainer.adapter.upload();
	return slope;
}

/** How far the gradient of a parameter is from the slopes of the loss, over its largest and some other values. */
function slopeError(trainer: Trainer, parameter: Parameter): number {
	const { values, gradient } = parameter;
	const largest = [...gradient.keys()].sort((i, j) => Math.abs(gradient[j] ?? 0) - Math.abs(gradient[i] ?? 0)).slice(0, 6);
	const others = Array.from({ length: 4 }, (_, i) => (i * 37) % values.length);
	let [wrong, all] = [0, 0];
	for (const chosen of [...largest, ...others]) {
		const slope = slopeAlong(
			trainer,
			parameter,
			Array.from(values, (_, i) => (i === chosen ? 1 : 0)),
			2e-2,
		);
		wrong += (slope - (gradient[chosen] ?? 0)) ** 2;
		all += slope ** 2;
	}
	return Math.sqrt(wrong / all);
}

test.each(architectureShapes.map((shape) => ({ ...shape, ...tiny })))('every gradient of the adapter is the slope of the loss in %j', (shape) => {
	writeArchitectureModel(modelPath, shape);
	const base = readBase(modelPath);
	// The forward pass reads gelu from a table, whose steps would show in differences of single values. The next test is for it.
	const trainer = openBegun({ ...base, shape: { ...base.shape, activation: 'silu' } });
	try {
		const { sum } = trainer.accumulate(someRows);
		expect(trainer.evaluate(someRows).sum).toBeCloseTo(sum, 3);
		const wrong = trainer.adapter.parameters
			.map((parameter) => [parameter.name, slopeError(trainer, parameter)] as const)
			.filter(([, error]) => !(error < 1e-2));
		expect(wrong).toEqual([]);
	} finally {
		trainer.close();
	}
});

test('every gradient through gelu is the slope of the loss along itself', () => {
	writeArchitectureModel(modelPath, { ...tiny, architecture: 'gemma3', width: 64, feedForward: 256 });
	const trainer = openBegun();
	try {
		trainer.accumulate(someRows);
		const errors = trainer.adapter.parameters.map((parameter) => {
			const length = Math.hypot(...parameter.gradient);
			const direction = parameter.gradient.map((slope) => slope / length);
			return [parameter.name, Math.abs(slopeAlong(trainer, parameter, direction, 5e-2) / length - 1)] as const;
		});
		expect(errors.filter(([, error]) => !(error < 1e-2))).toEqual([]);
	} finally {
		trainer.close();
	}
});

// Products round their inputs, so single slopes are noise; along the whole gradient the loss must change as fast as the gradient is long.
test.each([...quantized, 'Q5_0', 'IQ4_NL'])('the loss of %s weights changes along the gradient as fast as it says', (type) => {
	writeArchitectureModel(modelPath, { type, layers: 2 });
	const trainer = openBegun();
	try {
		trainer.accumulate(someRows);
		const { parameters } = trainer.adapter;
		const length = Math.hypot(...parameters.map(({ gradient }) => Math.hypot(...gradient)));
		const lossAt = (distance: number) => {
			for (const { values, gradient } of parameters)
				for (let i = 0; i < values.length; i++) values[i] = (values[i] ?? 0) + (distance * (gradient[i] ?? 0)) / length;
			trainer.adapter.upload();
			return trainer.evaluate(someRows).sum;
		};
		const slope = (lossAt(0.05) - lossAt(-0.1)) / 0.1;
		expect(Math.abs(slope / length - 1)).toBeLessThan(0.03);
	} finally {
		trainer.close();
	}
});

test.each(['F32', 'Q8_0', 'Q4_0'])('memory that is spent saves work and changes no gradient of %s weights', (type) => {
	writeArchitectureModel(modelPath, { ...tiny, type, layers: 3, kvHeads: 1 });
	const gradients = [0, 300_000, 10_000_000].map((bytes) => {
		const trainer = openBegun();
		try {
			trainer.spend(bytes);
			trainer.accumulate(someRows);
			return trainer.adapter.parameters.map(({ gradient }) => gradient);
		} finally {
			trainer.close();
		}
	});
	expect(gradients[1]).toEqual(gradients[0]);
	expect(gradients[2]).toEqual(gradients[0]);
});

test('a row longer than the model knows is refused', () => {
	writeArchitectureModel(modelPath, tiny);
	expect(() => new Trainer(testGgml, readBase(modelPath), { ...settings, mostTokens: 1024 })).toThrow(expect.objectContaining({ kind: 'badInput' }));
});
