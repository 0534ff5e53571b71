import { randomBytes, randomUUID } from 'node:crypto';
import { desc, eq } from 'drizzle-orm';
import type { ApiKey, KeyScope } from '#contract/accounts.ts';
import { failure } from '#contract/errors.ts';
import type { Db } from '../../platform/database/openDatabase.ts';
import { owned } from '../../platform/database/owned.ts';
import { apiKey } from './schema.ts';
import { sha256 } from './sha256.ts';

/** How every key begins, so that one is known where it does not belong. */
const mark = 'hr_';
const shownDigits = 6;

/**
 * The keys with which other programs act for their owners, each for some features alone.
 *
 * A key's secret is 256 random bits, shown when it is made and never again; its SHA-256 alone is kept, and a key is found by that, so
 * that no comparison tells how near a guess was. Nobody reaches another's keys: they are NOT_FOUND. `changed` is called whenever a key
 * may have become good for nothing.
 */
export class Keys {
	readonly #db: Db;
	readonly #now: () => number;
	readonly #changed: () => void;

	constructor(options: { db: Db; now: () => number; changed: () => void }) {
		this.#db = options.db;
		this.#now = options.now;
		this.#changed = options.changed;
	}

	/** Newest first. */
	list(ownerId: string): ApiKey[] {
		return this.#db.select().from(apiKey).where(owned(apiKey, ownerId)).orderBy(desc(apiKey.createdAt), desc(apiKey.id)).all().map(view);
	}

	create(ownerId: string, fields: { name: string; scopes: KeyScope[]; expiresAt: number | null }): { key: ApiKey; secret: string } {
		const createdAt = this.#now();
		if (fields.expiresAt !== null && fields.expiresAt <= createdAt) {
			throw failure('INVALID_INPUT', { issues: [{ path: 'expiresAt', message: 'This time has passed.' }] });
		}
		const { secret, ...kept } = makeSecret();
		const scopes = [...new Set(fields.scopes)];
		const row = this.#db
			.insert(apiKey)
			.values({ id: randomUUID(), ownerId, ...fields, scopes, ...kept, createdAt })
			.returning()
			.get();
		return { key: view(row), secret };
	}

	setDisabled(ownerId: string, keyId: string, isDisabled: boolean): ApiKey {
		return this.#update(ownerId, keyId, { disabledAt: isDisabled ? this.#now() : null });
	}

	/** Gives the key another secret; the one before is good for nothing from then on. */
	rotate(ownerId: string, keyId: string): { key: ApiKey; secret: string } {
		const { secret, ...kept } = makeSecret();
		return { key: this.#update(ownerId, keyId, { ...kept, lastUsedAt: null }), secret };
	}

	remove(ownerId: string, keyId: string): void {
		if (this.#db.delete(apiKey).where(ownKey(ownerId, keyId)).run().changes === 0) throw failure('NOT_FOUND', { what: 'key' });
		this.#changed();
	}

	/** Switches all keys of an account off, whose owner may switch them on again: what ends its sessions must not leave a way in. */
	disableAll(ownerId: string): void {
		this.#db.update(apiKey).set({ disabledAt: this.#now() }).where(owned(apiKey, ownerId)).run();
		this.#changed();
	}

	#update(ownerId: string, keyId: string, fields: Partial<typeof apiKey.$inferInsert>): ApiKey {
		const row = this.#db.update(apiKey).set(fields).where(ownKey(ownerId, keyId)).returning().get();
		if (!row) throw failure('NOT_FOUND', { what: 'key' });
		this.#changed();
		return view(row);
	}
}

/** What a key is found by; null for a text that cannot be a key. */
export function keyHash(secret: string): string | null {
	return secret.startsWith(mark) ? sha256(secret) : null;
}

function makeSecret(): { secret: string; prefix: string; secretHash: string } {
	const secret = `${mark}${randomBytes(32).toString('base64url')}`;
	return { secret, prefix: secret.slice(0, mark.length + shownDigits), secretHash: sha256(secret) };
}

function ownKey(ownerId: string, keyId: string) {
	return owned(apiKey, ownerId, eq(apiKey.id, keyId));
}

function view({ id, name, prefix, scopes, createdAt, expiresAt, lastUsedAt, disabledAt }: typeof apiKey.$inferSelect): ApiKey {
	return { id, name, prefix, scopes, createdAt, expiresAt, lastUsedAt, isDisabled: disabledAt !== null };
}
