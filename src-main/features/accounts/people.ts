import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { and, asc, eq, isNotNull, isNull, ne, sql } from 'drizzle-orm';
import type { Account, Person, Role, SetupCode } from '#contract/accounts.ts';
import { failure } from '#contract/errors.ts';
import { type Db, immediate, type Store, type Tx } from '../../platform/database/openDatabase.ts';
import { owned, ownedByAny } from '../../platform/database/owned.ts';
import { claimName } from './claimName.ts';
import { account, modelRight } from './schema.ts';

export type AccountRow = typeof account.$inferSelect;

/** Makes the codes with which people choose a password (SetupCodes.ts). */
export interface CodeIssue {
	issue(accountId: string): SetupCode;
}

/** Ends what signs an account in. */
export interface SessionEnd {
	/** Its sessions, and its keys, which its owner may switch on again. */
	endAll(accountId: string): void;
	/** Its sessions alone. */
	signOut(accountId: string): void;
}

/** What can be changed about an account; what is left out stays. `modelIds` null: every model. */
export interface PersonChanges {
	name?: string | undefined;
	role?: Role | undefined;
	isDisabled?: boolean | undefined;
	modelIds?: readonly string[] | null | undefined;
}

/**
 * The accounts of this machine, as an administrator keeps them, and what each may do.
 *
 * What may be relied on: there is always an administrator who can sign in, once there is one (LAST_ADMIN refuses the rest); nobody but
 * its own person ever sets or learns a password; whatever takes a right away ends the account's sessions with it. `changed` is called
 * after each change of an account that was stored.
 */
export class People {
	readonly #db: Db;
	readonly #codes: CodeIssue;
	readonly #sessions: SessionEnd;
	readonly #changed: (accountId: string) => void;
	readonly #now: () => number;
	readonly #rights;

	constructor(options: { db: Db; codes: CodeIssue; sessions: SessionEnd; changed: (accountId: string) => void; now?: () => number }) {
		this.#db = options.db;
		this.#codes = options.codes;
		this.#sessions = options.sessions;
		this.#changed = options.changed;
		this.#now = options.now ?? Date.now;
		// Each answer of a model asks this several times.
		this.#rights = this.#db
			.select({ role: account.role, everyModel: account.everyModel, disabledAt: account.disabledAt })
			.from(account)
			.where(eq(account.id, sql.placeholder('accountId')))
			.prepare();
	}

	/** All accounts, in the order of their making. */
	list(): Person[] {
		const rows = this.#db.select().from(account).orderBy(asc(account.createdAt), asc(account.nameKey)).all();
		const rights = this.#rightsOf(rows.map(({ id }) => id));
		return rows.map((row) => this.#toPerson(row, rights.get(row.id) ?? []));
	}

	/** Throws NOT_FOUND. */
	get(accountId: string): Person {
		return this.#toPerson(readAccount(this.#db, accountId), this.#rightsOf([accountId]).get(accountId) ?? []);
	}

	/** Null where there is none. */
	find(accountId: string): Account | null {
		return this.#db.select({ id: account.id, name: account.name, role: account.role }).from(account).where(eq(account.id, accountId)).get() ?? null;
	}

	/** What an account is called; null where there is none. */
	nameOf(accountId: string): string | null {
		return this.find(accountId)?.name ?? null;
	}

	/**
	 * Makes an account and the code with which its person chooses a password. Throws NAME_TAKEN, and PASSWORD_NEEDED while somebody uses
	 * Homeroom without one: from the second account on everybody signs in.
	 */
	create(callerId: string, { name, role }: { name: string; role: Role }): SetupCode & { person: Person } {
		const id = randomUUID();
		const code = immediate(this.#db, (tx) => {
			if (readAccount(tx, callerId).passwordHash === null || this.#usesNoPassword(tx)) throw failure('PASSWORD_NEEDED', {});
			tx.insert(account)
				.values({ id, ...claimName(tx, null, name), role, createdAt: this.#now() })
				.run();
			return this.#codes.issue(id);
		});
		this.#changed(id);
		return { ...code, person: this.get(id) };
	}

	/**
	 * Makes an account for a stranger who has chosen a password, with a user's rights, and answers with its id. Throws NAME_TAKEN, and
	 * PASSWORD_NEEDED while somebody uses Homeroom without one.
	 */
	register({ name, passwordHash }: { name: string; passwordHash: string }): string {
		const id = randomUUID();
		immediate(this.#db, (tx) => {
			if (this.#usesNoPassword(tx)) throw failure('PASSWORD_NEEDED', {});
			tx.insert(account)
				.values({ id, ...claimName(tx, null, name), passwordHash, role: 'user', createdAt: this.#now() })
				.run();
		});
		this.#changed(id);
		return id;
	}

	/** Who is being deleted: what a crash cut short goes on at the next start (composeBelongings.ts). */
	beingRemoved(): string[] {
		const rows = this.#db.select({ id: account.id }).from(account).where(isNotNull(account.removalBegunAt)).all();
		return rows.map(({ id }) => id);
	}

	/** Changes what is named; another role, right or switch ends the account's sessions. Throws NOT_FOUND, NAME_TAKEN, LAST_ADMIN. */
	change(accountId: string, changes: PersonChanges): Person {
		immediate(this.#db, (tx) => {
			const before = this.#toPerson(readStaying(tx, accountId), this.#rightsOf([accountId]).get(accountId) ?? []);
			const { name = before.name, role = before.role, isDisabled = before.isDisabled, modelIds = before.modelIds } = changes;
			if (role !== 'admin' || isDisabled) this.#refuseLastAdmin(tx, accountId);
			const named = name === before.name ? {} : claimName(tx, accountId, name);
			const disabledAt = isDisabled === before.isDisabled ? {} : { disabledAt: isDisabled ? this.#now() : null };
			tx.update(account)
				.set({ ...named, ...disabledAt, role, everyModel: modelIds === null })
				.where(eq(account.id, accountId))
				.run();
			const rights = modelIds && [...new Set(modelIds)].sort();
			const sameRights = isDeepStrictEqual(rights, before.modelIds);
			if (!sameRights) writeRights(tx, accountId, rights ?? []);
			if (role !== before.role || !sameRights) this.#sessions.endAll(accountId);
			// Its keys open nothing meanwhile, and are as they were when it is switched on again.
			else if (isDisabled !== before.isDisabled) this.#sessions.signOut(accountId);
		});
		this.#changed(accountId);
		return this.get(accountId);
	}

	/** Takes the password away, ends all sessions and makes a code for the next one. Throws NOT_FOUND, LAST_ADMIN. */
	resetPassword(accountId: string): SetupCode {
		const code = immediate(this.#db, (tx) => {
			readStaying(tx, accountId);
			this.#refuseLastAdmin(tx, accountId);
			tx.update(account).set({ passwordHash: null }).where(eq(account.id, accountId)).run();
			this.#sessions.endAll(accountId);
			return this.#codes.issue(accountId);
		});
		this.#changed(accountId);
		return code;
	}

	/**
	 * The first step of deleting an account: shuts it out for good, so that nothing new begins for it, nobody can sign in to it or let it
	 * in again, and whatever cuts the rest short is known (`beingRemoved`). Safe to repeat. Throws NOT_FOUND, LAST_ADMIN.
	 */
	beginRemoval(accountId: string): void {
		immediate(this.#db, (tx) => {
			const { disabledAt, removalBegunAt } = readAccount(tx, accountId);
			this.#refuseLastAdmin(tx, accountId);
			tx.update(account)
				.set({ disabledAt: disabledAt ?? this.#now(), removalBegunAt: removalBegunAt ?? this.#now(), setupHash: null })
				.where(eq(account.id, accountId))
				.run();
			this.#sessions.endAll(accountId);
		});
	}

	/** The last step: deletes the account's row with its sessions, keys and rights, in the transaction that deletes all that is its own. */
	remove(tx: Tx, accountId: string): void {
		this.#refuseLastAdmin(tx, accountId);
		this.#sessions.endAll(accountId);
		tx.delete(account).where(eq(account.id, accountId)).run();
	}

	/** Throws LAST_ADMIN where without this account no enabled administrator with a password would be left. */
	#refuseLastAdmin(store: Store, accountId: string): void {
		const isAdmin = and(eq(account.role, 'admin'), isNull(account.disabledAt));
		const itself = store
			.select({ id: account.id })
			.from(account)
			.where(and(isAdmin, eq(account.id, accountId)))
			.get();
		const other = store
			.select({ id: account.id })
			.from(account)
			.where(and(isAdmin, isNotNull(account.passwordHash), ne(account.id, accountId)))
			.get();
		if (itself && !other) throw failure('LAST_ADMIN', {});
	}

	/** Whether an account may use a model; asked anew each time. Nobody's and a disabled one's may use none. */
	mayUseModel(accountId: string, modelId: string): boolean {
		return this.usableBy(accountId)(modelId);
	}

	/** The same for many models at once, as it is now. */
	usableBy(accountId: string): (modelId: string) => boolean {
		const row = this.#rights.get({ accountId });
		if (!row || row.disabledAt !== null) return () => false;
		if (row.role === 'admin' || row.everyModel) return () => true;
		const listed = new Set(this.#rightsOf([accountId]).get(accountId));
		return (modelId) => listed.has(modelId);
	}

	/** Somebody who is let in has no password and no code to choose one with: the machine's owner, in the window that needs no sign-in. */
	#usesNoPassword(store: Store): boolean {
		const open = and(isNull(account.passwordHash), isNull(account.setupHash), isNull(account.disabledAt));
		return store.select({ id: account.id }).from(account).where(open).get() !== undefined;
	}

	#rightsOf(accountIds: readonly string[]): Map<string, string[]> {
		const rows = this.#db.select().from(modelRight).where(ownedByAny(modelRight, accountIds)).orderBy(asc(modelRight.modelId)).all();
		const grouped = Map.groupBy(rows, ({ accountId }) => accountId);
		return new Map([...grouped].map(([id, rights]) => [id, rights.map(({ modelId }) => modelId)]));
	}

	#toPerson(row: AccountRow, modelIds: string[]): Person {
		const { id, name, role, passwordHash, setupHash, setupExpiresAt, createdAt, lastSeenAt } = row;
		return {
			...{ id, name, role, createdAt, lastSeenAt },
			hasPassword: passwordHash !== null,
			isDisabled: row.disabledAt !== null,
			isBeingRemoved: row.removalBegunAt !== null,
			modelIds: row.everyModel ? null : modelIds,
			codeExpiresAt: setupHash !== null && setupExpiresAt !== null && setupExpiresAt > this.#now() ? setupExpiresAt : null,
		};
	}
}

/** Throws NOT_FOUND. */
export function readAccount(store: Store, accountId: string): AccountRow {
	const row = store.select().from(account).where(eq(account.id, accountId)).get();
	if (!row) throw failure('NOT_FOUND', { what: 'account' });
	return row;
}

/** The same; who is being deleted is not there any more. */
function readStaying(store: Store, accountId: string): AccountRow {
	const row = readAccount(store, accountId);
	if (row.removalBegunAt !== null) throw failure('NOT_FOUND', { what: 'account' });
	return row;
}

function writeRights(tx: Tx, accountId: string, modelIds: readonly string[]): void {
	tx.delete(modelRight).where(owned(modelRight, accountId)).run();
	for (const modelId of modelIds) tx.insert(modelRight).values({ accountId, modelId }).run();
}
