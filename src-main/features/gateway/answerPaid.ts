import { setTimeout as wait } from 'node:timers/promises';
import type { Usage } from '#contract/engine.ts';
import { type Failure, failure, isFailure } from '#contract/errors.ts';
import type { Principal } from '../../platform/rpc/guard.ts';
import { answerCost, generatePaid } from '../chat/chat.ts';
import { type Engine, type GeneratePiece, type GenerateRequest, wholeText } from '../engine/engine.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { AnswerPlaces } from './AnswerPlaces.ts';
import type { NamedModel } from './ModelNames.ts';
import type { Payment, PaymentOrder, Payments, Receipt } from './Payments.ts';
import type { PromptLengths } from './PromptLengths.ts';

/** What answers: local models by their ids, and whatever else has the engine's shape. */
export type Models = Pick<Engine, 'generate' | 'embed' | 'ensureRunning' | 'countTokens' | 'usableBy'>;

/** A model that is not loaded within this is answered for with a failure; it goes on loading, for the next who asks. */
const loadLimitMs = 180_000;

/** What an answer is written with. */
export interface AnswerTools {
	models: Models;
	ledger: Ledger;
	payments: Payments;
	places: AnswerPlaces;
	promptLengths: PromptLengths;
}

/** What a program asks of a model. */
export interface AnswerOrder
	extends Pick<GenerateRequest, 'turns' | 'sampling' | 'maxTokens' | 'stop' | 'jsonSchema' | 'tools' | 'isPlain' | 'logProbabilities' | 'isWhole'> {
	model: NamedModel;
	/** Nobody asked for a length: where the key has less left of its month than a useful answer takes, the answer is as long as that pays for. */
	isLengthFree?: boolean;
}

/** Text and calls as the engine gives them, then the end with what it has cost. */
export type PaidPiece = Exclude<GeneratePiece, { type: 'end' }> | (Extract<GeneratePiece, { type: 'end' }> & { receipt: Receipt });

/** So long a request waits for tokens that its owner's other work has set aside, looking again every so often; after that its program may ask again. */
const forTokensMs = { most: 5000, every: 100 };

/**
 * Has a model answer a program, loads it before if it must, and charges what was used, however it ends: also where the reader leaves or
 * `signal` aborts, which ends it at once. At most one place of the caller's is taken for it. Tokens that other work of its owner's holds are waited
 * for a moment; what was answered before needs none but its surcharge.
 *
 * Throws what the engine throws, INSUFFICIENT_TOKENS, KEY_TOKENS_SHORT, TOO_MANY_REQUESTS, MODEL_TIMEOUT, or the reason of `signal` where that
 * aborts before the first piece.
 */
export async function* answerPaid(tools: AnswerTools, principal: Principal, order: AnswerOrder, signal: AbortSignal): AsyncGenerator<PaidPiece, void, void> {
	const leave = tools.places.take(principal);
	try {
		const until = performance.now() + forTokensMs.most;
		for (;;) {
			try {
				return yield* answerOnce(tools, principal, order, signal);
			} catch (error) {
				if (!isHeld(error) || performance.now() >= until) throw error;
			}
			await wait(forTokensMs.every, undefined, { signal }).catch(() => signal.throwIfAborted());
		}
	} finally {
		leave();
	}
}

/** Whether tokens are short only because of other work: that is thrown before the first piece alone. */
function isHeld(error: unknown): boolean {
	return isFailure(error, 'TOO_MANY_REQUESTS') && error.data.what === 'tokens';
}

async function* answerOnce(
	tools: AnswerTools,
	principal: Principal,
	{ model, isLengthFree = false, ...asked }: AnswerOrder,
	signal: AbortSignal,
): AsyncGenerator<PaidPiece, void, void> {
	const { models, ledger, payments, promptLengths } = tools;
	const told = toldTo(asked);
	const costOf = (maxTokens: number) => answerCost(ledger.price('chat'), told, maxTokens, promptLengths.likely(model.id, told));
	const leastOfKey = costOf(isLengthFree ? 1 : asked.maxTokens).atLeast;
	const request = { ...asked, ownerId: principal.accountId, modelId: model.id, keyId: principal.key?.id ?? null };
	const payment = openOrShort(payments, principal, { task: 'chat', model, ...costOf(asked.maxTokens), leastOfKey });
	if (payment instanceof Error) return yield* answerAgain(tools, principal, model, request, payment, signal);
	let usage: Usage | null = null;
	let end: End | null = null;
	try {
		await ensureLoaded(models, principal.accountId, model, signal);
		for await (const piece of generatePaid({ engine: models, ledger }, request, payment, signal)) {
			usage = piece.usage;
			if (piece.type !== 'end') yield piece;
			// Charged at once, while the engine closes its stream: what is left of that costs the reader no time.
			else end = { ...piece, receipt: payments.settle(payment, usage) };
		}
	} catch (error) {
		throw isFailure(error, 'INSUFFICIENT_TOKENS') && usage === null ? payments.whyShort(payment, error) : error;
	} finally {
		if (!end) payments.settle(payment, usage);
	}
	if (!end) throw new Error('the engine ended an answer without saying how');
	if (end.usage.repeat === undefined) promptLengths.learn(model.id, told, end.usage.promptTokens);
	yield end;
}

type End = Extract<PaidPiece, { type: 'end' }>;

/** Sets aside what an answer takes; where its owner has not so much, gives that failure. */
function openOrShort(payments: Payments, principal: Principal, order: PaymentOrder): Payment | Failure {
	try {
		return payments.open(principal, order);
	} catch (error) {
		if (isFailure(error) && (error.code === 'INSUFFICIENT_TOKENS' || isHeld(error))) return error;
		throw error;
	}
}

/** Answers what was answered before, for which there is enough where the surcharge is; nothing is set aside before that is certain. Throws `short` for any other request. */
async function* answerAgain(
	{ models, ledger, payments }: AnswerTools,
	principal: Principal,
	model: NamedModel,
	request: GenerateRequest,
	short: Failure,
	signal: AbortSignal,
): AsyncGenerator<PaidPiece, void, void> {
	let payment: Payment | null = null;
	let end: End | null = null;
	let usage: Usage | null = null;
	try {
		for await (const piece of models.generate({ ...request, tokenBudget: 0 }, signal)) {
			if (piece.usage.repeat === undefined) throw short;
			const { surcharge } = ledger.price('chat');
			payment ??= payments.open(principal, { task: 'chat', model, tokens: surcharge, atLeast: surcharge });
			usage = piece.usage;
			if (piece.type !== 'end') yield piece;
			else end = { ...piece, receipt: payments.settle(payment, usage) };
		}
	} catch (error) {
		throw payment === null && !signal.aborted ? short : error;
	} finally {
		if (payment && !end) payments.settle(payment, usage);
	}
	if (!end) throw short;
	yield end;
}

/** All that a model is told, with what it may call. */
function toldTo({ turns, tools }: Omit<AnswerOrder, 'model'>): { content: string }[] {
	const functions = tools ? [{ content: JSON.stringify(tools.functions.map(({ form: _, ...told }) => told)) }] : [];
	return [...turns.map((turn) => ({ content: wholeText(turn) })), ...functions];
}

/** Waits until a model takes requests, but no longer than `loadLimitMs`. Throws what its load failed with, MODEL_TIMEOUT, or the reason of `signal`. */
export async function ensureLoaded(models: Models, accountId: string, { id, name }: NamedModel, signal: AbortSignal): Promise<void> {
	const waiting = new AbortController();
	const leave = () => waiting.abort(signal.reason);
	signal.addEventListener('abort', leave, { once: true });
	if (signal.aborted) leave();
	const timer = setTimeout(() => waiting.abort(failure('MODEL_TIMEOUT', { name, afterMs: loadLimitMs })), loadLimitMs);
	try {
		await models.ensureRunning(accountId, id, waiting.signal);
	} catch (error) {
		// A right that was taken meanwhile.
		throw isFailure(error, 'NOT_FOUND') ? failure('NOT_FOUND', { what: 'model' }, error) : error;
	} finally {
		clearTimeout(timer);
		signal.removeEventListener('abort', leave);
	}
}
