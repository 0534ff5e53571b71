import { z } from 'zod';
import type { PaidPiece } from '../answerPaid.ts';
import { type AnswerHead, costOf, finishReason, type WholeAnswer } from './chatAnswer.ts';
import { answerFields, orderOf, type ReadOrder, readShape, wishesOf } from './chatOrder.ts';

type End = Extract<PaidPiece, { type: 'end' }>;

const prompt = z.string().min(1, 'There must be something to go on with.').max(4_000_000);
const completionOrderShape = z
	.strictObject({
		...answerFields,
		prompt: z.union([prompt, z.array(prompt).length(1)], 'This must be a text, or a list of one: tokens are not read.'),
		echo: z.literal(false, 'The prompt is not told again.').nullish(),
		suffix: z.null('Nothing can be filled in before a suffix.').optional(),
		best_of: z.literal(1, 'One answer is made.').nullish(),
		logprobs: z.null('Ask /v1/chat/completions for log-probabilities.').optional(),
	})
	.refine(({ stream, stream_options: options }) => stream === true || !options, { path: ['stream_options'], message: 'This goes with "stream": true alone.' });

/**
 * Reads the body of `POST /v1/completions`. A model of this machine goes on with the prompt as it is, without its chat template; one of a server
 * elsewhere is told it as what a person says. Throws INVALID_INPUT.
 */
export function readCompletionOrder(body: unknown): ReadOrder {
	const asked = readShape(completionOrderShape, body);
	const content = Array.isArray(asked.prompt) ? (asked.prompt[0] ?? '') : asked.prompt;
	const turns = [{ role: 'user' as const, content }];
	return {
		...wishesOf(asked),
		tellsLogProbabilities: false,
		orderFor: (model) => orderOf(asked, model, turns, { jsonSchema: null, logProbabilities: false, isPlain: true }),
	};
}

/** An answer in one piece: `text_completion`. */
export function completion(head: AnswerHead, { text }: WholeAnswer, end: End) {
	return { ...opening(head, [choice(text, finishReason(end))]), ...costOf(end) };
}

/** A piece of a stream's text. */
export function completionChunk(head: AnswerHead, text: string) {
	return opening(head, [choice(text, null)]);
}

/** The end of a stream, and with `tellsUsage` one more piece that tells what it cost. */
export function completionEnd(head: AnswerHead, end: End, { tellsUsage }: { tellsUsage: boolean }) {
	const last = opening(head, [choice('', finishReason(end))]);
	return tellsUsage ? [last, { ...opening(head, []), ...costOf(end) }] : [last];
}

function choice(text: string, finish: ReturnType<typeof finishReason> | null) {
	return { index: 0, text, logprobs: null, finish_reason: finish };
}

function opening({ id, created, model }: AnswerHead, choices: object[]) {
	return { id, object: 'text_completion', created, model, choices };
}
