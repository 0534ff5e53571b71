import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LoadWishes, Machine } from '#contract/engine.ts';
import { type LiveVerdict, nextSmallerPlan, type PlanFacts, planLoad } from './planLoad.ts';
import { graphBytes, planMemory } from './planMemory.ts';

const GiB = 2 ** 30;
const MiB = 2 ** 20;

type Gguf = PlanFacts['gguf'];
function gguf(shape: {
	blocks: number;
	width: number;
	kvHeads: number;
	head: number;
	ff: number;
	vocabulary: number;
	layer: number;
	output: number;
	trained?: number;
	more?: Partial<Gguf>;
}): Gguf {
	const { blocks } = shape;
	return {
		architecture: 'llama',
		blockCount: blocks,
		contextTokens: shape.trained ?? 32_768,
		embeddingLength: shape.width,
		headCountKvByBlock: Array(blocks).fill(shape.kvHeads),
		keyLength: shape.head,
		valueLength: shape.head,
		feedForwardLength: shape.ff,
		vocabularySize: shape.vocabulary,
		slidingWindow: null,
		layerBytes: Array(blocks).fill(shape.layer),
		outputBytes: shape.output,
		tensorBytes: blocks * shape.layer + 2 * shape.output,
		...shape.more,
	};
}
// The shapes of known models, sizes rounded.
const half = gguf({ blocks: 24, width: 896, kvHeads: 2, head: 64, ff: 4864, vocabulary: 32_000, layer: 8.4 * MiB, output: 16 * MiB });
const seven = gguf({ blocks: 28, width: 3584, kvHeads: 4, head: 128, ff: 18_944, vocabulary: 152_064, layer: 140 * MiB, output: 420 * MiB, trained: 131_072 });
const seventy = gguf({
	blocks: 80,
	width: 8192,
	kvHeads: 8,
	head: 128,
	ff: 28_672,
	vocabulary: 128_256,
	layer: 480 * MiB,
	output: 800 * MiB,
	trained: 131_072,
});

const machine = (totalGiB: number, freeGiB: number, vram?: { total: number; free: number }): Machine => ({
	totalRamBytes: totalGiB * GiB,
	freeRamBytes: freeGiB * GiB,
	physicalCores: 4,
	gpus: vram ? [{ name: 'GPU', totalBytes: vram.total * GiB, freeBytes: vram.free * GiB }] : [],
});

test.each([
	[8, 7],
	[2, 1],
	[1, 1],
])('of %i cores a model computes with %i unless another number is wished for: the app needs one', (physicalCores, threads) => {
	const facts = { gguf: half, machine: { ...machine(8, 6), physicalCores } };
	expect([planLoad(facts, {}).plan?.threads, planLoad(facts, { threads: 8 }).plan?.threads]).toEqual([threads, 8]);
});

test.each<[string, Machine, number | undefined, string, LiveVerdict['speed']]>([
	[
		'two cores read 10 GB a second: a 7B model of 5 GB is slow',
		{ ...machine(16, 12), physicalCores: 2 },
		undefined,
		'slow',
		{ tokensPerSecond: 2, basis: 'estimate' },
	],
	['four cores read 30', machine(16, 12), undefined, 'fits', { tokensPerSecond: 6, basis: 'estimate' }],
	['more cores share what memory gives', { ...machine(16, 12), physicalCores: 32 }, undefined, 'fits', { tokensPerSecond: 8, basis: 'estimate' }],
	['what was measured is told instead', { ...machine(16, 12), physicalCores: 2 }, 9.5, 'fits', { tokensPerSecond: 9.5, basis: 'measured' }],
	['of a graphics card nothing is guessed', machine(32, 24, { total: 24, free: 23 }), undefined, 'fits', null],
])('how quickly a model writes is told: %s', (_, on, measuredSpeed, kind, speed) => {
	const model = { ...seven, tensorBytes: 5e9 };
	expect(planLoad({ gguf: model, machine: on, ...(measuredSpeed === undefined ? {} : { measuredSpeed }) }, {})).toMatchObject({ kind, speed });
});

type Expected = { kind: string; replicas?: number; contextTokens?: number; parallel?: number; gpuLayers?: number; notes?: string[] };
test.each<[string, Gguf, Machine, LoadWishes, Expected]>([
	['a small model on a plain machine', half, machine(8, 6), {}, { kind: 'fits', contextTokens: 8192, parallel: 4, gpuLayers: 0, notes: [] }],
	['a 7B model on 8 GiB', seven, machine(8, 5), {}, { kind: 'tooBig' }],
	['a 7B model on 16 GiB', seven, machine(16, 12), {}, { kind: 'fits', contextTokens: 8192, parallel: 4 }],
	['little memory takes requests side by side first', seven, machine(16, 6.5), {}, { kind: 'slow', contextTokens: 8192, parallel: 1, notes: [] }],
	['less memory takes context next', seven, machine(16, 6.1), {}, { kind: 'slow', contextTokens: 2048, parallel: 1, notes: [] }],
	[
		'a wish that does not fit is made smaller and told',
		seven,
		machine(16, 7.5),
		{ contextTokens: 65_536, parallel: 2 },
		{ kind: 'slow', notes: ['contextReduced', 'parallelReduced'] },
	],
	[
		'a wish beyond the training becomes that and is told',
		half,
		machine(64, 60),
		{ contextTokens: 65_536, parallel: 1 },
		{ kind: 'fits', contextTokens: half.contextTokens, notes: ['contextOfTraining'] },
	],
	['a context is never more than the model was trained for', { ...half, contextTokens: 2048 }, machine(16, 12), {}, { kind: 'fits', contextTokens: 2048 }],
	['a large model without a GPU is slow and told', { ...seven, tensorBytes: 9 * GiB }, machine(64, 60), {}, { kind: 'slow', notes: ['largeForProcessor'] }],
	['a large GPU takes all layers', seven, machine(32, 24, { total: 24, free: 23 }), {}, { kind: 'fits', gpuLayers: 29, contextTokens: 8192, parallel: 4 }],
	['a middling GPU takes all layers with fewer requests', seven, machine(32, 24, { total: 8, free: 5.5 }), {}, { kind: 'fits', gpuLayers: 29, parallel: 1 }],
	['a small GPU takes some layers', seven, machine(32, 24, { total: 4, free: 3.8 }), {}, { kind: 'slow' }],
	['a GPU that is full takes none', seven, machine(32, 24, { total: 4, free: 0.3 }), {}, { kind: 'slow', gpuLayers: 0 }],
	[
		'more layers than fit are made fewer and told',
		seven,
		machine(32, 24, { total: 4, free: 3.8 }),
		{ gpuLayers: 99 },
		{ kind: 'slow', notes: ['gpuLayersReduced'] },
	],
	['fewer layers than fit are kept', seven, machine(32, 24, { total: 24, free: 23 }), { gpuLayers: 10 }, { kind: 'slow', gpuLayers: 10, notes: [] }],
	['no layers at all are kept', seven, machine(32, 24, { total: 24, free: 23 }), { gpuLayers: 0 }, { kind: 'slow', gpuLayers: 0, notes: [] }],
	['a 70B model on a server card', seventy, machine(256, 200, { total: 80, free: 79 }), {}, { kind: 'fits', gpuLayers: 81, contextTokens: 8192, parallel: 4 }],
	['memory is needed for every copy', seven, machine(32, 20), { replicas: 2 }, { kind: 'fits', replicas: 2, contextTokens: 8192, parallel: 4, notes: [] }],
	['requests side by side are fewer before a copy is', seven, machine(32, 12.5), { replicas: 2 }, { kind: 'slow', replicas: 2, parallel: 1, notes: [] }],
	[
		'a copy that does not fit is left out and told, before the context is smaller',
		seven,
		machine(16, 10),
		{ replicas: 2 },
		{ kind: 'fits', replicas: 1, contextTokens: 8192, parallel: 4, notes: ['replicasReduced'] },
	],
	['copies share the GPU', seven, machine(64, 60, { total: 24, free: 23 }), { replicas: 2 }, { kind: 'fits', replicas: 2, gpuLayers: 29 }],
	[
		'a copy on the GPU alone is worth more than two of which half is there',
		seven,
		machine(64, 60, { total: 8, free: 7.5 }),
		{ replicas: 2 },
		{ kind: 'fits', replicas: 1, gpuLayers: 29, notes: ['replicasReduced'] },
	],
	['a 70B model on a small machine', seventy, machine(16, 12), {}, { kind: 'tooBig', contextTokens: 512, parallel: 1 }],
])('a plan fits the machine: %s', (_, model, on, wishes, expected) => {
	const verdict = planLoad({ gguf: model, machine: on }, wishes);
	const { plan } = verdict;
	const { contextTokens, parallel, gpuLayers } = plan;
	expect({ kind: verdict.kind, replicas: verdict.replicas, contextTokens, parallel, gpuLayers, notes: verdict.notes }).toMatchObject(expected);
	expect(plan.ramBytes + plan.vramBytes).toBeGreaterThanOrEqual(plan.weightsBytes + plan.kvBytes);
});

// Recorded with node-llama-cpp 3.22.1 on a processor: the memory that llama.cpp reserves for a context beside the weights.
const testShape = gguf({ blocks: 3, width: 128, kvHeads: 4, head: 32, ff: 352, vocabulary: 1400, layer: 0.2 * MiB, output: 0.2 * MiB });
test.each<[string, Gguf, number, number, number, number]>([
	['test model, 2048', testShape, 2048, 1, 512, 8_468_480],
	['test model, 8192', testShape, 8192, 1, 512, 24_197_120],
	['test model, 4 × 8192', testShape, 8192, 4, 256, 56_138_752],
	['0.5B, 2048', half, 2048, 1, 512, 94_373_888],
	['0.5B, 2048 in small batches', half, 2048, 1, 128, 42_467_840],
	['0.5B, 8192', half, 8192, 1, 512, 169_871_360],
	['0.5B, 4 × 8192', half, 8192, 4, 512, 471_861_248],
	['0.5B, 4 × 8192 in small batches', half, 8192, 4, 128, 419_955_200],
])('what llama.cpp reserves for a context is known to within 1 %%: %s', (_, model, contextTokens, parallel, batchTokens, reserved) => {
	const shape = { contextTokens, parallel, batchTokens, gpuLayers: 0, threads: 1, kvType: 'f16' } as const;
	const estimate = planMemory(model, shape).kvBytes + graphBytes(model, shape);
	expect(Math.abs(estimate / reserved - 1)).toBeLessThan(0.01);
});

test('a cache of 8-bit values takes 34 bytes where one of 16-bit values takes 64, and is not planned for heads it cannot keep', () => {
	const wishes = { contextTokens: 8192, parallel: 1 };
	const plan = (model: Gguf, kvType: 'f16' | 'q8_0') => planLoad({ gguf: model, machine: machine(64, 60) }, { ...wishes, kvType }).plan;
	expect(plan(seven, 'q8_0').kvBytes / plan(seven, 'f16').kvBytes).toBe(34 / 64);
	const odd = { ...seven, keyLength: 80, valueLength: 80 };
	expect(plan(odd, 'q8_0')).toEqual(plan(odd, 'f16'));
});

test('latent attention keeps keys alone', () => {
	const latent = { ...seven, architecture: 'deepseek2', headCountKvByBlock: Array(28).fill(1), keyLength: 576, valueLength: 512 };
	const { plan } = planLoad({ gguf: latent, machine: machine(64, 60) }, { contextTokens: 4096, parallel: 1 });
	expect(plan.kvBytes).toBe(28 * 4096 * 576 * 2);
});

test('an embedding that is the output too is there twice where the output is laid out anew or on the GPU', () => {
	const outputBytes = (32_000 * 896 * 4.5) / 8;
	const layers = half.tensorBytes - 2 * half.outputBytes;
	const tied = { ...half, outputBytes, tensorBytes: layers + outputBytes };
	const weights = (model: Gguf, vram?: { total: number; free: number }) => planLoad({ gguf: model, machine: machine(64, 60, vram) }, {}).plan.weightsBytes;
	const apart = { ...tied, tensorBytes: layers + 2 * outputBytes };
	const wide = { ...tied, outputBytes: 4 * outputBytes, tensorBytes: layers + 4 * outputBytes };
	expect([weights(tied), weights(apart), weights(wide)]).toEqual([layers + 2 * outputBytes, layers + 2 * outputBytes, layers + 4 * outputBytes]);
	expect(weights(wide, { total: 24, free: 23 })).toBe(layers + 8 * outputBytes);
});

test('layers with a sliding window keep no more than the window', () => {
	const gemma = { ...seven, architecture: 'gemma3', slidingWindow: 1024 };
	const wide = planLoad({ gguf: seven, machine: machine(64, 60) }, { contextTokens: 32_768, parallel: 1 });
	const narrow = planLoad({ gguf: gemma, machine: machine(64, 60) }, { contextTokens: 32_768, parallel: 1 });
	expect(narrow.plan.kvBytes).toBeLessThan(wide.plan.kvBytes / 4);
});

test('whatever the machine and the wishes, what is said to fit leaves a reserve, and plans shrink until nothing is left', () => {
	const wish = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined });
	fc.assert(
		fc.property(
			fc.constantFrom(half, seven, seventy),
			fc.record({
				total: fc.integer({ min: 2, max: 512 }),
				share: fc.double({ min: 0, max: 1, noNaN: true }),
				vram: fc.option(fc.integer({ min: 1, max: 160 })),
			}),
			fc.record({
				contextTokens: wish(fc.integer({ min: 128, max: 1_048_576 })),
				parallel: wish(fc.integer({ min: 1, max: 64 })),
				gpuLayers: wish(fc.integer({ min: 0, max: 1024 })),
				replicas: wish(fc.integer({ min: 1, max: 16 })),
			}),
			(model, { total, share, vram }, asked) => {
				const on = machine(total, total * share, vram === null ? undefined : { total: vram, free: vram * 0.9 });
				const wishes = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
				const facts = { gguf: model, machine: on };
				const { kind, plan, replicas } = planLoad(facts, wishes);
				if (kind !== 'tooBig') {
					expect(replicas * plan.ramBytes).toBeLessThanOrEqual(on.freeRamBytes - GiB);
					expect(replicas * plan.vramBytes).toBeLessThanOrEqual(Math.max(0, (on.gpus[0]?.freeBytes ?? 0) - 0.5 * GiB));
				}
				let smaller = nextSmallerPlan(facts, plan);
				for (let rounds = 0, before = plan; smaller; smaller = nextSmallerPlan(facts, before), rounds++) {
					expect(smaller.plan.kvBytes + smaller.plan.gpuLayers).toBeLessThan(before.kvBytes + before.gpuLayers);
					expect(rounds).toBeLessThan(60);
					before = smaller.plan;
				}
			},
		),
	);
});
