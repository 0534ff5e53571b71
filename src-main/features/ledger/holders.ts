import type { Role } from '#contract/accounts.ts';
import { failure } from '#contract/errors.ts';
import type { Allowance } from '#contract/ledger.ts';
import type { Db } from '../../platform/database/openDatabase.ts';
import { allowanceKey, fillOf, lastBlocking, localDate, nextBegin, periodBegin } from './allowances.ts';
import { type Books, issue, move, purseOf } from './books.ts';

/** What a new account begins with. */
const startTokens = 1000;

/** How an account stands. */
export interface Standing {
	isMetered: boolean;
	allowance: Allowance | null;
	available: number;
	reserved: number;
}

interface MeterRow {
	isMetered: number;
	allowanceTokens: number | null;
	allowancePeriod: Allowance['period'] | null;
}

/**
 * Those who hold tokens: one for each account, from its first touch on.
 *
 * With that it gets its purses, the tokens that everybody begins with, and its meter: an account that is an administrator's then begins
 * unmetered. Whoever becomes one later, or is one no more, stays as metered as they were until an administrator sets that. What an
 * allowance gives comes with the first touch of each period (allowances.ts).
 */
export class Holders {
	readonly #books: Books;
	readonly #now: () => number;
	readonly #roleOf: (accountId: string) => Role | null;
	readonly #meter;
	readonly #add;
	readonly #set;
	readonly #lastFill;
	readonly #used;
	readonly #ownReserved;

	constructor(client: Db['$client'], options: { books: Books; now: () => number; roleOf: (accountId: string) => Role | null }) {
		this.#books = options.books;
		this.#now = options.now;
		this.#roleOf = options.roleOf;
		// A query for each table: one that joins them is planned anew at every call (SQLite looks at its parameters), which takes longer.
		this.#meter = client.prepare<[string], MeterRow>(
			'select is_metered isMetered, allowance_tokens allowanceTokens, allowance_period allowancePeriod from meter where holder_id = ?',
		);
		this.#add = client.prepare<[string, number]>('insert into meter (holder_id, is_metered) values (?, ?)');
		this.#set = client.prepare<[number, number | null, string | null, string]>(
			'update meter set is_metered = ?, allowance_tokens = ?, allowance_period = ? where holder_id = ?',
		);
		this.#lastFill = client.prepare<[string, string], { key: string }>(
			'select request_key key from transfer where request_key > ? and request_key <= ? order by request_key desc limit 1',
		);
		this.#used = client.prepare<[string, number], { tokens: number }>(
			"select coalesce(sum(tokens), 0) tokens from transfer where holder_id = ? and kind = 'charge' and at >= ?",
		);
		this.#ownReserved = client.prepare<[string], { tokens: number }>(
			`select coalesce(sum(reserved - charged - released), 0) tokens from hold
			where closed_at is null and holder_id = ? and source = 'available'`,
		);
	}

	/** How an account stands; null where it must be touched first. */
	read(holderId: string): Standing | null {
		const standing = this.#standing(holderId);
		return standing && this.#dueKey(holderId, standing.allowance) === null ? standing : null;
	}

	/** What an account may spend, infinite where it is not metered; null where it must be touched first. Reads no more than that takes. */
	spendable(holderId: string): number | null {
		const meter = this.#meterOf(holderId);
		if (!meter || this.#dueKey(holderId, meter.allowance) !== null) return null;
		return meter.isMetered ? this.#books.balance(purseOf('available', holderId)) : Number.POSITIVE_INFINITY;
	}

	/** The same of one that is touched for it where it must be. */
	touchSpendable(holderId: string): number {
		const spendable = this.spendable(holderId);
		if (spendable !== null) return spendable;
		const { isMetered, available } = this.touch(holderId);
		return isMetered ? available : Number.POSITIVE_INFINITY;
	}

	/** Opens an account that was never seen, and gives what is due. Throws NOT_FOUND for one that there is not. */
	touch(holderId: string): Standing {
		const before = this.#standing(holderId) ?? this.#open(holderId);
		const { allowance } = before;
		const dueKey = this.#dueKey(holderId, allowance);
		if (allowance === null || dueKey === null) return before;
		const tokens = fillOf(allowance, { available: before.available, ownReserved: this.#ownReserved.get(holderId)?.tokens ?? 0 });
		this.grant(holderId, { requestKey: dueKey, kind: 'allowance', tokens });
		return { ...before, available: before.available + tokens };
	}

	/** Gives tokens to an account, or with fewer than 0 takes some; SQLite refuses what would go below 0. */
	grant(holderId: string, grant: { requestKey: string; kind: 'start' | 'allowance' | 'topUp'; tokens: number }): void {
		this.#books.write({ ...grant, holderId, at: this.#now() }, move(grant.tokens, issue, purseOf('available', holderId)));
	}

	/** Changes how an account is metered that was touched before. */
	set(holderId: string, isMetered: boolean, allowance: Allowance | null): void {
		this.#set.run(isMetered ? 1 : 0, allowance?.tokens ?? null, allowance?.period ?? null, holderId);
	}

	/** What was charged since the first of the month. */
	usedThisMonth(holderId: string): number {
		return this.#used.get(holderId, periodBegin('month', this.#now()).getTime())?.tokens ?? 0;
	}

	/** When the allowance fills up again; null without one. */
	nextFillAt(holderId: string, allowance: Allowance | null): number | null {
		if (allowance === null) return null;
		const begin = periodBegin(allowance.period, this.#now());
		const last = this.#lastDate(holderId, allowance.period, begin);
		// Where the clock was set back, the period that was granted last may lie ahead.
		const from = last !== null && last > localDate(begin) ? new Date(`${last}T00:00`) : begin;
		return nextBegin(allowance.period, from).getTime();
	}

	#standing(holderId: string): Standing | null {
		const meter = this.#meterOf(holderId);
		return (
			meter && {
				...meter,
				available: this.#books.balance(purseOf('available', holderId)),
				reserved: this.#books.balance(purseOf('reserved', holderId)),
			}
		);
	}

	#meterOf(holderId: string): Pick<Standing, 'isMetered' | 'allowance'> | null {
		const row = this.#meter.get(holderId);
		if (!row) return null;
		const { isMetered, allowanceTokens: tokens, allowancePeriod: period } = row;
		return { isMetered: isMetered === 1, allowance: tokens === null || period === null ? null : { tokens, period } };
	}

	#open(holderId: string): Standing {
		const role = this.#roleOf(holderId);
		if (role === null) throw failure('NOT_FOUND', { what: 'account' });
		const isMetered = role !== 'admin';
		this.#books.open(holderId);
		this.#add.run(holderId, isMetered ? 1 : 0);
		this.grant(holderId, { requestKey: `start:${holderId}`, kind: 'start', tokens: startTokens });
		return { isMetered, allowance: null, available: startTokens, reserved: 0 };
	}

	/** The key of the grant that is due now; null where none is. */
	#dueKey(holderId: string, allowance: Allowance | null): string | null {
		if (allowance === null) return null;
		const begin = periodBegin(allowance.period, this.#now());
		const date = localDate(begin);
		const last = this.#lastDate(holderId, allowance.period, begin);
		return last === null || date > last ? allowanceKey(holderId, allowance.period) + date : null;
	}

	/** The date of the last period granted, of those that can keep the one that began at `begin` from being granted. */
	#lastDate(holderId: string, period: Allowance['period'], begin: Date): string | null {
		const prefix = allowanceKey(holderId, period);
		return this.#lastFill.get(prefix, prefix + localDate(lastBlocking(period, begin)))?.key.slice(prefix.length) ?? null;
	}
}
