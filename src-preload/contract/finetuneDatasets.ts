import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { procedure } from './define.ts';
import { tableSource } from './grading.ts';
import { mostCallBytes } from './mostCallBytes.ts';

// Chats to learn from, kept as versions that never change.

export const exampleTurn = z.strictObject({ role: z.enum(['system', 'user', 'assistant']), content: z.string().max(200_000) });
/** One chat to learn from. It ends with what the assistant should say, and only what the assistant says is learnt. */
export const exampleTurns = z.array(exampleTurn).min(1).max(200);
export type ExampleTurn = z.infer<typeof exampleTurn>;

/** `messages`, `prompt` and `alpaca` are lines of JSON; `table` has columns; `subtitles` are pairs of files; the others come from Homeroom's own work. */
export const datasetForm = z.enum(['messages', 'prompt', 'alpaca', 'table', 'subtitles', 'marks', 'cues', 'chats']);
export type DatasetForm = z.infer<typeof datasetForm>;

/** Which columns of a table hold what; `system` and `prompt` may be none. */
export const exampleColumns = z.strictObject({ prompt: z.string(), answer: z.string(), system: z.string().nullable() });
export type ExampleColumns = z.infer<typeof exampleColumns>;

/** Where the examples of a version come from. */
export const datasetSource = z.discriminatedUnion('from', [
	/**
	 * JSONL, JSON or a table: the form is seen from the file. `columns` says what a table's columns mean where the guess is wrong, `encoding`
	 * and `delimiter` how to read it where that is seen wrongly.
	 */
	z.strictObject({
		from: z.literal('file'),
		file: z.union([tableSource.options[0], z.strictObject({ file: z.file().max(mostCallBytes), fileName: z.string().max(255) })]),
		columns: exampleColumns.optional(),
		encoding: z.string().max(40).optional(),
		delimiter: z
			.string()
			.regex(/^[^\r\n"]$/)
			.optional(),
	}),
	/** Subtitle files of the same films in two languages; files belong together whose names differ in the language alone: `film.en.srt`, `film.zh.srt`. */
	z.strictObject({
		from: z.literal('subtitles'),
		files: z
			.array(z.strictObject({ file: z.file().max(mostCallBytes), fileName: z.string().max(255) }))
			.min(2)
			.max(400),
		sourceLanguage: z.string().min(2).max(40),
		targetLanguage: z.string().min(2).max(40),
	}),
	/** What the caller marked: the answers of these assignments with the scores and feedback that the teacher settled on. */
	z.strictObject({ from: z.literal('marks'), assignmentIds: z.array(z.string()).min(1).max(200) }),
	/** What the caller settled in these translations of subtitles: the cues that were approved or written by hand, as a model is asked for them. */
	z.strictObject({ from: z.literal('cues'), projectIds: z.array(z.string()).min(1).max(200) }),
	/** The caller's own conversations, as they are shown. */
	z.strictObject({ from: z.literal('chats'), conversationIds: z.array(z.string()).min(1).max(1000) }),
]);
export type DatasetSource = z.infer<typeof datasetSource>;

/** Something that is wrong in a source, and where. What has one of these is left out, all else is taken. */
export const datasetProblem = z.object({
	/**
	 * The line of a file, or the place from 1 in a list that is on one line; the row of a table as a spreadsheet counts it (the header is
	 * row 1), the number of a cue. Null where it is the whole file that `field` names.
	 */
	row: z.number().int().nullable(),
	/** The field or column; the file's name where there are several files. */
	field: z.string().nullable(),
	code: z.enum([
		'notJson',
		'unknownShape',
		'missingField',
		'wrongType',
		'notAList',
		'emptyPrompt',
		'emptyAnswer',
		'badRole',
		'noAnswer',
		'tooLong',
		'duplicate',
		'undecodable',
		'unpaired',
		'unpairedFile',
		'noSubtitles',
		'noFeedback',
		'brokenTags',
		/** Found doubtful by code, and not approved by a person. */
		'doubtful',
	]),
	/** What was found there; at most 200 characters. */
	detail: z.string(),
});
export type DatasetProblem = z.infer<typeof datasetProblem>;

export const datasetPreview = z.object({
	form: datasetForm,
	encoding: z.string().nullable(),
	/** Of a table: what separates its cells. */
	delimiter: z.string().nullable(),
	/** Of a table: its columns, and which of them the examples are made from (null: no guess). */
	columns: z.array(z.string()).nullable(),
	chosenColumns: exampleColumns.nullable(),
	/** Usable examples, without the duplicates. */
	exampleCount: z.number().int(),
	duplicateCount: z.number().int(),
	/** Rows left out for something wrong with them. */
	refusedCount: z.number().int(),
	characters: z.number().int(),
	/** The first ones. */
	sample: z.array(z.object({ row: z.number().int(), turns: exampleTurns })),
	/** The first hundred. */
	problems: z.array(datasetProblem),
});
export type DatasetPreview = z.infer<typeof datasetPreview>;

export const datasetVersion = z.object({
	id: z.string(),
	datasetId: z.string(),
	/** From 1. */
	number: z.number().int(),
	form: datasetForm,
	/** The name of the file, or what it was made from. */
	origin: z.string(),
	exampleCount: z.number().int(),
	duplicateCount: z.number().int(),
	refusedCount: z.number().int(),
	characters: z.number().int(),
	/** SHA-256 of the examples: two versions with the same one teach the same. */
	digest: z.string(),
	createdAt: z.number().int(),
});
export type DatasetVersion = z.infer<typeof datasetVersion>;

export const dataset = z.object({
	id: z.string(),
	title: z.string(),
	/** Newest first; never empty. */
	versions: z.array(datasetVersion).min(1),
	createdAt: z.number().int(),
});
export type Dataset = z.infer<typeof dataset>;

/** What the examples of a version are as tokens of one model, its own chat template included. */
export const tokenStatistics = z.object({
	examples: z.number().int(),
	totalTokens: z.number().int(),
	/** Those that are learnt from: what the assistant says. */
	learntTokens: z.number().int(),
	shortest: z.number().int(),
	median: z.number().int(),
	/** 95 of 100 examples are no longer. */
	p95: z.number().int(),
	longest: z.number().int(),
	/** How many examples have up to so many tokens; the last bucket reaches to the longest. */
	histogram: z.array(z.object({ upTo: z.number().int(), examples: z.number().int() })),
});
export type TokenStatistics = z.infer<typeof tokenStatistics>;

const datasetId = z.strictObject({ datasetId: z.string() });
const versionId = z.strictObject({ versionId: z.string() });
/** What somebody calls something of fine-tuning. */
export const title = z.string().trim().min(1).max(200);
const sourceFailures = ['DATASET_INVALID', 'CSV_INVALID', 'CSV_COLUMN_MISSING'] as const;
/** What making tokens of examples can fail with. */
export const encodeFailures = [
	'MODEL_MISSING',
	'MODEL_FILE_INVALID',
	'MODEL_LOAD_FAILED',
	'MODEL_WORKER_CRASHED',
	'TEMPLATE_TIMEOUT',
	'TEMPLATE_FAILED',
] as const;

export const finetuneDatasets = {
	/** The caller's datasets now, and again after each change. */
	watchDatasets: procedure('user').output(eventIterator(z.array(dataset))),
	/** Reads a source without keeping it. `DATASET_INVALID` where no example can be made of it at all. */
	previewDataset: procedure('user', sourceFailures)
		.input(z.strictObject({ source: datasetSource }))
		.output(datasetPreview),
	createDataset: procedure('user', sourceFailures)
		.input(z.strictObject({ title, source: datasetSource }))
		.output(dataset),
	/** Adds a version. With `extend` it has the examples of the newest one too. */
	addVersion: procedure('user', sourceFailures)
		.input(datasetId.extend({ source: datasetSource, extend: z.boolean().default(false) }))
		.output(dataset),
	renameDataset: procedure('user').input(datasetId.extend({ title })).output(dataset),
	/** Hides a dataset; what was trained with it stays. `restoreDataset` undoes it until it is purged (deleted.ts). */
	removeDataset: procedure('user').input(datasetId).output(z.void()),
	restoreDataset: procedure('user').input(datasetId).output(dataset),
	/** Examples of a version from one on, counted from 0; at most 200. */
	datasetExamples: procedure('user')
		.input(versionId.extend({ from: z.number().int().min(0).default(0), count: z.number().int().min(1).max(200).default(50) }))
		.output(z.object({ total: z.number().int(), examples: z.array(z.object({ position: z.number().int(), row: z.number().int(), turns: exampleTurns })) })),
	/** What was left out of a version, also what the preview did not show; the first 10,000. */
	datasetProblems: procedure('user').input(versionId).output(z.array(datasetProblem)),
	/** How far it is, then how long the examples are: a large version takes minutes, and ends with its caller. */
	datasetTokens: procedure('user', encodeFailures, { model: 'modelId' })
		.input(versionId.extend({ modelId: z.string() }))
		.output(
			eventIterator(
				z.discriminatedUnion('type', [
					z.object({ type: z.literal('progress'), fraction: z.number() }),
					z.object({ type: z.literal('statistics'), statistics: tokenStatistics }),
				]),
			),
		),
	/** The version as lines of JSON in the `messages` form. */
	exportDataset: procedure('user')
		.input(versionId)
		.output(z.object({ fileName: z.string(), text: z.string() })),
};
