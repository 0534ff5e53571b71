import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { procedure } from './define.ts';

export const role = z.enum(['viewer', 'user', 'admin']);
export type Role = z.infer<typeof role>;

/**
 * A name as people see it; two names that differ in case, width or accents' encoding alone are one. What nobody sees, or what turns the
 * letters around, is no part of one: it would make two that look alike.
 */
export const accountName = z
	.string()
	.trim()
	.min(1)
	.max(80)
	.refine((name) => !/[\p{C}\p{Zl}\p{Zp}]/u.test(name) && /\P{Default_Ignorable_Code_Point}/u.test(name), 'A name has characters that can be seen alone.');

export const account = z.object({ id: z.string(), name: z.string(), role });
export type Account = z.infer<typeof account>;

/** The caller's own account. `isNew`: the machine's first account, not asked yet for its name and a password. */
export const ownAccount = account.extend({ hasPassword: z.boolean(), isNew: z.boolean() });
export type OwnAccount = z.infer<typeof ownAccount>;

/** An account as an administrator sees it. */
export const person = account.extend({
	hasPassword: z.boolean(),
	isDisabled: z.boolean(),
	/** Its deletion began and was cut short; it is shut out, and goes at the next start, or when it is deleted again. */
	isBeingRemoved: z.boolean(),
	/** The models that this account may use; null: every one. Administrators may use every one whatever stands here. */
	modelIds: z.array(z.string()).nullable(),
	/** Until when its setup code is good; null where none is. */
	codeExpiresAt: z.number().int().nullable(),
	createdAt: z.number().int(),
	lastSeenAt: z.number().int().nullable(),
});
export type Person = z.infer<typeof person>;

/** A code, good once, with which its person chooses a password. It is shown when it is made and never again. */
export const setupCode = z.object({ code: z.string(), expiresAt: z.number().int() });
export type SetupCode = z.infer<typeof setupCode>;

/** One signed-in browser or window. */
export const session = z.object({
	id: z.string(),
	/** What it said it was: a user agent, or `window` for the desktop's. */
	device: z.string(),
	address: z.string(),
	createdAt: z.number().int(),
	lastUsedAt: z.number().int(),
	isThisOne: z.boolean(),
});
export type Session = z.infer<typeof session>;

/** The features whose procedures a key may be made for. `people` is of the HTTP API alone: who there is, and what they have to spend. */
export const keyScope = z.enum(['chat', 'convert', 'engine', 'finetune', 'grading', 'jobs', 'ledger', 'library', 'market', 'monitor', 'people', 'subtitles']);
export type KeyScope = z.infer<typeof keyScope>;

/** How much may be asked with a key. */
export const keyLimits = z.strictObject({
	requestsPerMinute: z.number().int().min(1).max(100_000),
	/** Answers that are written for it at the same time. */
	streamsAtOnce: z.number().int().min(1).max(1000),
	/** What may be charged through it in a calendar month, by the machine's own clock; null: as much as its owner has. */
	tokensPerMonth: z.number().int().min(1).max(1_000_000_000).nullable(),
});
export type KeyLimits = z.infer<typeof keyLimits>;
export const usualKeyLimits: KeyLimits = { requestsPerMinute: 60, streamsAtOnce: 2, tokensPerMonth: null };

/** A key with which another program acts for its owner. */
export const apiKey = z.object({
	id: z.string(),
	name: z.string(),
	/** How the key begins, to tell it from others. */
	prefix: z.string(),
	scopes: z.array(keyScope),
	limits: keyLimits,
	/** Charged through it in this calendar month. */
	usedThisMonth: z.number().int().nonnegative(),
	createdAt: z.number().int(),
	expiresAt: z.number().int().nullable(),
	lastUsedAt: z.number().int().nullable(),
	isDisabled: z.boolean(),
});
export type ApiKey = z.infer<typeof apiKey>;

/** A key with its secret, as it is shown once. */
export const freshKey = z.object({ key: apiKey, secret: z.string() });

/** What a sign-in screen needs to know before anybody is signed in. */
export const doorState = z.object({
	isSignedIn: z.boolean(),
	/** Some account has a password. Where none has, the first one is set up with a code. */
	isSetUp: z.boolean(),
});
export type DoorState = z.infer<typeof doorState>;

/** What somebody at the sign-in screen types. A browser sends it to /auth/sign-in, the window calls the procedure. */
export const credentials = z.strictObject({ name: z.string().max(200), password: z.string().max(1000) });
export type Credentials = z.infer<typeof credentials>;
/** What somebody with a setup code types; `name` renames the account, null keeps what it was given. */
export const setupOrder = z.strictObject({ code: z.string().max(100), name: accountName.nullable(), password: z.string().max(1000) });
export type SetupOrder = z.infer<typeof setupOrder>;

/** Why a sign-in or a setup is refused. */
export const doorFailures = ['SIGN_IN_REFUSED', 'TOO_MANY_TRIES'] as const;
export const passwordFailures = ['PASSWORD_UNFIT'] as const;

const accountId = z.strictObject({ accountId: z.string() });
const sessionId = z.strictObject({ sessionId: z.string() });
const keyId = z.strictObject({ keyId: z.string() });
const keyFields = z.strictObject({
	name: z.string().trim().min(1).max(80),
	scopes: z.array(keyScope).min(1).max(keyScope.options.length),
	expiresAt: z.number().int().positive().nullable(),
	limits: keyLimits.default(usualKeyLimits),
});

export const accounts = {
	door: procedure('nobody').output(doorState),
	/** Signs the desktop window in; browsers do it at /auth/sign-in, where cookies can be set. */
	signIn: procedure('nobody', ['NOT_HERE', ...doorFailures])
		.input(credentials)
		.output(z.void()),
	/** Whose code this is, so that its person sees the name. */
	showCode: procedure('nobody', doorFailures)
		.input(z.strictObject({ code: z.string().max(100) }))
		.output(z.object({ name: z.string() })),
	/** Chooses a password with a setup code and signs the window in; browsers do it at /auth/set-up. */
	setUp: procedure('nobody', ['NOT_HERE', 'NAME_TAKEN', ...doorFailures, ...passwordFailures])
		.input(setupOrder)
		.output(z.void()),

	/** The account that this connection acts for. */
	me: procedure('viewer').output(ownAccount),
	/** Gives the account another name. */
	rename: procedure('viewer', ['NAME_TAKEN'], { audit: 'self' })
		.input(z.strictObject({ name: accountName }))
		.output(ownAccount),
	/** Sets the first password (`current` null) or another one; every other session of the account ends. */
	changePassword: procedure('viewer', ['PASSWORD_WRONG', 'TOO_MANY_TRIES', ...passwordFailures], { audit: 'self' })
		.input(z.strictObject({ current: z.string().max(1000).nullable(), next: z.string().max(1000) }))
		.output(ownAccount),
	/** Ends the caller's session. A window that needs no sign-in stays. */
	signOut: procedure('viewer', [], { audit: 'self' }).output(z.void()),
	sessions: procedure('viewer').output(z.array(session)),
	/** Ends one of the caller's sessions. */
	endSession: procedure('viewer', [], { audit: 'sessionId' }).input(sessionId).output(z.void()),
	/** Ends all of the caller's sessions but the one that asks. */
	endOtherSessions: procedure('viewer', [], { audit: 'self' }).output(z.void()),
	/** Everything that is the caller's own, as the pieces of one JSON text. */
	exportOwn: procedure('viewer', [], { audit: 'self' }).output(eventIterator(z.object({ fileName: z.string(), text: z.string() }))),
	/** Everything that the caller has made, as the pieces (base64) of a ZIP archive of files that other programs open. */
	exportFiles: procedure('viewer', [], { audit: 'self' }).output(eventIterator(z.object({ fileName: z.string(), piece: z.base64() }))),
	/** Deletes the caller's account with all that is its own. The password is asked for where there is one. */
	removeOwn: procedure('viewer', ['PASSWORD_WRONG', 'TOO_MANY_TRIES', 'LAST_ADMIN'], { audit: 'self' })
		.input(z.strictObject({ password: z.string().max(1000).nullable() }))
		.output(z.void()),

	keys: procedure('user').output(z.array(apiKey)),
	createKey: procedure('user', [], {
		audit: 'made',
		auditFields: ['scopes', 'expiresAt', 'limits.requestsPerMinute', 'limits.streamsAtOnce', 'limits.tokensPerMonth'],
	})
		.input(keyFields)
		.output(freshKey),
	/** Changes what is named. */
	changeKey: procedure('user', [], {
		audit: 'keyId',
		auditFields: ['isDisabled', 'limits.requestsPerMinute', 'limits.streamsAtOnce', 'limits.tokensPerMonth'],
	})
		.input(keyId.extend({ isDisabled: z.boolean().optional(), limits: keyLimits.optional() }))
		.output(apiKey),
	/** Makes another secret for the key; the old one is good for nothing from then on. */
	rotateKey: procedure('user', [], { audit: 'keyId' }).input(keyId).output(freshKey),
	removeKey: procedure('user', [], { audit: 'keyId' }).input(keyId).output(z.void()),

	people: procedure('admin').output(z.array(person)),
	/** Makes an account without a password, and the code with which its person chooses one. The caller needs a password first. */
	create: procedure('admin', ['NAME_TAKEN', 'PASSWORD_NEEDED'], { audit: 'made', auditFields: ['role'] })
		.input(z.strictObject({ name: accountName, role }))
		.output(setupCode.extend({ person })),
	/** Changes what is named. A role, a right or a switch that changes ends the account's sessions. */
	change: procedure('admin', ['NAME_TAKEN', 'LAST_ADMIN'], { audit: 'accountId', auditFields: ['role', 'isDisabled', 'modelIds'] })
		.input(
			accountId.extend({
				name: accountName.optional(),
				role: role.optional(),
				isDisabled: z.boolean().optional(),
				modelIds: z.array(z.string()).max(1000).nullable().optional(),
			}),
		)
		.output(person),
	/** Takes the password away, ends all sessions and makes a setup code; nobody but the account's person learns the next password. */
	resetPassword: procedure('admin', ['LAST_ADMIN'], { audit: 'accountId' }).input(accountId).output(setupCode),
	/** Deletes an account with all that is its own; what it used stays in the ledger without a name. */
	remove: procedure('admin', ['LAST_ADMIN'], { audit: 'accountId' }).input(accountId).output(z.void()),
	sessionsOf: procedure('admin').input(accountId).output(z.array(session)),
	/** Ends one session of an account, or all of them (`sessionId` null). */
	endSessionsOf: procedure('admin', [], { audit: 'accountId', auditFields: ['sessionId'] })
		.input(accountId.extend({ sessionId: z.string().nullable() }))
		.output(z.void()),
};
