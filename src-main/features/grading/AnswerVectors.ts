import type { Deployment } from '#contract/engine.ts';
import { isFailure } from '#contract/errors.ts';
import type { Logger } from '../../platform/log/createLog.ts';
import type { Models } from '../engine/engine.ts';
import type { AnswerVector } from './agreement/likenessIndex.ts';
import { normaliseAnswer } from './agreement/normaliseAnswer.ts';
import { type ParaphrasedAnswers, paraphrases } from './agreement/paraphrases.ts';
import { tryVectors } from './agreement/tryVectors.ts';

/** In numbers, about 64 MB: the answers of a large class by a small model, or of one question by a large one. */
const mostKept = 16_000_000;
/** Between them a job can be stopped. */
const atOnce = 16;
/** A first look takes these alone, and goes no further with vectors that rank worse than characters by more than a chance. */
const firstLook = 1;
const byChance = 0.1;

/** A loaded model whose vectors find like answers that characters do not, and from where on they do. */
export interface MeaningModel {
	modelId: string;
	modelName: string;
	threshold: number;
}

/** The models in memory that an account may use. */
export type LoadedModels = (ownerId: string) => readonly Pick<Deployment, 'modelId' | 'modelName' | 'state'>[];

type Language = ParaphrasedAnswers['language'];
/** Null where in that language characters alone do as well. */
type Thresholds = Readonly<Record<Language, number | null>>;

/**
 * Vectors of answers, by models that are loaded anyway.
 *
 * Most models were made to write, and their vectors say less about likeness than characters do. So each is tried once while the app runs, on answers of
 * which it is known who says the same (tryVectors.ts), and only one that does better is used. Nobody pays for it: it serves to check what was paid for.
 */
export class AnswerVectors {
	readonly #engine: Pick<Models, 'embed'>;
	readonly #loaded: LoadedModels;
	readonly #log: Logger;
	/** By model. */
	readonly #tried = new Map<string, Thresholds>();
	/** By model and what the answer says; the ones asked for longest ago go first. */
	readonly #kept = new Map<string, Float32Array | null>();
	#numbers = 0;

	constructor({ engine, loaded, log }: { engine: Pick<Models, 'embed'>; loaded: LoadedModels; log: Logger }) {
		this.#engine = engine;
		this.#loaded = loaded;
		this.#log = log;
	}

	/**
	 * The model to compare answers like these with, among those that are loaded; null where characters are better, or no model does. With `untried` false
	 * only what was found out before counts, and nothing is computed. Throws the reason of `signal`.
	 */
	async find(ownerId: string, texts: readonly string[], { untried }: { untried: boolean }, signal: AbortSignal): Promise<MeaningModel | null> {
		const language = languageOf(texts);
		for (const { modelId, modelName, state } of this.#loaded(ownerId)) {
			if (state !== 'running') continue;
			const thresholds = this.#tried.get(modelId) ?? (untried ? await this.#try(ownerId, modelId, signal) : null);
			const threshold = thresholds?.[language] ?? null;
			if (threshold !== null) return { modelId, modelName, threshold };
		}
		return null;
	}

	/** Vectors for what answers say, by that (normaliseAnswer.ts), computed where they are not kept; null for what is too long for the model. */
	async of(ownerId: string, modelId: string, texts: readonly string[], signal: AbortSignal): Promise<Map<string, AnswerVector>> {
		const found = new Map<string, AnswerVector>();
		const missing = new Set<string>();
		for (const text of texts.map(normaliseAnswer)) {
			const kept = this.#kept.get(keyOf(modelId, text));
			if (kept === undefined) missing.add(text);
			else found.set(text, kept);
		}
		const rest = [...missing];
		while (rest.length > 0) {
			signal.throwIfAborted();
			const some = rest.splice(0, atOnce);
			for (const [at, vector] of (await this.#embed(ownerId, modelId, some)).entries()) {
				found.set(some[at] ?? '', vector);
				this.#keep(keyOf(modelId, some[at] ?? ''), vector);
			}
		}
		return found;
	}

	/** Each by itself where one of them is too long. */
	async #embed(ownerId: string, modelId: string, texts: string[]): Promise<(Float32Array | null)[]> {
		try {
			return (await this.#engine.embed(ownerId, modelId, texts)).map((vector) => Float32Array.from(vector));
		} catch (error) {
			if (!isFailure(error, 'PROMPT_TOO_LONG')) throw error;
			if (texts.length === 1) return [null];
			const each: (Float32Array | null)[] = [];
			for (const text of texts) each.push(...(await this.#embed(ownerId, modelId, [text])));
			return each;
		}
	}

	#keep(key: string, vector: Float32Array | null): void {
		this.#kept.set(key, vector);
		this.#numbers += sizeOf(vector);
		for (const [oldest, its] of this.#kept) {
			if (this.#numbers <= mostKept) return;
			this.#kept.delete(oldest);
			this.#numbers -= sizeOf(its);
		}
	}

	/** A model that cannot make vectors is one whose vectors are no better. */
	async #try(ownerId: string, modelId: string, signal: AbortSignal): Promise<Thresholds> {
		const none = { en: null, zh: null };
		try {
			const first = (['en', 'zh'] as const).flatMap((language) => ofLanguage(language).slice(0, firstLook));
			const { rank } = await this.#tryOn(ownerId, modelId, first, signal);
			const isHopeless = rank.vectors < rank.characters - byChance;
			const thresholdOf = async (language: Language) => (await this.#tryOn(ownerId, modelId, ofLanguage(language), signal)).threshold;
			const thresholds = isHopeless ? none : { en: await thresholdOf('en'), zh: await thresholdOf('zh') };
			this.#tried.set(modelId, thresholds);
			this.#log.info({ modelId, thresholds, rank }, 'the vectors of a model were tried on answers that are known to be alike');
			return thresholds;
		} catch (error) {
			signal.throwIfAborted();
			this.#tried.set(modelId, none);
			this.#log.warn({ err: error, modelId }, 'a model makes no vectors: answers are compared by their characters');
			return none;
		}
	}

	async #tryOn(ownerId: string, modelId: string, questions: readonly ParaphrasedAnswers[], signal: AbortSignal) {
		const vectors = await this.of(
			ownerId,
			modelId,
			questions.flatMap(({ rows }) => rows.flat()),
			signal,
		);
		return tryVectors(questions, (text) => vectors.get(text) ?? null);
	}
}

const ofLanguage = (wanted: Language) => paraphrases.filter(({ language }) => language === wanted);

/** Half of a class that writes Chinese may still write numbers and names. */
function languageOf(texts: readonly string[]): Language {
	const chinese = texts.filter((text) => /\p{Script=Han}/u.test(text)).length;
	return chinese * 2 > texts.length ? 'zh' : 'en';
}

const keyOf = (modelId: string, text: string) => `${modelId} ${text}`;
const sizeOf = (vector: Float32Array | null) => vector?.length ?? 1;
