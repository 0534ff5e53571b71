import { randomUUID } from 'node:crypto';
import { desc, eq, lte, ne, or } from 'drizzle-orm';
import type { Session } from '#contract/accounts.ts';
import { failure } from '#contract/errors.ts';
import { type Db, immediate } from '../../platform/database/openDatabase.ts';
import { everyOwner, owned } from '../../platform/database/owned.ts';
import type { Place } from '../../platform/http/WebDoor.ts';
import { account, session } from './schema.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

/** How long what is given out at a sign-in lasts (OWASP ASVS 5.0, 7.3). */
export const lifetimes = {
	/** A browser shows its access with every request; it is short, so that one that was copied is soon worth nothing. */
	accessMs: 30 * minute,
	/** Without use. */
	idleMs: 7 * day,
	/** Whatever its use. */
	wholeMs: 30 * day,
	/** For so long after a renewal the refresh token before is still answered: a second window may have sent it meanwhile. */
	graceMs: 10_000,
} as const;

/** Of one account. */
const mostOpen = 50;

export type SessionRow = typeof session.$inferSelect;

/**
 * The signed-in browsers and windows. Each is one family of refresh tokens, of which the newest is good.
 *
 * `changed` is called after sessions have ended; whoever holds a connection of one looks at it anew.
 */
export class Sessions {
	readonly #db: Db;
	readonly #now: () => number;
	readonly #changed: () => void;

	constructor(options: { db: Db; now: () => number; changed: () => void }) {
		this.#db = options.db;
		this.#now = options.now;
		this.#changed = options.changed;
		this.#prune();
	}

	/** Opens one for the account. Where it has the most it may have, the one that was used least lately ends. */
	open(accountId: string, place: Place): SessionRow {
		this.#prune();
		this.#makeRoom(accountId);
		const now = this.#now();
		const row: SessionRow = {
			id: randomUUID(),
			accountId,
			refreshId: randomUUID(),
			previousRefreshId: null,
			refreshedAt: now,
			device: place.device.slice(0, 200),
			address: place.address,
			createdAt: now,
			lastUsedAt: now,
			expiresAt: now + lifetimes.wholeMs,
		};
		this.#db.insert(session).values(row).run();
		this.#db.update(account).set({ lastSeenAt: now }).where(eq(account.id, accountId)).run();
		return row;
	}

	/**
	 * Takes a refresh token, told by its id, and makes its successor. A second window that sends the same token within 10 s gets the
	 * very same successor; any other that comes twice was copied by somebody, and ends the session (`reused`).
	 */
	renew(sessionId: string, refreshId: string): { kind: 'renewed' | 'reused'; row: SessionRow } | { kind: 'gone' } {
		const now = this.#now();
		return immediate(this.#db, (tx) => {
			const row = tx.select().from(session).where(whosever(sessionId)).get();
			if (!row || row.expiresAt <= now || row.lastUsedAt + lifetimes.idleMs <= now) return { kind: 'gone' };
			if (row.refreshId === refreshId) {
				const next = { refreshId: randomUUID(), previousRefreshId: refreshId, refreshedAt: now, lastUsedAt: now };
				tx.update(session).set(next).where(whosever(sessionId)).run();
				return { kind: 'renewed', row: { ...row, ...next } };
			}
			if (row.previousRefreshId === refreshId && now - row.refreshedAt <= lifetimes.graceMs) return { kind: 'renewed', row };
			return { kind: 'reused', row };
		});
	}

	list(accountId: string, thisOne: string | null): Session[] {
		this.#prune();
		const rows = this.#db.select().from(session).where(owned(session, accountId)).orderBy(desc(session.lastUsedAt)).all();
		return rows.map(({ id, device, address, createdAt, lastUsedAt }) => ({ id, device, address, createdAt, lastUsedAt, isThisOne: id === thisOne }));
	}

	/** The session with this id, whosever it is. */
	find(sessionId: string): SessionRow | undefined {
		return this.#db.select().from(session).where(whosever(sessionId)).get();
	}

	/** Ends one session of the account. NOT_FOUND where it has none with this id. */
	end(accountId: string, sessionId: string): void {
		if (this.find(sessionId)?.accountId !== accountId) throw failure('NOT_FOUND', { what: 'session' });
		this.endIfOpen(sessionId);
	}

	/** Ends a session, whosever it is, or does nothing where it has ended. */
	endIfOpen(sessionId: string): void {
		this.#db.delete(session).where(whosever(sessionId)).run();
		this.#changed();
	}

	/** Ends all sessions of the account, but for the one with the id `but`. */
	endAll(accountId: string, but: string | null = null): void {
		this.#db
			.delete(session)
			.where(owned(session, accountId, but === null ? undefined : ne(session.id, but)))
			.run();
		this.#changed();
	}

	#makeRoom(accountId: string): void {
		const rows = this.#db.select({ id: session.id }).from(session).where(owned(session, accountId)).orderBy(desc(session.lastUsedAt)).all();
		for (const { id } of rows.slice(mostOpen - 1)) this.endIfOpen(id);
	}

	/** Forgets those whose time has run out. */
	#prune(): void {
		const now = this.#now();
		this.#db
			.delete(session)
			.where(everyOwner(session, or(lte(session.expiresAt, now), lte(session.lastUsedAt, now - lifetimes.idleMs))))
			.run();
	}
}

/** The condition for a session that somebody has shown the tokens of: whose it is, follows from it. */
function whosever(sessionId: string) {
	return everyOwner(session, eq(session.id, sessionId));
}
