import { type AnySQLiteColumn, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { BackendKind } from '#contract/backendKinds.ts';
import type { RouteStrategy, TargetSource } from '#contract/routes.ts';

/** A name that requests go to in place of a model. Who may use it, the table of model rights says, by its id. */
export const route = sqliteTable('route', {
	id: text().primaryKey(),
	name: text().notNull(),
	/** The name as it is compared. */
	nameKey: text('name_key').notNull().unique(),
	strategy: text().$type<RouteStrategy>().notNull(),
	fallbackId: text('fallback_id').references((): AnySQLiteColumn => route.id, { onDelete: 'set null' }),
	mostAtWork: integer('most_at_work'),
	mostWaiting: integer('most_waiting').notNull(),
	createdAt: integer('created_at').notNull(),
});

/** What stands behind a route, in its order. */
export const routeTarget = sqliteTable(
	'route_target',
	{
		id: text().primaryKey(),
		routeId: text('route_id')
			.notNull()
			.references(() => route.id, { onDelete: 'cascade' }),
		position: integer().notNull(),
		source: text({ mode: 'json' }).$type<TargetSource>().notNull(),
		weight: integer().notNull(),
		price: integer().notNull(),
		isEnabled: integer('is_enabled', { mode: 'boolean' }).notNull(),
	},
	(t) => [index('route_target_route').on(t.routeId, t.position)],
);

/** A server elsewhere that answers with models of its own. Its key lies among the secrets, under `backend:` and its id. */
export const backend = sqliteTable('backend', {
	id: text().primaryKey(),
	name: text().notNull(),
	/** The name as it is compared: no two backends may look alike. */
	nameKey: text('name_key').notNull().unique(),
	kind: text().$type<BackendKind>().notNull(),
	/** Without a slash at its end. */
	endpoint: text().notNull(),
	isEnabled: integer('is_enabled', { mode: 'boolean' }).notNull(),
	createdAt: integer('created_at').notNull(),
});
