import { randomUUID } from 'node:crypto';
import { type Failure, failure, isFailure } from '#contract/errors.ts';
import type { Task } from '#contract/ledger.ts';
import { type Db, immediate, immediateUnsynced, type Tx } from '../../platform/database/openDatabase.ts';
import type { Logger } from '../../platform/log/createLog.ts';
import type { Principal } from '../../platform/rpc/guard.ts';
import type { Ledger, Reservation, TokenUse } from '../ledger/ledger.ts';

/** What the limits of keys are kept by. */
export interface KeyBook {
	standing(keyId: string): { tokensPerMonth: number | null; tokensLeft: number } | null;
	use(keyId: string, tokens: number, tx: Tx): void;
}

/** What is to be paid for. */
export interface PaymentOrder {
	task: Task;
	model: { id: string; name: string };
	tokens: number;
	atLeast: number;
	/** What the key must have left at least, where less than `atLeast` will do of a limit of its own. */
	leastOfKey?: number;
}

/** Tokens set aside for one request. */
export interface Payment extends Reservation {
	holdId: string;
	accountId: string;
	keyId: string | null;
	/** What it may still grow by, beside what its owner has. */
	spare(): number;
}

/** What a request has cost, and what its owner has left; null for one that is not metered. */
export interface Receipt {
	charged: number;
	remaining: number | null;
}

/** When to ask again for tokens that other work has set aside: an answer takes about so long. */
const heldMs = 1000;
/** After so long a settlement that could not be stored is tried again, and then after twice as long each time, up to the longest. */
const retryMs = { first: 1000, longest: 60_000 };

/**
 * Pays for what programs ask of models: out of the ledger, and within what a key may spend in a month.
 *
 * Set aside before the work, charged once when it has ended, however that was. A key's own limit holds also while several of its
 * requests run: what is set aside for them counts as spent.
 */
export class Payments {
	readonly #db: Db;
	readonly #ledger: Ledger;
	readonly #keys: KeyBook;
	readonly #log: Logger;
	readonly #now: () => number;
	/** The holds that are open, of each key. */
	readonly #open = new Map<string, Set<string>>();
	/** What could not be settled yet. */
	readonly #unsettled = new Map<Payment, TokenUse | null>();
	#retry: NodeJS.Timeout | undefined;

	constructor({ db, ledger, keys, log, now = Date.now }: { db: Db; ledger: Ledger; keys: KeyBook; log: Logger; now?: () => number }) {
		this.#db = db;
		this.#ledger = ledger;
		this.#keys = keys;
		this.#log = log;
		this.#now = now;
	}

	/** Sets tokens aside. Throws INSUFFICIENT_TOKENS, TOO_MANY_REQUESTS while other work holds them, and KEY_TOKENS_SHORT where the key has too few left of its month. */
	open({ accountId, key }: Principal, { task, model, tokens, atLeast, leastOfKey = atLeast }: PaymentOrder): Payment {
		const keyId = key?.id ?? null;
		const spare = () => (keyId === null ? Number.POSITIVE_INFINITY : Math.max(0, this.#leftOf(keyId)));
		const most = spare();
		if (keyId !== null && most < leastOfKey) throw this.#shortOf(keyId, leastOfKey, most);
		const holdId = randomUUID();
		const order = { requestId: holdId, accountId, task, modelId: model.id, modelName: model.name, subjectId: keyId };
		// Its work is lost with it: the charge is what the disk must have.
		const reserve = (tx: Tx) => this.#ledger.reserve({ ...order, tokens: Math.min(tokens, most), atLeast: Math.min(atLeast, most) }, tx);
		const reserved = this.#reserved(accountId, reserve);
		if (keyId !== null) this.#open.set(keyId, (this.#open.get(keyId) ?? new Set()).add(holdId));
		return { ...reserved, holdId, accountId, keyId, spare };
	}

	/** What a request fails with that needs more than is there: KEY_TOKENS_SHORT where that is for its key's own limit, else as `open` does. */
	whyShort({ holdId, accountId, keyId, spare }: Payment, short: Failure<'INSUFFICIENT_TOKENS'>): Failure {
		const mostOfKey = (this.#ledger.hold(holdId)?.left ?? 0) + spare();
		return keyId !== null && short.data.needed > mostOfKey ? this.#shortOf(keyId, short.data.needed, mostOfKey) : this.#heldOr(accountId, short);
	}

	/** Ends a payment with what was used; null: nothing. Safe to repeat, and never throws: what the disk does not take is tried again. */
	settle(payment: Payment, usage: TokenUse | null): Receipt {
		let charged = 0;
		try {
			charged = this.#settle(payment, usage);
		} catch (error) {
			this.#log.error({ err: error, holdId: payment.holdId }, 'what a program has used could not be charged yet');
			this.#unsettled.set(payment, usage);
			this.#retryAfter(retryMs.first);
		}
		return { charged, remaining: this.#ledger.left(payment.accountId) };
	}

	/** Tries once more what could not be settled. What still cannot is given back at the next start. */
	close(): void {
		clearTimeout(this.#retry);
		this.#settleRest();
	}

	#reserved(accountId: string, reserve: (tx: Tx) => Reservation): Reservation {
		try {
			return immediateUnsynced(this.#db, reserve);
		} catch (error) {
			throw isFailure(error, 'INSUFFICIENT_TOKENS') ? this.#heldOr(accountId, error) : error;
		}
	}

	/** What is short only because of what other work has set aside comes back: a program that is told to wait gets it then. Else what is left, all in all. */
	#heldOr(accountId: string, short: Failure<'INSUFFICIENT_TOKENS'>): Failure {
		const { needed } = short.data;
		const left = this.#ledger.left(accountId) ?? Number.POSITIVE_INFINITY;
		if (needed <= left) return failure('TOO_MANY_REQUESTS', { what: 'tokens', retryAfterMs: heldMs }, short);
		return failure('INSUFFICIENT_TOKENS', { needed, available: left }, short);
	}

	#shortOf(keyId: string, needed: number, available: number): Failure {
		return keyShort({ needed, available, ofMonth: this.#keys.standing(keyId)?.tokensPerMonth ?? 0, now: this.#now() });
	}

	#settle(payment: Payment, usage: TokenUse | null): number {
		const { holdId, keyId } = payment;
		const used = usage && { promptTokens: usage.promptTokens, completionTokens: usage.completionTokens, repeat: usage.repeat };
		const openOfKey = keyId === null ? undefined : this.#open.get(keyId);
		const charged = immediate(this.#db, (tx) => {
			const settled = this.#ledger.settle(holdId, used, tx);
			// Nobody else ends a hold of ours: one that is not open any more was counted when it was.
			if (keyId !== null && openOfKey?.has(holdId) && settled.charged > 0) this.#keys.use(keyId, settled.charged, tx);
			return settled.charged;
		});
		openOfKey?.delete(holdId);
		if (keyId !== null && openOfKey?.size === 0) this.#open.delete(keyId);
		return charged;
	}

	#leftOf(keyId: string): number {
		const left = this.#keys.standing(keyId)?.tokensLeft ?? 0;
		if (left === Number.POSITIVE_INFINITY) return left;
		return [...(this.#open.get(keyId) ?? [])].reduce((sum, holdId) => sum - (this.#ledger.hold(holdId)?.left ?? 0), left);
	}

	#retryAfter(waitMs: number): void {
		clearTimeout(this.#retry);
		this.#retry = setTimeout(() => {
			this.#settleRest();
			if (this.#unsettled.size > 0) this.#retryAfter(Math.min(2 * waitMs, retryMs.longest));
		}, waitMs).unref();
	}

	#settleRest(): void {
		for (const [payment, usage] of this.#unsettled) {
			try {
				this.#settle(payment, usage);
				this.#unsettled.delete(payment);
			} catch (error) {
				this.#log.error({ err: error, holdId: payment.holdId }, 'what a program has used could not be charged yet');
			}
		}
	}
}

/** KEY_TOKENS_SHORT of a key that has `available` tokens left of the `ofMonth` of a month. */
export function keyShort({ needed, available, ofMonth, now }: { needed: number; available: number; ofMonth: number; now: number }): Failure {
	return failure('KEY_TOKENS_SHORT', { needed, available: Math.max(0, available), retryAfterMs: needed > ofMonth ? null : untilNextMonth(now) });
}

/** Until the machine's own calendar turns to another month. */
function untilNextMonth(now: number): number {
	const time = new Date(now);
	return new Date(time.getFullYear(), time.getMonth() + 1, 1).getTime() - now;
}
