import { index, integer, primaryKey, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { Adapter, DatasetForm, DatasetProblem, ExampleTurn, Intent, Run, RunLine, RunOutcome, RunSettings, Target, TaskKind } from '#contract/finetune.ts';

/** Chats to learn from, of one owner. */
export const dataset = sqliteTable(
	'dataset',
	{
		id: text().primaryKey(),
		ownerId: text('owner_id').notNull(),
		title: text().notNull(),
		createdAt: integer('created_at').notNull(),
		deletedAt: integer('deleted_at'),
	},
	(t) => [index('dataset_owner').on(t.ownerId, t.createdAt)],
);

/** One state of a dataset, which never changes. */
export const datasetVersion = sqliteTable(
	'dataset_version',
	{
		id: text().primaryKey(),
		datasetId: text('dataset_id')
			.notNull()
			.references(() => dataset.id, { onDelete: 'cascade' }),
		number: integer().notNull(),
		form: text().$type<DatasetForm>().notNull(),
		origin: text().notNull(),
		exampleCount: integer('example_count').notNull(),
		duplicateCount: integer('duplicate_count').notNull(),
		refusedCount: integer('refused_count').notNull(),
		characters: integer().notNull(),
		digest: text().notNull(),
		problems: text({ mode: 'json' }).$type<DatasetProblem[]>().notNull(),
		createdAt: integer('created_at').notNull(),
	},
	(t) => [uniqueIndex('dataset_version_number').on(t.datasetId, t.number)],
);

export const datasetExample = sqliteTable(
	'dataset_example',
	{
		versionId: text('version_id')
			.notNull()
			.references(() => datasetVersion.id, { onDelete: 'cascade' }),
		/** From 0. */
		position: integer().notNull(),
		/** Where it stood in its source. */
		row: integer().notNull(),
		turns: text({ mode: 'json' }).$type<ExampleTurn[]>().notNull(),
	},
	(t) => [primaryKey({ columns: [t.versionId, t.position] })],
);

/** One training. Its work is a job; its files lie in a folder of its id. */
export const finetuneRun = sqliteTable(
	'finetune_run',
	{
		id: text().primaryKey(),
		ownerId: text('owner_id').notNull(),
		title: text().notNull(),
		modelId: text('model_id').notNull(),
		modelName: text('model_name').notNull(),
		/** Not a reference: what was trained stays when its dataset goes. */
		versionId: text('version_id').notNull(),
		intent: text().$type<Intent>().notNull(),
		task: text().$type<TaskKind>().notNull(),
		settings: text({ mode: 'json' }).$type<RunSettings>().notNull(),
		jobId: text('job_id').notNull(),
		stage: text().$type<Run['stage']>().notNull(),
		step: integer().notNull().default(0),
		totalSteps: integer('total_steps'),
		outcome: text({ mode: 'json' }).$type<RunOutcome>(),
		adapterId: text('adapter_id'),
		createdAt: integer('created_at').notNull(),
		endedAt: integer('ended_at'),
		deletedAt: integer('deleted_at'),
	},
	(t) => [index('finetune_run_owner').on(t.ownerId, t.createdAt)],
);

/** What was measured at a step; a step that is taken again after a crash replaces its own. */
export const runPoint = sqliteTable(
	'run_point',
	{
		runId: text('run_id')
			.notNull()
			.references(() => finetuneRun.id, { onDelete: 'cascade' }),
		step: integer().notNull(),
		loss: real(),
		validationLoss: real('validation_loss'),
		forgetting: real(),
		learningRate: real('learning_rate'),
		tokensPerSecond: real('tokens_per_second'),
		memoryBytes: integer('memory_bytes'),
		vramBytes: integer('vram_bytes'),
		at: integer().notNull(),
	},
	(t) => [primaryKey({ columns: [t.runId, t.step] })],
);

export const runLine = sqliteTable(
	'run_line',
	{
		runId: text('run_id')
			.notNull()
			.references(() => finetuneRun.id, { onDelete: 'cascade' }),
		seq: integer().notNull(),
		at: integer().notNull(),
		code: text().$type<RunLine['code']>().notNull(),
		data: text({ mode: 'json' }).$type<RunLine['data']>().notNull(),
	},
	(t) => [primaryKey({ columns: [t.runId, t.seq] })],
);

/** A held-out example with what was answered; the sides come one after the other. */
export const runComparison = sqliteTable(
	'run_comparison',
	{
		runId: text('run_id')
			.notNull()
			.references(() => finetuneRun.id, { onDelete: 'cascade' }),
		position: integer().notNull(),
		turns: text({ mode: 'json' }).$type<ExampleTurn[]>().notNull(),
		expected: text().notNull(),
		before: text(),
		after: text(),
		scoreBefore: real('score_before'),
		scoreAfter: real('score_after'),
	},
	(t) => [primaryKey({ columns: [t.runId, t.position] })],
);

/** A LoRA adapter; its file lies in the adapters folder under its id. */
export const adapter = sqliteTable(
	'adapter',
	{
		id: text().primaryKey(),
		ownerId: text('owner_id').notNull(),
		name: text().notNull(),
		version: integer().notNull(),
		modelId: text('model_id'),
		modelName: text('model_name').notNull(),
		baseDigest: text('base_digest'),
		rank: integer().notNull(),
		alpha: real().notNull(),
		targets: text({ mode: 'json' }).$type<Target[]>().notNull(),
		sizeBytes: integer('size_bytes').notNull(),
		origin: text({ mode: 'json' }).$type<Adapter['origin']>().notNull(),
		outcome: text({ mode: 'json' }).$type<RunOutcome>(),
		remarks: text({ mode: 'json' }).$type<Adapter['remarks']>().notNull(),
		visibility: text().$type<Adapter['visibility']>().notNull(),
		createdAt: integer('created_at').notNull(),
		deletedAt: integer('deleted_at'),
	},
	(t) => [uniqueIndex('adapter_version').on(t.ownerId, t.name, t.version), index('adapter_model').on(t.modelId)],
);
