import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { TextSpan } from '../../engine/engine.ts';
import { type AnswerTools, answerPaid, type PaidPiece } from '../answerPaid.ts';
import { sendEvents, within } from '../eventStream.ts';
import { principalOf } from '../identifyProgram.ts';
import type { ModelNames, NamedModel } from '../ModelNames.ts';
import { type AnswerHead, callChunk, chatCompletion, endChunks, firstChunk, type MadeCall, textChunk, type WholeAnswer } from './chatAnswer.ts';
import { type ReadOrder, readChatOrder } from './chatOrder.ts';
import { embeddings, readEmbeddingOrder } from './embeddings.ts';
import { openaiError } from './openaiError.ts';
import { completion, completionChunk, completionEnd, readCompletionOrder } from './plainCompletion.ts';

/** A stream is opened with its first piece, so that what fails before has a status of its own; but no reader waits longer for it. */
const openAfterMs = 10_000;

/** What the routes answer with. */
export interface V1Options extends AnswerTools {
	names: ModelNames;
}

/** How an answer is written down. */
interface Form {
	whole(head: AnswerHead, answer: WholeAnswer, end: End): object;
	first(head: AnswerHead): object[];
	piece(head: AnswerHead, text: string, spans: TextSpan[] | null): object;
	end(head: AnswerHead, end: End, told: { tellsUsage: boolean; hasCalled: boolean }): object[];
	/** How ids begin. */
	prefix: string;
}
type End = Extract<PaidPiece, { type: 'end' }>;

const chatForm: Form = { whole: chatCompletion, first: (head) => [firstChunk(head)], piece: textChunk, end: endChunks, prefix: 'chatcmpl-' };
const plainForm: Form = { whole: completion, first: () => [], piece: completionChunk, end: completionEnd, prefix: 'cmpl-' };

/** /v1: what OpenAI's clients ask, answered by the models of this machine. Every failure is one of the closed list, in OpenAI's form. */
export async function v1Routes(server: FastifyInstance, options: V1Options): Promise<void> {
	const { names } = options;
	const config = { scope: 'chat' } as const;
	const toLook = { config: { ...config, requires: 'viewer' } } as const;
	server.get('/v1/models', toLook, async (request) => ({ object: 'list', data: names.list(principalOf(request).accountId).map(shown) }));
	// Names of models have spaces and slashes in them.
	server.get('/v1/models/*', toLook, async (request: FastifyRequest<{ Params: { '*': string } }>) =>
		shown(names.find(principalOf(request).accountId, request.params['*'])),
	);
	server.post('/v1/chat/completions', { config }, (request, reply) => answer(readChatOrder(request.body), chatForm, request, reply, options));
	server.post('/v1/completions', { config }, (request, reply) => answer(readCompletionOrder(request.body), plainForm, request, reply, options));
	server.post('/v1/embeddings', { config }, async (request) => {
		const order = readEmbeddingOrder(request.body);
		const principal = principalOf(request);
		return await embeddings(options, principal, names.find(principal.accountId, order.model), order, request.left);
	});
}

function shown({ name, addedAt }: NamedModel) {
	return { id: name, object: 'model', created: Math.floor(addedAt / 1000), owned_by: 'homeroom' };
}

async function answer(order: ReadOrder, form: Form, request: FastifyRequest, reply: FastifyReply, options: V1Options): Promise<object> {
	const principal = principalOf(request);
	const model = options.names.find(principal.accountId, order.modelName);
	request.modelName = model.name;
	const head = { id: `${form.prefix}${randomUUID()}`, created: Math.floor(Date.now() / 1000), model: order.modelName };
	const pieces = answerPaid(options, principal, { ...order.orderFor(model), isWhole: !order.isStream }, request.left);
	if (!order.isStream) return await answerWhole(head, order, form, pieces, request, reply);
	// Whoever leaves before a piece is taken leaves nobody who would end this.
	request.left.addEventListener('abort', () => void pieces.return().catch(() => {}), { once: true });
	const first = pieces.next();
	first.catch(() => {});
	const come = await within(first, openAfterMs);
	if (come && !come.done) tellRepeat(come.value, reply);
	const events = asEvents(head, order, form, continued(first, pieces), request);
	return sendEvents(reply, events, (error) => openaiError(request.failureOf(error)));
}

/** Readers that do not ask for the usage are told all the same where an answer was given before. */
function tellRepeat({ usage }: PaidPiece, reply: FastifyReply): void {
	if (usage.repeat !== undefined) reply.header('x-homeroom-cache', 'hit');
}

async function answerWhole(
	head: AnswerHead,
	order: ReadOrder,
	form: Form,
	pieces: AsyncGenerator<PaidPiece>,
	request: FastifyRequest,
	reply: FastifyReply,
): Promise<object> {
	let text = '';
	const spans: TextSpan[] = [];
	const calls: MadeCall[] = [];
	for await (const piece of pieces) {
		if (piece.type === 'end') {
			if (piece.finish === 'aborted') throw request.left.reason;
			tellRepeat(piece, reply);
			return form.whole(head, { text, spans: order.tellsLogProbabilities ? spans : null, calls }, piece);
		}
		if (piece.type === 'call') {
			const call = calls[piece.at] ?? { id: callId(), name: piece.name, arguments: '' };
			calls[piece.at] = { ...call, arguments: call.arguments + piece.text };
			continue;
		}
		text += piece.text;
		spans.push(...piece.spans);
	}
	throw new Error('an answer had no end');
}

async function* asEvents(
	head: AnswerHead,
	order: ReadOrder,
	form: Form,
	pieces: AsyncGenerator<PaidPiece>,
	request: FastifyRequest,
): AsyncGenerator<object, void, void> {
	const ids = new Map<number, string>();
	yield* form.first(head);
	for await (const piece of pieces) {
		if (piece.type === 'text') yield form.piece(head, piece.text, order.tellsLogProbabilities ? piece.spans : null);
		else if (piece.type === 'call') {
			const { at, name, text } = piece;
			const isFirst = !ids.has(at);
			const id = ids.get(at) ?? callId();
			ids.set(at, id);
			yield callChunk(head, { at, name, text, isFirst, id });
		} else if (piece.finish === 'aborted') throw request.left.reason;
		else yield* form.end(head, piece, { tellsUsage: order.tellsUsage, hasCalled: ids.size > 0 });
	}
}

function callId(): string {
	return `call_${randomUUID().replaceAll('-', '')}`;
}

/** A generator whose first piece was asked for already. Where nobody takes it, its end is awaited here all the same. */
async function* continued<T>(first: Promise<IteratorResult<T, void>>, rest: AsyncGenerator<T, void, void>): AsyncGenerator<T, void, void> {
	try {
		const come = await first;
		if (come.done) return;
		yield come.value;
		yield* rest;
	} finally {
		await rest.return();
	}
}
