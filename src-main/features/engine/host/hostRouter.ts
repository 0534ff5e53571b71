import { implement, ORPCError, type Router } from '@orpc/server';
import { getLlama, type Llama, LlamaLogLevel } from 'node-llama-cpp';
import { failure, isFailure } from '#contract/errors.ts';
import { checkFiles } from './checkFiles.ts';
import { gpuFacts } from './gpuFacts.ts';
import { type GenerateEvent, type HostContract, type HostFacts, hostContract } from './hostContract.ts';
import { joinEvents } from './joinEvents.ts';
import { LoadedModel } from './LoadedModel.ts';
import { peakResidentBytes } from './peakResidentBytes.ts';
import { Vocabulary } from './Vocabulary.ts';

/**
 * Answers what the app asks of this engine host. Loads the engine library with the first `hello` or `load`, and one model at most.
 * A bug is written whole to stderr, which the app logs; the app itself learns only that there was one.
 */
export function hostRouter(): Router<HostContract, Record<never, never>> {
	let llama: Promise<Llama> | undefined;
	let model: LoadedModel | undefined;
	let vocabulary: Vocabulary | undefined;
	let vramBefore = 0;
	const openedLlama = () => (llama ??= openLlama());
	const loadedModel = () => {
		// The app never asks before the load has ended.
		if (!model) throw new Error('no model is loaded');
		return model;
	};
	const loadedVocabulary = () => {
		if (!vocabulary) throw new Error('no vocabulary is loaded');
		return vocabulary;
	};
	const on = implement(hostContract).use(async ({ next, path: procedure }) => {
		try {
			return await next();
		} catch (error) {
			if (!isFailure(error) && !(error instanceof ORPCError)) console.error(`${procedure.join('.')} failed:`, error);
			throw error;
		}
	});
	return on.router({
		hello: on.hello.handler(async () => gatherFacts(await openedLlama())),
		load: on.load.handler(async function* ({ input, signal }) {
			const work = async (push: (fraction: number) => void) => {
				checkFiles(input.path);
				vramBefore = await usedVram(await openedLlama());
				model = await LoadedModel.load(await openedLlama(), input, (fraction) => push(Math.min(fraction, 0.999)));
			};
			for await (const fraction of joinEvents({ work, merge: (_, next: number) => [next], everyMs: 100, signal })) yield { fraction };
			yield { fraction: 1 };
		}),
		generate: on.generate.handler(async function* ({ input, signal }) {
			let end: Extract<GenerateEvent, { type: 'end' }> | undefined;
			for await (const event of loadedModel().generate(input, signal)) {
				if (event.type === 'end') end = event;
				else yield event;
			}
			return end;
		}),
		setBudget: on.setBudget.handler(({ input }) => loadedModel().setBudget(input.budgetId, input.tokenBudget)),
		embed: on.embed.handler(async ({ input }) => ({ vectors: await loadedModel().embed(input.texts) })),
		countTokens: on.countTokens.handler(({ input }) => ({ tokens: loadedModel().countTokens(input.text) })),
		loadVocabulary: on.loadVocabulary.handler(async ({ input }) => {
			checkFiles(input.path);
			vocabulary = await Vocabulary.load(await openedLlama(), input);
		}),
		encodeChats: on.encodeChats.handler(async function* ({ input, signal }) {
			yield* loadedVocabulary().encodeChats(input.chats, signal);
		}),
		encodeText: on.encodeText.handler(async function* ({ input }) {
			yield* loadedVocabulary().encodeText(input.text);
		}),
		stats: on.stats.handler(async () => ({
			residentBytes: process.memoryUsage.rss(),
			peakBytes: peakResidentBytes(),
			vramBytes: Math.max(0, (await usedVram(await openedLlama())) - vramBefore),
			running: model?.running ?? 0,
			waiting: model?.waiting ?? 0,
		})),
	});
}

async function openLlama(): Promise<Llama> {
	try {
		return await getLlama({
			gpu: process.env.HOMEROOM_GPU === 'off' ? false : 'auto',
			// What ships is what runs: nothing is built or fetched on the user's machine.
			build: 'never',
			skipDownload: true,
			progressLogs: false,
			logLevel: LlamaLogLevel.warn,
			logger: (level, message) => console.error(`[llama.cpp ${level}] ${message.trimEnd()}`),
			// The plan says how many threads a context has.
			maxThreads: 0,
		});
	} catch (error) {
		const detail = error instanceof Error ? error.message : String(error);
		throw failure('MODEL_LOAD_FAILED', { name: 'llama.cpp', kind: 'engine', detail: detail.slice(0, 500) }, error);
	}
}

async function usedVram(llama: Llama): Promise<number> {
	return llama.gpu === false ? 0 : (await llama.getVramState()).used;
}

async function gatherFacts(llama: Llama): Promise<HostFacts> {
	if (llama.gpu === false) return { device: 'cpu', gpus: [] };
	const [names, memory] = await Promise.all([llama.getGpuDeviceNames(), llama.getVramState()]);
	return gpuFacts(llama.gpu, names, memory);
}
