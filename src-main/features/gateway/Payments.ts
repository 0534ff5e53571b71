import { randomUUID } from 'node:crypto';
import { type Failure, failure } from '#contract/errors.ts';
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

	/** Sets tokens aside. Throws INSUFFICIENT_TOKENS, and KEY_TOKENS_SHORT where the key has too few left of its month. */
	open({ accountId, key }: Principal, { task, model, tokens, atLeast, leastOfKey = atLeast }: PaymentOrder): Payment {
		const keyId = key?.id ?? null;
		const spare = () => (keyId === null ? Number.POSITIVE_INFINITY : Math.max(0, this.#leftOf(keyId)));
		const most = spare();
		if (keyId !== null && most < leastOfKey) throw this.#shortOf(keyId, leastOfKey, most);
		const holdId = randomUUID();
		const order = { requestId: holdId, accountId, task, modelId: model.id, modelName: model.name, subjectId: keyId };
		// Its work is lost with it: the charge is what the disk must have.
		const reserved = immediateUnsynced(this.#db, (tx) =>
			this.#ledger.reserve({ ...order, tokens: Math.min(tokens, most), atLeast: Math.min(atLeast, most) }, tx),
		);
		if (keyId !== null) this.#open.set(keyId, (this.#open.get(keyId) ?? new Set()).add(holdId));
		return { ...reserved, holdId, accountId, keyId, spare };
	}

	/** What a request fails with that needs more than is there: KEY_TOKENS_SHORT where that is for its key's own limit, else as it was. */
	whyShort({ holdId, keyId, spare }: Payment, short: Failure<'INSUFFICIENT_TOKENS'>): Failure {
		const mostOfKey = (this.#ledger.hold(holdId)?.left ?? 0) + spare();
		return keyId !== null && short.data.needed > mostOfKey ? this.#shortOf(keyId, short.data.needed, mostOfKey) : short;
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
		return { charged, remaining: this.#ledger.spendable(payment.accountId) };
	}

	/** Tries once more what could not be settled. What still cannot is given back at the next start. */
	close(): void {
		clearTimeout(this.#retry);
		this.#settleRest();
	}

	#shortOf(keyId: string, needed: number, available: number): Failure {
		return keyShort({ needed, available, ofMonth: this.#keys.standing(keyId)?.tokensPerMonth ?? 0, now: this.#now() });
	}

	#settle(payment: Payment, usage: TokenUse | null): number {
		const { holdId, keyId } = payment;
		const used = usage && { promptTokens: usage.promptTokens, completionTokens: usage.completionTokens, repeat: usage.repeat };
		const charged = immediate(this.#db, (tx) => {
			const isOpen = this.#ledger.hold(holdId)?.isOpen === true;
			const settled = this.#ledger.settle(holdId, used, tx);
			if (keyId !== null && isOpen && settled.charged > 0) this.#keys.use(keyId, settled.charged, tx);
			return settled.charged;
		});
		if (keyId !== null) {
			const holds = this.#open.get(keyId);
			holds?.delete(holdId);
			if (holds?.size === 0) this.#open.delete(keyId);
		}
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
