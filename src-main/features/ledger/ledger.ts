import type { Account } from '#contract/accounts.ts';
import { failure } from '#contract/errors.ts';
import type { Allowance, Balance, Price, StatementFilter, StatementLine, Task, Use } from '#contract/ledger.ts';
import { type Db, immediate, type Tx } from '../../platform/database/openDatabase.ts';
import type { Logger } from '../../platform/log/createLog.ts';
import type { AuditRecord } from '../../platform/rpc/guard.ts';
import { latest } from '../../platform/rpc/latest.ts';
import { BalanceFeed } from './BalanceFeed.ts';
import { Books } from './books.ts';
import { checkBooks, countEntries } from './checkBooks.ts';
import { Holders, type Standing } from './holders.ts';
import { type Hold, Holds, type Reservation, type ReserveOrder, type Settlement, type TokenUse } from './holds.ts';
import { type PriceOrder, Prices } from './prices.ts';
import { type StatementPage, Statements } from './statement.ts';
import { type Span, Uses } from './use.ts';

export { growHold } from './growHold.ts';
export { type Allotment, HoldShare } from './HoldShare.ts';
export type { Hold, Reservation, ReserveOrder, Settlement, TokenUse } from './holds.ts';
export { chargedToJob, findJobHold, jobOfHold, openHoldForJob, pausedAfter, releaseJobHold } from './jobHold.ts';

/** So many entries are checked whole in a moment. */
const checkedEntries = 50_000;

/** Timers cannot wait for longer than about 24 days. */
const longestWaitMs = 24 * 60 * 60 * 1000;

export interface LedgerOptions {
	db: Db;
	log: Logger;
	now?: () => number;
	/** The accounts that there are. */
	people: { find(accountId: string): Account | null; list(): Account[] };
	/** Writes into the audit log, in the transaction that is open. */
	record(entry: AuditRecord): void;
}

/**
 * The token ledger: what every account has, and what was done with it.
 *
 * Double entry: a grant moves tokens from the issue to what an account has available, a reservation from there to what it has set
 * aside, a charge from there to what it has spent, a release back. An unmetered account's reservations come from the issue and go
 * back there: nothing is refused, and all is written down. Rows are only ever added, every act takes a key by which a repetition
 * changes nothing, and no balance goes below 0.
 *
 * Every act runs in a transaction of its own, or with `tx` in the caller's: then what it throws must undo that. A settlement belongs
 * into the transaction that stores the result it pays for, so that neither exists without the other.
 */
export class Ledger {
	readonly #options: LedgerOptions;
	readonly #db: Db;
	readonly #now: () => number;
	readonly #books: Books;
	readonly #prices: Prices;
	readonly #holders: Holders;
	readonly #holds: Holds;
	readonly #statements: Statements;
	readonly #uses: Uses;
	readonly #feed = new BalanceFeed();

	constructor(options: LedgerOptions) {
		const { db, now = Date.now, people } = options;
		const client = db.$client;
		this.#options = options;
		this.#db = db;
		this.#now = now;
		this.#books = new Books(client, (accountId) => this.#feed.tell(accountId));
		this.#prices = new Prices(client);
		this.#holders = new Holders(client, { books: this.#books, now, roleOf: (accountId) => people.find(accountId)?.role ?? null });
		this.#holds = new Holds(client, { books: this.#books, holders: this.#holders, prices: this.#prices, now });
		this.#statements = new Statements(client);
		this.#uses = new Uses(client);
	}

	/**
	 * Sets tokens aside for work that is about to begin; the price in force now is that of all its charges.
	 *
	 * With `atLeast` it sets aside what there is, up to `tokens`. The same order once more gives the same answer, whatever came of it
	 * since. Throws INSUFFICIENT_TOKENS; IDEMPOTENCY_MISMATCH where the id was used for another order; NOT_FOUND without such an account.
	 */
	reserve(order: ReserveOrder, tx?: Tx): Reservation {
		return this.#run(tx, () => this.#holds.reserve(order));
	}

	/** Sets tokens aside as `reserve` does, and gives the hold that they are in. */
	openHold(order: ReserveOrder, tx?: Tx): Hold {
		this.reserve(order, tx);
		const hold = this.hold(order.requestId);
		if (!hold) throw new Error(`the hold ${order.requestId} was not opened`);
		return hold;
	}

	/** Adds tokens to a hold that is open; once for each `growId`. Throws INSUFFICIENT_TOKENS and IDEMPOTENCY_MISMATCH. */
	grow(requestId: string, growId: string, tokens: number, tx?: Tx): void {
		this.#run(tx, () => this.#holds.grow(requestId, growId, tokens));
	}

	/**
	 * Charges one result of several to a hold, and tells what it cost: once for each `chargeId`. More than is left of the hold is a bug.
	 */
	charge(requestId: string, chargeId: string, usage: TokenUse, tx: Tx): number {
		return this.#run(tx, () => this.#holds.charge(requestId, chargeId, usage));
	}

	/**
	 * Ends a hold: charges what was used last (null: nothing more), and gives back the rest.
	 *
	 * Of settlements and releases the first one counts; to all that come later it tells what came of the hold. One with another
	 * usage than the settlement before is an IDEMPOTENCY_MISMATCH.
	 */
	settle(requestId: string, usage: TokenUse | null, tx: Tx): Settlement {
		return this.#run(tx, () => this.#holds.settle(requestId, usage));
	}

	/** Ends a hold and gives back what was not charged. */
	release(requestId: string, tx?: Tx): Settlement {
		return this.#run(tx, () => this.#holds.settle(requestId, null));
	}

	/** A hold as it stands, open or not; null where there never was one. */
	hold(requestId: string): Hold | null {
		return this.#holds.find(requestId);
	}

	/**
	 * At the start of the app, checks the books (long ones not whole, where that takes seconds) and gives back what dead work has set
	 * aside, all in one, with a record of each.
	 *
	 * Call it after the features have settled what their last run left behind, and before any new work. `isAlive` tells of a hold
	 * whether its work goes on.
	 */
	recover(isAlive: (hold: Hold) => boolean): void {
		const client = this.#db.$client;
		const faults = checkBooks(client, countEntries(client) <= checkedEntries ? 'whole' : 'quick');
		if (faults.length > 0) this.#options.log.error({ faults }, 'the books of the ledger do not balance');
		immediate(this.#db, (tx) => {
			for (const hold of this.#holds.open().filter((open) => !isAlive(open))) {
				this.release(hold.id, tx);
				this.#options.record({ accountId: null, act: 'recovered', subject: hold.holderId, origin: 'app', result: 'ok' });
			}
		});
	}

	/** What is not right in the books, in words; nothing where they balance. Reads them whole. */
	checkBooks(): string[] {
		return checkBooks(this.#db.$client);
	}

	/** The price in force. */
	price(task: Task): Price {
		return this.#prices.of(task);
	}

	/** What an account has, with what is due to it. Throws NOT_FOUND where it was never heard of and there is no such account. */
	balance(accountId: string): Balance {
		const standing = this.#holders.read(accountId);
		return standing ? this.#describe(accountId, standing) : immediate(this.#db, () => this.#touch(accountId));
	}

	/** What an account may still spend, with what is due to it; null for one that is not metered. Costs no sum over its month, as `balance` does. */
	spendable(accountId: string): number | null {
		const tokens = this.#holders.spendable(accountId) ?? immediate(this.#db, () => this.#holders.touchSpendable(accountId));
		return tokens === Number.POSITIVE_INFINITY ? null : tokens;
	}

	/** What is left of an account's tokens, with what work that runs has set aside of them; null for one that is not metered. */
	left(accountId: string): number | null {
		const { isMetered, available, reserved } = this.#holders.read(accountId) ?? immediate(this.#db, () => this.#holders.touch(accountId));
		return isMetered ? available + reserved : null;
	}

	/** The balance of every account. */
	balances(): { accountId: string; balance: Balance }[] {
		return immediate(this.#db, () => this.#options.people.list().map(({ id }) => ({ accountId: id, balance: this.balance(id) })));
	}

	/** The balance and the prices in force, now, after each change of either, and when the allowance fills up. Ends when `signal` aborts. */
	async *watch(accountId: string, signal?: AbortSignal): AsyncGenerator<{ balance: Balance; prices: Price[] }, void, void> {
		let timer: NodeJS.Timeout | undefined;
		const subscribe = (push: (value: null) => void) => {
			push(null);
			return this.#feed.subscribe(accountId, () => push(null));
		};
		try {
			for await (const _ of latest<null>(subscribe, { signal })) {
				const balance = this.balance(accountId);
				clearTimeout(timer);
				const waitMs = (balance.nextFillAt ?? Number.POSITIVE_INFINITY) - this.#now();
				timer = setTimeout(() => this.#feed.tell(accountId), Math.min(Math.max(waitMs, 0), longestWaitMs)).unref();
				yield { balance, prices: this.#prices.inForce() };
			}
		} finally {
			clearTimeout(timer);
		}
	}

	/** A page of an account's statement, newest first. Throws INVALID_INPUT for a cursor that is none. */
	statement(accountId: string, { cursor, limit, ...filter }: StatementFilter & { cursor: string | null; limit: number }): StatementPage {
		return this.#statements.page(accountId, filter, { cursor, limit });
	}

	/** The whole statement of an account, for its owner to take away. */
	exportOf(accountId: string): StatementLine[] {
		return this.#statements.whole(accountId, { from: null, until: null, task: null, modelId: null, kind: null });
	}

	/** A statement with all its lines as a table for spreadsheets. */
	exportStatement(accountId: string, filter: StatementFilter): { fileName: string; text: string } {
		return this.#statements.export(accountId, filter);
	}

	/**
	 * Gives tokens to an account, or with fewer than 0 takes some, once for each `requestId`.
	 *
	 * Throws INSUFFICIENT_TOKENS where less than that is available, IDEMPOTENCY_MISMATCH, and NOT_FOUND without such an account.
	 */
	topUp(accountId: string, requestId: string, tokens: number): Balance {
		this.#requireAccount(accountId);
		return immediate(this.#db, () => {
			const requestKey = `topUp:${requestId}`;
			const before = this.#books.find(requestKey);
			if (before && (before.holderId !== accountId || before.tokens !== tokens)) throw failure('IDEMPOTENCY_MISMATCH', { requestId });
			if (before) return this.#touch(accountId);
			const { available } = this.#holders.touch(accountId);
			if (available + tokens < 0) throw failure('INSUFFICIENT_TOKENS', { needed: -tokens, available });
			this.#holders.grant(accountId, { requestKey, kind: 'topUp', tokens });
			return this.#touch(accountId);
		});
	}

	/** Sets whether an account is metered and what it is filled up to, from the present period on. Throws NOT_FOUND. */
	setAllowance(accountId: string, { isMetered, allowance }: { isMetered: boolean; allowance: Allowance | null }): Balance {
		this.#requireAccount(accountId);
		this.#feed.tell(accountId);
		return immediate(this.#db, () => {
			this.#holders.touch(accountId);
			this.#holders.set(accountId, isMetered, allowance);
			return this.#touch(accountId);
		});
	}

	/** Every price there ever was, newest first. */
	prices(): Price[] {
		return this.#prices.all();
	}

	/** Puts a price in force. What has been reserved goes on by the price that it was reserved by. */
	setPrice(order: PriceOrder): Price[] {
		this.#feed.tellAll();
		try {
			return immediate(this.#db, () => {
				this.#prices.set(order, this.#now());
				return this.prices();
			});
		} catch (error) {
			// What was added was taken back.
			this.#prices.forget();
			throw error;
		}
	}

	/** What was used, by account, model, task and local day; accounts that were deleted are null. */
	use(span: Span): Use[] {
		return this.#uses.list(span, (accountId) => this.#options.people.find(accountId));
	}

	exportUse(span: Span): { fileName: string; text: string } {
		return this.#uses.export(span, (accountId) => this.#options.people.find(accountId));
	}

	#requireAccount(accountId: string): void {
		if (this.#options.people.find(accountId) === null) throw failure('NOT_FOUND', { what: 'account' });
	}

	#touch(accountId: string): Balance {
		return this.#describe(accountId, this.#holders.touch(accountId));
	}

	#describe(accountId: string, standing: Standing): Balance {
		const usedThisMonth = this.#holders.usedThisMonth(accountId);
		return { ...standing, usedThisMonth, nextFillAt: this.#holders.nextFillAt(accountId, standing.allowance) };
	}

	#run<T>(tx: Tx | undefined, work: () => T): T {
		return tx ? work() : immediate(this.#db, work);
	}
}
