import { expect, test } from 'vitest';
import type { Machine } from '#contract/engine.ts';
import { adviseUnload, type IdleModel } from './adviseUnload.ts';
import { type PlanGguf, planLoad } from './planLoad.ts';

const GiB = 2 ** 30;

/** A model of 7B shape, which takes about 5 GiB. */
const seven: PlanGguf = {
	architecture: 'llama',
	blockCount: 28,
	contextTokens: 8192,
	embeddingLength: 3584,
	headCountKvByBlock: Array(28).fill(4),
	keyLength: 128,
	valueLength: 128,
	feedForwardLength: 18_944,
	vocabularySize: 152_064,
	slidingWindow: null,
	layerBytes: Array(28).fill(140 * 2 ** 20),
	outputBytes: 420 * 2 ** 20,
	tensorBytes: 4760 * 2 ** 20,
};
const machine = (freeGiB: number, freeVramGiB?: number): Machine => ({
	totalRamBytes: 32 * GiB,
	freeRamBytes: freeGiB * GiB,
	physicalCores: 4,
	gpus: freeVramGiB === undefined ? [] : [{ name: 'GPU', totalBytes: 12 * GiB, freeBytes: freeVramGiB * GiB }],
});
/** Idle for longer the earlier it comes. */
const idle = (...sizes: [ramGiB: number, vramGiB?: number][]): IdleModel[] =>
	sizes.map(([ram, vram = 0], i) => ({ id: `${i}`, name: `model ${i}`, lastUsedAt: i, ramBytes: ram * GiB, vramBytes: vram * GiB }));

test.each<[string, Machine, IdleModel[], { kind: string; ids: string[]; freedGiB: number } | null]>([
	['nothing is idle', machine(3), [], null],
	['all of it would not help', machine(1), idle([1], [1]), null],
	['it fits as it is', machine(28), idle([4]), null],
	['the only one helps', machine(3), idle([8]), { kind: 'fits', ids: ['0'], freedGiB: 8 }],
	['the one not used for longest is enough', machine(6.5), idle([8], [8]), { kind: 'fits', ids: ['0'], freedGiB: 8 }],
	['both are needed', machine(2), idle([4], [4]), { kind: 'fits', ids: ['0', '1'], freedGiB: 8 }],
	['a small one before the large one can stay', machine(3), idle([0.5], [8]), { kind: 'fits', ids: ['1'], freedGiB: 8 }],
	['it would be slow at least', machine(3), idle([4]), { kind: 'slow', ids: ['0'], freedGiB: 4 }],
	['the GPU is taken', machine(28, 1), idle([0.5, 9]), { kind: 'fits', ids: ['0'], freedGiB: 9.5 }],
])('idle models are unloaded first, as few as are needed: %s', (_, on, models, expected) => {
	const facts = { gguf: seven, machine: on };
	const advice = adviseUnload(facts, {}, planLoad(facts, {}), models.toReversed());
	expect(advice && { kind: advice.kind, ids: advice.deployments.map(({ id }) => id), freedGiB: advice.freedBytes / GiB }).toEqual(expected);
});
