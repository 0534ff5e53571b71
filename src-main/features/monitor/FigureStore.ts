import { and, asc, count, eq, gte, lt } from 'drizzle-orm';
import type { Counted, CountedBy } from '#contract/monitor.ts';
import { type Db, immediate, type Tx } from '../../platform/database/openDatabase.ts';
import { Figures, type Measured } from './Figures.ts';
import { Histogram } from './Histogram.ts';
import { monitorFigure, type Resolution } from './schema.ts';

/**
 * How long a row of each resolution is about, how long it is kept, and how many there may be: beyond that the oldest are deleted before their time.
 * A row takes about 0.3 KB, at the very most 5.5 KB: all of them 16 MB, and never more than 290 MB.
 */
export const resolutions: Readonly<Record<Resolution, { stepMs: number; keepMs: number; mostRows: number }>> = {
	minute: { stepMs: 60_000, keepMs: 26 * 3_600_000, mostRows: 30_000 },
	hour: { stepMs: 3_600_000, keepMs: 32 * 86_400_000, mostRows: 15_000 },
	day: { stepMs: 86_400_000, keepMs: 370 * 86_400_000, mostRows: 8_000 },
};
const names = Object.keys(resolutions) as Resolution[];

/** What may wait for a disk that takes nothing; what comes then is not counted. */
const mostPending = 5000;
/** Of each kind so many keys are told apart in a minute, hour or day; the rest goes together. */
const mostKeys = 40;

/** What a measurement is told apart by; what is null it has none of. */
export type Tags = Readonly<Partial<Record<CountedBy, string | null>>>;

type Row = typeof monitorFigure.$inferSelect;

/** One row to be: whose, and what has come for it. */
interface Pending {
	at: number;
	counted: Counted;
	by: CountedBy | 'all';
	key: string;
	figures: Figures;
}

/**
 * What is measured, by minute, hour and day: gathered in memory, and added to the rows of all three by `flush`.
 *
 * Rows are sums, so nothing has to be rolled up later, and what a crash loses is what came since the last flush. How many there are is
 * bounded: by the time they are kept, by the keys of one minute, hour or day, and in all.
 */
export class FigureStore {
	readonly #db: Db;
	readonly #now: () => number;
	/** By minute. */
	readonly #pending = new Map<string, Pending>();

	constructor(options: { db: Db; now: () => number }) {
		this.#db = options.db;
		this.#now = options.now;
	}

	/** Counts one in, for all and for each of its tags. */
	record(counted: Counted, tags: Tags, measured: Measured): void {
		const { stepMs } = resolutions.minute;
		const at = Math.floor(this.#now() / stepMs) * stepMs;
		this.#figuresOf({ at, counted, by: 'all', key: '' }).record(measured);
		for (const [by, key] of Object.entries(tags) as [CountedBy, string | null][]) {
			if (key !== null) this.#figuresOf({ at, counted, by, key: key.slice(0, 200) }).record(measured);
		}
	}

	/** Adds what was gathered to the rows, and deletes those that are too old or too many. What could not be written is tried again with the next. */
	flush(): void {
		if (this.#pending.size === 0) return;
		immediate(this.#db, (tx) => {
			for (const resolution of names) {
				for (const pending of this.#pending.values()) add(tx, resolution, pending);
				this.#tidy(tx, resolution);
			}
		});
		this.#pending.clear();
	}

	/** The rows from an instant on, oldest first: of all, or by one thing, of one key or of each. What is not flushed yet is not among them. */
	read(
		resolution: Resolution,
		from: number,
		which: { counted: Counted; by?: CountedBy | 'all'; key?: string },
	): { row: Omit<Pending, 'figures'>; figures: Figures }[] {
		const { counted, by, key } = which;
		const rows = this.#db
			.select()
			.from(monitorFigure)
			.where(
				and(
					eq(monitorFigure.resolution, resolution),
					gte(monitorFigure.at, from),
					eq(monitorFigure.counted, counted),
					by === undefined ? undefined : eq(monitorFigure.by, by),
					key === undefined ? undefined : eq(monitorFigure.key, key),
				),
			)
			.orderBy(asc(monitorFigure.at))
			.all();
		return rows.map((row) => ({ row, figures: toFigures(row) }));
	}

	#figuresOf(place: Omit<Pending, 'figures'>): Figures {
		const id = JSON.stringify([place.at, place.counted, place.by, place.key]);
		const known = this.#pending.get(id);
		if (known) return known.figures;
		const isFull = place.key !== '' && [...this.#pending.values()].filter((other) => isSibling(other, place)).length >= mostKeys;
		if (isFull) return this.#figuresOf({ ...place, key: '' });
		const figures = new Figures();
		if (this.#pending.size < mostPending) this.#pending.set(id, { ...place, figures });
		return figures;
	}

	#tidy(tx: Tx, resolution: Resolution): void {
		const isOf = eq(monitorFigure.resolution, resolution);
		const { keepMs, mostRows } = resolutions[resolution];
		tx.delete(monitorFigure)
			.where(and(isOf, lt(monitorFigure.at, this.#now() - keepMs)))
			.run();
		const rows = tx.select({ rows: count() }).from(monitorFigure).where(isOf).get()?.rows ?? 0;
		if (rows <= mostRows) return;
		const kept = tx
			.select({ at: monitorFigure.at })
			.from(monitorFigure)
			.where(isOf)
			.orderBy(asc(monitorFigure.at))
			.limit(1)
			.offset(rows - mostRows)
			.get();
		// What is of one time goes together, so that none is told in part.
		if (kept)
			tx.delete(monitorFigure)
				.where(and(isOf, lt(monitorFigure.at, kept.at + 1)))
				.run();
	}
}

/** Adds to the row of a minute, hour or day; one that has no row yet gets one while there is room for its key. */
function add(tx: Tx, resolution: Resolution, pending: Pending): void {
	const { stepMs } = resolutions[resolution];
	const place = { resolution, at: Math.floor(pending.at / stepMs) * stepMs, counted: pending.counted, by: pending.by };
	const ofTime = and(
		eq(monitorFigure.resolution, resolution),
		eq(monitorFigure.at, place.at),
		eq(monitorFigure.counted, place.counted),
		eq(monitorFigure.by, place.by),
	);
	const find = (key: string) =>
		tx
			.select()
			.from(monitorFigure)
			.where(and(ofTime, eq(monitorFigure.key, key)))
			.get();
	let { key } = pending;
	let before = find(key);
	if (!before && key !== '' && (tx.select({ rows: count() }).from(monitorFigure).where(ofTime).get()?.rows ?? 0) >= mostKeys) {
		key = '';
		before = find(key);
	}
	const figures = before ? toFigures(before) : new Figures();
	figures.merge(pending.figures);
	const set = toColumns(figures);
	tx.insert(monitorFigure)
		.values({ ...place, key, ...set })
		.onConflictDoUpdate({ target: [monitorFigure.resolution, monitorFigure.at, monitorFigure.counted, monitorFigure.by, monitorFigure.key], set })
		.run();
}

function toFigures(row: Row): Figures {
	const figures = new Figures();
	const { count: times, errors, repeats, promptTokens, completionTokens } = row;
	Object.assign(figures, { count: times, errors, repeats, promptTokens, completionTokens });
	figures.took.merge(Histogram.decode(row.took));
	figures.firstToken.merge(Histogram.decode(row.firstToken));
	figures.wait.merge(Histogram.decode(row.wait));
	figures.speed.merge(Histogram.decode(row.speed));
	return figures;
}

function toColumns({ count: times, errors, repeats, promptTokens, completionTokens, took, firstToken, wait, speed }: Figures) {
	return {
		...{ count: times, errors, repeats, promptTokens, completionTokens },
		...{ took: took.encode(), firstToken: firstToken.encode(), wait: wait.encode(), speed: speed.encode() },
	};
}

function isSibling(one: Omit<Pending, 'figures'>, other: Omit<Pending, 'figures'>): boolean {
	return one.at === other.at && one.counted === other.counted && one.by === other.by;
}
