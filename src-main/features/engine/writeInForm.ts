import { setTimeout } from 'node:timers/promises';
import type { Usage } from '#contract/engine.ts';
import { isFailure } from '#contract/errors.ts';
import { usefulTokens } from '#contract/priceOf.ts';
import type { GeneratePiece, GenerateRequest, Models } from './engine.ts';
import type { TextSpan } from './host/hostContract.ts';
import { mostPromptTokens } from './mostPromptTokens.ts';

/** The same question gets the same answer each time: the likeliest word is taken, and nothing is left to chance. */
const likeliest = { temperature: 0, topP: 1, topK: 1, minP: 0, repeatPenalty: 1, seed: 1 };

type Finish = Extract<GeneratePiece, { type: 'end' }>['finish'];
/** What pays for an answer: an allotment of the ledger's. */
export interface Purse {
	/** The tokens of the model that may be used yet. */
	readonly left: number;
	/** Sees to it that `likely` more can be used, or at least `least`; and up to `most` of what is there anyway. */
	reach(need: { most: number; likely: number; least: number }, signal: AbortSignal): Promise<void>;
	/** The same at once, where it can be; gives what may be used then. */
	raise(need: { most: number; likely: number; least: number }): number;
	use(usage: Pick<Usage, 'promptTokens' | 'completionTokens' | 'repeat'>): void;
}

type Tools = { engine: Pick<Models, 'generate'>; allotment: Purse; onText?: (text: string) => void };

/** What a model is to write, and in which form. */
export interface FormOrder extends Pick<GenerateRequest, 'modelId' | 'ownerId' | 'adapter' | 'turns' | 'jsonSchema' | 'logProbabilities' | 'reuse'> {
	/** The most tokens that it may write: in the first try, and in the next ones where that was not enough for the whole. */
	budgets: readonly number[];
	/** The tokens that a try is begun with at the least, with those of the turns. */
	leastTokens: number;
	/** Left out: the likeliest word each time. */
	sampling?: GenerateRequest['sampling'] | undefined;
}

/** `spans`: the pieces of the text, where log-probabilities were asked for. */
export type Written = { end: 'whole'; text: string; spans: TextSpan[] } | { end: 'aborted' } | { end: 'cutOff' };

/**
 * Has a model write something in a form, in a history of its own, within what `allotment` gives for it.
 *
 * Each try counts in `allotment.used`, also one that was stopped or too short for the whole; one that the engine lost does not. `onText` is
 * told what there is of a try so far, a few times a second. `cutOff`: it did not come to an end. Throws the engine's failures, PROMPT_TOO_LONG
 * among them, and JobPaused where it cannot be paid.
 */
export async function writeInForm(tools: Tools, order: FormOrder, signal: AbortSignal): Promise<Written> {
	const { budgets, leastTokens, sampling = likeliest, ...asked } = order;
	for (const maxTokens of budgets) {
		const { text, spans, finish } = await generatePaid(tools, { ...asked, sampling, maxTokens }, leastTokens, signal);
		if (finish === 'aborted') return { end: 'aborted' };
		if (finish === 'stop') return { end: 'whole', text, spans };
	}
	return { end: 'cutOff' };
}

/**
 * One try. What is set aside grows with the text, so that nothing is kept from other work that this may never need; where it could not and that ended
 * the try, it is done again with nothing less than the most.
 */
async function generatePaid(tools: Tools, request: GenerateRequest, leastTokens: number, signal: AbortSignal) {
	const { allotment } = tools;
	const most = mostPromptTokens(request.turns) + request.maxTokens;
	for (let least = Math.min(leastTokens, most); ; least = most) {
		const upTo = (needed: number) => ({ most, likely: Math.min(most, needed + usefulTokens), least: Math.min(most, needed) });
		const raiseBudget = (needed: number) => allotment.raise(upTo(needed));
		await allotment.reach(upTo(least), signal);
		const tried = await whenThereIsRoom(() => generateWhole(tools, { ...request, tokenBudget: allotment.left, raiseBudget }, signal), signal);
		if (tried.finish !== 'budget' || least === most) return tried;
	}
}

/** Asks again where there was too much to do, after the time that was named: who asks for a form has all of a piece of work before it. */
async function whenThereIsRoom<T>(ask: () => Promise<T>, signal: AbortSignal): Promise<T> {
	for (;;) {
		try {
			return await ask();
		} catch (error) {
			if (!isFailure(error, 'TOO_BUSY')) throw error;
			await setTimeout(error.data.retryAfterMs, undefined, { signal });
		}
	}
}

async function generateWhole(
	{ engine, allotment, onText }: Tools,
	request: GenerateRequest,
	signal: AbortSignal,
): Promise<{ text: string; spans: TextSpan[]; finish: Finish }> {
	let text = '';
	const spans: TextSpan[] = [];
	try {
		for await (const piece of engine.generate(request, signal)) {
			if (piece.type === 'text') {
				text += piece.text;
				spans.push(...piece.spans);
				onText?.(text);
			} else if (piece.type === 'end') {
				allotment.use(piece.usage);
				return { text, spans, finish: piece.finish };
			}
		}
	} catch (error) {
		if (isFailure(error, 'INSUFFICIENT_TOKENS')) return { text, spans, finish: 'budget' };
		throw error;
	}
	throw new Error('the engine ended an answer without saying how');
}
