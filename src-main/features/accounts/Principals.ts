import { eq, sql } from 'drizzle-orm';
import type { Logger } from 'pino';
import type { KeyScope, Role } from '#contract/accounts.ts';
import { countChanges } from '../../platform/database/countChanges.ts';
import type { Db } from '../../platform/database/openDatabase.ts';
import { everyOwner, owned } from '../../platform/database/owned.ts';
import type { Principal } from '../../platform/rpc/guard.ts';
import { lifetimes } from './Sessions.ts';
import { account, apiKey, session } from './schema.ts';

/** `lastUsedAt` moves at most this often, so that a call does not cost a write; one that failed is not tried again before either. */
const touchEveryMs = 5 * 60_000;

/** What somebody has proved, once; who it stands for is asked anew for every call. */
export type Credential =
	/** A browser, with the session that its tokens belong to. */
	| { kind: 'browser'; sessionId: string }
	/** The desktop window, with the session of whoever signed in there. */
	| { kind: 'window'; sessionId: string | null }
	/** A key, by the hash of its secret, so that another secret makes it another one. */
	| { kind: 'key'; secretHash: string };

/** A key as it is read to tell whose it is. */
interface KeyRow {
	id: string;
	accountId: string;
	/** JSON. */
	scopes: string;
	disabledAt: number | null;
	expiresAt: number | null;
	lastUsedAt: number | null;
}

/** Its owner. */
interface AccountRow {
	role: Role;
	accountDisabledAt: number | null;
}

/**
 * Tells who a credential stands for, now. The one place where that is decided, for every way in.
 *
 * It goes by the rows of the session or key and of its account as they are: what has ended, was switched off or deleted, or whose role
 * has changed, is so from the next call on. Every call pays for this, so the statements are prepared, and run again only where
 * anything was written since. It also notes when each was used last; a disk that takes no note makes nobody a stranger.
 */
export class Principals {
	readonly #db: Db;
	readonly #now: () => number;
	readonly #wall: () => number;
	readonly #log: Pick<Logger, 'warn'>;
	readonly #session;
	readonly #key;
	readonly #account;
	readonly #first;
	readonly #changes: () => number;
	#readAt = Number.NaN;
	#touchFailedAt = Number.NEGATIVE_INFINITY;
	/** What was read and found since then, by what it was asked for with. */
	readonly #rows = new Map<string, unknown>();

	constructor(options: { db: Db; now: () => number; wall: () => number; log: Pick<Logger, 'warn'> }) {
		this.#db = options.db;
		this.#now = options.now;
		this.#wall = options.wall;
		this.#log = options.log;
		this.#changes = countChanges(options.db);
		this.#session = this.#db
			.select({
				id: session.id,
				accountId: account.id,
				role: account.role,
				disabledAt: account.disabledAt,
				lastUsedAt: session.lastUsedAt,
				expiresAt: session.expiresAt,
			})
			.from(session)
			.innerJoin(account, eq(account.id, session.accountId))
			// Whose it is, is what is asked here.
			.where(everyOwner(session, eq(session.id, sql.placeholder('id'))))
			.prepare();
		// In SQLite's own words: a program's every request pays for its charge with a write, and so for this. Whose the key is, is what is asked here.
		// A query for each table: one that joins them is planned anew at every call (SQLite looks at its parameters), which takes longer.
		const { $client: client } = options.db;
		this.#key = client.prepare<[string], KeyRow>(
			`select id, owner_id accountId, scopes, disabled_at disabledAt, expires_at expiresAt, last_used_at lastUsedAt
			from api_key where owner_id is not null and secret_hash = ?`,
		);
		this.#account = client.prepare<[string], AccountRow>('select role, disabled_at accountDisabledAt from account where id = ?');
		this.#first = this.#db
			.select({ id: account.id, role: account.role, passwordHash: account.passwordHash, disabledAt: account.disabledAt })
			.from(account)
			.limit(2)
			.prepare();
	}

	/** Null where the credential is good for nothing any more. */
	of(credential: Credential): Principal | null {
		if (credential.kind === 'key') return this.#ofKey(credential.secretHash);
		if (credential.sessionId === null) return this.#ofLoneOwner();
		return this.#ofSession(credential.sessionId);
	}

	#ofSession(id: string): Principal | null {
		const found = this.#asItIs(id, () => this.#session.get({ id }));
		const now = this.#now();
		if (!found || found.disabledAt !== null || found.expiresAt <= now || found.lastUsedAt + lifetimes.idleMs <= now) return null;
		this.#touch(found, now, () =>
			this.#db
				.update(session)
				.set({ lastUsedAt: now })
				.where(owned(session, found.accountId, eq(session.id, id)))
				.run(),
		);
		return { accountId: found.accountId, role: found.role, sessionId: id, key: null };
	}

	#ofKey(secretHash: string): Principal | null {
		const found = this.#asItIs(secretHash, () => this.#readKey(secretHash));
		const now = this.#now();
		// Its owner chose the end of a key by the machine's clock.
		if (!found || found.accountDisabledAt !== null || found.disabledAt !== null || (found.expiresAt !== null && found.expiresAt <= this.#wall())) return null;
		this.#touch(found, now, () =>
			this.#db
				.update(apiKey)
				.set({ lastUsedAt: now })
				.where(owned(apiKey, found.accountId, eq(apiKey.id, found.id)))
				.run(),
		);
		return { accountId: found.accountId, role: found.role, sessionId: null, key: { id: found.id, scopes: scopesOf(found) } };
	}

	#readKey(secretHash: string): (KeyRow & AccountRow) | undefined {
		const key = this.#key.get(secretHash);
		const owner = key && this.#account.get(key.accountId);
		return owner && { ...key, ...owner };
	}

	/** The window needs no sign-in while the machine has one account and that has no password: whoever sits there has signed in to the machine. */
	#ofLoneOwner(): Principal | null {
		const [lone, ...others] = this.#asItIs('', () => this.#first.all());
		if (!lone || others.length > 0 || lone.passwordHash !== null || lone.disabledAt !== null) return null;
		return { accountId: lone.id, role: lone.role, sessionId: null, key: null };
	}

	#asItIs<Row>(key: string, read: () => Row): Row {
		const changes = this.#changes();
		if (changes !== this.#readAt) this.#rows.clear();
		this.#readAt = changes;
		const kept = this.#rows.get(key);
		// A session's id, a hash and the empty text are never the same, so that what is kept under one is what its own `read` gave.
		if (kept !== undefined) return kept as Row;
		const row = read();
		// What was not found is not kept: keys that are guessed at would fill it.
		if (row !== undefined) this.#rows.set(key, row);
		return row;
	}

	#touch({ accountId, lastUsedAt }: { accountId: string; lastUsedAt: number | null }, now: number, write: () => void): void {
		if (now - Math.max(lastUsedAt ?? Number.NEGATIVE_INFINITY, this.#touchFailedAt) <= touchEveryMs) return;
		try {
			write();
			this.#db.update(account).set({ lastSeenAt: now }).where(eq(account.id, accountId)).run();
		} catch (error) {
			this.#touchFailedAt = now;
			this.#log.warn({ err: error }, 'when somebody was here last could not be noted');
		}
	}
}

/** Written by us alone, as a list of the scopes there are. */
function scopesOf({ scopes }: KeyRow): KeyScope[] {
	return JSON.parse(scopes) as KeyScope[];
}
