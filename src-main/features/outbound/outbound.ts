import { and, desc, eq, lt, lte, max, type SQL, sql } from 'drizzle-orm';
import { type OutboundEntry, type OutboundHost, outboundDays } from '#contract/outbound.ts';
import { writeCsv } from '../../platform/csv/writeCsv.ts';
import { type Db, immediate, type Tx } from '../../platform/database/openDatabase.ts';
import type { Logger } from '../../platform/log/createLog.ts';
import type { ConnectionRecord } from '../../platform/network/HopRecord.ts';
import { outboundConnection as connection } from './schema.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** The oldest go beyond this, so that nothing that asks without end fills the disk: some 10 MB. */
const mostRows = 100_000;
/** How often the old ones are looked for, counted in new rows. */
const pruneEvery = 1000;

const columns = ['last at', 'purpose', 'host', 'outcome', 'status', 'requests', 'bytes sent', 'bytes received', 'milliseconds', 'account id', 'account'];

/**
 * Keeps which servers this app has asked in the last 30 days, and which it would have had it not been offline.
 *
 * Written through when a connection begins and when it is over. What was under way as the app was killed has no end to tell: the next start
 * lists it as cut.
 */
export class Outbound {
	readonly #db: Db;
	readonly #log: Logger;
	readonly #nameOf: (accountId: string) => string | null;
	readonly #now: () => number;
	readonly #most: number;
	#untilPrune = 0;

	constructor(options: { db: Db; log: Logger; nameOf: (accountId: string) => string | null; now?: () => number; mostRows?: number }) {
		this.#db = options.db;
		this.#log = options.log;
		this.#nameOf = options.nameOf;
		this.#now = options.now ?? Date.now;
		this.#most = options.mostRows ?? mostRows;
		this.#cutUnended();
	}

	/** Writes down that a connection begins, or is over. Never throws: what was asked has its answer all the same, and the log says that it could not be written. */
	record({ at, purpose, host, outcome, status, askedBy, sentBytes, receivedBytes, ms }: ConnectionRecord): void {
		const like = { minute: Math.floor(at / minuteMs), purpose, host, outcome, status: status ?? 0, askedBy: askedBy ?? '' };
		try {
			immediate(this.#db, (tx) => {
				if (outcome !== 'underWay') endOne(tx, like);
				add(tx, { ...like, requests: 1, sentBytes, receivedBytes, ms, lastAt: at });
			});
			this.#prune();
		} catch (err) {
			this.#log.error({ err, host }, 'a connection could not be written down');
		}
	}

	/** Newest first. */
	list({ host, before, limit }: { host: string | null; before: number | null; limit: number }): { entries: OutboundEntry[]; hasMore: boolean } {
		const rows = this.#rows(and(this.#recent(host), before === null ? undefined : lt(connection.id, before)), limit + 1);
		return { entries: rows.slice(0, limit).map((row) => this.#entry(row)), hasMore: rows.length > limit };
	}

	hosts(): OutboundHost[] {
		const sumWhere = (value: SQL, isRefused: boolean) =>
			sql<number>`coalesce(sum(case when (${connection.outcome} = 'refused') = ${isRefused ? 1 : 0} then ${value} else 0 end), 0)`;
		const lastAt = max(connection.lastAt);
		return this.#db
			.select({
				host: connection.host,
				sent: sumWhere(sql`${connection.requests}`, false),
				refused: sumWhere(sql`${connection.requests}`, true),
				sentBytes: sumWhere(sql`${connection.sentBytes}`, false),
				receivedBytes: sumWhere(sql`${connection.receivedBytes}`, false),
				lastAt: sql<number>`${lastAt}`,
			})
			.from(connection)
			.where(this.#recent(null))
			.groupBy(connection.host)
			.orderBy(desc(lastAt))
			.all();
	}

	exportCsv({ host }: { host: string | null }): { fileName: string; text: string } {
		const lines = this.#rows(this.#recent(host), this.#most).map((row) => {
			const { at, purpose, host: where, outcome, status, requests, sentBytes, receivedBytes, ms, askedBy } = this.#entry(row);
			return [
				new Date(at).toISOString(),
				purpose,
				where,
				outcome,
				status,
				requests,
				sentBytes,
				receivedBytes,
				ms,
				askedBy?.accountId ?? null,
				askedBy?.name ?? null,
			];
		});
		return { fileName: `Connections ${new Date(this.#now()).toISOString().slice(0, 10)}.csv`, text: writeCsv(columns, lines) };
	}

	/** What the last run of the app left under way, none of which can still be. */
	#cutUnended(): void {
		immediate(this.#db, (tx) => {
			for (const { id, ...row } of tx.select().from(connection).where(eq(connection.outcome, 'underWay')).all()) {
				tx.delete(connection).where(eq(connection.id, id)).run();
				add(tx, { ...row, outcome: 'cut' });
			}
		});
	}

	#rows(where: SQL | undefined, limit: number) {
		return this.#db.select().from(connection).where(where).orderBy(desc(connection.id)).limit(limit).all();
	}

	#recent(host: string | null): SQL | undefined {
		return and(sql`${connection.minute} > ${this.#oldest()}`, host === null ? undefined : eq(connection.host, host));
	}

	#entry({ id, lastAt, purpose, host, outcome, status, requests, sentBytes, receivedBytes, ms, askedBy }: typeof connection.$inferSelect): OutboundEntry {
		return {
			...{ id, at: lastAt, purpose, host, outcome, requests, sentBytes, receivedBytes, ms },
			status: status === 0 ? null : status,
			askedBy: askedBy === '' ? null : { accountId: askedBy, name: this.#nameOf(askedBy) },
		};
	}

	/** The minute up to which connections are forgotten. */
	#oldest(): number {
		return Math.floor((this.#now() - outboundDays * dayMs) / minuteMs);
	}

	/** At the first connection, and again and again. */
	#prune(): void {
		if (this.#untilPrune-- > 0) return;
		this.#untilPrune = Math.min(pruneEvery, this.#most);
		this.#db.delete(connection).where(lt(connection.minute, this.#oldest())).run();
		const newest =
			this.#db
				.select({ id: max(connection.id) })
				.from(connection)
				.get()?.id ?? 0;
		this.#db
			.delete(connection)
			.where(lt(connection.id, newest - this.#most + 1))
			.run();
	}
}

type Row = typeof connection.$inferInsert;

/** Adds to the row of the like ones of its minute. */
function add(tx: Tx, row: Row): void {
	const { minute, purpose, host, outcome, status, askedBy } = connection;
	tx.insert(connection)
		.values(row)
		.onConflictDoUpdate({
			target: [minute, purpose, host, outcome, status, askedBy],
			set: {
				requests: sql`${connection.requests} + ${row.requests}`,
				sentBytes: sql`${connection.sentBytes} + ${row.sentBytes}`,
				receivedBytes: sql`${connection.receivedBytes} + ${row.receivedBytes}`,
				ms: sql`${connection.ms} + ${row.ms}`,
				lastAt: sql`max(${connection.lastAt}, ${row.lastAt})`,
			},
		})
		.run();
}

/** Takes one off those of its minute that are under way. */
function endOne(tx: Tx, { minute, purpose, host, askedBy }: Pick<Row, 'minute' | 'purpose' | 'host' | 'askedBy'>): void {
	const isLike = and(
		eq(connection.minute, minute),
		eq(connection.purpose, purpose),
		eq(connection.host, host),
		eq(connection.outcome, 'underWay'),
		eq(connection.askedBy, askedBy),
	);
	tx.update(connection)
		.set({ requests: sql`${connection.requests} - 1` })
		.where(isLike)
		.run();
	tx.delete(connection)
		.where(and(isLike, lte(connection.requests, 0)))
		.run();
}
