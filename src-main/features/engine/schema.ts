import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** What the last load of a model in one shape took on this machine, beside what was predicted. */
export const loadMeasurement = sqliteTable(
	'load_measurement',
	{
		modelId: text('model_id').notNull(),
		/** The measures of the plan that decide its memory, as one text (LoadMeasurements.ts). */
		shape: text().notNull(),
		predictedBytes: integer('predicted_bytes').notNull(),
		measuredBytes: integer('measured_bytes').notNull(),
		at: integer().notNull(),
	},
	(t) => [primaryKey({ columns: [t.modelId, t.shape] })],
);
