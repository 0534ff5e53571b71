import { randomBytes, randomUUID } from 'node:crypto';
import { desc, eq } from 'drizzle-orm';
import { type ApiKey, type KeyLimits, type KeyScope, usualKeyLimits } from '#contract/accounts.ts';
import { failure } from '#contract/errors.ts';
import type { Db, Tx } from '../../platform/database/openDatabase.ts';
import { everyOwner, owned } from '../../platform/database/owned.ts';
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
	readonly #byId;
	readonly #use;

	constructor(options: { db: Db; now: () => number; changed: () => void }) {
		this.#db = options.db;
		// In SQLite's own words: every request of a program asks these. The key's own row, which has been proved to be good, for whose request it is.
		const { $client: client } = options.db;
		this.#byId = client.prepare<[string], Standing>(
			`select requests_per_minute requestsPerMinute, streams_at_once streamsAtOnce, tokens_per_month tokensPerMonth,
				used_tokens usedTokens, used_month usedMonth
			from api_key where owner_id is not null and id = ?`,
		);
		this.#use = client.prepare<[string, number, string, number, string]>(
			`update api_key set used_tokens = case when used_month = ? then used_tokens else 0 end + ?, used_month = ?, last_used_at = ?
			where owner_id is not null and id = ?`,
		);
		this.#now = options.now;
		this.#changed = options.changed;
	}

	/** Newest first. */
	list(ownerId: string): ApiKey[] {
		const rows = this.#db.select().from(apiKey).where(owned(apiKey, ownerId)).orderBy(desc(apiKey.createdAt), desc(apiKey.id)).all();
		return rows.map((row) => this.#view(row));
	}

	create(
		ownerId: string,
		{ limits = usualKeyLimits, ...fields }: { name: string; scopes: KeyScope[]; expiresAt: number | null; limits?: KeyLimits },
	): { key: ApiKey; secret: string } {
		const createdAt = this.#now();
		if (fields.expiresAt !== null && fields.expiresAt <= createdAt) {
			throw failure('INVALID_INPUT', { issues: [{ path: 'expiresAt', message: 'This time has passed.' }] });
		}
		const { secret, ...kept } = makeSecret();
		const scopes = [...new Set(fields.scopes)];
		const row = this.#db
			.insert(apiKey)
			.values({ id: randomUUID(), ownerId, ...fields, ...limits, scopes, ...kept, createdAt })
			.returning()
			.get();
		return { key: this.#view(row), secret };
	}

	/** Changes what is named: whether the key is switched off, and how much may be asked with it. */
	change(ownerId: string, keyId: string, { isDisabled, limits = {} }: { isDisabled?: boolean | undefined; limits?: Partial<KeyLimits> | undefined }): ApiKey {
		const switched = isDisabled === undefined ? {} : { disabledAt: isDisabled ? this.#now() : null };
		// An UPDATE that sets nothing is none; the id stays what it is.
		return this.#update(ownerId, keyId, { id: keyId, ...switched, ...limits });
	}

	/** How much may be asked with a key, whoever's it is, and what of its tokens is left of this month; null where it is gone. */
	standing(keyId: string): (KeyLimits & { tokensLeft: number }) | null {
		const row = this.#byId.get(keyId);
		return row
			? { ...limitsOf(row), tokensLeft: row.tokensPerMonth === null ? Number.POSITIVE_INFINITY : row.tokensPerMonth - this.#usedThisMonth(row) }
			: null;
	}

	/** Notes what was charged through a key, in the transaction that charges it. One that is gone meanwhile is left alone. */
	use(keyId: string, tokens: number, _tx: Tx): void {
		const now = this.#now();
		const month = monthOf(now);
		this.#use.run(month, tokens, month, now, keyId);
	}

	/** What a key is called, whoever's it is, for administrators; null where it is gone. */
	nameOf(keyId: string): string | null {
		const row = this.#db
			.select({ name: apiKey.name })
			.from(apiKey)
			.where(everyOwner(apiKey, eq(apiKey.id, keyId)))
			.get();
		return row?.name ?? null;
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
		return this.#view(row);
	}

	#usedThisMonth({ usedTokens, usedMonth }: Pick<Row, 'usedTokens' | 'usedMonth'>): number {
		return usedMonth === monthOf(this.#now()) ? usedTokens : 0;
	}

	#view(row: Row): ApiKey {
		const { id, name, prefix, scopes, createdAt, expiresAt, lastUsedAt, disabledAt } = row;
		const usedThisMonth = this.#usedThisMonth(row);
		return { id, name, prefix, scopes, limits: limitsOf(row), usedThisMonth, createdAt, expiresAt, lastUsedAt, isDisabled: disabledAt !== null };
	}
}

type Row = typeof apiKey.$inferSelect;
type Standing = KeyLimits & Pick<Row, 'usedTokens' | 'usedMonth'>;

/** `2026-11`, in the machine's own time. */
function monthOf(at: number): string {
	const time = new Date(at);
	return `${time.getFullYear()}-${String(time.getMonth() + 1).padStart(2, '0')}`;
}

function limitsOf({ requestsPerMinute, streamsAtOnce, tokensPerMonth }: KeyLimits): KeyLimits {
	return { requestsPerMinute, streamsAtOnce, tokensPerMonth };
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
