import { randomBytes, randomUUID } from 'node:crypto';
import { and, asc, eq, isNotNull, isNull, max } from 'drizzle-orm';
import type { Logger } from 'pino';
import type { Credentials, OwnAccount, Session, SetupCode, SetupOrder } from '#contract/accounts.ts';
import { failure } from '#contract/errors.ts';
import { type Db, immediate } from '../../platform/database/openDatabase.ts';
import { everyOwner } from '../../platform/database/owned.ts';
import type { Place, TokenSet, WebDoor } from '../../platform/http/WebDoor.ts';
import type { AuditRecord, CallContext, Principal, Seat } from '../../platform/rpc/guard.ts';
import type { Secrets } from '../../platform/secrets/Secrets.ts';
import { accountKey } from './accountKey.ts';
import { Doorkeeper } from './Doorkeeper.ts';
import { ForwardClock, type TimeSource } from './ForwardClock.ts';
import { Keys, keyHash } from './Keys.ts';
import { Passwords } from './Passwords.ts';
import { Principals } from './Principals.ts';
import { People, readAccount } from './people.ts';
import { Sessions } from './Sessions.ts';
import { SetupCodes } from './SetupCodes.ts';
import { account, session, signInFailure } from './schema.ts';
import { Tokens } from './Tokens.ts';
import { WindowSeat } from './WindowSeat.ts';

export type { Keys } from './Keys.ts';

const secretName = 'tokenSecret';
const secretBytes = 32;

type SignedIn = CallContext & { principal: Principal };

/**
 * Who uses this machine's Homeroom, and what proves it.
 *
 * An owner without a name and a password exists from the first start; every other account is made by an administrator. Whoever has
 * proved something is looked at anew for every call (Principals.ts), and `onChange` tells when open connections should be.
 */
export class Accounts implements WebDoor {
	readonly people: People;
	readonly keys: Keys;
	readonly #db: Db;
	readonly #now: () => number;
	readonly #log: Pick<Logger, 'warn' | 'error'>;
	readonly #record: (entry: AuditRecord) => void;
	readonly #codes: SetupCodes;
	readonly #sessions: Sessions;
	readonly #passwords: Passwords;
	readonly #doorkeeper: Doorkeeper;
	readonly #principals: Principals;
	readonly #tokens: Tokens;
	readonly #listeners = new Set<() => void>();
	readonly #hasPassword;

	/**
	 * @param options.commonPasswords the file of the passwords that nobody may choose.
	 * @param options.record writes into the audit log.
	 * @param options.time another clock than the machine's.
	 */
	constructor(options: {
		db: Db;
		secrets: Pick<Secrets, 'get' | 'set' | 'isAway'>;
		log: Pick<Logger, 'warn' | 'error'>;
		commonPasswords: string;
		record: (entry: AuditRecord) => void;
		time?: TimeSource;
	}) {
		const { db } = options;
		this.#db = db;
		this.#log = options.log;
		this.#record = options.record;
		const { now, wall } = new ForwardClock({ notBefore: latestKnown(db), source: options.time });
		this.#now = now;
		const changed = () => this.#announce();
		this.#codes = new SetupCodes({ db, now: wall });
		this.#sessions = new Sessions({ db, now, changed });
		this.keys = new Keys({ db, now: wall, changed });
		this.people = new People({
			db,
			now: wall,
			codes: this.#codes,
			sessions: { endAll: (accountId) => this.#shutOut(accountId), signOut: (accountId) => this.#sessions.endAll(accountId) },
			changed,
		});
		this.#passwords = new Passwords({ commonFile: options.commonPasswords });
		this.#doorkeeper = new Doorkeeper({ db, now, passwords: this.#passwords, codes: this.#codes, record: options.record });
		this.#principals = new Principals({ db, now, wall, log: options.log });
		this.#tokens = new Tokens({ secret: readSecret(options.secrets), now });
		this.#hasPassword = db.select({ id: account.id }).from(account).where(isNotNull(account.passwordHash)).limit(1).prepare();
		makeOwner(db, now());
	}

	/** Some account has a password. Until then nobody can sign in, and the first code is the way in. */
	get isSetUp(): boolean {
		return this.#hasPassword.get() !== undefined;
	}

	/** A fresh code for the machine's owner, while no account has a password; else null. */
	firstCode(): SetupCode | null {
		if (this.isSetUp) return null;
		const owner = and(eq(account.role, 'admin'), isNull(account.disabledAt));
		const found = this.#db.select({ id: account.id }).from(account).where(owner).orderBy(asc(account.createdAt)).limit(1).get();
		return found ? this.#codes.issue(found.id) : null;
	}

	/**
	 * A code with which the account of this name gets another password, for whoever can start the program on its data folder; null where
	 * no such account can sign in. Its present password stays good until the code is used.
	 */
	recoveryCode(name: string): SetupCode | null {
		const named = and(eq(account.nameKey, accountKey(name)), isNull(account.disabledAt));
		const found = this.#db.select({ id: account.id }).from(account).where(named).get();
		if (!found) return null;
		this.#record({ accountId: null, act: 'accounts.resetPassword', subject: found.id, origin: 'app', result: 'ok' });
		return this.#codes.issue(found.id);
	}

	// What a browser does over HTTP (platform/http/WebDoor.ts).

	/** @param knownTo the account that this browser was signed in to before (`recognize`). */
	async signIn(typed: Credentials, place: Place, knownTo: string | null = null): Promise<TokenSet> {
		const from = { origin: place.address, knownTo };
		return await this.#tokens.issue(await this.#doorkeeper.admit(typed, from, (accountId) => this.#sessions.open(accountId, place)));
	}

	/** Makes an account for a stranger, and answers with its id (Doorkeeper.ts, People.register). Whether strangers may is for the caller to know. */
	async register(typed: Credentials, address: string): Promise<string> {
		return await this.#doorkeeper.register(typed, address, (passwordHash) => this.people.register({ name: typed.name, passwordHash }));
	}

	/** The account that a browser was signed in to before, by the token it keeps of that; null where it is no good one. It proves nothing else. */
	async recognize(knownToken: string): Promise<string | null> {
		return await this.#tokens.readKnown(knownToken);
	}

	async setUp(order: SetupOrder, place: Place): Promise<TokenSet> {
		return await this.#tokens.issue(this.#sessions.open(await this.#setUp(order, place.address), place));
	}

	/** Takes a refresh token for its successor and fresh access; null where it is good for nothing. One used twice ends its session. */
	async refresh(refreshToken: string, address: string): Promise<TokenSet | null> {
		const told = await this.#tokens.readRefresh(refreshToken);
		if (told === null) return null;
		const renewal = this.#sessions.renew(told.sessionId, told.refreshId);
		if (renewal.kind === 'gone') return null;
		const { accountId, id } = renewal.row;
		if (renewal.kind === 'reused') {
			this.#sessions.endIfOpen(id);
			this.#record({ accountId: null, act: 'sessionReused', subject: accountId, origin: address, result: 'SIGN_IN_REFUSED' });
			return null;
		}
		return this.#principals.of({ kind: 'browser', sessionId: id }) && (await this.#tokens.issue(renewal.row));
	}

	/** Ends the session that either token belongs to. Safe to repeat. */
	async signOutWith(tokens: { access: string | null; refresh: string | null }, address: string): Promise<void> {
		const told = (tokens.access && (await this.#tokens.readAccess(tokens.access))) || (tokens.refresh && (await this.#tokens.readRefresh(tokens.refresh)));
		const found = told ? this.#sessions.find(told.sessionId) : undefined;
		if (!found) return;
		this.#sessions.endIfOpen(found.id);
		this.#record({ accountId: found.accountId, act: 'accounts.signOut', subject: found.accountId, origin: address, result: 'ok' });
	}

	/**
	 * Checks an access token, or the secret of a key. The answer tells who it stands for, anew each time; null where it is no good one.
	 *
	 * An access token stands for nobody after its own end, however long its session is renewed: a copy is soon worth nothing.
	 */
	async identify(proof: { accessToken: string } | { bearer: string }): Promise<(() => Principal | null) | null> {
		if ('bearer' in proof) {
			const secretHash = keyHash(proof.bearer);
			return secretHash === null ? null : () => this.#principals.of({ kind: 'key', secretHash });
		}
		const told = await this.#tokens.readAccess(proof.accessToken);
		return told && (() => (this.#now() < told.expiresAt ? this.#principals.of({ kind: 'browser', sessionId: told.sessionId }) : null));
	}

	/** The desktop window's place. Make one for the window, and keep it. */
	openSeat(): WindowSeat {
		return new WindowSeat(this.#principals);
	}

	// What is called as a procedure (handlers.ts).

	/** Signs the window in; whoever sat there before is signed out. */
	async signInAt(context: CallContext, typed: Credentials): Promise<void> {
		const seat = seatOf(context);
		await this.#doorkeeper.admit(typed, { origin: context.origin, knownTo: null }, (accountId) => this.#sit(context, seat, accountId));
	}

	nameOfCode(code: string, origin: string): string {
		return this.#doorkeeper.lookUp(code, origin).name;
	}

	async setUpAt(context: CallContext, order: SetupOrder): Promise<void> {
		const seat = seatOf(context);
		this.#sit(context, seat, await this.#setUp(order, context.origin));
	}

	own(accountId: string): OwnAccount {
		const { id, name, role, passwordHash } = readAccount(this.#db, accountId);
		return { id, name, role, hasPassword: passwordHash !== null, isNew: name === '' };
	}

	/**
	 * Sets the caller's password. All else that signed the account in ends: its other sessions, and, unless this is its first password,
	 * its keys, which the owner may switch on again. A window that needed no sign-in until now stays.
	 */
	async changePassword({ principal, origin, seat }: SignedIn, change: { current: string | null; next: string }): Promise<OwnAccount> {
		const row = readAccount(this.#db, principal.accountId);
		await this.#doorkeeper.prove(row, change.current, origin);
		this.#passwords.check(change.next, row.name);
		const passwordHash = await this.#passwords.hash(change.next);
		const unchanged = and(eq(account.id, row.id), row.passwordHash === null ? isNull(account.passwordHash) : eq(account.passwordHash, row.passwordHash));
		const { changes } = this.#db.update(account).set({ passwordHash, setupHash: null, setupExpiresAt: null }).where(unchanged).run();
		if (changes === 0) throw failure('PASSWORD_WRONG', {});
		if (row.passwordHash !== null) this.keys.disableAll(row.id);
		this.#sessions.endAll(row.id, principal.sessionId);
		if (principal.sessionId === null) seat?.take(this.#sessions.open(row.id, windowPlace(origin)).id);
		return this.own(row.id);
	}

	/** Lets on who knows the caller's password, or has none. Throws PASSWORD_WRONG, TOO_MANY_TRIES. */
	async provePassword({ principal, origin }: SignedIn, password: string | null): Promise<void> {
		await this.#doorkeeper.prove(readAccount(this.#db, principal.accountId), password, origin);
	}

	signOut({ principal, seat }: SignedIn): void {
		if (principal.sessionId === null) return;
		seat?.leave();
		this.#sessions.end(principal.accountId, principal.sessionId);
	}

	/** The account's sessions, the last used first; `thisOne` is the one that asks. */
	sessions(accountId: string, thisOne: string | null): Session[] {
		return this.#sessions.list(accountId, thisOne);
	}

	/** Ends one session of the account (`only`), all but one, or all. */
	endSessions(accountId: string, which: { only?: string; but?: string | null }): void {
		if (which.only === undefined) this.#sessions.endAll(accountId, which.but ?? null);
		else this.#sessions.end(accountId, which.only);
	}

	/** Calls `listener` after something has ended or changed by which somebody may be connected; the answer undoes it. */
	onChange(listener: () => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	#sit({ principal, origin }: CallContext, seat: Seat, accountId: string): void {
		seat.take(this.#sessions.open(accountId, windowPlace(origin)).id);
		if (principal?.sessionId) this.#sessions.endIfOpen(principal.sessionId);
	}

	async #setUp(order: SetupOrder, origin: string): Promise<string> {
		const accountId = await this.#doorkeeper.setUp(order, origin);
		this.#shutOut(accountId);
		return accountId;
	}

	/** Ends all that signs an account in: its sessions and its keys. */
	#shutOut(accountId: string): void {
		this.keys.disableAll(accountId);
		this.#sessions.endAll(accountId);
	}

	#announce(): void {
		// Later, so that whoever looks sees what a transaction under way has left.
		queueMicrotask(() => {
			for (const listener of this.#listeners) {
				// What fails for one connection must not keep the others from being told, nor end the program.
				try {
					listener();
				} catch (error) {
					this.#log.error({ err: error }, 'an open connection could not be looked at');
				}
			}
		});
	}
}

/** Browsers are signed in over HTTP, where cookies can be set. */
function seatOf({ seat }: CallContext): Seat {
	if (seat === null) throw failure('NOT_HERE', {});
	return seat;
}

function windowPlace(origin: string): Place {
	return { device: 'window', address: origin };
}

function makeOwner(db: Db, now: number): void {
	immediate(db, (tx) => {
		if (tx.select({ id: account.id }).from(account).where(eq(account.role, 'admin')).limit(1).get()) return;
		tx.insert(account).values({ id: randomUUID(), name: '', nameKey: '', role: 'admin', createdAt: now }).run();
	});
}

/**
 * The secret that this install signs with. One that cannot be opened any more gives way to another, and everybody signs in again; one
 * whose keychain is away at this start stays, and until the next another one signs.
 */
function readSecret(secrets: Pick<Secrets, 'get' | 'set' | 'isAway'>): Uint8Array {
	const kept = Buffer.from(secrets.get(secretName) ?? '', 'base64url');
	if (kept.length === secretBytes) return kept;
	const made = randomBytes(secretBytes);
	if (!secrets.isAway(secretName)) secrets.set(secretName, made.toString('base64url'));
	return made;
}

/** The latest instant that the rows tell of; it has been, whatever the clock shows now. */
function latestKnown(db: Db): number {
	const used = db
		.select({ at: max(session.lastUsedAt) })
		.from(session)
		.where(everyOwner(session))
		.get();
	const tried = db
		.select({ at: max(signInFailure.lastAt) })
		.from(signInFailure)
		.get();
	return Math.max(used?.at ?? 0, tried?.at ?? 0);
}
