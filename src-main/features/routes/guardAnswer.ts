import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import { usage } from '#contract/engine.ts';
import { failure } from '#contract/errors.ts';
import { type GeneratePiece, type GenerateRequest, mostCalls } from '../engine/engine.ts';

/** How long a server elsewhere may take for the first piece of an answer, and for each after it. */
export interface AnswerPatience {
	firstMs: number;
	nextMs: number;
}

/** After an abort a server may still tell what was used, for so long. */
const leaveMs = 200;
const noUsage = { promptTokens: 0, reusedTokens: 0, completionTokens: 0, firstTokenMs: 0, tokensPerSecond: 0 };

const piece = z.discriminatedUnion('type', [
	z.object({
		type: z.literal('text'),
		text: z.string(),
		spans: z.array(z.object({ characters: z.number().int(), tokens: z.number().int(), logProbability: z.number() })),
		usage,
	}),
	z.object({ type: z.literal('call'), at: z.number().int().min(0).max(mostCalls), name: z.string(), text: z.string(), usage }),
	z.object({ type: z.literal('end'), finish: z.enum(['stop', 'length', 'budget', 'aborted']), usage }),
]);

/**
 * Reads an answer of a server elsewhere, and lets it be nothing but an answer: pieces in their form, one end, in bounded time, within the
 * budget of its reader, and over at once when `signal` aborts. `name`: what the server is called in messages.
 *
 * Throws BACKEND_SILENT for one that is silent too long, SERVER_CONFUSED for what is no answer, and what the server's stream throws.
 */
export async function* guardAnswer(
	ask: (request: Pick<GenerateRequest, 'raiseBudget'>, signal: AbortSignal) => AsyncGenerator<GeneratePiece, void, void>,
	request: Pick<GenerateRequest, 'tokenBudget' | 'raiseBudget'>,
	{ name, patience, signal }: { name: string; patience: AnswerPatience; signal: AbortSignal | undefined },
): AsyncGenerator<GeneratePiece, void, void> {
	const leaving = new AbortController();
	const budget = new Budget(request);
	const stream = ask(request.raiseBudget ? { raiseBudget: budget.raise } : {}, AbortSignal.any([leaving.signal, ...(signal ? [signal] : [])]));
	const gone = whenGone(signal, leaving.signal);
	let used: GeneratePiece['usage'] = noUsage;
	try {
		for (let waitMs = patience.firstMs; ; waitMs = patience.nextMs) {
			const next = await waitFor(stream.next(), waitMs, gone);
			if (next === 'late' && !signal?.aborted) throw failure('BACKEND_SILENT', { name });
			if (next === 'late' || next === 'aborted') return yield { type: 'end', finish: 'aborted', usage: used };
			const isPiece = piece.safeParse(next.value).success;
			if (next.done || !isPiece) throw failure('SERVER_CONFUSED', { host: name, what: next.done ? 'an end' : 'a piece of an answer' });
			const given = next.value;
			if (!budget.covers(given.usage)) return yield { type: 'end', finish: 'budget', usage: budget.limit(given.usage) };
			used = given.usage;
			yield given;
			if (given.type === 'end') return;
		}
	} finally {
		leaving.abort();
		// It may never come back from where it is.
		stream.return(undefined).catch(() => {});
	}
}

type Used = Pick<GeneratePiece['usage'], 'promptTokens' | 'completionTokens'>;

/** What the reader of an answer can pay for. */
class Budget {
	readonly #raise: GenerateRequest['raiseBudget'];
	#tokens: number;

	constructor({ tokenBudget = Number.POSITIVE_INFINITY, raiseBudget }: Pick<GenerateRequest, 'tokenBudget' | 'raiseBudget'>) {
		this.#tokens = tokenBudget;
		this.#raise = raiseBudget;
	}

	readonly raise = (needed: number): number => {
		this.#tokens = this.#raise?.(needed) ?? this.#tokens;
		return this.#tokens;
	};

	covers({ promptTokens, completionTokens }: Used): boolean {
		const needed = promptTokens + completionTokens;
		return needed <= this.#tokens || (this.#raise !== undefined && needed <= this.raise(needed));
	}

	/** As much of a usage as there is a budget for. */
	limit<Usage extends Used>(usage: Usage): Usage {
		const promptTokens = Math.min(usage.promptTokens, this.#tokens);
		return { ...usage, promptTokens, completionTokens: Math.min(usage.completionTokens, this.#tokens - promptTokens) };
	}
}

/** Waits for an answer, but no longer than `waitMs`, nor than until `gone`. */
export async function waitFor<T>(answer: Promise<T>, waitMs: number, gone: Promise<'aborted'> = new Promise(() => {})): Promise<T | 'late' | 'aborted'> {
	// Whoever comes too late is not listened to.
	answer.catch(() => {});
	const over = new AbortController();
	const late = setTimeout(waitMs, 'late' as const, { signal: over.signal }).catch(() => 'late' as const);
	try {
		return await Promise.race([gone, answer, late]);
	} finally {
		over.abort();
	}
}

/** Resolves a little after `signal` aborts, and never where it does not before `over`. */
export function whenGone(signal: AbortSignal | undefined, over: AbortSignal): Promise<'aborted'> {
	return new Promise((resolve) => {
		const leave = () => void setTimeout(leaveMs, 'aborted' as const, { signal: over }).then(resolve, () => {});
		if (signal?.aborted) leave();
		else signal?.addEventListener('abort', leave, { once: true, signal: over });
	});
}
