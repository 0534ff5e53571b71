import { setTimeout } from 'node:timers/promises';
import type { LoadWishes } from '#contract/engine.ts';
import { samplingShape } from '#contract/engine.ts';
import type { BenchShape } from '../src-main/features/library/benchModel.ts';
import { temporaryDatabase } from '../src-main/platform/database/temporaryDatabase.ts';
import { openBenchEngine } from './openBenchEngine.ts';
import type { Report } from './run.ts';

const MiB = 2 ** 20;
const sampling = samplingShape.parse({ seed: 1 });
/** Predicted by measured: a tenth too high is near enough, and a twentieth too low. */
const limits = { over: 1.1, under: 0.95 };
/** Of all prompts side by side: more than one batch, so that all that a batch is computed in is touched. */
const promptTokens = 400;

const heavy: Partial<BenchShape> = {
	architecture: 'llama',
	blocks: 10,
	width: 2048,
	heads: 32,
	kvHeads: 8,
	feedForward: 8192,
	vocabulary: 8000,
	type: 'Q8_0',
};
const wide: Partial<BenchShape> = { architecture: 'llama', blocks: 2, width: 4096, heads: 32, kvHeads: 32, feedForward: 11_008, vocabulary: 4000 };
const deep: Partial<BenchShape> = { blocks: 48, width: 512, heads: 8, kvHeads: 8, feedForward: 2048, vocabulary: 16_000, type: 'F16' };
const wordy: Partial<BenchShape> = { blocks: 12, width: 768, heads: 12, kvHeads: 4, feedForward: 3072, vocabulary: 152_000, type: 'Q8_0' };
const tiny: Partial<BenchShape> = { blocks: 6, width: 512, heads: 8, kvHeads: 4, feedForward: 2048, vocabulary: 4000 };

const loads: { metric: string; shape: Partial<BenchShape>; wishes: LoadWishes }[] = [
	{ metric: 'the process most of all: 6 x 512, Q4_0, 1024', shape: tiny, wishes: { contextTokens: 1024, parallel: 1 } },
	{ metric: '0.5B, GQA 7, Q4_0, 2048 x 4', shape: {}, wishes: { contextTokens: 2048, parallel: 4 } },
	{ metric: '0.5B, Q4_0, the cache most of all: 32768 x 4', shape: {}, wishes: { contextTokens: 32_768, parallel: 4 } },
	{ metric: '0.5B, Q4_0, 32768 x 4, q8_0', shape: {}, wishes: { contextTokens: 32_768, parallel: 4, kvType: 'q8_0' } },
	{ metric: '0.6B, GQA 4, Q8_0, the weights most of all: 4096', shape: heavy, wishes: { contextTokens: 4096, parallel: 1 } },
	{ metric: 'wide, no GQA, Q4_0, 4096 x 2', shape: wide, wishes: { contextTokens: 4096, parallel: 2 } },
	{ metric: 'deep and narrow, F16, 8192', shape: deep, wishes: { contextTokens: 8192, parallel: 1 } },
	{ metric: 'deep and narrow, F16, 8192, q8_0', shape: deep, wishes: { contextTokens: 8192, parallel: 1, kvType: 'q8_0' } },
	{ metric: 'large vocabulary, Q8_0, 2048 x 8', shape: wordy, wishes: { contextTokens: 2048, parallel: 8 } },
	{ metric: 'large vocabulary, F16, 8192, q8_0', shape: { ...wordy, type: 'F16' }, wishes: { contextTokens: 8192, parallel: 1, kvType: 'q8_0' } },
];

/** The memory that a load is predicted to take beside what its engine host has really taken, as the app itself measures it. */
export async function run(report: Report): Promise<void> {
	for (const { metric, shape, wishes } of loads) {
		const database = temporaryDatabase();
		const app = await openBenchEngine(wishes, { shape, db: database.db });
		try {
			const answeredAt = await answer(app, wishes.parallel ?? 1);
			const { predictedBytes, measuredBytes } = await readMeasurement(app, wishes, answeredAt);
			const ratio = predictedBytes / measuredBytes;
			const limit = ratio > 1 ? limits.over : limits.under;
			const pass = ratio <= limits.over && ratio >= limits.under;
			report({ metric, value: predictedBytes / MiB, unit: 'MiB', baseline: measuredBytes / MiB, ratio, limit, pass });
		} finally {
			await app.close();
			database.remove();
		}
	}
}

type BenchEngine = Awaited<ReturnType<typeof openBenchEngine>>;

/** Has the model answer side by side; when it had. */
async function answer(app: BenchEngine, parallel: number): Promise<number> {
	const texts = await Promise.all(Array.from({ length: parallel }, () => app.textOf(Math.ceil(promptTokens / parallel))));
	await Promise.all(texts.map((content, i) => app.read({ ownerId: `owner ${i}`, turns: [{ role: 'user', content }], sampling, maxTokens: 4 })));
	return Date.now();
}

/** The measurement that the engine makes after an answer comes a moment later. */
async function readMeasurement({ engine }: BenchEngine, wishes: LoadWishes, answeredAt: number) {
	for (;;) {
		const { measured } = await engine.plan('bench', 'bench', wishes);
		if (measured && measured.at >= answeredAt) return measured;
		await setTimeout(20);
	}
}
