import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { and, eq, gt, lt } from 'drizzle-orm';
import type { Account } from '#contract/accounts.ts';
import { failure } from '#contract/errors.ts';
import { type Db, immediate } from '../../platform/database/openDatabase.ts';
import type { Principal } from '../../platform/rpc/guard.ts';
import { account, session } from './schema.ts';

const minute = 60_000;
/** A sign-in link is meant for the person at the terminal, at once. */
const signInTokenMs = 15 * minute;
/** A browser stays signed in for a week without use, 30 days whatever its use (OWASP ASVS 5.0, 7.3). */
const sessionIdleMs = 7 * 24 * 60 * minute;
const sessionMaximumMs = 30 * 24 * 60 * minute;
/** `lastUsedAt` moves at most this often, so that a call does not cost a write. */
const touchEveryMs = 5 * minute;

/**
 * Who uses this machine's Homeroom, and what proves it.
 *
 * One owner exists from the first start. Secrets (sign-in tokens, session cookies) are 256 random bits; only their SHA-256 is kept.
 */
export class Accounts {
	readonly #db: Db;
	readonly #now: () => number;
	readonly #ownerId: string;
	/** Sign-in tokens by their hash; they live as long as the process, and are taken at the first use. */
	readonly #signInTokens = new Map<string, number>();
	readonly #sessionEnded = new Set<(sessionId: string) => void>();

	constructor(options: { db: Db; now?: () => number }) {
		this.#db = options.db;
		this.#now = options.now ?? Date.now;
		this.#ownerId = immediate(this.#db, (tx) => {
			const found = tx.select({ id: account.id }).from(account).where(eq(account.role, 'admin')).limit(1).get();
			if (found) return found.id;
			const id = randomUUID();
			tx.insert(account).values({ id, name: 'Owner', role: 'admin', createdAt: this.#now() }).run();
			return id;
		});
		this.#db.delete(session).where(lt(session.expiresAt, this.#now())).run();
	}

	/** The account with this id, or NOT_FOUND. */
	get(accountId: string): Account {
		const found = this.#db.select({ id: account.id, name: account.name, role: account.role }).from(account).where(eq(account.id, accountId)).get();
		if (!found) throw failure('NOT_FOUND', { what: 'account' });
		return found;
	}

	rename(accountId: string, name: string): Account {
		this.#db.update(account).set({ name }).where(eq(account.id, accountId)).run();
		return this.get(accountId);
	}

	/** The desktop window acts for the owner: whoever sits at the desktop has signed in to the operating system. */
	desktopPrincipal(): Principal {
		return { accountId: this.#ownerId, role: this.get(this.#ownerId).role, sessionId: null };
	}

	/** Makes a token for one sign-in link: good once, for 15 minutes, gone with the process. */
	issueSignInToken(): string {
		const now = this.#now();
		for (const [hash, expiresAt] of this.#signInTokens) if (expiresAt <= now) this.#signInTokens.delete(hash);
		const token = randomBytes(32).toString('base64url');
		this.#signInTokens.set(hashOf(token), now + signInTokenMs);
		return token;
	}

	/** Takes a sign-in token and opens a session of the owner for it; null when the token is unknown, used or too old. */
	redeem(token: string, device: string): { secret: string; expiresAt: number } | null {
		const hash = hashOf(token);
		const expires = this.#signInTokens.get(hash);
		this.#signInTokens.delete(hash);
		const now = this.#now();
		if (expires === undefined || expires <= now) return null;
		const secret = randomBytes(32).toString('base64url');
		const expiresAt = now + sessionMaximumMs;
		this.#db
			.insert(session)
			.values({
				id: randomUUID(),
				accountId: this.#ownerId,
				secretHash: hashOf(secret),
				device: device.slice(0, 200),
				createdAt: now,
				lastUsedAt: now,
				expiresAt,
			})
			.run();
		return { secret, expiresAt };
	}

	/** Who a session's cookie stands for, read anew each time it is asked; null once it has ended. */
	principalOfSession(secret: string): Principal | null {
		const now = this.#now();
		const found = this.#db
			.select({ id: session.id, accountId: session.accountId, role: account.role, lastUsedAt: session.lastUsedAt })
			.from(session)
			.innerJoin(account, eq(account.id, session.accountId))
			.where(and(eq(session.secretHash, hashOf(secret)), gt(session.expiresAt, now), gt(session.lastUsedAt, now - sessionIdleMs)))
			.get();
		if (!found) return null;
		if (now - found.lastUsedAt > touchEveryMs) this.#db.update(session).set({ lastUsedAt: now }).where(eq(session.id, found.id)).run();
		return { accountId: found.accountId, role: found.role, sessionId: found.id };
	}

	/** Ends a session; its open sockets hear of it through `onSessionEnded`. */
	endSession(sessionId: string): void {
		this.#db.delete(session).where(eq(session.id, sessionId)).run();
		for (const listener of this.#sessionEnded) listener(sessionId);
	}

	/** Calls `listener` with each session that ends; the answer undoes it. */
	onSessionEnded(listener: (sessionId: string) => void): () => void {
		this.#sessionEnded.add(listener);
		return () => this.#sessionEnded.delete(listener);
	}
}

function hashOf(secret: string): string {
	return createHash('sha256').update(secret).digest('hex');
}
