import { and, eq } from 'drizzle-orm';
import type { Credentials, SetupOrder } from '#contract/accounts.ts';
import { failure } from '#contract/errors.ts';
import { type Db, immediate } from '../../platform/database/openDatabase.ts';
import type { AuditRecord } from '../../platform/rpc/guard.ts';
import { accountKey } from './accountKey.ts';
import { claimName } from './claimName.ts';
import type { Passwords } from './Passwords.ts';
import type { AccountRow } from './people.ts';
import type { SetupCodes } from './SetupCodes.ts';
import { account } from './schema.ts';
import { type Subject, Throttle } from './Throttle.ts';

/**
 * Decides who may come in: with a name and a password, or with a setup code.
 *
 * Whoever is refused learns nothing: an unknown name, a wrong password, an account that is switched off or has no password get the same
 * failure after the same work. Every try is throttled, and noted in the audit log; of the tries that come during a delay, the first is.
 */
export class Doorkeeper {
	readonly #db: Db;
	readonly #passwords: Passwords;
	readonly #codes: SetupCodes;
	readonly #throttle: Throttle;
	readonly #record: (entry: AuditRecord) => void;

	constructor(options: { db: Db; now: () => number; passwords: Passwords; codes: SetupCodes; record: (entry: AuditRecord) => void }) {
		this.#db = options.db;
		this.#passwords = options.passwords;
		this.#codes = options.codes;
		this.#record = options.record;
		this.#throttle = new Throttle({ db: options.db, now: options.now });
	}

	/**
	 * Checks a name and a password, and opens what they are good for: `open` gets the account's id. `knownTo`: the account that the other
	 * side was signed in to before. Throws SIGN_IN_REFUSED, TOO_MANY_TRIES.
	 */
	async admit<T>({ name, password }: Credentials, { origin, knownTo }: { origin: string; knownTo: string | null }, open: (accountId: string) => T): Promise<T> {
		const key = accountKey(name);
		const found = this.#db.select().from(account).where(eq(account.nameKey, key)).get();
		const subject = found?.id ?? null;
		const subjects = subject !== null && subject === knownTo ? [{ knownTo }] : [{ account: key }, { address: origin, account: key }];
		const passed = this.#enter(subjects, { act: 'signInRefused', subject, origin });
		const isRight = await this.#passwords.isRight(found?.disabledAt === null ? found.passwordHash : null, password);
		// What was right when it was read may have been changed while it was checked.
		const now = subject === null ? undefined : this.#db.select().from(account).where(eq(account.id, subject)).get();
		if (!isRight || !now || now.disabledAt !== null || now.passwordHash !== found?.passwordHash) {
			this.#record({ accountId: null, act: 'signInRefused', subject, origin, result: 'SIGN_IN_REFUSED' });
			throw failure('SIGN_IN_REFUSED', {});
		}
		// One transaction, since each waits for the disk.
		const opened = immediate(this.#db, () => {
			passed();
			return open(now.id);
		});
		this.#record({ accountId: now.id, act: 'signIn', subject: now.id, origin, result: 'ok' });
		await this.#raise(now, password);
		return opened;
	}

	/** Whose setup code this is; one that is right never waits, whatever others try. Throws SIGN_IN_REFUSED, TOO_MANY_TRIES. */
	lookUp(code: string, origin: string): { id: string; name: string } {
		const found = this.#codes.find(code);
		if (found) return found;
		const told = { accountId: null, act: 'setUpRefused', subject: null, origin };
		this.#enter([{ codesFrom: origin }], told);
		this.#record({ ...told, result: 'SIGN_IN_REFUSED' });
		throw failure('SIGN_IN_REFUSED', {});
	}

	/**
	 * Takes a setup code for a password, and answers with the account's id. The code is used up only where all of it went well.
	 *
	 * Throws SIGN_IN_REFUSED, TOO_MANY_TRIES, PASSWORD_UNFIT, NAME_TAKEN, and INVALID_INPUT where the account has no name and gets none.
	 */
	async setUp({ code, name, password }: SetupOrder, origin: string): Promise<string> {
		const found = this.lookUp(code, origin);
		if (name === null && found.name === '') throw failure('INVALID_INPUT', { issues: [{ path: 'name', message: 'This account needs a name.' }] });
		this.#passwords.check(password, name ?? found.name);
		const passwordHash = await this.#passwords.hash(password);
		immediate(this.#db, (tx) => {
			if (this.#codes.take(tx, code)?.id !== found.id) throw failure('SIGN_IN_REFUSED', {});
			const named = name === null ? {} : claimName(tx, found.id, name);
			tx.update(account)
				.set({ ...named, passwordHash })
				.where(eq(account.id, found.id))
				.run();
		});
		this.#record({ accountId: found.id, act: 'setUp', subject: found.id, origin, result: 'ok' });
		return found.id;
	}

	/**
	 * Lets a stranger make an account: `add` gets the hash of the password, and gives the account's id. Every try counts for the address that it
	 * comes from, also one that went well, so that nobody fills the machine with accounts. Throws TOO_MANY_TRIES, PASSWORD_UNFIT, and what `add` does.
	 */
	async register({ name, password }: Credentials, origin: string, add: (passwordHash: string) => string): Promise<string> {
		this.#passwords.check(password, name);
		this.#enter([{ registrationsFrom: origin }], { act: 'registrationRefused', subject: null, origin });
		const id = add(await this.#passwords.hash(password));
		this.#record({ accountId: id, act: 'registered', subject: id, origin, result: 'ok' });
		return id;
	}

	/** Lets on who is signed in and knows the account's password, and whom nobody gave one. Throws PASSWORD_WRONG, TOO_MANY_TRIES. */
	async prove(row: AccountRow, password: string | null, origin: string): Promise<void> {
		if (row.passwordHash === null) return;
		if (password === null) throw failure('PASSWORD_WRONG', {});
		const passed = this.#enter([{ knownTo: row.id }], { act: 'signInRefused', subject: row.id, origin });
		if (!(await this.#passwords.isRight(row.passwordHash, password))) throw failure('PASSWORD_WRONG', {});
		passed();
	}

	/** Counts a try; what it answers with takes that back. */
	#enter(subjects: Subject[], { act, subject, origin }: Pick<AuditRecord, 'act' | 'subject' | 'origin'>): () => void {
		// Before it is counted: a try that is not made is none.
		this.#passwords.refuseIfBusy();
		const entry = this.#throttle.enter(subjects);
		if (entry.kind === 'open') return entry.succeeded;
		if (entry.isFirst) this.#record({ accountId: null, act, subject, origin, result: 'TOO_MANY_TRIES' });
		throw failure('TOO_MANY_TRIES', { retryAfterMs: entry.retryAfterMs });
	}

	/** Makes a hash of weaker parameters anew, now that its password is at hand. */
	async #raise({ id, passwordHash }: AccountRow, password: string): Promise<void> {
		if (passwordHash === null || !this.#passwords.isWeak(passwordHash)) return;
		const raised = await this.#passwords.hash(password);
		this.#db
			.update(account)
			.set({ passwordHash: raised })
			.where(and(eq(account.id, id), eq(account.passwordHash, passwordHash)))
			.run();
	}
}
