import { setImmediate } from 'node:timers/promises';
import type { KeptAnswers } from '#contract/cache.ts';
import type { RepeatCharge } from '#contract/engine.ts';
import type { Db, Tx } from '../../platform/database/openDatabase.ts';
import type { Logger } from '../../platform/log/createLog.ts';
import type { GeneratePiece, GenerateRequest, Models } from '../engine/engine.ts';
import { AnswerShelf, type KeptAnswer } from './AnswerShelf.ts';
import { FileDigests } from './FileDigests.ts';
import { type RemoteModel, remoteIdentity, remotePrefix } from './remoteIdentity.ts';
import { isRepeatable, requestKey } from './requestKey.ts';
import { asRepeat, SharedRun } from './SharedRun.ts';

export { modelIdentity } from './modelIdentity.ts';

/** How answers are given again. */
export interface CacheSettings {
	isOn: boolean;
	keepMs: number;
	mostBytes: number;
	/** What is paid for an answer that was given before. */
	repeatCharge: RepeatCharge;
}

const tidyEveryMs = 60 * 60 * 1000;

/**
 * Answers again what was answered: the same request of the same owner to the same model gets the same answer, without the model.
 *
 * Only where nothing is left to chance (or the request says that it does not mind), never where a second opinion is the point, and never to
 * another owner. What failed, was stopped, or ended because nobody could pay for more is not kept. Requests that are the same at the same time
 * are answered by one run (SharedRun.ts).
 */
export class AnswerCache {
	readonly #shelf: AnswerShelf;
	readonly #settings: () => CacheSettings;
	readonly #identify: (modelId: string) => string | null;
	readonly #log: Logger;
	readonly #digests = new FileDigests();
	/** What is being answered, by owner and key. */
	readonly #runs = new Map<string, SharedRun>();
	/** What each model was when it was last asked. */
	readonly #identities = new Map<string, string>();
	readonly #timer: NodeJS.Timeout;

	constructor(options: {
		db: Db;
		log: Logger;
		/** Asked anew whenever it matters. */
		settings: () => CacheSettings;
		/** What a model is now (modelIdentity.ts); null: its answers are not kept. */
		identify: (modelId: string) => string | null;
		now?: () => number;
	}) {
		this.#settings = options.settings;
		this.#identify = options.identify;
		this.#log = options.log;
		this.#shelf = new AnswerShelf({ db: options.db, limits: this.#settings, now: options.now ?? Date.now, log: options.log });
		this.#timer = setInterval(() => this.#try(() => this.#shelf.tidy()), tidyEveryMs).unref();
	}

	/** Models that are asked only for what they have not answered before. */
	over(models: Models): Models {
		const source: Source = {
			generate: (request, signal) => models.generate(request, signal),
			identify: ({ ownerId, modelId }) => (models.mayUse(ownerId, modelId) ? this.#identify(modelId) : null),
			isRepeatable,
		};
		return {
			generate: (request, signal) => this.#answer(source, request, signal),
			embed: (...asked) => models.embed(...asked),
			ensureRunning: (...asked) => models.ensureRunning(...asked),
			countTokens: (...asked) => models.countTokens(...asked),
			mayUse: (...asked) => models.mayUse(...asked),
			usableBy: (...asked) => models.usableBy(...asked),
		};
	}

	/**
	 * The same for a model of a server elsewhere. What it has behind a name nobody knows, so that its place and the name stand for it, and only what
	 * leaves nothing to chance twice over, by temperature 0 and a seed, is kept.
	 */
	elsewhere({ backendId, endpoint, model }: RemoteModel, generate: Models['generate']): Models['generate'] {
		const source: Source = {
			generate,
			identify: ({ adapter }) => (adapter ? null : remoteIdentity(endpoint, model)),
			isRepeatable: ({ sampling }) => sampling.temperature === 0 && sampling.seed !== null,
		};
		return (request, signal) => this.#answer(source, { ...request, modelId: `${remotePrefix}${backendId}/${model}` }, signal);
	}

	/** What is kept of an account's answers; with `isForAll`, also of everybody's. */
	kept(accountId: string, isForAll: boolean): KeptAnswers {
		return { own: this.#shelf.size(accountId), all: isForAll ? this.#shelf.size(null) : null };
	}

	/** How many answers are kept in all, and what they take. */
	size(): { answers: number; bytes: number } {
		return this.#shelf.size(null);
	}

	/** Forgets an account's answers; null: everybody's. */
	clear(accountId: string | null): void {
		this.#shelf.clear(accountId);
	}

	/** The models that there are, whenever that may have changed: what others have answered is forgotten. */
	modelsAre(modelIds: readonly string[]): void {
		this.#try(() => this.#shelf.forgetAllBut(modelIds));
	}

	/** What is kept of an account's answers, for it to take away. */
	exportOf(accountId: string): unknown {
		return this.#shelf.all(accountId);
	}

	/** Deletes an account's answers, in the transaction that deletes the account. */
	removeAllOf(accountId: string, tx: Tx): void {
		this.#shelf.clear(accountId, tx);
	}

	/** Call it before the database is closed. */
	close(): void {
		clearInterval(this.#timer);
		this.#shelf.flush();
	}

	async *#answer(source: Source, request: GenerateRequest, signal?: AbortSignal): AsyncGenerator<GeneratePiece, void, void> {
		const { ownerId } = request;
		const place = await this.#placeOf(source, request);
		if (place === null) return yield* source.generate(request, signal);
		const running = this.#runs.get(place.id);
		if (running?.isOpen) return yield* running.read(request, signal);
		const { repeatCharge } = this.#settings();
		const kept = this.#shelf.find(ownerId, place.key);
		if (kept && canPay(request, asRepeat(kept.usage, repeatCharge))) return yield* replay(kept, repeatCharge, signal);
		yield* this.#run(source, request, place, repeatCharge).read(request, signal);
	}

	/** Where the answer to a request is kept; null where it is not to be one that was given before, or its model is not known. */
	async #placeOf(source: Source, request: GenerateRequest): Promise<{ id: string; key: string; modelIdentity: string } | null> {
		const { ownerId, modelId, adapter, reuse, tools, turns } = request;
		// What was called for may be another thing each time.
		if (tools || turns.some(({ calls }) => calls)) return null;
		if (!this.#settings().isOn || reuse === 'never' || (reuse !== 'always' && !source.isRepeatable(request))) return null;
		try {
			const modelIdentity = source.identify(request);
			if (modelIdentity === null) return null;
			this.#forgetChanged(modelId, modelIdentity);
			const key = requestKey(request, { model: modelIdentity, adapter: adapter ? await this.#digests.of(adapter.file) : null });
			return { id: `${ownerId} ${key}`, key, modelIdentity };
		} catch (error) {
			// A model or adapter that cannot be read is told by whoever is to use it.
			this.#log.debug({ err: error }, 'an answer cannot be looked up');
			return null;
		}
	}

	#forgetChanged(modelId: string, modelIdentity: string): void {
		if (this.#identities.get(modelId) === modelIdentity) return;
		this.#shelf.forgetOthers(modelId, modelIdentity);
		this.#identities.set(modelId, modelIdentity);
	}

	#run(source: Source, request: GenerateRequest, { id, key, modelIdentity }: { id: string; key: string; modelIdentity: string }, repeatCharge: RepeatCharge) {
		const { tokenBudget: _tokenBudget, raiseBudget: _raiseBudget, ...asked } = request;
		const keep = (pieces: readonly TextPiece[], end: End) => {
			if (!isWhole(end, request.maxTokens)) return;
			const { finish, usage } = end;
			const { ownerId, modelId } = request;
			const kept = { pieces: pieces.map(({ text, spans }) => ({ text, spans })), finish, usage };
			this.#try(() => this.#shelf.keep({ ownerId, key, modelId, modelIdentity }, kept));
		};
		const run = new SharedRun(request, (means, signal) => source.generate({ ...asked, ...means }, signal), { repeat: repeatCharge, onEnd: keep });
		this.#runs.set(id, run);
		void run.done.then(() => {
			if (this.#runs.get(id) === run) this.#runs.delete(id);
		});
		return run;
	}

	/** What is kept is a convenience: where the disk refuses it, answers go on. */
	#try(work: () => void): void {
		try {
			work();
		} catch (error) {
			this.#log.warn({ err: error }, 'the answers that are kept could not be written');
		}
	}
}

/** What answers where nothing is kept, and what of its answers may be. */
interface Source {
	generate: Models['generate'];
	/** What answers a request now; null: its answer is not kept. */
	identify(request: GenerateRequest): string | null;
	isRepeatable(request: GenerateRequest): boolean;
}

type TextPiece = Extract<GeneratePiece, { type: 'text' }>;
type End = Extract<GeneratePiece, { type: 'end' }>;

/** An answer that ended by itself, or at the length that was asked for: one that ended before that would be longer in a larger context. */
function isWhole(end: End, maxTokens: number): end is End & { finish: KeptAnswer['finish'] } {
	if (end.usage.repeat) return false;
	return end.finish === 'stop' || (end.finish === 'length' && end.usage.completionTokens >= maxTokens);
}

function canPay({ tokenBudget = Number.POSITIVE_INFINITY, raiseBudget }: GenerateRequest, usage: { promptTokens: number; completionTokens: number }): boolean {
	const needed = usage.promptTokens + usage.completionTokens;
	return needed <= tokenBudget || (raiseBudget?.(needed) ?? 0) >= needed;
}

/** Gives an answer again, in the pieces that it came in; others come to their turn between them. */
async function* replay(
	{ pieces, finish, usage: first }: KeptAnswer,
	repeatCharge: RepeatCharge,
	signal?: AbortSignal,
): AsyncGenerator<GeneratePiece, void, void> {
	const usage = asRepeat(first, repeatCharge);
	for (const { text, spans } of pieces) {
		if (signal?.aborted) return yield { type: 'end', finish: 'aborted', usage };
		yield { type: 'text', text, spans, usage };
		await setImmediate();
	}
	yield { type: 'end', finish, usage };
}
