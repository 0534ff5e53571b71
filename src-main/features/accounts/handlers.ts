import type { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { contract } from '#contract/contract.ts';
import { type AuditRecord, type CallContext, handlersFor, type Principal } from '../../platform/rpc/guard.ts';
import type { Accounts } from './accounts.ts';

/**
 * What the features keep for one account, beside what accounts itself does; app.ts puts it together.
 */
export interface Belongings {
	/** All of it, as the pieces of one JSON text. */
	export(accountId: string): Iterable<{ fileName: string; text: string }>;
	/** What the account has made, as a ZIP archive of files that other programs open; made while it is read. */
	exportFiles(accountId: string): { fileName: string; zip: Readable };
	/** Ends what runs for the account, then deletes the account with all of it, as `by` asks. Throws LAST_ADMIN. */
	remove(accountId: string, by: Pick<AuditRecord, 'accountId' | 'origin'>): Promise<void>;
}

export function accountsHandlers(accounts: Accounts, belongings: Belongings) {
	const on = handlersFor(contract.accounts);
	const { people, keys } = accounts;
	return on.router({
		door: on.door.handler(({ context }) => ({ isSignedIn: context.principal !== null, isSetUp: accounts.isSetUp })),
		signIn: on.signIn.handler(({ context, input }) => accounts.signInAt(context, input)),
		showCode: on.showCode.handler(({ context, input }) => ({ name: accounts.nameOfCode(input.code, context.origin) })),
		setUp: on.setUp.handler(({ context, input }) => accounts.setUpAt(context, input)),

		me: on.me.handler(({ context }) => accounts.own(context.principal.accountId)),
		rename: on.rename.handler(({ context, input }) => {
			people.change(context.principal.accountId, { name: input.name });
			return accounts.own(context.principal.accountId);
		}),
		changePassword: on.changePassword.handler(({ context, input }) => accounts.changePassword(context, input)),
		signOut: on.signOut.handler(({ context }) => accounts.signOut(context)),
		sessions: on.sessions.handler(({ context }) => accounts.sessions(context.principal.accountId, context.principal.sessionId)),
		endSession: on.endSession.handler(({ context, input }) => accounts.endSessions(context.principal.accountId, { only: input.sessionId })),
		endOtherSessions: on.endOtherSessions.handler(({ context }) => accounts.endSessions(context.principal.accountId, { but: context.principal.sessionId })),
		exportOwn: on.exportOwn.handler(async function* ({ context }) {
			for (const piece of belongings.export(context.principal.accountId)) {
				yield piece;
				// Each takes a while to be read, and the app has others to serve.
				await setImmediate();
			}
		}),
		exportFiles: on.exportFiles.handler(async function* ({ context }) {
			const { fileName, zip } = belongings.exportFiles(context.principal.accountId);
			// Ended early, it lets go of what it reads.
			for await (const piece of zip) yield { fileName, piece: (piece as Buffer).toString('base64') };
		}),
		removeOwn: on.removeOwn.handler(async ({ context, input }) => {
			await accounts.provePassword(context, input.password);
			await belongings.remove(context.principal.accountId, callerOf(context));
		}),

		keys: on.keys.handler(({ context }) => keys.list(context.principal.accountId)),
		createKey: on.createKey.handler(({ context, input }) => keys.create(context.principal.accountId, input)),
		changeKey: on.changeKey.handler(({ context, input }) => keys.change(context.principal.accountId, input.keyId, input)),
		rotateKey: on.rotateKey.handler(({ context, input }) => keys.rotate(context.principal.accountId, input.keyId)),
		removeKey: on.removeKey.handler(({ context, input }) => keys.remove(context.principal.accountId, input.keyId)),

		people: on.people.handler(() => people.list()),
		create: on.create.handler(({ context, input }) => people.create(context.principal.accountId, input)),
		change: on.change.handler(({ input: { accountId, ...changes } }) => people.change(accountId, changes)),
		resetPassword: on.resetPassword.handler(({ input }) => people.resetPassword(input.accountId)),
		remove: on.remove.handler(({ context, input }) => belongings.remove(input.accountId, callerOf(context))),
		sessionsOf: on.sessionsOf.handler(({ input }) => accounts.sessions(input.accountId, null)),
		endSessionsOf: on.endSessionsOf.handler(({ input }) => accounts.endSessions(input.accountId, input.sessionId === null ? {} : { only: input.sessionId })),
	});
}

function callerOf({ principal, origin }: CallContext & { principal: Principal }): Pick<AuditRecord, 'accountId' | 'origin'> {
	return { accountId: principal.accountId, origin };
}
