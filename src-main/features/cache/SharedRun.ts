import type { RepeatCharge, Usage } from '#contract/engine.ts';
import type { GeneratePiece, RaiseBudget } from '../engine/engine.ts';

type TextPiece = Extract<GeneratePiece, { type: 'text' }>;
type EndPiece = Extract<GeneratePiece, { type: 'end' }>;
type Tokens = Pick<Usage, 'promptTokens' | 'completionTokens'>;

/** What a reader of an answer can pay, in tokens of the model; see GenerateRequest. */
export interface Means {
	tokenBudget?: number | undefined;
	raiseBudget?: RaiseBudget | undefined;
}

interface Reader {
	means: Means;
	budget: number;
	/** Set where the run ended it, with what it is to pay. */
	end: EndPiece | null;
}

/** What is asked of the model, within what its readers can pay; ends soon after `signal` aborts. */
type Start = (means: { tokenBudget?: number; raiseBudget: RaiseBudget }, signal: AbortSignal) => AsyncGenerator<GeneratePiece, void, void>;

const nothing: Usage = { promptTokens: 0, reusedTokens: 0, completionTokens: 0, firstTokenMs: 0, tokensPerSecond: 0 };

/**
 * One answer that is written once for all who ask for it at the same time: each reads all of it from its begin, at its own pace.
 *
 * The first of those who are there pays what the model uses, less what others have paid before they left; the others pay what a repeat costs.
 * When it leaves, or can pay no more, the next one takes its place, and the answer goes on; with the last one it ends.
 */
export class SharedRun {
	/** Settles when the model has ended, however it did. Never rejects. */
	readonly done: Promise<void>;
	readonly #controller = new AbortController();
	readonly #repeat: RepeatCharge;
	readonly #onEnd: (pieces: readonly TextPiece[], end: EndPiece) => void;
	readonly #readers: Reader[] = [];
	readonly #texts: TextPiece[] = [];
	readonly #wakes = new Set<() => void>();
	#usage = nothing;
	/** What those who left have paid. */
	#paid: Tokens = { promptTokens: 0, completionTokens: 0 };
	#outcome: { end: EndPiece } | { error: unknown } | null = null;

	/** Begins with its first reader's means; call `read` for that one at once. `onEnd` gets the whole answer before its readers get its end. */
	constructor(first: Means, start: Start, { repeat, onEnd }: { repeat: RepeatCharge; onEnd: (pieces: readonly TextPiece[], end: EndPiece) => void }) {
		this.#repeat = repeat;
		this.#onEnd = onEnd;
		const { tokenBudget } = first;
		const means = { ...(tokenBudget === undefined ? {} : { tokenBudget }), raiseBudget: (needed: number) => this.#reach(needed) };
		this.done = this.#follow(start(means, this.#controller.signal));
	}

	/** Whether one more can join. */
	get isOpen(): boolean {
		return this.#outcome === null && !this.#controller.signal.aborted;
	}

	/** The answer for one reader, as `Models.generate` gives it. Throws what the run failed with. */
	async *read(means: Means, signal?: AbortSignal): AsyncGenerator<GeneratePiece, void, void> {
		const reader: Reader = { means, budget: means.tokenBudget ?? Number.POSITIVE_INFINITY, end: null };
		this.#readers.push(reader);
		let at = 0;
		try {
			while (!reader.end) {
				if (signal?.aborted && this.#leave(reader)) return yield this.#abortedEnd(reader);
				const text = this.#texts[at];
				if (text && !signal?.aborted) {
					at += 1;
					const usage = this.#costOf(reader, text.usage);
					if (this.#canPay(reader, usage)) yield { ...text, usage };
				} else if (this.#outcome) {
					if ('error' in this.#outcome) throw this.#outcome.error;
					const { end } = this.#outcome;
					const usage = this.#costOf(reader, end.usage);
					// A reader that left before it had all was not told the rest.
					const finish = signal?.aborted ? 'aborted' : end.finish;
					if (this.#canPay(reader, usage)) return yield { ...end, finish, usage };
				} else await this.#change(signal);
			}
			yield reader.end;
		} finally {
			this.#remove(reader);
			if (this.#readers.length === 0) this.#controller.abort();
		}
	}

	async #follow(pieces: AsyncGenerator<GeneratePiece, void, void>): Promise<void> {
		try {
			for await (const piece of pieces) {
				this.#usage = piece.usage;
				if (piece.type === 'text') this.#texts.push(piece);
				else if (piece.type === 'end') {
					this.#outcome = { end: piece };
					this.#onEnd(this.#texts, piece);
				}
				this.#wakeAll();
			}
			this.#outcome ??= { error: new Error('the engine ended an answer without saying how') };
		} catch (error) {
			// What goes wrong after the end of an answer takes nothing of it away.
			this.#outcome ??= { error };
		}
		this.#wakeAll();
	}

	/** The model's budget, of which it needs so much to go on: that of the first reader who has as much. The others end here, but for the last. */
	#reach(needed: number): number {
		for (const reader of [...this.#readers]) {
			const paid = sum(this.#paid);
			if (this.#reachFor(reader, needed - paid) || this.#readers.length === 1) return Math.min(reader.budget + paid, Number.MAX_SAFE_INTEGER);
			this.#endForBudget(reader);
		}
		return 0;
	}

	#canPay(reader: Reader, usage: Usage): boolean {
		if (this.#reachFor(reader, sum(usage))) return true;
		this.#endForBudget(reader);
		return false;
	}

	#reachFor(reader: Reader, needed: number): boolean {
		if (needed > reader.budget && reader.means.raiseBudget) reader.budget = reader.means.raiseBudget(needed);
		return needed <= reader.budget;
	}

	#endForBudget(reader: Reader): void {
		const owed = this.#costOf(reader, this.#usage);
		const promptTokens = Math.min(owed.promptTokens, Math.max(0, reader.budget));
		const completionTokens = Math.min(owed.completionTokens, Math.max(0, reader.budget) - promptTokens);
		const usage = { ...owed, promptTokens, completionTokens };
		reader.end = { type: 'end', finish: 'budget', usage };
		this.#pay(reader, usage);
		this.#remove(reader);
		this.#wakeAll();
	}

	/** Lets a reader go whose signal aborted; false where it is the last one: then the model says what was used. */
	#leave(reader: Reader): boolean {
		if (this.#readers.length === 1 && this.#readers[0] === reader) {
			this.#controller.abort();
			return false;
		}
		return true;
	}

	#abortedEnd(reader: Reader): EndPiece {
		const usage = this.#costOf(reader, this.#usage);
		this.#pay(reader, usage);
		return { type: 'end', finish: 'aborted', usage };
	}

	/** What a reader is to pay where the run has used so much. */
	#costOf(reader: Reader, usage: Usage): Usage {
		if (this.#readers[0] === reader)
			return {
				...usage,
				promptTokens: Math.max(0, usage.promptTokens - this.#paid.promptTokens),
				completionTokens: Math.max(0, usage.completionTokens - this.#paid.completionTokens),
			};
		return asRepeat(usage, this.#repeat);
	}

	#pay(reader: Reader, usage: Usage): void {
		if (this.#readers[0] !== reader) return;
		this.#paid = {
			promptTokens: this.#paid.promptTokens + usage.promptTokens,
			completionTokens: this.#paid.completionTokens + usage.completionTokens,
		};
	}

	#remove(reader: Reader): void {
		const at = this.#readers.indexOf(reader);
		if (at >= 0) this.#readers.splice(at, 1);
	}

	async #change(signal: AbortSignal | undefined): Promise<void> {
		const { promise, resolve } = Promise.withResolvers<void>();
		this.#wakes.add(resolve);
		// One that aborted before is that of the last reader, who waits for the end of the run.
		signal?.addEventListener('abort', resolve as () => void);
		await promise;
		signal?.removeEventListener('abort', resolve as () => void);
		this.#wakes.delete(resolve);
	}

	#wakeAll(): void {
		for (const wake of this.#wakes) wake();
	}
}

/** The usage of an answer that was given before, as it is to be paid. */
export function asRepeat(usage: Usage, repeat: RepeatCharge): Usage {
	return repeat === 'full' ? { ...usage, repeat } : { ...nothing, repeat };
}

function sum({ promptTokens, completionTokens }: Tokens): number {
	return promptTokens + completionTokens;
}
