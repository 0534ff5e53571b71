import { z } from 'zod';
import { mergeType, runSettings } from '#contract/finetune.ts';
import { targets } from './Adapter.ts';
import { refusalKinds } from './TrainerRefusal.ts';

// All that the app and a trainer's process say to each other, over the channel of a child process. The order is the first message, and
// the only one but for `pause`; the process ends by itself when it has done it, and when its channel closes.

const path = z.string().min(1).max(4096);

/** What is to compute: a graphics card where there is one with room, else the processor; or that in any case. What it was is told. */
const device = z.enum(['auto', 'processor']);

/** Why the processor computes though a card was wanted: there is none that its drivers let llama.cpp use, its free memory is too little, or it failed. */
const onProcessor = z.enum(['noCard', 'cardTooSmall', 'cardFailed']);
export type OnProcessor = z.infer<typeof onProcessor>;

/** What is trained: examples lie in files of `writeExamples` (exampleFile.ts). */
export const trainOrder = z.strictObject({
	kind: z.literal('train'),
	modelPath: path,
	/** Learnt from. */
	trainingFile: path,
	/** Held out; null: nothing is. */
	validationFile: path.nullable(),
	/** General text that forgetting is measured with, every token of it. */
	generalFile: path,
	/** Where the checkpoint, the best adapter so far and the finished adapter lie; it is there. */
	folder: path,
	settings: runSettings,
	threads: z.number().int().min(1),
	/** The most memory that the process may take. */
	mostBytes: z.number().int().positive(),
	checkpointEverySteps: z.number().int().min(1),
	device,
	/** What is written into the adapter's file about itself: name, base digest … as GGUF metadata. */
	metadata: z.record(z.string().max(200), z.string().max(1000)),
});
export type TrainOrder = z.infer<typeof trainOrder>;

/** Two steps of a training, of the longest rows, to see what it takes; nothing is written. */
export const probeOrder = trainOrder.omit({ kind: true, folder: true, checkpointEverySteps: true, metadata: true }).extend({ kind: z.literal('probe') });
export type ProbeOrder = z.infer<typeof probeOrder>;

/** Adds an adapter to its base for good and writes that as a model of its own; the file appears whole or not at all. */
export const mergeOrder = z.strictObject({
	kind: z.literal('merge'),
	modelPath: path,
	adapterPath: path,
	scale: z.number(),
	type: mergeType,
	outputPath: path,
	/** The name of the merged model, as GGUF metadata. */
	name: z.string().max(200),
});
export type MergeOrder = z.infer<typeof mergeOrder>;

/** Looks into an adapter's file, and whether it fits a model. */
export const inspectOrder = z.strictObject({ kind: z.literal('inspect'), adapterPath: path, modelPath: path });
export type InspectOrder = z.infer<typeof inspectOrder>;

export const trainerOrder = z.discriminatedUnion('kind', [trainOrder, probeOrder, mergeOrder, inspectOrder]);
export type TrainerOrder = z.infer<typeof trainerOrder>;

/** Writes a checkpoint after the step that is being taken, then ends (`paused`). */
export const pauseMessage = z.strictObject({ kind: z.literal('pause') });

const step = z.number().int().min(0);
const figure = z.number();
const memory = { memoryBytes: z.number().int(), vramBytes: z.number().int().nullable() };

export const trainerEvent = z.discriminatedUnion('type', [
	/** The model is read. `fromStep` is over 0 where a checkpoint was taken up. */
	z.object({
		type: z.literal('started'),
		totalSteps: step,
		fromStep: step,
		device: z.string().max(200),
		onProcessor: onProcessor.nullable(),
		examples: z.number().int(),
		heldOut: z.number().int(),
	}),
	/**
	 * How far something slow is: reading the model, a step, a measurement, a merge. It comes every second or two while nothing else is to
	 * be told, so a process that says nothing for long is stuck.
	 */
	z.object({
		type: z.literal('progress'),
		stage: z.enum(['loading', 'stepping', 'evaluating', 'saving', 'merging', 'inspecting']),
		fraction: z.number().min(0).max(1),
	}),
	z.object({
		type: z.literal('step'),
		step,
		/** In nats, a mean over the learnt tokens. */
		loss: figure,
		learningRate: figure,
		gradientLength: figure,
		tokens: z.number().int(),
		tokensPerSecond: figure,
		...memory,
	}),
	/** Step 0 is before the first. `forgetting`: perplexity on the general text divided by that at step 0. `best`: the lowest so far. */
	z.object({ type: z.literal('evaluation'), step, validationLoss: figure.nullable(), forgetting: figure, best: z.boolean() }),
	z.object({ type: z.literal('saved'), step }),
	z.object({ type: z.literal('paused'), step }),
	/** `adapterPath`: the adapter as it was best, by validation loss where anything is held out, else at the end. */
	z.object({ type: z.literal('trained'), step, bestStep: step, stoppedEarly: z.boolean(), adapterPath: path, baseDigest: z.string().max(200) }),
	z.object({
		type: z.literal('probed'),
		stepMs: figure,
		/** What one measurement takes, of the held-out examples and the general text together. */
		evaluationMs: figure,
		/** So often is measured in the whole training. */
		evaluations: step,
		tokensPerSecond: figure,
		totalSteps: step,
		/** The most that the process held without the memory that only buys speed: what a training needs. */
		peakBytes: z.number().int(),
		vramBytes: z.number().int().nullable(),
		device: z.string().max(200),
		onProcessor: onProcessor.nullable(),
	}),
	z.object({ type: z.literal('merged'), outputPath: path, sizeBytes: z.number().int() }),
	z.object({
		type: z.literal('inspected'),
		rank: z.number().int(),
		alpha: figure,
		targets: z.array(z.enum(targets)),
		/** Of the base that the file names; null where it names none. */
		baseDigest: z.string().max(200).nullable(),
		/** Of the model that it was looked at beside. */
		modelDigest: z.string().max(200),
		remarks: z.array(
			z.object({
				code: z.enum(['notFinite', 'largeNorm', 'zero', 'unknownBase', 'otherBase', 'newRank']),
				tensor: z.string().max(200).nullable(),
				detail: z.string().max(300),
			}),
		),
	}),
	/** It cannot be done, for a cause that can be told; the process ends. `neededBytes` comes with `outOfMemory` where it is known. */
	z.object({ type: z.literal('refused'), kind: z.enum(refusalKinds), sentence: z.string().max(4000), neededBytes: z.number().int().nullable() }),
]);
export type TrainerEvent = z.infer<typeof trainerEvent>;
