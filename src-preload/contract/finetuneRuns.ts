import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { procedure } from './define.ts';
import { failureRecord } from './errors.ts';
import { encodeFailures, exampleTurns, title } from './finetuneDatasets.ts';
import { jobState } from './jobs.ts';

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
	/** A graphics card where there is one with room, or the processor in any case. Runs of before graphics cards were used have none. */
	computeOn: z.enum(['automatic', 'processor']).default('automatic'),
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
	notes: z.array(z.enum(['rowTokensReduced', 'rowTokensToLongest', 'examplesTooLong', 'fewExamples', 'noValidation', 'slow', 'cardTooSmall', 'cardFailed'])),
	kind: z.enum(['fits', 'tooBig']),
	neededBytes: z.number().int(),
	freeBytes: z.number().int(),
	/** Of the graphics card's memory; null where the processor computes. */
	vramBytes: z.number().int().nullable(),
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
		// Why the processor computes though a graphics card might.
		'noCard',
		'cardTooSmall',
		'cardFailed',
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
