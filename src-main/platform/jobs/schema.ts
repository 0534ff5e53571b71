import { index, integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { FailureRecord } from '#contract/errors.ts';
import type { JobState } from '#contract/jobs.ts';

/** One slow piece of work. `spec` is what its kind needs to do it again from nothing, `checkpoint` where it stands. */
export const job = sqliteTable(
	'job',
	{
		id: text().primaryKey(),
		kind: text().notNull(),
		ownerId: text('owner_id').notNull(),
		state: text().$type<JobState>().notNull(),
		title: text().notNull(),
		detail: text().notNull().default(''),
		/** For kinds without items; with items it is computed from them. */
		fraction: real().notNull().default(0),
		spec: text({ mode: 'json' }).$type<unknown>().notNull(),
		checkpoint: text({ mode: 'json' }).$type<unknown>(),
		failure: text({ mode: 'json' }).$type<FailureRecord>(),
		/** Starts since the last item was finished: a job that the app dies on again and again is not started for ever. */
		attempts: integer().notNull().default(0),
		/** Queued jobs of an owner run in this order, then in that of their making; 0 until somebody puts one first. */
		rank: integer().notNull().default(0),
		/** Off the list; its row is kept for what refers to it. */
		dismissed: integer({ mode: 'boolean' }).notNull().default(false),
		createdAt: integer('created_at').notNull(),
		startedAt: integer('started_at'),
		endedAt: integer('ended_at'),
	},
	(t) => [index('job_owner').on(t.ownerId, t.createdAt), index('job_state').on(t.state)],
);

/** One of the many like things a job does, in the order of `position`. */
export const jobItem = sqliteTable(
	'job_item',
	{
		jobId: text('job_id')
			.notNull()
			.references(() => job.id, { onDelete: 'cascade' }),
		position: integer().notNull(),
		/** The row of the feature that this item is about. */
		subjectId: text('subject_id').notNull(),
		state: text().$type<'pending' | 'done' | 'failed'>().notNull().default('pending'),
		failure: text({ mode: 'json' }).$type<FailureRecord>(),
		/** How many things that people count are in it, such as the cues of a batch. */
		size: integer().notNull().default(1),
		/** How many of them are done of one that failed or is tried again; of one that is done it is all of them. */
		done: integer().notNull().default(0),
	},
	(t) => [primaryKey({ columns: [t.jobId, t.position] }), index('job_item_state').on(t.jobId, t.state, t.size, t.done)],
);
