import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { auditEntry, auditSeal } from './schema.ts';

export type EntryRow = typeof auditEntry.$inferSelect;
export type SealRow = Pick<typeof auditSeal.$inferSelect, 'entryId' | 'hash' | 'seal'>;

/** Where the log begins: the entry before the first one. */
export const beginning = { entryId: 0, hash: '' };

/** SHA-256, in hex, of an entry and the hash of the one before it. */
export function hashOf(before: string, { id, at, accountId, act, subject, detail, origin, result }: Omit<EntryRow, 'hash'>): string {
	// JSON keeps texts apart whatever is in them, and null from an empty one.
	return createHash('sha256')
		.update(JSON.stringify([before, id, at, accountId, act, subject, detail, origin, result]))
		.digest('hex');
}

/** Seals the end of the log under a key. */
export function sealOf(key: string, { entryId, hash }: Pick<SealRow, 'entryId' | 'hash'>): string {
	return createHmac('sha256', key).update(`${entryId} ${hash}`).digest('hex');
}

/**
 * Follows the chain from entry to entry, given in their order in pieces of any size, and finds the first that is not what was written:
 * one that was changed, or the place of one that is gone.
 */
export class ChainCheck {
	entries = 0;
	/** The id of that entry; null while there is none. */
	brokenAt: number | null = null;
	#entryId: number;
	#hash: string;

	/** @param after the entry that the first one follows. */
	constructor(after: Pick<SealRow, 'entryId' | 'hash'> = beginning) {
		this.#entryId = after.entryId;
		this.#hash = after.hash;
	}

	add(rows: readonly EntryRow[]): void {
		for (const row of rows) {
			this.entries += 1;
			if (this.brokenAt !== null) continue;
			if (row.id !== this.#entryId + 1 || row.hash !== hashOf(this.#hash, row)) this.brokenAt = this.#entryId + 1;
			this.#entryId = row.id;
			this.#hash = row.hash;
		}
	}

	/** Compares the end of the chain with its seal; null where there is none. */
	end(key: string | null, sealed: SealRow | null): void {
		if (this.brokenAt !== null) return;
		// A key without a seal had one: the two are made together.
		if (!sealed) this.brokenAt = key === null && this.entries === 0 ? null : Math.max(1, this.#entryId);
		else if (key === null || !isSealed(key, sealed)) this.brokenAt = Math.max(1, this.#entryId);
		else if (sealed.entryId !== this.#entryId) this.brokenAt = Math.min(sealed.entryId, this.#entryId) + 1;
		else if (sealed.hash !== this.#hash) this.brokenAt = this.#entryId;
	}
}

/** Tells whether a seal was made under this key. */
export function isSealed(key: string, { seal, ...end }: SealRow): boolean {
	const expected = Buffer.from(sealOf(key, end));
	const found = Buffer.from(seal);
	return expected.length === found.length && timingSafeEqual(expected, found);
}
