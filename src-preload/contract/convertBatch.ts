import { z } from 'zod';
import { convertOrder, formatName } from './convertOrder.ts';
import { failureRecord } from './errors.ts';
import { jobState } from './jobs.ts';

/** Several files that are converted by one order. */
export const conversion = z.object({
	id: z.string(),
	title: z.string(),
	/** Null: not started yet. */
	order: convertOrder.nullable(),
	/** Where the results are written; null: they are kept here. */
	folder: z.string().nullable(),
	job: z.object({ id: z.string(), state: jobState, failure: failureRecord.nullable() }).nullable(),
	/** `lossy`: of those that are done, those of which something was lost. */
	counts: z.object({ files: z.number().int(), done: z.number().int(), failed: z.number().int(), lossy: z.number().int() }),
	createdAt: z.number().int(),
});
export type Conversion = z.infer<typeof conversion>;

/** One file of a batch. */
export const conversionFile = z.object({
	id: z.string(),
	/** As it came, with its folders where it came with them. */
	name: z.string(),
	sizeBytes: z.number().int(),
	state: z.enum(['waiting', 'running', 'done', 'failed']),
	/** Of what is done of it, 0 to 1. */
	fraction: z.number(),
	/** Null until it was read. */
	from: formatName.nullable(),
	/** The name of the result in its folder; null until there is one. */
	resultName: z.string().nullable(),
	resultBytes: z.number().int().nullable(),
	/** Whether a sidecar lies beside the result: called like it, with `.sidecar.json`. */
	hasSidecar: z.boolean(),
	/** Of its report; null until there is one. */
	counts: z.object({ lost: z.number().int(), convention: z.number().int(), changed: z.number().int() }).nullable(),
	failure: failureRecord.nullable(),
});
export type ConversionFile = z.infer<typeof conversionFile>;
