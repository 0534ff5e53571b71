import { blob, integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Counted, CountedBy } from '#contract/monitor.ts';

/** How long the time is that a row is about. */
export type Resolution = 'minute' | 'hour' | 'day';

/** What came in a minute, hour or day, of all or of one model, account, key, task, code or route. It holds no names and nothing that was said. */
export const monitorFigure = sqliteTable(
	'monitor_figure',
	{
		resolution: text().$type<Resolution>().notNull(),
		/** Its begin. */
		at: integer().notNull(),
		counted: text().$type<Counted>().notNull(),
		by: text().$type<CountedBy | 'all'>().notNull(),
		/** The id of the model, account or key, or the task, code or route; empty: all that there was no room for. */
		key: text().notNull(),
		count: integer().notNull(),
		errors: integer().notNull(),
		repeats: integer().notNull(),
		promptTokens: integer('prompt_tokens').notNull(),
		completionTokens: integer('completion_tokens').notNull(),
		/** Histogram.encode: milliseconds, and tenths of a token a second. */
		took: blob({ mode: 'buffer' }).notNull(),
		firstToken: blob('first_token', { mode: 'buffer' }).notNull(),
		wait: blob({ mode: 'buffer' }).notNull(),
		speed: blob({ mode: 'buffer' }).notNull(),
	},
	(t) => [primaryKey({ columns: [t.resolution, t.at, t.counted, t.by, t.key] })],
);

/** How the machine was in a minute, hour or day: sums over `samples`, and the most. */
export const monitorSample = sqliteTable(
	'monitor_sample',
	{
		resolution: text().$type<Resolution>().notNull(),
		at: integer().notNull(),
		samples: integer().notNull(),
		/** Shares of all processors. */
		cpuSum: real('cpu_sum').notNull(),
		cpuMost: real('cpu_most').notNull(),
		memorySum: real('memory_sum').notNull(),
		memoryMost: integer('memory_most').notNull(),
		/** Samples that could tell of a GPU. */
		gpuSamples: integer('gpu_samples').notNull(),
		gpuSum: real('gpu_sum').notNull(),
		gpuMost: real('gpu_most').notNull(),
		vramMost: integer('vram_most').notNull(),
		diskFreeLeast: integer('disk_free_least').notNull(),
		/** The most that were answered, and that waited for their first word, at once. */
		runningMost: integer('running_most').notNull(),
		waitingMost: integer('waiting_most').notNull(),
	},
	(t) => [primaryKey({ columns: [t.resolution, t.at] })],
);
