import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { type BenchShape, writeBenchModel } from '../src-main/features/library/benchModel.ts';
import type { Report } from './run.ts';
import { startTrainWorker } from './startTrainWorker.ts';

const shape: Partial<BenchShape> = {
	architecture: 'llama',
	width: 512,
	heads: 8,
	kvHeads: 4,
	feedForward: 1536,
	vocabulary: 8000,
	contextTokens: 2048,
	type: 'Q8_0',
};
const layers = [2, 4, 8] as const;
const rowLengths = [128, 256, 512] as const;
const tokensPerStep = 1024;
const turns = 5;
/** A layer that is one of 8 may take so many times what one of 4 takes, and the other way around. */
const mostPerLayer = 1.25;
const leastFit = 0.98;
/** Attention grows with the square of a row's length: in a row four times as long a token may take 1.43 times as long. */
const leastOfShortRows = 0.7;

/**
 * How the time of a training grows: linear in layers, near-linear in the length of rows. The same number of tokens in each step, rank 8
 * on all linear layers, one thread, by processor time.
 */
export async function run(report: Report): Promise<void> {
	const folder = await mkdtemp(path.join(os.tmpdir(), 'homeroom-bench-'));
	try {
		const times = new Map<string, number>();
		for (const blocks of layers) {
			const modelPath = path.join(folder, `${blocks}.gguf`);
			await writeBenchModel(modelPath, { ...shape, blocks });
			for (const rowTokens of rowLengths) {
				const ms = await stepMs(modelPath, rowTokens);
				times.set(`${blocks} ${rowTokens}`, ms);
				report({ metric: `${blocks} layers, rows of ${rowTokens} tokens`, value: (tokensPerStep * 1000) / ms, unit: 'tokens/s' });
			}
		}
		const timeOf = (blocks: number, rowTokens: number) => times.get(`${blocks} ${rowTokens}`) ?? Number.NaN;
		for (const rowTokens of rowLengths)
			reportLayers(
				report,
				rowTokens,
				layers.map((blocks) => timeOf(blocks, rowTokens)),
			);
		for (const blocks of layers) {
			const share = timeOf(blocks, 128) / timeOf(blocks, 512);
			report({
				metric: `speed of rows of 512 tokens beside 128, ${blocks} layers`,
				value: share,
				unit: 'times',
				limit: leastOfShortRows,
				pass: share >= leastOfShortRows,
			});
		}
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

/** A straight line through the three times: how well it fits, and how much steeper its second half is than its first. */
function reportLayers(report: Report, rowTokens: number, [two = 0, four = 0, eight = 0]: number[]): void {
	const steeper = (eight - four) / 4 / ((four - two) / 2);
	const worst = Math.max(steeper, 1 / steeper);
	report({
		metric: `time of a further layer, 4 to 8 beside 2 to 4, rows of ${rowTokens}`,
		value: steeper,
		unit: 'times',
		ratio: worst,
		limit: mostPerLayer,
		pass: worst <= mostPerLayer,
	});
	const fit = squaredCorrelation(layers, [two, four, eight]);
	report({ metric: `time beside a straight line in layers, rows of ${rowTokens}`, value: fit, unit: 'R²', limit: leastFit, pass: fit >= leastFit });
}

function squaredCorrelation(x: readonly number[], y: readonly number[]): number {
	const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
	const [mx, my] = [mean(x), mean(y)];
	const products = (of: (i: number) => number) => x.reduce((sum, _, i) => sum + of(i), 0);
	const covariance = products((i) => ((x[i] ?? 0) - mx) * ((y[i] ?? 0) - my));
	return covariance ** 2 / products((i) => ((x[i] ?? 0) - mx) ** 2) / products((i) => ((y[i] ?? 0) - my) ** 2);
}

async function stepMs(modelPath: string, rowTokens: number): Promise<number> {
	const rowsPerStep = tokensPerStep / rowTokens;
	const worker = await startTrainWorker({ modelPath, threads: 1, rowTokens, rowsPerStep, rowsAtOnce: 1, mostBytes: 2e9 });
	try {
		// The first warms up.
		await worker.step();
		const steps: number[] = [];
		for (let turn = 0; turn < turns; turn++) steps.push((await worker.step()).workedMs);
		// What other programs do to the caches only adds.
		return Math.min(...steps);
	} finally {
		worker.close();
	}
}
