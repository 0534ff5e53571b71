import type { Usage } from '#contract/engine.ts';
import type { TextSpan } from '../../engine/engine.ts';
import type { PaidPiece } from '../answerPaid.ts';
import type { Receipt } from '../Payments.ts';

type End = Extract<PaidPiece, { type: 'end' }>;

/** What every part of an answer begins with. */
export interface AnswerHead {
	id: string;
	/** Seconds since 1970. */
	created: number;
	/** What the model was asked by. */
	model: string;
}

/** An answer in one piece: `chat.completion`. */
export function chatCompletion(head: AnswerHead, text: string, spans: readonly TextSpan[] | null, end: End) {
	const message = { role: 'assistant', content: text, refusal: null };
	return {
		...opening(head, 'chat.completion'),
		choices: [{ index: 0, message, logprobs: spans && logProbabilities(text, spans), finish_reason: finishReason(end) }],
		...costOf(end),
	};
}

/** The first piece of a stream, which names the speaker. */
export function firstChunk(head: AnswerHead) {
	return chunk(head, { role: 'assistant', content: '', refusal: null });
}

/** A piece of a stream's text. */
export function textChunk(head: AnswerHead, text: string, spans: readonly TextSpan[] | null) {
	return chunk(head, { content: text }, spans && logProbabilities(text, spans));
}

/** The end of a stream, and with `tellsUsage` one more piece that tells what it cost. */
export function endChunks(head: AnswerHead, end: End, tellsUsage: boolean) {
	const last = { ...opening(head, 'chat.completion.chunk'), choices: [{ index: 0, delta: {}, logprobs: null, finish_reason: finishReason(end) }] };
	return tellsUsage ? [last, { ...opening(head, 'chat.completion.chunk'), choices: [], ...costOf(end) }] : [last];
}

function chunk(head: AnswerHead, delta: object, logprobs: object | null = null) {
	return { ...opening(head, 'chat.completion.chunk'), choices: [{ index: 0, delta, logprobs, finish_reason: null }] };
}

function opening({ id, created, model }: AnswerHead, object: string) {
	return { id, object, created, model };
}

/** An answer whose tokens could not be paid any further ends like one that reached its length. */
export function finishReason({ finish }: Pick<End, 'finish'>): 'stop' | 'length' {
	return finish === 'stop' ? 'stop' : 'length';
}

/** What an answer has used, in OpenAI's words, and what it cost in the tokens of its owner, in ours. */
export function costOf({ usage, receipt }: { usage: Usage; receipt: Receipt }) {
	return { usage: usageOf(usage), homeroom: { tokens_consumed: receipt.charged, remaining_tokens: receipt.remaining } };
}

function usageOf({ promptTokens, completionTokens, reusedTokens }: Usage) {
	return {
		prompt_tokens: promptTokens,
		completion_tokens: completionTokens,
		total_tokens: promptTokens + completionTokens,
		prompt_tokens_details: { cached_tokens: reusedTokens },
	};
}

/**
 * How likely each piece of a text was by the model alone, before sampling. A piece is one token, but for those that make a character
 * only together: they are told as one, with the sum of their logarithms.
 */
export function logProbabilities(text: string, spans: readonly TextSpan[]) {
	let at = 0;
	const content = spans.map(({ characters, logProbability }) => {
		const token = text.slice(at, at + characters);
		at += characters;
		return { token, logprob: logProbability, bytes: [...Buffer.from(token)], top_logprobs: [] };
	});
	return { content, refusal: null };
}
