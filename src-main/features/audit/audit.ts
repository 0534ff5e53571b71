import { randomBytes } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { and, asc, desc, eq, gt, gte, lt, max, or, type SQL, sql } from 'drizzle-orm';
import type { AuditEntry, AuditFilter } from '#contract/audit.ts';
import { writeCsv } from '../../platform/csv/writeCsv.ts';
import { type Db, immediate, type Tx } from '../../platform/database/openDatabase.ts';
import type { Logger } from '../../platform/log/createLog.ts';
import type { AuditRecord } from '../../platform/rpc/guard.ts';
import type { Secrets } from '../../platform/secrets/Secrets.ts';
import { beginning, ChainCheck, type EntryRow, hashOf, isSealed, type SealRow, sealOf } from './auditChain.ts';
import { RepeatedRefusals } from './RepeatedRefusals.ts';
import { auditEntry, auditSeal } from './schema.ts';

const keyName = 'auditKey';
const keyBytes = 32;
/** Entries that wait to be written, such as refused sign-ins while the disk is full. */
const mostOwed = 1000;
/** Entries that a check reads at once, before it lets others work. */
const checkedAtOnce = 2000;
const columns = ['id', 'time', 'account_id', 'account', 'act', 'subject', 'subject_name', 'detail', 'origin', 'result'];

export interface AuditOptions {
	db: Db;
	secrets: Pick<Secrets, 'get' | 'set' | 'isAway'>;
	log: Logger;
	/** What an account is called now; null where there is none. */
	nameOf(accountId: string): string | null;
	/** Whether somebody used this database before: then its log has begun long ago. */
	wasUsed(): boolean;
	now?: () => number;
}

/**
 * The log of who did what, on what, when, from where and how it ended. It is only ever added to.
 *
 * What may be relied on: an entry that was changed or taken out, at any place, is found by `verify`. Each entry holds the hash of the
 * one before, and the newest is sealed under a key that Secrets keeps outside the database; the next entry follows what was sealed,
 * not what the table ends with, so that a cut stays visible.
 *
 * What may not: who holds the database and that key can forge the log, or put back an old copy of both whole; no program of the same
 * machine could tell. And who deletes the sealed key with the entries can begin another log. The log begins with an entry of its own
 * (`logBegun`); one whose key is gone, or that is gone itself from a database that was used, is sealed anew at the next start with one
 * that says so (`sealLost`), and what stood before that one is proved by nothing. While a keychain that holds the key is away, entries
 * go on without being sealed; the first start with it seals them, where they follow what was sealed, and names them (`sealedLate`).
 */
export class Audit {
	readonly #db: Db;
	readonly #secrets: AuditOptions['secrets'];
	readonly #log: Logger;
	readonly #nameOf: (accountId: string) => string | null;
	readonly #now: () => number;
	/** What could not be written yet, in its order. */
	#owed: (AuditRecord & { at: number })[] = [];
	#key: string | null;
	/** The key is in a keychain that is not here in this run. */
	readonly #isAway: boolean;
	readonly #repeats: RepeatedRefusals;

	constructor(options: AuditOptions) {
		this.#db = options.db;
		this.#secrets = options.secrets;
		this.#log = options.log;
		this.#nameOf = options.nameOf;
		this.#now = options.now ?? Date.now;
		this.#repeats = new RepeatedRefusals(this.#now);
		this.#key = options.secrets.get(keyName);
		this.#isAway = this.#key === null && options.secrets.isAway(keyName);
		if (this.#isAway) this.#log.warn('the key of the audit log is in a keychain that is not here: entries are sealed later');
		if (this.#key !== null) this.#sealLate(this.#key);
		if (this.#key !== null || this.#isAway) return;
		// At once and outside of any transaction, so that no log is ever without its key and its seal.
		const sealed = this.#sealed();
		const isLost = sealed !== null || options.wasUsed();
		if (isLost) this.#log.warn({ entryId: sealed?.entryId }, 'the audit log or its key is lost');
		this.record({ accountId: null, act: isLost ? 'sealLost' : 'logBegun', subject: null, origin: 'app', result: 'ok' });
	}

	/**
	 * Writes down one thing that was done or refused. Never throws, since it was done already: an entry that cannot be written is told
	 * to the log, kept, and written before the next one. Inside a transaction it goes with that.
	 */
	record(record: AuditRecord): void {
		this.#owed = [...this.#owed, { ...record, at: this.#now() }].slice(-mostOwed);
		try {
			this.#write();
		} catch (error) {
			this.#log.error({ err: error, act: record.act, result: record.result, owed: this.#owed.length }, 'an act could not be written to the audit log');
		}
	}

	/** The same for what a call came to: a refusal that its account got just now for the same act is only counted. */
	recordCall(record: AuditRecord): void {
		const passed = this.#repeats.pass(record);
		if (passed) this.record(passed);
	}

	/** Throws, such as DISK_FULL, while an earlier entry still cannot be written: nothing that is audited may begin then. */
	refuseUnrecorded(): void {
		this.#write();
	}

	/** Entries from the newest on, before the id `before`, at most `limit`. */
	list(asked: AuditFilter & { before: number | null; limit: number }): { entries: AuditEntry[]; hasMore: boolean } {
		const rows = this.#db
			.select()
			.from(auditEntry)
			.where(and(matching(asked), asked.before === null ? undefined : lt(auditEntry.id, asked.before)))
			.orderBy(desc(auditEntry.id))
			.limit(asked.limit + 1)
			.all();
		return { entries: this.#withNames(rows.slice(0, asked.limit)), hasMore: rows.length > asked.limit };
	}

	/** Reads the whole log and tells the first entry that is not what was written. */
	async verify(): Promise<{ entries: number; brokenAt: number | null; isSealChecked: boolean }> {
		const check = new ChainCheck();
		for (let after = beginning.entryId; ; await setImmediate()) {
			const rows = this.#db.select().from(auditEntry).where(gt(auditEntry.id, after)).orderBy(asc(auditEntry.id)).limit(checkedAtOnce).all();
			check.add(rows);
			after = rows.at(-1)?.id ?? after;
			if (rows.length === checkedAtOnce) continue;
			// Nothing was added since the last rows were read.
			if (!this.#isAway) check.end(this.#key, this.#sealed());
			const brokenAt = check.brokenAt ?? (this.#isAway ? this.#breakBelowSeal() : null);
			return { entries: check.entries, brokenAt, isSealChecked: !this.#isAway };
		}
	}

	/** The entries as a table for spreadsheets, oldest first. */
	exportCsv(filter: AuditFilter): { fileName: string; text: string } {
		const rows = this.#db.select().from(auditEntry).where(matching(filter)).orderBy(asc(auditEntry.id)).all();
		const records = this.#withNames(rows).map(({ id, at, accountId, accountName, act, subject, subjectName, detail, origin, result }) => [
			...[id, new Date(at).toISOString(), accountId, accountName, act, subject, subjectName, detail, origin, result],
		]);
		return { fileName: `Audit ${new Date(this.#now()).toISOString().slice(0, 10)}.csv`, text: writeCsv(columns, records) };
	}

	#write(): void {
		if (this.#owed.length === 0) return;
		const key = this.#isAway ? null : (this.#key ?? randomBytes(keyBytes).toString('base64'));
		immediate(this.#db, (tx) => {
			if (this.#key === null && key !== null) this.#secrets.set(keyName, key);
			let end = this.#end();
			for (const record of this.#owed) {
				const entry = { detail: null, ...record, id: end.entryId + 1 };
				const hash = hashOf(end.hash, entry);
				tx.insert(auditEntry)
					.values({ ...entry, hash })
					.run();
				end = { entryId: entry.id, hash };
			}
			if (key !== null) writeSeal(tx, key, end);
		});
		this.#key = key;
		this.#owed = [];
	}

	/** Seals what was written while the key was away, and says so. What does not follow the seal stays unsealed, and is found. */
	#sealLate(key: string): void {
		const sealed = this.#sealed();
		if (!sealed || !isSealed(key, sealed)) return;
		const rows = this.#db.select().from(auditEntry).where(gt(auditEntry.id, sealed.entryId)).orderBy(asc(auditEntry.id)).all();
		const check = new ChainCheck(sealed);
		check.add(rows);
		const last = rows.at(-1);
		if (!last || check.brokenAt !== null) return;
		immediate(this.#db, (tx) => {
			writeSeal(tx, key, { entryId: last.id, hash: last.hash });
			this.record({ accountId: null, act: 'sealedLate', subject: `${sealed.entryId + 1}-${last.id}`, origin: 'app', result: 'ok' });
		});
	}

	/** While the key is away: the sealed entry where it is not what was sealed. */
	#breakBelowSeal(): number | null {
		const sealed = this.#sealed();
		const found = sealed && this.#db.select().from(auditEntry).where(eq(auditEntry.id, sealed.entryId)).get();
		return found && found.hash === sealed.hash ? null : Math.max(1, sealed?.entryId ?? 1);
	}

	/** Where the next entry goes on. From an end that was tampered with it goes on from nothing, so that the break is found for ever. */
	#end(): Pick<SealRow, 'entryId' | 'hash'> {
		const sealed = this.#sealed();
		const newest =
			this.#db
				.select({ id: max(auditEntry.id) })
				.from(auditEntry)
				.get()?.id ?? beginning.entryId;
		if (this.#isAway && this.#breakBelowSeal() === null) {
			const last = this.#db.select().from(auditEntry).where(eq(auditEntry.id, newest)).get();
			return { entryId: newest, hash: last?.hash ?? '' };
		}
		const isTrue = sealed
			? sealed.entryId >= newest && (this.#key === null || isSealed(this.#key, sealed))
			: // The key and the first seal are made together.
				newest === beginning.entryId && this.#key === null;
		if (isTrue) return sealed ?? beginning;
		return { entryId: Math.max(newest, sealed?.entryId ?? 1), hash: '' };
	}

	#sealed(): SealRow | null {
		return this.#db.select({ entryId: auditSeal.entryId, hash: auditSeal.hash, seal: auditSeal.seal }).from(auditSeal).get() ?? null;
	}

	#withNames(rows: readonly EntryRow[]): AuditEntry[] {
		const names = new Map<string | null, string | null>([[null, null]]);
		const nameOf = (id: string | null) => {
			if (id !== null && !names.has(id)) names.set(id, this.#nameOf(id));
			return names.get(id) ?? null;
		};
		return rows.map(({ hash: _hash, ...row }) => ({ ...row, accountName: nameOf(row.accountId), subjectName: nameOf(row.subject) }));
	}
}

function writeSeal(tx: Tx, key: string, end: Pick<SealRow, 'entryId' | 'hash'>): void {
	const sealed = { ...end, seal: sealOf(key, end) };
	tx.insert(auditSeal)
		.values({ id: 1, ...sealed })
		.onConflictDoUpdate({ target: auditSeal.id, set: sealed })
		.run();
}

/** `until` itself is left out; an act is found by its whole name or by its first part. */
function matching({ from, until, accountId, act }: AuditFilter): SQL | undefined {
	return and(
		from === null ? undefined : gte(auditEntry.at, from),
		until === null ? undefined : lt(auditEntry.at, until),
		accountId === null ? undefined : eq(auditEntry.accountId, accountId),
		act === null ? undefined : or(eq(auditEntry.act, act), sql`substr(${auditEntry.act}, 1, ${act.length + 1}) = ${`${act}.`}`),
	);
}
