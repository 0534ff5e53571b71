import { asc, count, eq, lte, ne, notInArray, notLike, sum } from 'drizzle-orm';
import { z } from 'zod';
import { usage } from '#contract/engine.ts';
import { type Db, immediate, type Tx } from '../../platform/database/openDatabase.ts';
import { everyOwner, owned } from '../../platform/database/owned.ts';
import type { Logger } from '../../platform/log/createLog.ts';
import { textSpan } from '../engine/engine.ts';
import { remotePrefix } from './remoteIdentity.ts';
import { cachedAnswer } from './schema.ts';

/** A whole answer, in the pieces that it came in. */
const keptAnswer = z.object({
	pieces: z.array(z.object({ text: z.string(), spans: z.array(textSpan) })),
	finish: z.enum(['stop', 'length']),
	usage: usage.omit({ repeat: true }),
});
export type KeptAnswer = z.infer<typeof keptAnswer>;

/** How much is kept, and for how long. */
export interface ShelfLimits {
	mostBytes: number;
	keepMs: number;
}

/** Beside its text an answer takes about so much, with its key and its places in the indexes. */
const rowBytes = 400;
/** An answer that would push out more than this share of all others is not kept. */
const largestShare = 1 / 8;
/** When the room is used up, so much of it is made free at once. */
const freedShare = 1 / 10;
/** When an answer was given again is written down this much later, with others: giving it must not wait for the disk. */
const touchAfterMs = 2000;

/** The answers that are kept: in the database, each until it is too old, and when room runs out the longest unused goes first. */
export class AnswerShelf {
	readonly #db: Db;
	readonly #limits: () => ShelfLimits;
	readonly #now: () => number;
	readonly #log: Logger;
	readonly #touched = new Map<string, { ownerId: string; key: string; at: number }>();
	#timer: NodeJS.Timeout | undefined;
	#bytes: number;

	constructor(options: { db: Db; limits: () => ShelfLimits; now: () => number; log: Logger }) {
		this.#db = options.db;
		this.#limits = options.limits;
		this.#now = options.now;
		this.#log = options.log;
		this.#bytes = this.size(null).bytes;
	}

	/** The answer under a key; null where there is none that is young enough, or what is stored cannot be read. */
	find(ownerId: string, key: string): KeptAnswer | null {
		const row = this.#db
			.select({ answer: cachedAnswer.answer, createdAt: cachedAnswer.createdAt })
			.from(cachedAnswer)
			.where(owned(cachedAnswer, ownerId, eq(cachedAnswer.key, key)))
			.get();
		if (!row || row.createdAt <= this.#now() - this.#limits().keepMs) return null;
		this.#touch(ownerId, key);
		return readAnswer(row.answer);
	}

	/** Keeps an answer, in the place of the one before; one that is too large for the room there is, is not. */
	keep(at: { ownerId: string; key: string; modelId: string; modelIdentity: string }, kept: KeptAnswer): void {
		const answer = JSON.stringify(kept);
		const sizeBytes = Buffer.byteLength(answer) + rowBytes;
		if (sizeBytes > this.#limits().mostBytes * largestShare) return;
		const now = this.#now();
		const row = { ...at, answer, sizeBytes, createdAt: now, usedAt: now };
		this.#change((tx) => {
			this.#remove(tx, owned(cachedAnswer, at.ownerId, eq(cachedAnswer.key, at.key)));
			tx.insert(cachedAnswer).values(row).run();
			this.#bytes += sizeBytes;
			this.#makeRoom(tx);
		});
	}

	/** Forgets what a model answered before it became what it is now. */
	forgetOthers(modelId: string, modelIdentity: string): void {
		this.#forget(everyOwner(cachedAnswer, eq(cachedAnswer.modelId, modelId), ne(cachedAnswer.modelIdentity, modelIdentity)));
	}

	/** Forgets the answers of all models of this machine but these. */
	forgetAllBut(modelIds: readonly string[]): void {
		this.#forget(everyOwner(cachedAnswer, notInArray(cachedAnswer.modelId, [...modelIds]), notLike(cachedAnswer.modelId, `${remotePrefix}%`)));
	}

	/** Forgets an owner's answers; null: everybody's. With `tx`, in that transaction. */
	clear(ownerId: string | null, tx?: Tx): void {
		const which = ownerId === null ? everyOwner(cachedAnswer) : owned(cachedAnswer, ownerId);
		if (tx) this.#remove(tx, which);
		else this.#forget(which);
	}

	/** How many answers are kept of an owner (null: of everybody), and what they take. */
	size(ownerId: string | null): { answers: number; bytes: number } {
		const row = this.#db
			.select({ answers: count(), bytes: sum(cachedAnswer.sizeBytes).mapWith(Number) })
			.from(cachedAnswer)
			.where(ownerId === null ? everyOwner(cachedAnswer) : owned(cachedAnswer, ownerId))
			.get();
		return { answers: row?.answers ?? 0, bytes: row?.bytes ?? 0 };
	}

	/** An owner's answers, the oldest first. */
	*all(ownerId: string): Generator<{ modelId: string; createdAt: number; text: string }> {
		const { key, modelId, createdAt } = cachedAnswer;
		const rows = this.#db.select({ key, modelId, createdAt }).from(cachedAnswer).where(owned(cachedAnswer, ownerId)).orderBy(createdAt).all();
		for (const row of rows) {
			const kept = this.#db
				.select({ answer: cachedAnswer.answer })
				.from(cachedAnswer)
				.where(owned(cachedAnswer, ownerId, eq(key, row.key)))
				.get();
			const answer = kept && readAnswer(kept.answer);
			if (answer) yield { modelId: row.modelId, createdAt: row.createdAt, text: answer.pieces.map(({ text }) => text).join('') };
		}
	}

	/** Deletes what is too old, and what there is no room for any more. */
	tidy(): void {
		this.#change((tx) => {
			this.#remove(tx, everyOwner(cachedAnswer, lte(cachedAnswer.createdAt, this.#now() - this.#limits().keepMs)));
			this.#makeRoom(tx);
		});
	}

	/** Writes down when answers were given again. Call it before the database is closed. */
	flush(): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		if (this.#touched.size === 0) return;
		try {
			immediate(this.#db, (tx) => {
				for (const { ownerId, key, at } of this.#touched.values())
					tx.update(cachedAnswer)
						.set({ usedAt: at })
						.where(owned(cachedAnswer, ownerId, eq(cachedAnswer.key, key)))
						.run();
			});
		} catch (error) {
			// Some answers will then seem to be unused for longer than they are.
			this.#log.warn({ err: error }, 'the use of answers that are kept could not be written');
		}
		this.#touched.clear();
	}

	#touch(ownerId: string, key: string): void {
		this.#touched.set(`${ownerId} ${key}`, { ownerId, key, at: this.#now() });
		this.#timer ??= setTimeout(() => this.flush(), touchAfterMs).unref();
	}

	#makeRoom(tx: Tx): void {
		const { mostBytes } = this.#limits();
		if (this.#bytes <= mostBytes) return;
		let surplus = this.#bytes - mostBytes * (1 - freedShare);
		const { ownerId, key, sizeBytes, usedAt } = cachedAnswer;
		const touchedAt = (row: { ownerId: string; key: string; usedAt: number }) => this.#touched.get(`${row.ownerId} ${row.key}`)?.at ?? row.usedAt;
		// The app's own work: whoever's was not used for longest goes.
		const rows = tx.select({ ownerId, key, sizeBytes, usedAt }).from(cachedAnswer).where(everyOwner(cachedAnswer)).orderBy(asc(usedAt)).all();
		for (const row of rows.sort((a, b) => touchedAt(a) - touchedAt(b))) {
			if (surplus <= 0) return;
			surplus -= row.sizeBytes;
			this.#remove(tx, owned(cachedAnswer, row.ownerId, eq(key, row.key)));
		}
	}

	#forget(which: ReturnType<typeof owned>): void {
		this.#change((tx) => this.#remove(tx, which));
	}

	#change(work: (tx: Tx) => void): void {
		try {
			immediate(this.#db, work);
		} catch (error) {
			// What was counted was undone.
			this.#bytes = this.size(null).bytes;
			throw error;
		}
	}

	#remove(tx: Tx, which: ReturnType<typeof owned>): void {
		const freed = tx
			.select({ bytes: sum(cachedAnswer.sizeBytes).mapWith(Number) })
			.from(cachedAnswer)
			.where(which)
			.get();
		if (!freed?.bytes) return;
		tx.delete(cachedAnswer).where(which).run();
		this.#bytes -= freed.bytes;
	}
}

/** Another Homeroom may have written it. */
function readAnswer(stored: string): KeptAnswer | null {
	try {
		return keptAnswer.parse(JSON.parse(stored));
	} catch {
		return null;
	}
}
