import { z } from 'zod';
import { priceOf } from '#contract/priceOf.ts';
import type { Principal } from '../../../platform/rpc/guard.ts';
import { type AnswerTools, ensureLoaded } from '../answerPaid.ts';
import type { NamedModel } from '../ModelNames.ts';
import { readShape } from './chatOrder.ts';

/** Texts that are computed before it is looked whether anybody still waits. */
const batch = 8;
const mostTexts = 512;
/** The longest that the engine takes is 2,048 tokens, of which one is seldom more than a few letters. */
const longestText = 65_536;

const text = z.string().min(1).max(longestText);
const shape = z.strictObject({
	model: z.string().min(1).max(300),
	input: z.union([text, z.array(text).min(1).max(mostTexts)], `This must be a text or a list of 1 to ${mostTexts}, none of them empty: tokens are not read.`),
	encoding_format: z.enum(['float', 'base64']).nullish(),
	dimensions: z.null('A vector has as many numbers as the model gives it.').optional(),
	user: z.unknown().optional(),
});

export interface EmbeddingOrder {
	model: string;
	texts: string[];
	isBase64: boolean;
}

/** Reads the body of `POST /v1/embeddings`. Throws INVALID_INPUT. */
export function readEmbeddingOrder(body: unknown): EmbeddingOrder {
	const { model, input, encoding_format: encoding } = readShape(shape, body);
	return { model, texts: typeof input === 'string' ? [input] : input, isBase64: encoding === 'base64' };
}

/**
 * A vector for each text, as `POST /v1/embeddings` answers, paid for by the tokens of the texts. Texts that were computed are charged
 * also where a later one fails, or where whoever asked leaves.
 */
export async function embeddings(
	{ models, ledger, payments, places }: AnswerTools,
	principal: Principal,
	model: NamedModel,
	order: EmbeddingOrder,
	signal: AbortSignal,
) {
	const { accountId } = principal;
	const leave = places.take(principal);
	try {
		await ensureLoaded(models, accountId, model, signal);
		const counts: number[] = [];
		for (const each of order.texts) {
			signal.throwIfAborted();
			counts.push(await models.countTokens(accountId, model.id, each));
		}
		const total = counts.reduce((sum, count) => sum + count, 0);
		const cost = priceOf(ledger.price('chat'), total);
		const payment = payments.open(principal, { task: 'chat', model, tokens: cost, atLeast: cost });
		let promptTokens = 0;
		const vectors: number[][] = [];
		try {
			for (let at = 0; at < order.texts.length; at += batch) {
				vectors.push(...(await models.embed(accountId, model.id, order.texts.slice(at, at + batch), signal)));
				promptTokens += counts.slice(at, at + batch).reduce((sum, count) => sum + count, 0);
			}
		} catch (error) {
			payments.settle(payment, { promptTokens, completionTokens: 0 });
			throw error;
		}
		const receipt = payments.settle(payment, { promptTokens, completionTokens: 0 });
		const homeroom = { tokens_consumed: receipt.charged, remaining_tokens: receipt.remaining };
		const data = vectors.map((vector, index) => ({ object: 'embedding', index, embedding: order.isBase64 ? base64Of(vector) : vector }));
		return { object: 'list', data, model: order.model, usage: { prompt_tokens: total, total_tokens: total }, homeroom };
	} finally {
		leave();
	}
}

/** 32-bit floats, lowest byte first, as OpenAI's clients read them. */
function base64Of(vector: readonly number[]): string {
	const bytes = Buffer.alloc(vector.length * 4);
	for (const [at, value] of vector.entries()) bytes.writeFloatLE(value, at * 4);
	return bytes.toString('base64');
}
