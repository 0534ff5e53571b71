import { samplingShape } from '#contract/engine.ts';
import type { BareOrder } from './bare.ts';
import { median } from './median.ts';
import { openBenchEngine } from './openBenchEngine.ts';
import type { Report } from './run.ts';
import { startBare, type Timed } from './startBare.ts';

/** Many short turns: other programs slow a small machine down for seconds at a time. */
const pairs = { prompt: 8, decode: 16 };
/** A random model may end an answer early, which leaves the two sides with different work: such a pair does not count. */
const sparePairs = 8;
const sampling = samplingShape.parse({ seed: 1 });
const leastRatio = 0.95;
const mostAbortMs = 200;

const orders = [
	{ metric: 'prompt, 1 stream', kind: 'prompt', order: { streams: 1, promptTokens: 200, answerTokens: 1 } },
	{ metric: 'decode, 1 stream', kind: 'decode', order: { streams: 1, promptTokens: 16, answerTokens: 40 } },
	{ metric: 'prompt, 8 streams', kind: 'prompt', order: { streams: 8, promptTokens: 40, answerTokens: 1 } },
	{ metric: 'decode, 8 streams', kind: 'decode', order: { streams: 8, promptTokens: 16, answerTokens: 16 } },
] as const;

/**
 * The app's engine, through its door and its host, beside node-llama-cpp called bare: prompt and decode speed for one stream and
 * for eight. The two sides take turns, and a ratio is the median of those of single turns, because other programs on the machine
 * slow both. Also how soon an aborted stream ends while a long prompt is evaluated.
 */
export async function run(report: Report): Promise<void> {
	const app = await openBenchEngine({ contextTokens: 1024, parallel: 8 });
	const bare = await startBare(app.modelPath, { contextTokens: 1024, sequences: 8 });
	const measureApp = async ({ streams, promptTokens, answerTokens }: BareOrder): Promise<Omit<Timed, 'workedMs'> & { promptTokens: number }> => {
		const texts = await Promise.all(Array.from({ length: streams }, () => app.textOf(promptTokens)));
		const from = performance.now();
		const answers = await Promise.all(
			texts.map((content, i) => app.read({ ownerId: `owner ${i}`, turns: [{ role: 'user', content }], sampling, maxTokens: answerTokens })),
		);
		const sum = (of: (answer: (typeof answers)[number]) => number) => answers.reduce((total, answer) => total + of(answer), 0);
		const firstMs = Math.max(...answers.map(({ firstAt }) => firstAt)) - from;
		return {
			ms: performance.now() - from,
			firstMs,
			answerTokens: sum((answer) => answer.completionTokens),
			promptTokens: sum((answer) => answer.promptTokens - answer.reusedTokens),
		};
	};
	try {
		for (const { metric, kind, order } of orders) {
			const speeds: { app: number; bare: number }[] = [];
			let promptTokens: number = order.promptTokens;
			const measureBoth = async (appFirst: boolean) => {
				const before = appFirst ? undefined : await bare.measure({ ...order, promptTokens });
				const ours = await measureApp(order);
				promptTokens = Math.round(ours.promptTokens / order.streams);
				return { ours, theirs: before ?? (await bare.measure({ ...order, promptTokens })) };
			};
			// The first pair warms both up. Then they take turns in going first.
			await measureBoth(true);
			for (let round = 0; round < pairs[kind] + sparePairs && speeds.length < pairs[kind]; round++) {
				const { ours, theirs } = await measureBoth(round % 2 === 0);
				const wanted = order.streams * order.answerTokens;
				const speed = (timed: Pick<Timed, 'ms' | 'firstMs'>) =>
					(kind === 'prompt' ? (promptTokens * order.streams) / timed.ms : (wanted - order.streams) / (timed.ms - timed.firstMs)) * 1000;
				if (ours.answerTokens === wanted && theirs.answerTokens === wanted) speeds.push({ app: speed(ours), bare: speed(theirs) });
			}
			const ratio = median(speeds.map((speed) => speed.app / speed.bare));
			report({
				metric,
				value: median(speeds.map((speed) => speed.app)),
				unit: 'tokens/s',
				baseline: median(speeds.map((speed) => speed.bare)),
				ratio,
				limit: leastRatio,
				pass: ratio >= leastRatio,
			});
		}
		const abortMs = median(await repeat(5, () => measureAbort(app)));
		report({ metric: 'abort during a prompt', value: abortMs, unit: 'ms', limit: mostAbortMs, pass: abortMs <= mostAbortMs });
	} finally {
		bare.close();
		await app.close();
	}
}

/** Time from an abort, in the middle of a prompt's evaluation, to the end of the stream. */
async function measureAbort(app: Awaited<ReturnType<typeof openBenchEngine>>): Promise<number> {
	const stop = new AbortController();
	const content = await app.textOf(800);
	const reading = app.read({ ownerId: 'abort', turns: [{ role: 'user', content }], sampling, maxTokens: 10 }, stop.signal);
	await new Promise((resolve) => setTimeout(resolve, 300));
	const from = performance.now();
	stop.abort();
	await reading;
	return performance.now() - from;
}

async function repeat<T>(times: number, work: () => Promise<T>): Promise<T[]> {
	const results: T[] = [];
	for (let i = 0; i < times; i++) results.push(await work());
	return results;
}
