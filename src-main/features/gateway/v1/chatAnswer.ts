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

/** All of an answer but its end. */
export interface WholeAnswer {
	text: string;
	/** Null where log-probabilities were not asked for. */
	spans: readonly TextSpan[] | null;
	calls: readonly MadeCall[];
}

/** A call as it is told whole. */
export interface MadeCall {
	id: string;
	name: string;
	/** JSON. */
	arguments: string;
}

/** An answer in one piece: `chat.completion`. */
export function chatCompletion(head: AnswerHead, { text, spans, calls }: WholeAnswer, end: End) {
	const called = calls.map(({ id, name, arguments: given }) => ({ id, type: 'function', function: { name, arguments: given } }));
	const message = {
		role: 'assistant',
		content: text === '' && called.length > 0 ? null : text,
		refusal: null,
		...(called.length > 0 ? { tool_calls: called } : {}),
	};
	return {
		...opening(head, 'chat.completion'),
		choices: [{ index: 0, message, logprobs: spans && logProbabilities(text, spans), finish_reason: finishReason(end, calls.length > 0) }],
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

/** A piece of a call of a stream; the first one of each names it. */
export function callChunk(head: AnswerHead, { at, name, text, isFirst, id }: { at: number; name: string; text: string; isFirst: boolean; id: string }) {
	const named = isFirst ? { index: at, id, type: 'function', function: { name, arguments: text } } : { index: at, function: { arguments: text } };
	return chunk(head, { tool_calls: [named] });
}

/** The end of a stream, and with `tellsUsage` one more piece that tells what it cost. */
export function endChunks(head: AnswerHead, end: End, { tellsUsage, hasCalled }: { tellsUsage: boolean; hasCalled: boolean }) {
	const last = { ...opening(head, 'chat.completion.chunk'), choices: [{ index: 0, delta: {}, logprobs: null, finish_reason: finishReason(end, hasCalled) }] };
	return tellsUsage ? [last, { ...opening(head, 'chat.completion.chunk'), choices: [], ...costOf(end) }] : [last];
}

function chunk(head: AnswerHead, delta: object, logprobs: object | null = null) {
	return { ...opening(head, 'chat.completion.chunk'), choices: [{ index: 0, delta, logprobs, finish_reason: null }] };
}

function opening({ id, created, model }: AnswerHead, object: string) {
	return { id, object, created, model };
}

/** An answer whose tokens could not be paid any further ends like one that reached its length. */
export function finishReason({ finish }: Pick<End, 'finish'>, hasCalled = false): 'stop' | 'length' | 'tool_calls' {
	if (finish !== 'stop') return 'length';
	return hasCalled ? 'tool_calls' : 'stop';
}

/** What an answer has used, in OpenAI's words, and in ours what it cost in the tokens of its owner, how it ended, and whether it was given before. */
export function costOf({ finish, usage, receipt }: { finish: End['finish']; usage: Usage; receipt: Receipt }) {
	const told = {
		// `budget` where OpenAI's words know only `length`.
		finish_reason: finish,
		tokens_consumed: receipt.charged,
		remaining_tokens: receipt.remaining,
		from_cache: usage.repeat !== undefined,
	};
	return { usage: usageOf(usage), homeroom: told };
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
