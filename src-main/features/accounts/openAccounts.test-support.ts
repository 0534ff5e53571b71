import path from 'node:path';
import { desc, ne } from 'drizzle-orm';
import pino from 'pino';
import type { Role } from '#contract/accounts.ts';
import { temporaryDatabase } from '../../platform/database/temporaryDatabase.ts';
import type { CallContext, Principal } from '../../platform/rpc/guard.ts';
import { type Keychain, Secrets } from '../../platform/secrets/Secrets.ts';
import { Audit } from '../audit/audit.ts';
import { auditEntry } from '../audit/schema.ts';
import { Accounts } from './accounts.ts';
import { wasUsed } from './wasUsed.ts';

export const password = 'a stone in the shoe';
export const place = { device: 'a browser', address: '127.0.0.1' };

/** The file of the common passwords that ships. */
export const commonPasswords = path.resolve('resources/passwords/common.txt');

export type OpenedAccounts = ReturnType<typeof openAccounts>;

/** The accounts over a real database, secrets and audit log, and a clock that the test moves. */
export function openAccounts(options: { keychain?: Keychain } = {}) {
	const database = temporaryDatabase();
	const { db } = database;
	const log = pino({ level: 'silent' });
	const time = {
		wallMs: Date.UTC(2026, 0, 5),
		elapsedMs: 0,
		/** Lets time pass, as the machine's clock shows it too. */
		pass(ms: number) {
			time.wallMs += ms;
			time.elapsedMs += ms;
		},
		/** What somebody does to the machine's clock, while no time passes. */
		setClock(byMs: number) {
			time.wallMs += byMs;
		},
		/** Lets time pass while the machine's clock stands still. */
		passUnseen(ms: number) {
			time.elapsedMs += ms;
		},
	};
	const secrets = new Secrets({ db, keyFile: path.join(database.folder, 'secrets.key'), log, keychain: options.keychain });
	const open = () => {
		const audit: Audit = new Audit({ db, secrets, log, nameOf: (accountId) => accounts.people.nameOf(accountId), wasUsed: () => wasUsed(db) });
		const accounts: Accounts = new Accounts({
			db,
			secrets,
			log,
			commonPasswords,
			record: (entry) => audit.record(entry),
			time: { wall: () => time.wallMs, elapsed: () => time.elapsedMs },
		});
		return accounts;
	};
	let accounts = open();
	const stage = {
		db,
		time,
		get accounts() {
			return accounts;
		},
		/** What this install signs with; none but a test reads it from outside. */
		secret: () => Buffer.from(secrets.get('tokenSecret') ?? '', 'base64url'),
		/** Ends the accounts as a kill does and opens them anew; time since then counts from the clock. */
		restart() {
			accounts = open();
		},
		/** Sets the owner up: a browser signed in as Ada. */
		async setUpOwner() {
			const code = accounts.firstCode()?.code ?? '';
			const grant = await accounts.setUp({ code, name: 'Ada', password }, place);
			return { ...grant, accountId: principalIn(await accounts.identify({ accessToken: grant.access.token })).accountId };
		},
		/** Makes an account and signs a browser in as it. */
		async join(name: string, role: Role, adminId: string) {
			const { code, person } = accounts.people.create(adminId, { name, role });
			return { ...(await accounts.setUp({ code, name: null, password }, place)), accountId: person.id };
		},
		/** Who an access token stands for now. */
		async who(accessToken: string): Promise<Principal | null> {
			return (await accounts.identify({ accessToken }))?.() ?? null;
		},
		/** What the audit log holds of what was done, newest first, without its ids and times. */
		acts: () =>
			db
				.select({ act: auditEntry.act, subject: auditEntry.subject, result: auditEntry.result })
				.from(auditEntry)
				.where(ne(auditEntry.act, 'logBegun'))
				.orderBy(desc(auditEntry.id))
				.all(),
		/** The context of a call by `principal`. */
		context(principal: Principal | null, seat: CallContext['seat'] = null): CallContext & { principal: Principal } {
			const gate = { mayUseModel: () => true, record: () => {}, refuseUnrecorded: () => {} };
			// A procedure that needs nobody is called without a principal, which its handlers' type does not tell.
			return { principal: principal as Principal, requestId: 'r', log, gate, origin: seat ? 'window' : place.address, seat };
		},
		close: () => database.remove(),
	};
	return stage;
}

/** Who a credential stands for; throws where it is nobody. */
export function principalIn(who: (() => Principal | null) | null): Principal {
	const principal = who?.() ?? null;
	if (principal === null) throw new Error('nobody is known by this');
	return principal;
}

/** The code of the failure that a promise rejects with, or `ok`. */
export async function codeOf(act: Promise<unknown> | (() => unknown)): Promise<unknown> {
	try {
		await (typeof act === 'function' ? act() : act);
		return 'ok';
	} catch (error) {
		return error instanceof Error && 'code' in error ? error.code : error;
	}
}
