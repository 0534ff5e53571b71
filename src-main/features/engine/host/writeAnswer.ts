import type { LlamaGrammar, LlamaModel, Token } from 'node-llama-cpp';
import type { Sampling } from '#contract/engine.ts';
import { AnswerText } from './AnswerText.ts';
import type { Budget } from './Budget.ts';
import type { RenderedChat } from './ChatRenderer.ts';
import type { GenerateEvent, TextSpan } from './hostContract.ts';
import { type PassageEnd, Passages } from './Passages.ts';
import type { Rounds } from './Rounds.ts';
import type { SequenceSlot } from './SequenceSlot.ts';
import type { SharedPrompts } from './SharedPrompts.ts';
import { UsageMeter } from './UsageMeter.ts';
import { type CallPlan, writeCalls } from './writeCalls.ts';

export interface AnswerOrder {
	model: LlamaModel;
	slot: SequenceSlot;
	prompt: RenderedChat;
	/** Whose it is. */
	ownerId: string;
	sampling: Sampling;
	/** At most so many, of which the caller has seen that they fit. */
	maxTokens: number;
	/** What prompt and answer may have together; the caller has seen that it does for the first token. */
	budget: Budget;
	stopTexts: readonly string[];
	grammar: LlamaGrammar | null;
	/** What the model may call, or must; null: it answers. */
	calls: CallPlan | null;
	/** Whether text is told with its spans. */
	logProbabilities: boolean;
	/** The step that all requests of the model keep. */
	rounds: Rounds;
	shared: SharedPrompts;
	/** When the request arrived, by `performance.now()`. */
	arrivedAt: number;
}

/** Where the events of an answer go, and what it has used so far. */
export interface AnswerOut {
	push(event: GenerateEvent): void;
	meter: UsageMeter;
}

/**
 * Evaluates a prompt in a sequence and writes the answer, token by token, into `push`.
 *
 * Prompt tokens that the sequence still holds are not evaluated again. Returns soon after `stop` aborts: a native call that has begun
 * is awaited, so that the sequence is at rest and can be used again.
 */
export async function writeAnswer(order: AnswerOrder, push: (event: GenerateEvent) => void, stop: AbortSignal): Promise<void> {
	const { slot, prompt, shared } = order;
	try {
		const reused = await shared.join(slot, { ownerId: order.ownerId, tokens: prompt.tokens }, stop);
		const meter = new UsageMeter(order.arrivedAt, prompt.tokens.length, reused);
		push({ type: 'started', usage: meter.usage() });
		await writePassages(order, new Passages(order, { meter, reused, stop }), { push, meter }, stop);
	} finally {
		shared.leave(slot);
	}
}

async function writePassages(order: AnswerOrder, passages: Passages, out: AnswerOut, stop: AbortSignal): Promise<void> {
	const { rounds, slot, calls } = order;
	rounds.enter();
	try {
		const finish = calls?.isForced ? 'called' : await writeText(order, passages, out);
		const end = finish === 'called' && calls ? await writeCalls(order.model, calls, passages, out) : finish;
		if (end === 'aborted' || stop.aborted) return;
		out.push({ type: 'end', finish: end === 'length' || end === 'budget' ? end : 'stop', usage: out.meter.usage() });
	} finally {
		rounds.leave(slot.number);
	}
}

/** Writes what the model answers; `called` where it has begun to call instead, with all that comes of the call taken back. */
async function writeText(order: AnswerOrder, passages: Passages, { push, meter }: AnswerOut): Promise<PassageEnd | 'called'> {
	const { model, prompt, grammar, calls } = order;
	const text = new AnswerText({
		...{ model, before: prompt.tokens, trimStart: prompt.trimStart, isJson: grammar !== null },
		...{ stopTexts: [...order.stopTexts, ...prompt.stopTexts], marks: calls?.syntax.marks.texts ?? [] },
	});
	const spans = new Spans();
	const show = (shown: string) => {
		if (shown !== '') push({ type: 'text', text: shown, spans: spans.take(shown), usage: meter.usage() });
	};
	let mark: 'none' | 'token' | 'text' = 'none';
	const end = await passages.write((written) => {
		if (calls?.syntax.marks.tokens.has(written.token)) {
			mark = 'token';
			return true;
		}
		spans.add(written);
		const { text: shown, stopped, marked } = text.push(written.token);
		if (marked) mark = 'text';
		show(shown);
		return stopped;
	}, grammar);
	if (end === 'aborted') return end;
	show(text.rest());
	// TypeScript does not see that `mark` is set above.
	const how = mark as 'none' | 'token' | 'text';
	if (how === 'none') return end;
	if (how === 'token') passages.cut(passages.context.length - 1);
	else {
		// The mark may begin within a token.
		passages.cut(prompt.tokens.length);
		passages.put(model.tokenize(text.beforeMark, false, 'trimLeadingSpace'));
	}
	return 'called';
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
