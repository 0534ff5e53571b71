import { type LlamaGrammar, LlamaGrammarEvaluationState, type SequenceEvaluateOptions, type Token } from 'node-llama-cpp';
import type { UsageMeter } from './UsageMeter.ts';
import type { AnswerOrder } from './writeAnswer.ts';

/** Tokens that the repeat penalty looks back on; llama.cpp's own default. */
const penaltyTokens = 64;

/** How a passage came to its end; `taken`: its reader has enough. */
export type PassageEnd = 'taken' | 'stop' | 'length' | 'budget' | 'aborted';

/** A token as the model chose it. */
export interface Written {
	token: Token;
	/** How likely the model thought it, where that was asked for. */
	confidence?: number;
}

/**
 * Writes an answer in passages, each under a grammar of its own or none: most answers are one, a call is several with what the template puts
 * around them.
 *
 * What was evaluated is not evaluated again, as long as what is written goes on from it. However the passages are put together, the answer has
 * no more tokens than were asked for, and none that its budget does not pay.
 */
export class Passages {
	readonly #order: AnswerOrder;
	readonly #meter: UsageMeter;
	readonly #stop: AbortSignal;
	readonly #context: Token[];
	#reused: number;

	/** @param reused how many tokens of the prompt the sequence still holds. */
	constructor(order: AnswerOrder, { meter, reused, stop }: { meter: UsageMeter; reused: number; stop: AbortSignal }) {
		this.#order = order;
		this.#meter = meter;
		this.#stop = stop;
		this.#reused = reused;
		this.#context = [...order.prompt.tokens];
	}

	/** The prompt and what was written and put after it. */
	get context(): readonly Token[] {
		return this.#context;
	}

	/** Puts tokens after what is there: what is written next follows them. */
	put(tokens: readonly Token[]): void {
		this.#context.push(...tokens);
	}

	/** Takes back all but the first `length` tokens of `context`. */
	cut(length: number): void {
		this.#context.length = length;
	}

	/** Writes on from `context` until `take` answers that it has enough of what the model writes, or the answer ends. */
	async write(take: (written: Written) => boolean, grammar: LlamaGrammar | null = null): Promise<PassageEnd> {
		const { slot, prompt, rounds, shared, maxTokens } = this.#order;
		const putTokens = this.#context.length - prompt.tokens.length;
		if (putTokens >= maxTokens) return 'length';
		if (putTokens > 0) {
			if (!(await this.#reachNext(putTokens))) return 'budget';
			this.#meter.reach(putTokens);
			this.#reused = await slot.keepPrefix(this.#context);
		}
		const last = await slot.evaluateUpToLast(this.#context, this.#reused, rounds, this.#stop, () => shared.told());
		if (last.length === 0) return 'aborted';
		const history = this.#context.slice(-penaltyTokens);
		const tokens = slot.sequence.evaluateWithMetadata(last, { confidence: this.#order.logProbabilities }, this.#sampling(grammar, history));
		try {
			for (let isFirst = true; ; isFirst = false) {
				const { value, done } = await tokens.next();
				if (this.#stop.aborted) return 'aborted';
				// Its prompt is evaluated whole.
				if (isFirst) shared.told();
				if (done || prompt.stopTokens.has(value.token)) return 'stop';
				history.push(value.token);
				if (history.length > penaltyTokens) history.shift();
				this.#context.push(value.token);
				this.#meter.count();
				if (take(value)) return 'taken';
				if (this.#meter.completionTokens >= maxTokens) return 'length';
				if (!(await this.#reachNext(this.#meter.completionTokens))) return 'budget';
				await rounds.next(slot.number);
			}
		} finally {
			await tokens.return(undefined);
		}
	}

	/** Whether one more token than so many of the answer can be paid for. Others go on while this waits for an answer. */
	async #reachNext(completionTokens: number): Promise<boolean> {
		const { budget, rounds, slot, prompt } = this.#order;
		const needed = prompt.tokens.length + completionTokens + 1;
		if (needed <= budget.tokens) return true;
		rounds.leave(slot.number);
		try {
			return await budget.reach(needed, this.#meter.usage(), this.#stop);
		} finally {
			rounds.enter();
		}
	}

	#sampling(grammar: LlamaGrammar | null, history: readonly Token[]): SequenceEvaluateOptions {
		const { sampling, model } = this.#order;
		return {
			temperature: sampling.temperature,
			topP: sampling.topP,
			topK: sampling.topK,
			minP: sampling.minP,
			seed: sampling.seed ?? Math.floor(Math.random() * 0x1_0000_0000),
			...(sampling.repeatPenalty === 1
				? {}
				: { repeatPenalty: { penalty: sampling.repeatPenalty, punishTokens: () => [...history], maxPunishTokens: penaltyTokens } }),
			...(grammar ? { grammarEvaluationState: new LlamaGrammarEvaluationState({ model, grammar }) } : {}),
		};
	}
}
