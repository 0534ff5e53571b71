import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { type KeyScope, type Role, usualKeyLimits } from '#contract/accounts.ts';

export const account = sqliteTable('account', {
	id: text().primaryKey(),
	/** Empty for the machine's first account until it was asked for its name. */
	name: text().notNull(),
	/** The name as it is compared (accountKey.ts). */
	nameKey: text('name_key').notNull().unique(),
	role: text().$type<Role>().notNull(),
	/** argon2id in the PHC form, which carries its parameters; null: nobody can sign in with a password. */
	passwordHash: text('password_hash'),
	/** SHA-256 of a setup code, and until when it is good. */
	setupHash: text('setup_hash').unique(),
	setupExpiresAt: integer('setup_expires_at'),
	/** False: only the models listed in `model_right`. */
	everyModel: integer('every_model', { mode: 'boolean' }).notNull().default(true),
	disabledAt: integer('disabled_at'),
	/** It is being deleted, and stays shut out until that is done. */
	removalBegunAt: integer('removal_begun_at'),
	createdAt: integer('created_at').notNull(),
	lastSeenAt: integer('last_seen_at'),
});

/** A model that an account which may not use every one may use. */
export const modelRight = sqliteTable(
	'model_right',
	{
		accountId: text('account_id')
			.notNull()
			.references(() => account.id, { onDelete: 'cascade' }),
		modelId: text('model_id').notNull(),
	},
	(t) => [primaryKey({ columns: [t.accountId, t.modelId] })],
);

/** A signed-in browser or window: one family of refresh tokens, of which the newest is good. */
export const session = sqliteTable(
	'session',
	{
		id: text().primaryKey(),
		accountId: text('account_id')
			.notNull()
			.references(() => account.id, { onDelete: 'cascade' }),
		/** The `jti` of the newest refresh token, when it was given out, and that of the one before, which a second window may still hold. */
		refreshId: text('refresh_id').notNull(),
		previousRefreshId: text('previous_refresh_id'),
		refreshedAt: integer('refreshed_at').notNull(),
		device: text().notNull(),
		address: text().notNull(),
		createdAt: integer('created_at').notNull(),
		lastUsedAt: integer('last_used_at').notNull(),
		/** Whatever its use. */
		expiresAt: integer('expires_at').notNull(),
	},
	(t) => [index('session_account').on(t.accountId)],
);

/** Failed tries, by whom Throttle.ts counts them for. */
export const signInFailure = sqliteTable('sign_in_failure', {
	key: text().primaryKey(),
	/** Since the last success. */
	failures: integer().notNull(),
	/** The newest instants, as JSON: no more than a hundred of them within an hour. */
	recent: text({ mode: 'json' }).$type<number[]>().notNull(),
	lastAt: integer('last_at').notNull(),
});

/** A key for another program. The secret is kept as its SHA-256 alone. */
export const apiKey = sqliteTable(
	'api_key',
	{
		id: text().primaryKey(),
		ownerId: text('owner_id')
			.notNull()
			.references(() => account.id, { onDelete: 'cascade' }),
		name: text().notNull(),
		prefix: text().notNull(),
		secretHash: text('secret_hash').notNull().unique(),
		scopes: text({ mode: 'json' }).$type<KeyScope[]>().notNull(),
		createdAt: integer('created_at').notNull(),
		expiresAt: integer('expires_at'),
		lastUsedAt: integer('last_used_at'),
		disabledAt: integer('disabled_at'),
		requestsPerMinute: integer('requests_per_minute').notNull().default(usualKeyLimits.requestsPerMinute),
		streamsAtOnce: integer('streams_at_once').notNull().default(usualKeyLimits.streamsAtOnce),
		/** Null: no limit of its own. */
		tokensPerMonth: integer('tokens_per_month'),
		/** What was charged through it in `usedMonth`, such as `2026-11`; in any other month nothing. */
		usedTokens: integer('used_tokens').notNull().default(0),
		usedMonth: text('used_month').notNull().default(''),
	},
	(t) => [index('api_key_owner').on(t.ownerId)],
);
