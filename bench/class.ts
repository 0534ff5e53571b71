import { samplingShape } from '#contract/engine.ts';
import { openBenchEngine } from './openBenchEngine.ts';
import type { Report } from './run.ts';
import { startBare } from './startBare.ts';

const answers = 40;
const rubricTokens = 600;
const answerTokens = 100;
const writtenTokens = 60;
/** The other side does the same work again and again, so a part of it tells the whole. */
const measuredAlone = 8;
const mostRatio = 0.5;
const sampling = samplingShape.parse({ seed: 1 });

/**
 * A class of 40 answers with one rubric, as the app does it (side by side, the rubric's tokens evaluated once in each sequence),
 * beside the same work one at a time without sharing.
 */
export async function run(report: Report): Promise<void> {
	const app = await openBenchEngine({ contextTokens: 1024 });
	const bare = await startBare(app.modelPath, { contextTokens: 1024, sequences: 1 });
	try {
		const rubric = await app.textOf(rubricTokens);
		const texts = await Promise.all(Array.from({ length: answers }, () => app.textOf(answerTokens)));
		const alone: number[] = [];
		const measureAlone = async (count: number) => {
			for (let i = 0; i < count; i++)
				alone.push((await bare.measure({ streams: 1, promptTokens: rubricTokens + answerTokens, answerTokens: writtenTokens })).ms);
		};
		// Half before and half after, so that a machine that gets busier weighs on both sides.
		await measureAlone(measuredAlone / 2);
		const from = performance.now();
		let next = 0;
		let reused = 0;
		const worker = async () => {
			for (let content = texts[next++]; content !== undefined; content = texts[next++]) {
				const turns = [
					{ role: 'system' as const, content: rubric },
					{ role: 'user' as const, content },
				];
				const { reusedTokens } = await app.read({ ownerId: 'teacher', turns, sampling, maxTokens: writtenTokens });
				reused += reusedTokens;
			}
		};
		await Promise.all(Array.from({ length: app.plan?.parallel ?? 1 }, worker));
		const together = performance.now() - from;
		await measureAlone(measuredAlone / 2);
		const baseline = (alone.reduce((sum, ms) => sum + ms, 0) / alone.length) * answers;
		const ratio = together / baseline;
		report({
			metric: `class of ${answers}, wall time (baseline: ${measuredAlone} answers measured, scaled to ${answers})`,
			value: together / 1000,
			unit: 's',
			baseline: baseline / 1000,
			ratio,
			limit: mostRatio,
			pass: ratio <= mostRatio,
		});
		report({ metric: 'prompt tokens that were not evaluated again', value: reused, unit: 'tokens' });
	} finally {
		bare.close();
		await app.close();
	}
}
