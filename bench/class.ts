import { samplingShape } from '#contract/engine.ts';
import type { JsonSchema } from '../src-main/features/engine/engine.ts';
import { openBenchEngine } from './openBenchEngine.ts';
import type { Report } from './run.ts';
import { startBare } from './startBare.ts';
import { startLlamaServer } from './startLlamaServer.ts';

const answers = 40;
const sharedTokens = 600;
const answerTokens = 100;
const writtenTokens = 80;
const contextTokens = 1024;
/** Without a llama-server: the plain loop does the same work again and again, so a part of it tells the whole. */
const measuredAlone = 8;
const mostOfPlain = 0.5;
const mostOfServer = 1;
/** Slots of the server, of which the better count is its figure; ours has as many sequences as it plans. */
const slotCounts = [8, 16];
/** As a grade is asked for: the likeliest token each time. */
const sampling = samplingShape.parse({ temperature: 0, topP: 1, topK: 1, minP: 0, repeatPenalty: 1, seed: 1 });
/** So long that no answer comes to its end: both sides write all their tokens within it. */
const longForm: JsonSchema = { type: 'object', properties: { feedback: { type: 'string', minLength: 1500 } } };

type App = Awaited<ReturnType<typeof openBenchEngine>>;
type Turn = { role: 'system' | 'user'; content: string };

/**
 * A class of 40 answers with one shared prompt, through the app's engine as a grading job asks it, greedy. Beside a llama-server where
 * LLAMA_SERVER names one (of the same llama.cpp: node_modules/node-llama-cpp/llama), with parallel slots, prompt cache and continuous batching, the
 * same chats and the same number of tokens, once without and once within a JSON schema; else beside the same work one at a time without sharing.
 */
export async function run(report: Report): Promise<void> {
	const program = process.env.LLAMA_SERVER;
	const app = await openBenchEngine({ contextTokens });
	try {
		if (program === undefined) await besidePlainLoop(report, app);
		else for (const schema of [null, longForm]) await besideServer(report, app, program, schema);
	} finally {
		await app.close();
	}
}

async function besideServer(report: Report, app: App, program: string, schema: JsonSchema | null): Promise<void> {
	const form = schema ? 'within a JSON schema' : 'free text';
	const best: { slots: number; ms: number; cached: number }[] = [];
	const ours: number[] = [];
	for (const slots of slotCounts) {
		// Ours once before and once after a server, so that a machine that gets busier weighs on both sides.
		ours.push((await gradeWithApp(app, schema)).ms);
		const server = await startLlamaServer(program, app.modelPath, { slots, contextTokens });
		try {
			let cached = 0;
			const grade = async (messages: Turn[]) => {
				const { completionTokens, cachedTokens } = await server.complete({ messages, maxTokens: writtenTokens, schema });
				cached += cachedTokens;
				return completionTokens;
			};
			best.push({ slots, ms: await timeClass(await chatsOf(app), slots, grade), cached });
		} finally {
			await server.close();
		}
	}
	ours.push((await gradeWithApp(app, schema)).ms);
	const [fastest] = best.toSorted((a, b) => a.ms - b.ms);
	if (!fastest) throw new Error('no figure of the server');
	const own = ours.reduce((sum, ms) => sum + ms, 0) / ours.length;
	report({
		metric: `class of ${answers}, ${form}, wall time, mean of ${ours.length} (baseline: llama-server, ${fastest.slots} slots, the best of ${slotCounts.join(' and ')})`,
		value: own / 1000,
		unit: 's',
		baseline: fastest.ms / 1000,
		ratio: own / fastest.ms,
		limit: mostOfServer,
		pass: own <= fastest.ms * mostOfServer,
	});
	report({ metric: `prompt tokens that llama-server took from its cache, ${form}`, value: fastest.cached, unit: 'tokens' });
}

async function besidePlainLoop(report: Report, app: App): Promise<void> {
	report({ metric: 'LLAMA_SERVER names no llama-server: beside the plain loop instead', value: 0, unit: 'servers' });
	const bare = await startBare(app.modelPath, { contextTokens, sequences: 1 });
	try {
		const alone: number[] = [];
		const measureAlone = async (count: number) => {
			for (let i = 0; i < count; i++)
				alone.push((await bare.measure({ streams: 1, promptTokens: sharedTokens + answerTokens, answerTokens: writtenTokens })).ms);
		};
		// Half before and half after, so that a machine that gets busier weighs on both sides.
		await measureAlone(measuredAlone / 2);
		const { ms, reused } = await gradeWithApp(app, null);
		await measureAlone(measuredAlone / 2);
		const baseline = (alone.reduce((sum, each) => sum + each, 0) / alone.length) * answers;
		report({
			metric: `class of ${answers}, wall time (baseline: ${measuredAlone} answers one at a time, scaled to ${answers})`,
			value: ms / 1000,
			unit: 's',
			baseline: baseline / 1000,
			ratio: ms / baseline,
			limit: mostOfPlain,
			pass: ms <= baseline * mostOfPlain,
		});
		report({ metric: 'prompt tokens that were not evaluated again', value: reused, unit: 'tokens' });
	} finally {
		bare.close();
	}
}

async function gradeWithApp(app: App, jsonSchema: JsonSchema | null): Promise<{ ms: number; reused: number }> {
	let reused = 0;
	const ms = await timeClass(await chatsOf(app), app.plan?.parallel ?? 1, async (turns) => {
		const used = await app.read({ ownerId: 'teacher', turns, sampling, maxTokens: writtenTokens, ...(jsonSchema && { jsonSchema }) });
		reused += used.reusedTokens;
		return used.completionTokens;
	});
	return { ms, reused };
}

/** A class that nothing was kept of: its shared prompt begins like no other. */
async function chatsOf(app: App): Promise<Turn[][]> {
	const shared = await app.textOf(sharedTokens);
	const texts = await Promise.all(Array.from({ length: answers }, () => app.textOf(answerTokens)));
	return texts.map((content) => [
		{ role: 'system', content: shared },
		{ role: 'user', content },
	]);
}

/** The wall time of all chats, so many at once; each writes all its tokens, or the figure would be of less work. */
async function timeClass(chats: readonly Turn[][], atOnce: number, grade: (turns: Turn[]) => Promise<number>): Promise<number> {
	const queue = chats.values();
	const work = async () => {
		for (const turns of queue) {
			const written = await grade(turns);
			if (written !== writtenTokens) throw new Error(`an answer ended after ${written} of ${writtenTokens} tokens`);
		}
	};
	const from = performance.now();
	await Promise.all(Array.from({ length: atOnce }, work));
	return performance.now() - from;
}
