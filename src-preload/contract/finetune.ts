import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { procedure } from './define.ts';
import { failureRecord } from './errors.ts';
import { tableSource } from './grading.ts';
import { job, jobState } from './jobs.ts';
import { mostCallBytes } from './mostCallBytes.ts';

export { type AttachedAdapter, attachedAdapter } from './attachedAdapter.ts';

// Datasets: chats to learn from, kept as versions that never change.

export const exampleTurn = z.strictObject({ role: z.enum(['system', 'user', 'assistant']), content: z.string().max(200_000) });
/** One chat to learn from. It ends with what the assistant should say, and only what the assistant says is learnt. */
export const exampleTurns = z.array(exampleTurn).min(1).max(200);
export type ExampleTurn = z.infer<typeof exampleTurn>;

/** `messages`, `prompt` and `alpaca` are lines of JSON; `table` has columns; `subtitles` are pairs of files; the others come from Homeroom's own work. */
export const datasetForm = z.enum(['messages', 'prompt', 'alpaca', 'table', 'subtitles', 'marks', 'chats']);
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
const title = z.string().trim().min(1).max(200);
const sourceFailures = ['DATASET_INVALID', 'CSV_INVALID', 'CSV_COLUMN_MISSING'] as const;
/** What making tokens of examples can fail with. */
const encodeFailures = ['MODEL_MISSING', 'MODEL_FILE_INVALID', 'MODEL_LOAD_FAILED', 'MODEL_WORKER_CRASHED', 'TEMPLATE_TIMEOUT', 'TEMPLATE_FAILED'] as const;

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
	/** Hides a dataset; what was trained with it stays. `restoreDataset` undoes it for 30 days. */
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

// Runs.

/** L1, L2 and L3: how much is to be learnt. */
export const intent = z.enum(['basic', 'domain', 'complex']);
export type Intent = z.infer<typeof intent>;

/** The matrices of a layer that an adapter changes. */
export const target = z.enum(['q', 'k', 'v', 'o', 'gate', 'up', 'down']);
export type Target = z.infer<typeof target>;

export const runSettings = z.strictObject({
	/** Columns of the two small matrices that stand beside each target. */
	rank: z.number().int().min(1).max(256),
	/** What the adapter adds is multiplied with alpha / rank. */
	alpha: z.number().positive().max(1024),
	targets: z.array(target).min(1).max(7),
	/** Times that each example is learnt from. */
	epochs: z.number().int().min(1).max(100),
	/** Rows whose gradients are summed for one step. */
	rowsPerStep: z.number().int().min(1).max(512),
	/** Tokens of the longest row; longer examples are left out, and told. */
	rowTokens: z.number().int().min(32).max(32_768),
	/** Several short examples share a row without seeing each other. */
	packing: z.boolean(),
	learningRate: z.number().positive().max(1),
	/** Share of the steps over which the learning rate rises, 0..1; then it falls as a cosine. */
	warmUpFraction: z.number().min(0).max(1),
	weightDecay: z.number().min(0).max(1),
	/** A gradient that is longer is shortened to this. */
	mostGradient: z.number().positive().max(1000),
	/** Share of the examples that are held out: never learnt from, measured with, and compared before and after. */
	validationFraction: z.number().min(0).max(0.5),
	/** Steps between two measurements. */
	evaluateEverySteps: z.number().int().min(1).max(100_000),
	/** Ends after so many measurements without a lower validation loss; null: never early. */
	patience: z.number().int().min(1).max(1000).nullable(),
	/** The order, the beginning of the adapter and what is held out follow from it. */
	seed: z.number().int().min(0).max(0xffff_ffff),
	/** Processor threads; null: as the engine has them. */
	threads: z.number().int().min(1).max(256).nullable(),
});
export type RunSettings = z.infer<typeof runSettings>;

/** What the held-out examples are compared by: numbers as marks, translations by chrF, all else word for word. */
export const taskKind = z.enum(['marks', 'translation', 'text']);
export type TaskKind = z.infer<typeof taskKind>;

export const runOrder = z.strictObject({
	title,
	modelId: z.string(),
	versionId: z.string(),
	intent,
	task: taskKind,
	/** Left out: what the intent says (settingsOfIntent.ts). */
	settings: runSettings,
});
export type RunOrder = z.infer<typeof runOrder>;

/** What a run will take, from two steps that were really taken. */
export const runEstimate = z.object({
	/** As asked, or lowered to what fits. */
	settings: runSettings,
	/** What was lowered, and what else to know. */
	notes: z.array(z.enum(['rowTokensReduced', 'rowTokensToLongest', 'examplesTooLong', 'fewExamples', 'noValidation', 'slow'])),
	kind: z.enum(['fits', 'tooBig']),
	neededBytes: z.number().int(),
	freeBytes: z.number().int(),
	/** On the disk, for checkpoints and the adapter. */
	diskBytes: z.number().int(),
	examples: z.number().int(),
	heldOut: z.number().int(),
	/** Left out, since they are longer than a row. */
	tooLong: z.number().int(),
	totalSteps: z.number().int(),
	stepMs: z.number(),
	totalMs: z.number(),
	tokensPerSecond: z.number(),
	device: z.string(),
});
export type RunEstimate = z.infer<typeof runEstimate>;

export const runPoint = z.object({
	/** From 1; 0 is before the first. */
	step: z.number().int(),
	/** Mean over the learnt tokens, in nats. */
	loss: z.number().nullable(),
	validationLoss: z.number().nullable(),
	/** Perplexity on general text with the adapter divided by that without. */
	forgetting: z.number().nullable(),
	learningRate: z.number().nullable(),
	tokensPerSecond: z.number().nullable(),
	memoryBytes: z.number().int().nullable(),
	/** Of the GPU, where it computes. */
	vramBytes: z.number().int().nullable(),
	at: z.number().int(),
});
export type RunPoint = z.infer<typeof runPoint>;

/** A line of a run's log: a code with its values, translated where it is shown. */
export const runLine = z.object({
	seq: z.number().int(),
	at: z.number().int(),
	code: z.enum([
		'prepared',
		'started',
		'resumed',
		'lowered',
		'leftOut',
		'saved',
		'best',
		'forgetting',
		'early',
		'trained',
		'comparing',
		'checking',
		'stopped',
		'restarted',
		'cancelled',
		'failed',
		'done',
		'trainerSaid',
	]),
	data: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type RunLine = z.infer<typeof runLine>;

/** How well the held-out examples were answered. */
export const taskScore = z.object({
	examples: z.number().int(),
	/** Share that is word for word as expected (marks: the same score), 0..1. */
	exact: z.number(),
	/** Mean absolute error of marks, in points; null where there are none. */
	meanError: z.number().nullable(),
	/** chrF, 0..100; null for marks. */
	chrf: z.number().nullable(),
});
export type TaskScore = z.infer<typeof taskScore>;

/** How many of the safety prompts were refused, before and after. */
export const safetyScore = z.object({ prompts: z.number().int(), refusedBefore: z.number().int(), refusedAfter: z.number().int(), dropped: z.boolean() });
export type SafetyScore = z.infer<typeof safetyScore>;

export const runOutcome = z.object({
	bestStep: z.number().int(),
	validationLoss: z.number().nullable(),
	firstValidationLoss: z.number().nullable(),
	forgetting: z.number().nullable(),
	stoppedEarly: z.boolean(),
	trainedTokens: z.number().int(),
	trainingMs: z.number(),
	before: taskScore.nullable(),
	after: taskScore.nullable(),
	safety: safetyScore.nullable(),
});
export type RunOutcome = z.infer<typeof runOutcome>;

export const run = z.object({
	id: z.string(),
	title: z.string(),
	modelId: z.string(),
	modelName: z.string(),
	/** Null once the dataset is gone for good. */
	dataset: z.object({ id: z.string(), title: z.string(), versionId: z.string(), number: z.number().int() }).nullable(),
	intent,
	task: taskKind,
	settings: runSettings,
	job: z.object({ id: z.string(), state: jobState, failure: failureRecord.nullable() }),
	/** What is being done: tokens of the examples, steps, answers to held-out examples, safety prompts. */
	stage: z.enum(['preparing', 'training', 'comparing', 'checking', 'done']),
	step: z.number().int(),
	totalSteps: z.number().int().nullable(),
	/** How far a measurement between the steps is, 0..1: validation loss and forgetting; null while none goes on. */
	measuring: z.number().nullable().optional(),
	/** The last known of each. */
	now: runPoint.omit({ step: true, at: true }),
	outcome: runOutcome.nullable(),
	/** What it made; null until it is trained. */
	adapterId: z.string().nullable(),
	createdAt: z.number().int(),
	endedAt: z.number().int().nullable(),
});
export type Run = z.infer<typeof run>;

/** One held-out example, answered without and with the adapter. */
export const runComparison = z.object({
	position: z.number().int(),
	turns: exampleTurns,
	expected: z.string(),
	before: z.string(),
	after: z.string(),
	/** 0..1 by the run's task. */
	scoreBefore: z.number(),
	scoreAfter: z.number(),
});
export type RunComparison = z.infer<typeof runComparison>;

const runId = z.strictObject({ runId: z.string() });

export const finetuneRuns = {
	/** The caller's runs, newest first, now and again after each change. */
	watchRuns: procedure('user').output(eventIterator(z.array(run))),
	/** One run with the points and lines after these; then what comes, a few times a second. */
	watchRun: procedure('user')
		.input(runId.extend({ afterStep: z.number().int().min(-1).default(-1), afterLine: z.number().int().min(0).default(0) }))
		.output(eventIterator(z.object({ run, points: z.array(runPoint), lines: z.array(runLine) }))),
	/** What a run would take, from two real steps: how far that is, then the estimate. */
	estimateRun: procedure(
		'user',
		[
			'TRAINING_UNSUPPORTED',
			'TRAINING_TOO_BIG',
			'TRAINING_FAILED',
			'DATASET_INVALID',
			'EXAMPLES_TOO_LONG',
			'MODEL_DAMAGED',
			'DISK_FULL',
			'DISK_FAILED',
			...encodeFailures,
		],
		{ model: 'modelId' },
	)
		.input(runOrder)
		.output(
			eventIterator(
				z.discriminatedUnion('type', [
					z.object({ type: z.literal('progress'), fraction: z.number(), stage: z.enum(['encoding', 'loading', 'stepping']) }),
					z.object({ type: z.literal('estimate'), estimate: runEstimate }),
				]),
			),
		),
	/** Queues a run. It is paused, resumed and cancelled as a job. */
	startRun: procedure('user', ['TRAINING_UNSUPPORTED', 'DATASET_INVALID', 'MODEL_MISSING', 'MODEL_DAMAGED'], { model: 'modelId', audit: 'modelId' })
		.input(runOrder)
		.output(run),
	/** The held-out examples side by side, those that changed most first. */
	runComparisons: procedure('user').input(runId).output(z.array(runComparison)),
	/** Hides an ended run; its adapter stays. */
	removeRun: procedure('user', ['JOB_STATE']).input(runId).output(z.void()),
	restoreRun: procedure('user').input(runId).output(run),
};

// Adapters.

/** What looking into an adapter's file has shown: what may be wrong with it, and with which tensor. */
export const adapterRemark = z.object({
	code: z.enum(['notFinite', 'largeNorm', 'zero', 'unknownBase', 'otherBase', 'newRank']),
	tensor: z.string().nullable(),
	detail: z.string(),
});
export type AdapterRemark = z.infer<typeof adapterRemark>;

export const adapter = z.object({
	id: z.string(),
	name: z.string(),
	/** Among the adapters of one name, from 1. */
	version: z.number().int(),
	/** The model of the library that it belongs to; null where that is not (any more) here. */
	modelId: z.string().nullable(),
	modelName: z.string(),
	/** What tells its base from others: SHA-256 of the model file's header and size; null where an import does not say. */
	baseDigest: z.string().nullable(),
	rank: z.number().int(),
	alpha: z.number(),
	targets: z.array(target),
	sizeBytes: z.number().int(),
	fileState: z.enum(['present', 'missing']),
	origin: z.discriminatedUnion('from', [
		z.object({ from: z.literal('run'), runId: z.string(), datasetTitle: z.string(), datasetVersion: z.number().int() }),
		z.object({ from: z.literal('import'), fileName: z.string() }),
	]),
	outcome: runOutcome.nullable(),
	remarks: z.array(adapterRemark),
	visibility: z.enum(['private', 'public']),
	mine: z.boolean(),
	ownerName: z.string(),
	createdAt: z.number().int(),
});
export type Adapter = z.infer<typeof adapter>;

/** How the weights of a merged model are stored; `base`: each as in the base. */
export const mergeType = z.enum(['F16', 'Q8_0', 'base']);
export type MergeType = z.infer<typeof mergeType>;

const adapterId = z.strictObject({ adapterId: z.string() });

export const finetuneAdapters = {
	/** The caller's adapters and the public ones of models that the caller may use, newest first, now and again after each change. */
	watchAdapters: procedure('user').output(eventIterator(z.array(adapter))),
	/** Changes the caller's own. One that refuses less than its base cannot be made public (`SAFETY_DROPPED`), nor one that was not checked; an imported one only by an administrator. */
	changeAdapter: procedure('user', ['SAFETY_DROPPED', 'SAFETY_UNCHECKED'], { audit: 'adapterId', auditFields: ['visibility'] })
		.input(adapterId.extend({ name: z.string().trim().min(1).max(120).optional(), visibility: adapter.shape.visibility.optional() }))
		.output(adapter),
	/** Hides the caller's own; `restoreAdapter` undoes it for 30 days. */
	removeAdapter: procedure('user', [], { audit: 'adapterId' }).input(adapterId).output(z.void()),
	restoreAdapter: procedure('user').input(adapterId).output(adapter),
	/**
	 * Looks into a GGUF LoRA and takes it in for a model: refused where it does not fit, or is no adapter. It comes with the call (`file`), or
	 * was sent to the upload address before (`uploadId`), or lies on this machine (`path`); both take larger ones, from administrators.
	 */
	importAdapter: procedure(
		'user',
		['ADAPTER_INVALID', 'ADAPTER_UNFIT', 'FILE_NOT_FOUND', 'FILE_NOT_ALLOWED', 'MODEL_MISSING', 'MODEL_DAMAGED', 'DISK_FULL', 'DISK_FAILED'],
		{ model: 'modelId', audit: 'made' },
	)
		.input(
			z
				.strictObject({
					uploadId: z.uuid().optional(),
					path: z.string().min(1).max(4096).optional(),
					file: z.file().max(mostCallBytes).optional(),
					fileName: z.string().min(1).max(255),
					modelId: z.string(),
					name: z.string().trim().min(1).max(120),
				})
				.refine(
					({ uploadId, path, file }) => [uploadId, path, file].filter((source) => source !== undefined).length === 1,
					'One of the file, its path and the id of an upload is needed.',
				),
		)
		.output(adapter),
	/** The adapter's file, and a name for it that tells it. Also of a public one. */
	exportAdapter: procedure('user', ['ADAPTER_MISSING'], { audit: 'adapterId' })
		.input(adapterId)
		.output(z.object({ fileName: z.string(), file: z.file() })),
	/** Merges an adapter into its base and takes the new model into the library: a job. Needs an administrator, as any new model does. What cannot be made public cannot be merged. */
	mergeAdapter: procedure('admin', ['ADAPTER_MISSING', 'ADAPTER_UNFIT', 'SAFETY_DROPPED', 'SAFETY_UNCHECKED', 'MODEL_MISSING', 'MODEL_DAMAGED', 'DISK_FULL'], {
		audit: 'adapterId',
	})
		.input(adapterId.extend({ type: mergeType, name: z.string().trim().min(1).max(120), scale: z.number().min(-4).max(4).default(1) }))
		.output(job),
};

export const finetune = { ...finetuneDatasets, ...finetuneRuns, ...finetuneAdapters };
