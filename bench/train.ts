import { mkdtemp, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { type BenchShape, writeBenchModel } from '../src-main/features/library/benchModel.ts';
import { median } from './median.ts';
import type { Report } from './run.ts';
import { startBare } from './startBare.ts';
import { startTrainWorker } from './startTrainWorker.ts';

/** The shape of a 0.1B model. */
const shape: Partial<BenchShape> = {
	architecture: 'llama',
	blocks: 12,
	width: 768,
	heads: 12,
	kvHeads: 4,
	feedForward: 2048,
	vocabulary: 32_000,
	contextTokens: 2048,
};
const types = ['F32', 'Q8_0', 'Q4_0'] as const;
const rowTokens = 256;
const rowsPerStep = 2;
/** One: of a small model, the room for a second row buys more time when products are kept in it. */
const rowsAtOnce = 1;
const turns = 4;
const leastOfPrompt = 0.25;
const leastOfF32 = 0.8;
const mostModelShare = 1.6;
const mostExtraBytes = 300e6;

/**
 * Training (rank 8 on all linear layers, rows of 256 tokens whose second half is learnt) beside the speed at which llama.cpp, called
 * bare, evaluates prompts of that length on as many threads, for weights as they lie; and the most memory a training takes.
 *
 * Speeds are of processor time, divided among the threads: other programs that slow the machine do not show in it. The two sides take
 * turns, and a ratio is the median of those of single turns.
 */
export async function run(report: Report): Promise<void> {
	const folder = await mkdtemp(path.join(os.tmpdir(), 'homeroom-bench-'));
	try {
		for (const threads of [1, 2].slice(0, os.availableParallelism())) {
			let ofF32: number | undefined;
			for (const type of types) {
				const modelPath = path.join(folder, `${type}.gguf`);
				if (threads === 1) await writeBenchModel(modelPath, { ...shape, type });
				const { speed, prompt, ratio, peakBytes } = await measure(modelPath, threads);
				const of = `${type}, ${threads} ${threads === 1 ? 'thread' : 'threads'}`;
				report({ metric: `training, ${of}`, value: speed, unit: 'tokens/s', baseline: prompt, ratio, limit: leastOfPrompt, pass: ratio >= leastOfPrompt });
				ofF32 ??= speed;
				const share = speed / ofF32;
				if (type !== 'F32')
					report({
						metric: `training beside F32, ${of}`,
						value: speed,
						unit: 'tokens/s',
						baseline: ofF32,
						ratio: share,
						limit: leastOfF32,
						pass: share >= leastOfF32,
					});
				const limit = mostBytes((await stat(modelPath)).size);
				report({ metric: `peak memory, ${of}`, value: peakBytes, unit: 'bytes', limit, pass: peakBytes <= limit });
			}
		}
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

function mostBytes(modelBytes: number): number {
	return modelBytes * mostModelShare + mostExtraBytes;
}

async function measure(modelPath: string, threads: number) {
	const trainer = await startTrainWorker({ modelPath, threads, rowTokens, rowsPerStep, rowsAtOnce, mostBytes: mostBytes((await stat(modelPath)).size) });
	const bare = await startBare(modelPath, { contextTokens: 1024, sequences: 1, threads });
	try {
		const speeds: { ours: number; theirs: number }[] = [];
		let peakBytes = 0;
		for (let turn = 0; turn < turns + 1; turn++) {
			const step = await trainer.step();
			const prompt = await bare.measure({ streams: 1, promptTokens: rowTokens, answerTokens: 1 });
			const perSecond = (tokens: number, workedMs: number) => (tokens * 1000 * threads) / workedMs;
			// The first turn warms both up.
			if (turn > 0) speeds.push({ ours: perSecond(rowTokens * rowsPerStep, step.workedMs), theirs: perSecond(rowTokens, prompt.workedMs) });
			peakBytes = step.peakBytes;
		}
		const middle = (of: (speed: (typeof speeds)[number]) => number) => median(speeds.map(of));
		return { speed: middle(({ ours }) => ours), prompt: middle(({ theirs }) => theirs), ratio: middle(({ ours, theirs }) => ours / theirs), peakBytes };
	} finally {
		trainer.close();
		bare.close();
	}
}
