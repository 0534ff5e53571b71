import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { procedure } from './define.ts';
import { runOutcome, target } from './finetuneRuns.ts';
import { job } from './jobs.ts';
import { mostCallBytes } from './mostCallBytes.ts';

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
	/** Hides the caller's own; `restoreAdapter` undoes it until it is purged (deleted.ts). */
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
