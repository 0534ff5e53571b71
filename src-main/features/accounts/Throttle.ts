import { and, desc, eq, gt, gte, lt } from 'drizzle-orm';
import { type Db, immediate, type Tx } from '../../platform/database/openDatabase.ts';
import { originKey } from '../../platform/network/originKey.ts';
import { signInFailure } from './schema.ts';
import { sha256 } from './sha256.ts';

const second = 1000;
const hour = 60 * 60 * second;
const keptMs = 24 * hour;

/** Whom a try is counted for. */
export type Subject =
	/** The key of an account's name, there or not: strangers' tries at it, wherever they come from. */
	| { account: string }
	/** The id of an account, tried from where its password was right before: whatever strangers do, that is counted apart. */
	| { knownTo: string }
	/** The address, and the name that is tried from it. */
	| { address: string; account: string }
	/** The address that setup codes are tried from. */
	| { codesFrom: string }
	/** The address that strangers make accounts from. */
	| { registrationsFrom: string };

interface Allowance {
	/** So many failures since the last success cost nothing; from then on the delay is one second and doubles. */
	free: number;
	longestDelayMs: number;
	/** Of tries that failed. */
	mostAnHour: number;
}

const forAccount: Allowance = { free: 5, longestDelayMs: 300 * second, mostAnHour: 100 };
/** Codes have 60 bits and one that is right never waits (Doorkeeper.lookUp): this bounds what wrong ones leave behind. */
const forCodes: Allowance = { free: Number.POSITIVE_INFINITY, longestDelayMs: 0, mostAnHour: 600 };
/** A whole class that makes its accounts in one lesson, and no more. */
const forRegistrations: Allowance = { free: Number.POSITIVE_INFINITY, longestDelayMs: 0, mostAnHour: 60 };
const mostNamesAnHour = 100;

/** Whether a try may be made. `isFirst`: the first refusal since the last try that was made, so that each delay is told of once. */
export type Entry = { kind: 'open'; succeeded(): void } | { kind: 'closed'; retryAfterMs: number; isFirst: boolean };

/**
 * Slows down whoever guesses, also for accounts that are not there, and over restarts.
 *
 * An account bounds how often it is tried. An address bounds how many names are tried from it: a hundred in an hour. All people of a
 * machine come from one address, so that failures at one name never hold up another there, and a name that was tried within the hour
 * waits for its account alone. Whoever is known to an account is bound by neither, but by a count of that account's own.
 *
 * A try is counted before it is made, so that many at once are no way around; `succeeded` takes it back. Delays end, so that nobody is
 * locked out for good.
 */
export class Throttle {
	readonly #db: Db;
	readonly #now: () => number;
	readonly #refused = new Set<string>();
	#prunedAt = Number.NEGATIVE_INFINITY;

	constructor(options: { db: Db; now: () => number }) {
		this.#db = options.db;
		this.#now = options.now;
	}

	/** Counts a try by all of `subjects`, unless one of them has to wait; then nothing is counted. */
	enter(subjects: readonly Subject[]): Entry {
		const places = subjects.map(placeOf);
		const now = this.#now();
		const waits = immediate(this.#db, (tx) => {
			this.#prune(tx, now);
			const found = places.map((place) => ({ whose: place.whose, waitMs: waitAt(tx, place, now) })).filter(({ waitMs }) => waitMs > 0);
			if (found.length === 0) for (const place of places) count(tx, place, now);
			return found;
		});
		if (waits.length > 0) {
			const isFirst = waits.some(({ whose }) => !this.#refused.has(whose));
			for (const { whose } of waits) this.#refused.add(whose);
			return { kind: 'closed', retryAfterMs: Math.max(...waits.map(({ waitMs }) => waitMs)), isFirst };
		}
		for (const { whose } of places) this.#refused.delete(whose);
		return { kind: 'open', succeeded: () => this.#forgive(places, now) };
	}

	#prune(tx: Tx, now: number): void {
		if (now - this.#prunedAt < hour) return;
		this.#prunedAt = now;
		this.#refused.clear();
		tx.delete(signInFailure)
			.where(lt(signInFailure.lastAt, now - keptMs))
			.run();
	}

	#forgive(places: readonly Place[], at: number): void {
		immediate(this.#db, (tx) => {
			for (const { key } of places) {
				const row = readRow(tx, key);
				if (!row) continue;
				// The others that were made meanwhile stay counted: whether they were right, each says for itself.
				const recent = row.recent.toSpliced(row.recent.lastIndexOf(at), row.recent.includes(at) ? 1 : 0);
				if (recent.length === 0) tx.delete(signInFailure).where(eq(signInFailure.key, key)).run();
				else tx.update(signInFailure).set({ failures: 0, recent }).where(eq(signInFailure.key, key)).run();
			}
		});
	}
}

/** Where a subject's tries are counted: under `key`; `whose` is what a delay is told of once for. An address has a row for each name. */
type Place = { key: string; whose: string } & ({ allowance: Allowance } | { before: string });

/** People type a password where the name belongs, so that of names the hash alone is kept. */
function placeOf(subject: Subject): Place {
	if ('knownTo' in subject) return alone(`known:${subject.knownTo}`, forAccount);
	if ('registrationsFrom' in subject) return alone(`registrations:${originKey(subject.registrationsFrom)}`, forRegistrations);
	if ('codesFrom' in subject) return alone(`codes:${originKey(subject.codesFrom)}`, forCodes);
	if (!('address' in subject)) return alone(`account:${sha256(subject.account)}`, forAccount);
	const whose = `address:${originKey(subject.address)}`;
	// No address has a space, and of all keys that begin with it and one, none comes after it and the next character.
	return { key: `${whose} ${sha256(subject.account)}`, whose, before: `${whose}!` };
}

function alone(key: string, allowance: Allowance): Place {
	return { key, whose: key, allowance };
}

interface Row {
	failures: number;
	recent: number[];
	lastAt: number;
}

function readRow(tx: Tx, key: string): Row | undefined {
	return tx.select().from(signInFailure).where(eq(signInFailure.key, key)).get();
}

function waitAt(tx: Tx, place: Place, now: number): number {
	const row = readRow(tx, place.key);
	if ('allowance' in place) return waitOf(row, place.allowance, now);
	if (row !== undefined && row.lastAt > now - hour) return 0;
	const names = and(gte(signInFailure.key, `${place.whose} `), lt(signInFailure.key, place.before), gt(signInFailure.lastAt, now - hour));
	const [full] = tx
		.select({ at: signInFailure.lastAt })
		.from(signInFailure)
		.where(names)
		.orderBy(desc(signInFailure.lastAt))
		.limit(1)
		.offset(mostNamesAnHour - 1)
		.all();
	return full === undefined ? 0 : full.at + hour - now;
}

function count(tx: Tx, place: Place, now: number): void {
	const row = readRow(tx, place.key);
	const most = 'allowance' in place ? place.allowance.mostAnHour : forAccount.mostAnHour;
	const recent = [...(row?.recent ?? []).filter((at) => at > now - hour), now].slice(-most);
	const fields = { failures: (row?.failures ?? 0) + 1, recent, lastAt: now };
	tx.insert(signInFailure)
		.values({ key: place.key, ...fields })
		.onConflictDoUpdate({ target: signInFailure.key, set: fields })
		.run();
}

/** How long until the next try may be made; 0: at once. */
function waitOf(row: Row | undefined, allowance: Allowance, now: number): number {
	if (!row) return 0;
	const recent = row.recent.filter((at) => at > now - hour);
	const last = recent.at(-1) ?? row.lastAt;
	const delayMs = row.failures < allowance.free ? 0 : Math.min(allowance.longestDelayMs, second * 2 ** Math.min(row.failures - allowance.free, 20));
	const full = recent.at(-allowance.mostAnHour);
	return Math.max(0, last + delayMs - now, full === undefined ? 0 : full + hour - now);
}
