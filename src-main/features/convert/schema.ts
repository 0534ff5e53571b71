import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { ConversionFile } from '#contract/convertBatch.ts';
import type { ConvertOrder, FormatName } from '#contract/convertOrder.ts';
import type { ConvertReport } from '#contract/convertReport.ts';
import type { FailureRecord } from '#contract/errors.ts';

/** Several files that are converted by one order. */
export const conversion = sqliteTable(
	'conversion',
	{
		id: text().primaryKey(),
		ownerId: text('owner_id').notNull(),
		/** Null until it is started. */
		order: text({ mode: 'json' }).$type<ConvertOrder>(),
		/** Where the results are written; null: they are kept here. */
		folder: text(),
		existing: text().$type<'keep' | 'rename' | 'replace'>().notNull().default('keep'),
		jobId: text('job_id'),
		createdAt: integer('created_at').notNull(),
	},
	(t) => [index('conversion_owner').on(t.ownerId, t.createdAt)],
);

export const conversionFile = sqliteTable(
	'conversion_file',
	{
		id: text().primaryKey(),
		conversionId: text('conversion_id')
			.notNull()
			.references(() => conversion.id, { onDelete: 'cascade' }),
		position: integer().notNull(),
		/** As it came, with its folders, apart by `/`. */
		name: text().notNull(),
		/** Where it lies on this machine; null: it was sent, and is kept here under its id. */
		path: text(),
		sizeBytes: integer('size_bytes').notNull(),
		state: text().$type<ConversionFile['state']>().notNull().default('waiting'),
		from: text('source_format').$type<FormatName>(),
		/** The result's name, with the folders that its source came with. */
		resultName: text('result_name'),
		resultBytes: integer('result_bytes'),
		/** Of the sidecar beside the result; null: there is none. */
		sidecarBytes: integer('sidecar_bytes'),
		/** Of its report, which is read only when it is asked for. */
		counts: text({ mode: 'json' }).$type<ConvertReport['counts']>(),
		report: text({ mode: 'json' }).$type<ConvertReport>(),
		failure: text({ mode: 'json' }).$type<FailureRecord>(),
	},
	(t) => [index('conversion_file_batch').on(t.conversionId, t.position)],
);

/** An order that an account keeps under a name. */
export const convertPreset = sqliteTable(
	'convert_preset',
	{
		id: text().primaryKey(),
		ownerId: text('owner_id').notNull(),
		name: text().notNull(),
		order: text({ mode: 'json' }).$type<ConvertOrder>().notNull(),
		deletedAt: integer('deleted_at'),
	},
	(t) => [uniqueIndex('convert_preset_name').on(t.ownerId, t.name).where(sql`deleted_at is null`)],
);
