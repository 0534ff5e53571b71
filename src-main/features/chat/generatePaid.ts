import { failure, isFailure } from '#contract/errors.ts';
import { baseFor, priceOf, usefulTokens } from '#contract/priceOf.ts';
import { type GeneratePiece, type GenerateRequest, type Models, mostPromptTokens } from '../engine/engine.ts';
import type { Ledger, Reservation } from '../ledger/ledger.ts';
import { growHold } from '../ledger/ledger.ts';

/**
 * Has a model answer within what is set aside for it, so that no answer costs more than that.
 *
 * The hold grows with the answer, a useful piece at a time, as long as the balance does: an answer can become as long as its reader
 * can pay for, and keeps nothing from other work that it may never need. It grows by no more than `spare` tells at the time, as where it
 * comes by a key that has a limit of its own. Throws what the engine throws; INSUFFICIENT_TOKENS with what
 * the prompt costs, where the engine knows only how long it is.
 */
export async function* generatePaid(
	{ engine, ledger }: { engine: Pick<Models, 'generate'>; ledger: Ledger },
	request: Omit<GenerateRequest, 'tokenBudget' | 'raiseBudget'>,
	{ holdId, price, tokens, spare = () => Number.POSITIVE_INFINITY }: Reservation & { holdId: string; spare?: () => number },
	signal: AbortSignal,
): AsyncGenerator<GeneratePiece, void, void> {
	const longest = mostPromptTokens(request.turns, request.tools) + request.maxTokens;
	let held = tokens;
	let available = held;
	const raiseBudget = (needed: number) => {
		const cost = (base: number) => priceOf(price, Math.min(base, longest)) - held;
		const least = cost(needed);
		// Never more than the answer may become.
		const most = Math.min(cost(needed + Math.min(usefulTokens, request.maxTokens)), spare());
		available = held;
		// Less than the least is not even asked for.
		if (most < least) return baseFor(price, held);
		const growth = growHold(ledger, holdId, { most, least });
		if (growth.kind === 'grown') held += growth.tokens;
		available = held + (growth.kind === 'refused' ? growth.failure.data.available : 0);
		return baseFor(price, held);
	};
	try {
		yield* engine.generate({ ...request, tokenBudget: baseFor(price, held), raiseBudget }, signal);
	} catch (error) {
		if (!isFailure(error, 'INSUFFICIENT_TOKENS')) throw error;
		throw failure('INSUFFICIENT_TOKENS', { needed: priceOf(price, error.data.needed), available }, error);
	}
}
