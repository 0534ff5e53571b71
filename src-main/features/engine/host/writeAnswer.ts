import { type LlamaGrammar, LlamaGrammarEvaluationState, type LlamaModel, type SequenceEvaluateOptions, type Token } from 'node-llama-cpp';
import type { Sampling, Usage } from '#contract/engine.ts';
import type { Budget } from './Budget.ts';
import type { RenderedChat } from './ChatRenderer.ts';
import type { GenerateEvent, TextSpan } from './hostContract.ts';
import { JsonEnd } from './JsonEnd.ts';
import type { Rounds } from './Rounds.ts';
import type { SequenceSlot } from './SequenceSlot.ts';
import { StopFilter } from './StopFilter.ts';
import { TokenText } from './TokenText.ts';

/** Tokens that the repeat penalty looks back on; llama.cpp's own default. */
const penaltyTokens = 64;

export interface AnswerOrder {
	model: LlamaModel;
	slot: SequenceSlot;
	prompt: RenderedChat;
	sampling: Sampling;
	/** At most so many, of which the caller has seen that they fit. */
	maxTokens: number;
	/** What prompt and answer may have together; the caller has seen that it does for the first token. */
	budget: Budget;
	stopTexts: readonly string[];
	grammar: LlamaGrammar | null;
	/** Whether text is told with its spans. */
	logProbabilities: boolean;
	/** The step that all requests of the model keep. */
	rounds: Rounds;
	/** When the request arrived, by `performance.now()`. */
	arrivedAt: number;
}

/**
 * Evaluates a prompt in a sequence and writes the answer, token by token, into `push`.
 *
 * Prompt tokens that the sequence still holds are not evaluated again. Returns soon after `stop` aborts: a native call that has begun
 * is awaited, so that the sequence is at rest and can be used again.
 */
export async function writeAnswer(order: AnswerOrder, push: (event: GenerateEvent) => void, stop: AbortSignal): Promise<void> {
	const { slot, prompt, rounds } = order;
	const reused = await slot.keepPrefix(prompt.tokens);
	const meter = new Meter(order.arrivedAt, prompt.tokens.length, reused);
	push({ type: 'started', usage: meter.usage() });
	rounds.enter();
	try {
		const last = await evaluatePrompt(order, reused, stop);
		if (last.length > 0) await writeTokens(order, last, meter, push, stop);
	} finally {
		rounds.leave();
	}
}

async function writeTokens(order: AnswerOrder, last: Token[], meter: Meter, push: (event: GenerateEvent) => void, stop: AbortSignal): Promise<void> {
	const { slot, prompt, rounds } = order;
	const history = prompt.tokens.slice(-penaltyTokens);
	const text = new AnswerText(order);
	const spans = new Spans();
	const tokens = slot.sequence.evaluateWithMetadata(last, { confidence: order.logProbabilities }, samplerOptions(order, history));
	let finish: 'stop' | 'length' | 'budget' = 'stop';
	try {
		for (;;) {
			const { value, done } = await tokens.next();
			if (stop.aborted) return;
			if (done || prompt.stopTokens.has(value.token)) break;
			history.push(value.token);
			if (history.length > penaltyTokens) history.shift();
			meter.count();
			spans.add(value);
			const { text: shown, stopped } = text.push(value.token);
			if (shown !== '') push({ type: 'text', text: shown, spans: spans.take(shown), usage: meter.usage() });
			if (stopped) break;
			if (meter.completionTokens >= order.maxTokens) {
				finish = 'length';
				break;
			}
			if (!(await reachNext(order, meter, stop))) {
				finish = 'budget';
				break;
			}
			await rounds.next(slot.number);
		}
	} finally {
		await tokens.return(undefined);
	}
	const rest = text.rest();
	if (rest !== '') push({ type: 'text', text: rest, spans: spans.take(rest), usage: meter.usage() });
	push({ type: 'end', finish, usage: meter.usage() });
}

/** Whether one more token can be paid for. Others go on while this waits for an answer. */
async function reachNext({ budget, rounds, prompt }: AnswerOrder, meter: Meter, stop: AbortSignal): Promise<boolean> {
	const needed = prompt.tokens.length + meter.completionTokens + 1;
	if (needed <= budget.tokens) return true;
	rounds.leave();
	try {
		return await budget.reach(needed, meter.usage(), stop);
	} finally {
		rounds.enter();
	}
}

async function evaluatePrompt({ rounds, slot, prompt }: AnswerOrder, start: number, stop: AbortSignal): Promise<Token[]> {
	rounds.prompting++;
	try {
		return await slot.evaluateUpToLast(prompt.tokens, start, rounds, stop);
	} finally {
		rounds.prompting--;
	}
}

function samplerOptions(order: AnswerOrder, history: readonly Token[]): SequenceEvaluateOptions {
	const { sampling, grammar, model } = order;
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

/** From tokens to the text that may be shown: whole characters, nothing of a stop text, nothing after the end of a JSON value. */
class AnswerText {
	readonly #tokens: TokenText;
	readonly #stops: StopFilter;
	readonly #json: JsonEnd | null;
	#trimming: boolean;

	constructor(order: AnswerOrder) {
		this.#tokens = new TokenText(order.model, order.prompt.tokens);
		this.#stops = new StopFilter([...order.stopTexts, ...order.prompt.stopTexts]);
		this.#json = order.grammar ? new JsonEnd() : null;
		this.#trimming = order.prompt.trimStart;
	}

	push(token: Token): { text: string; stopped: boolean } {
		const text = this.#tokens.push(token);
		const whole = this.#json?.push(text) ?? { text, ended: false };
		const filtered = this.#stops.push(whole.text);
		if (whole.ended && !filtered.stopped) return { text: this.#trim(filtered.text + this.#stops.rest()), stopped: true };
		return { text: this.#trim(filtered.text), stopped: filtered.stopped };
	}

	rest(): string {
		const filtered = this.#stops.push(this.#tokens.rest());
		return this.#trim(filtered.stopped ? filtered.text : filtered.text + this.#stops.rest());
	}

	#trim(text: string): string {
		if (!this.#trimming) return text;
		const trimmed = text.trimStart();
		if (trimmed !== '') this.#trimming = false;
		return trimmed;
	}
}

/** Sums up how likely tokens were; those that show nothing yet are part of the next piece of text. */
class Spans {
	#tokens = 0;
	#logProbability = 0;

	/** Counts a token, where its confidence was asked for. */
	add({ confidence }: { token: Token; confidence?: number }): void {
		if (confidence === undefined) return;
		this.#tokens++;
		// One that no number can hold, or of weights that are none, is as unlikely as can be told.
		this.#logProbability += Math.min(0, Math.log(confidence > 0 ? confidence : Number.MIN_VALUE));
	}

	take(text: string): TextSpan[] {
		if (this.#tokens === 0) return [];
		const span = { characters: text.length, tokens: this.#tokens, logProbability: this.#logProbability };
		this.#tokens = 0;
		this.#logProbability = 0;
		return [span];
	}
}

/** Counts and times one answer. */
class Meter {
	completionTokens = 0;
	readonly #arrivedAt: number;
	/** When a sequence was free for it. */
	readonly #seatedAt = performance.now();
	readonly #promptTokens: number;
	readonly #reusedTokens: number;
	#firstAt = 0;
	#lastAt = 0;

	constructor(arrivedAt: number, promptTokens: number, reusedTokens: number) {
		this.#arrivedAt = arrivedAt;
		this.#promptTokens = promptTokens;
		this.#reusedTokens = reusedTokens;
	}

	count(): void {
		this.#lastAt = performance.now();
		if (this.completionTokens === 0) this.#firstAt = this.#lastAt;
		this.completionTokens++;
	}

	usage(): Usage {
		const first = this.completionTokens > 0 ? this.#firstAt - this.#arrivedAt : 0;
		const writingMs = this.#lastAt - this.#firstAt;
		return {
			promptTokens: this.#promptTokens,
			reusedTokens: this.#reusedTokens,
			completionTokens: this.completionTokens,
			firstTokenMs: first,
			waitMs: this.#seatedAt - this.#arrivedAt,
			// Of the time after the first token, which is that of the prompt.
			tokensPerSecond: writingMs > 0 ? ((this.completionTokens - 1) / writingMs) * 1000 : 0,
		};
	}
}
