import { randomBytes } from 'node:crypto';
import { and, eq, gt, isNull } from 'drizzle-orm';
import type { SetupCode } from '#contract/accounts.ts';
import { failure } from '#contract/errors.ts';
import type { Store } from '../../platform/database/openDatabase.ts';
import { account } from './schema.ts';
import { sha256 } from './sha256.ts';

const day = 24 * 60 * 60_000;
const lastsMs = 7 * day;
/** Crockford's base 32: 32 digits of which no two look or sound alike, since what is typed as O, I or L is read as 0 and 1. */
const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 60 bits: with what the throttle lets through, guessing one within its week is hopeless. */
const length = 12;
const groupLength = 4;

/**
 * The codes with which people choose a password: typed by hand, good once, for a week. An account has at most one.
 *
 * Only the SHA-256 of a code is kept; the code itself is shown when it is made and never again.
 */
export class SetupCodes {
	readonly #db: Store;
	readonly #now: () => number;

	constructor(options: { db: Store; now: () => number }) {
		this.#db = options.db;
		this.#now = options.now;
	}

	/** Makes a code for the account; the one before is good for nothing from then on. `store` makes it part of a transaction. */
	issue(accountId: string, store: Store = this.#db): SetupCode {
		const plain = Array.from(randomBytes(length), (byte) => digits[byte % digits.length]).join('');
		const expiresAt = this.#now() + lastsMs;
		const { changes } = store
			.update(account)
			.set({ setupHash: sha256(plain), setupExpiresAt: expiresAt })
			.where(eq(account.id, accountId))
			.run();
		if (changes === 0) throw failure('NOT_FOUND', { what: 'account' });
		return { code: plain.replace(new RegExp(`.{${groupLength}}(?=.)`, 'g'), '$&-'), expiresAt };
	}

	/** Whose code this is; null where it is nobody's, used, too old, or its account is switched off. */
	find(typed: string, store: Store = this.#db): { id: string; name: string } | null {
		const good = and(eq(account.setupHash, sha256(readCode(typed))), gt(account.setupExpiresAt, this.#now()), isNull(account.disabledAt));
		return store.select({ id: account.id, name: account.name }).from(account).where(good).get() ?? null;
	}

	/** Takes the code: what `find` says, once. Call it inside the transaction that stores what the code was good for. */
	take(store: Store, typed: string): { id: string; name: string } | null {
		const found = this.find(typed, store);
		if (found) store.update(account).set({ setupHash: null, setupExpiresAt: null }).where(eq(account.id, found.id)).run();
		return found;
	}
}

/** A code as it was made, from what somebody typed: lower case, spaces and missing dashes are no matter. */
function readCode(typed: string): string {
	return typed
		.normalize('NFKC')
		.toUpperCase()
		.replace(/[^0-9A-Z]/g, '')
		.replaceAll('O', '0')
		.replace(/[IL]/g, '1');
}
