import { sql } from 'drizzle-orm';
import { blob, index, integer, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { AttachedAdapter } from '#contract/attachedAdapter.ts';
import type { FailureRecord } from '#contract/errors.ts';
import type { Term } from '#contract/glossary.ts';
import type { SubtitleCue, SubtitleFormat, SubtitleProblem } from '#contract/subtitleCue.ts';
import type { StyleSheet, TranslateOrder } from '#contract/subtitles.ts';

/** Terms that projects of one account share: those of a season, or of one film. */
export const glossary = sqliteTable(
	'glossary',
	{
		id: text().primaryKey(),
		ownerId: text('owner_id').notNull(),
		name: text().notNull(),
		createdAt: integer('created_at').notNull(),
		deletedAt: integer('deleted_at'),
	},
	(t) => [index('glossary_owner').on(t.ownerId, t.createdAt)],
);

export const term = sqliteTable(
	'term',
	{
		id: text().primaryKey(),
		glossaryId: text('glossary_id')
			.notNull()
			.references(() => glossary.id, { onDelete: 'cascade' }),
		/** The source as it is compared (foldSource.ts): of one there is one that is not hidden. */
		fold: text().notNull(),
		source: text().notNull(),
		target: text().notNull(),
		kind: text().$type<Term['kind']>().notNull(),
		gender: text().$type<Term['gender']>().notNull(),
		note: text().notNull(),
		state: text().$type<Term['state']>().notNull(),
		deletedAt: integer('deleted_at'),
	},
	(t) => [uniqueIndex('term_source').on(t.glossaryId, t.fold).where(sql`deleted_at is null`)],
);

/** A subtitle file that is translated. */
export const subtitleProject = sqliteTable(
	'subtitle_project',
	{
		id: text().primaryKey(),
		ownerId: text('owner_id').notNull(),
		title: text().notNull(),
		season: text().notNull(),
		sourceLanguage: text('source_language'),
		targetLanguage: text('target_language').notNull(),
		style: text({ mode: 'json' }).$type<StyleSheet>().notNull(),
		rulesId: text('rules_id').notNull(),
		fps: real(),
		glossaryId: text('glossary_id').references(() => glossary.id, { onDelete: 'set null' }),
		fileName: text('file_name').notNull(),
		format: text().$type<SubtitleFormat>().notNull(),
		encoding: text().notNull(),
		problems: text({ mode: 'json' }).$type<SubtitleProblem[]>().notNull(),
		modelId: text('model_id'),
		adapter: text({ mode: 'json' }).$type<AttachedAdapter>(),
		jobId: text('job_id'),
		/** What that job does. */
		pass: text().$type<TranslateOrder['pass']>().notNull().default('translate'),
		createdAt: integer('created_at').notNull(),
		deletedAt: integer('deleted_at'),
	},
	(t) => [index('subtitle_project_owner').on(t.ownerId, t.createdAt)],
);

/** The bytes of a project's file, so that it can be written again with nothing else changed. */
export const subtitleFile = sqliteTable('subtitle_file', {
	projectId: text('project_id')
		.primaryKey()
		.references(() => subtitleProject.id, { onDelete: 'cascade' }),
	bytes: blob({ mode: 'buffer' }).notNull(),
	/** By which a file that counts frames was read; null: as it says itself. */
	fps: real(),
});

export const cue = sqliteTable(
	'cue',
	{
		id: text().primaryKey(),
		projectId: text('project_id')
			.notNull()
			.references(() => subtitleProject.id, { onDelete: 'cascade' }),
		position: real().notNull(),
		/** Which cue of the file it is, from 0; null: none of it. */
		fileAt: integer('file_at'),
		startMs: integer('start_ms').notNull(),
		endMs: integer('end_ms').notNull(),
		source: text().notNull(),
		target: text(),
		actor: text().notNull(),
		skip: text().$type<NonNullable<SubtitleCue['skip']>>(),
		status: text().$type<SubtitleCue['status']>().notNull().default('waiting'),
		origin: text().$type<NonNullable<SubtitleCue['origin']>>(),
		isApproved: integer('is_approved', { mode: 'boolean' }).notNull().default(false),
		tagFaults: text('tag_faults', { mode: 'json' }).$type<SubtitleCue['tagFaults']>().notNull().default([]),
		isTooLong: integer('is_too_long', { mode: 'boolean' }).notNull().default(false),
		confidence: real(),
		failure: text({ mode: 'json' }).$type<FailureRecord>(),
		/** Not in the list any more, or not yet again: merged into another, or a split that was undone. Kept, so that this can be taken back. */
		isGone: integer('is_gone', { mode: 'boolean' }).notNull().default(false),
		/** Goes up with each change of what it says or when: a model that was asked before writes nothing over it. */
		revision: integer().notNull().default(0),
	},
	(t) => [
		index('cue_project').on(t.projectId, t.position),
		// Hardly any, which a start of the app looks for.
		index('cue_running').on(t.projectId).where(sql`${t.status} = 'running'`),
	],
);

/** What an act changes of a cue, before and after. */
export interface CueState {
	target: string | null;
	startMs: number;
	endMs: number;
	origin: SubtitleCue['origin'];
	isApproved: boolean;
	tagFaults: SubtitleCue['tagFaults'];
	isTooLong: boolean;
	confidence: number | null;
	/** Where an act changes the list itself: what it is in it. */
	listed?: ListedCue;
}

/** What a cue is in the list, which splitting and merging change. */
export interface ListedCue {
	source: string;
	fileAt: number | null;
	skip: SubtitleCue['skip'];
	isGone: boolean;
	/** Why it, or a part of what it was merged of, could not be translated; left out in acts that told nothing of it. */
	failure?: FailureRecord | null;
}

/**
 * An act on cues, in the order of `id`: of a person, or all that one run of a model wrote. What was undone when another act came that is about
 * it is left behind and kept as history alone.
 */
export const subtitleAct = sqliteTable(
	'subtitle_act',
	{
		id: integer().primaryKey({ autoIncrement: true }),
		projectId: text('project_id')
			.notNull()
			.references(() => subtitleProject.id, { onDelete: 'cascade' }),
		by: text().$type<'person' | 'model'>().notNull(),
		/** The job that a model's act is of, so that its batches go into one act. */
		jobId: text('job_id'),
		state: text().$type<'done' | 'undone' | 'left'>().notNull().default('done'),
		at: integer().notNull(),
	},
	(t) => [index('subtitle_act_project').on(t.projectId, t.state, t.id)],
);

export const subtitleChange = sqliteTable(
	'subtitle_change',
	{
		id: integer().primaryKey({ autoIncrement: true }),
		projectId: text('project_id')
			.notNull()
			.references(() => subtitleProject.id, { onDelete: 'cascade' }),
		actId: integer('act_id').notNull(),
		cueId: text('cue_id').notNull(),
		before: text({ mode: 'json' }).$type<CueState>().notNull(),
		after: text({ mode: 'json' }).$type<CueState>().notNull(),
	},
	(t) => [index('subtitle_change_act').on(t.actId), index('subtitle_change_cue').on(t.cueId, t.id)],
);

/** A cue that was approved, for the next one that says the same: the account's translation memory. */
export const translationUnit = sqliteTable(
	'translation_unit',
	{
		id: text().primaryKey(),
		ownerId: text('owner_id').notNull(),
		/** Null: of a project that is gone. */
		projectId: text('project_id').references(() => subtitleProject.id, { onDelete: 'set null' }),
		cueId: text('cue_id').notNull(),
		targetLanguage: text('target_language').notNull(),
		/** The source as it is compared (foldSource.ts). */
		fold: text().notNull(),
		/** Without tags, with `⟦1⟧` for each within (liftTags.ts); so is the target. */
		source: text().notNull(),
		target: text().notNull(),
		updatedAt: integer('updated_at').notNull(),
	},
	(t) => [index('translation_unit_fold').on(t.ownerId, t.targetLanguage, t.fold), uniqueIndex('translation_unit_cue').on(t.ownerId, t.cueId)],
);
