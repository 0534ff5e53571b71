import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { procedure } from './define.ts';
import { failureRecord } from './errors.ts';
import { job } from './jobs.ts';

/** `projector`: the picture part (mmproj) of a model; `adapter`: a LoRA adapter. Both are used together with a model. */
export const modelKind = z.enum(['model', 'projector', 'adapter']);
export type ModelKind = z.infer<typeof modelKind>;

/** Programs whose stores of models are known. */
export const storeProgram = z.enum(['ollama', 'lmstudio', 'jan', 'huggingface']);
export type StoreProgram = z.infer<typeof storeProgram>;

/** Where a model came from, exact enough to fetch it again. */
export const modelOrigin = z.discriminatedUnion('source', [
	z.object({ source: z.literal('local') }),
	/** The demonstration model that ships with Homeroom. */
	z.object({ source: z.literal('demo') }),
	/** The random-weight model that Homeroom once wrote to check the wiring; none comes in any more. */
	z.object({ source: z.literal('test') }),
	/** Used where another program keeps it. */
	z.object({ source: z.literal('store'), program: storeProgram }),
	/** `revision` is a commit; `paths` are those of the files, in the order of the parts. */
	z.object({ source: z.literal('huggingface'), repo: z.string(), revision: z.string(), paths: z.array(z.string()) }),
	/** `name` with its tag, such as `qwen3:4b`; `digest` is that of the layer, `sha256:…`. */
	z.object({ source: z.literal('ollama'), name: z.string(), digest: z.string() }),
]);
export type ModelOrigin = z.infer<typeof modelOrigin>;

/** What the source of a model advises for its use; what is left out it says nothing of. */
export const modelDefaults = z.strictObject({
	systemPrompt: z.string().max(100_000).optional(),
	temperature: z.number().min(0).max(5).optional(),
	topP: z.number().min(0).max(1).optional(),
	topK: z.number().int().min(0).max(10_000).optional(),
	minP: z.number().min(0).max(1).optional(),
	repeatPenalty: z.number().min(0.5).max(2).optional(),
	seed: z.number().int().min(0).max(0xffff_ffff).optional(),
	stop: z.array(z.string().min(1).max(1000)).max(64).optional(),
	contextTokens: z.number().int().min(128).max(1_048_576).optional(),
	maxTokens: z.number().int().min(1).max(1_048_576).optional(),
	/** A Jinja template for models whose file has none. */
	chatTemplate: z.string().max(200_000).optional(),
});
export type ModelDefaults = z.infer<typeof modelDefaults>;

export const modelFile = z.object({
	fileName: z.string(),
	path: z.string(),
	sizeBytes: z.number().int(),
	/** Lower-case hexadecimal; null until it is published by the source or was computed by a check. */
	sha256: z.string().nullable(),
});
export type ModelFile = z.infer<typeof modelFile>;

export const model = z.object({
	id: z.string(),
	name: z.string(),
	kind: modelKind,
	/** Of the first file. */
	fileName: z.string(),
	path: z.string(),
	/** All files, in the order of the parts of a split model. */
	files: z.array(modelFile).min(1),
	/** Homeroom stored the files itself and may delete them. */
	owned: z.boolean(),
	/** The files are hard links: the bytes are shared with where they came from. */
	linked: z.boolean(),
	/** Of all files. */
	sizeBytes: z.number().int(),
	/** As of the last look at the disk. `changed`: not the file that was taken in; `damaged`: a check found wrong bytes. */
	fileState: z.enum(['present', 'missing', 'changed', 'damaged']),
	origin: modelOrigin,
	architecture: z.string(),
	parameters: z.number().int().nullable(),
	quantization: z.string(),
	/** Longest context the model was trained for, in tokens. */
	contextTokens: z.number().int().nullable(),
	hasChatTemplate: z.boolean(),
	defaults: modelDefaults.nullable(),
	/** As its source or its file names it, such as `apache-2.0`. */
	license: z.string().nullable(),
	tags: z.array(z.string()),
	/** The last check of its bytes. `recorded`: nobody publishes a checksum, so later checks compare with this one. */
	check: z.object({ at: z.number().int(), result: z.enum(['good', 'recorded', 'damaged']), badBytes: z.number().int() }).nullable(),
	addedAt: z.number().int(),
	lastUsedAt: z.number().int().nullable(),
});
export type Model = z.infer<typeof model>;
/** What is known of everything that can be answered with: of a route too, which has no file of its own that could be missing. */
export type NamedModel = Pick<Model, 'id' | 'name' | 'defaults' | 'fileName' | 'fileState'>;

/** How a file of this machine comes into the library: used where it lies, hard-linked or copied into the models folder. */
export const importMode = z.enum(['inPlace', 'hardLink', 'copy']);
export type ImportMode = z.infer<typeof importMode>;

/** What another program keeps. */
export const storedModel = z.object({
	/** What `importStored` takes. */
	id: z.string(),
	program: storeProgram,
	name: z.string(),
	kind: modelKind,
	sizeBytes: z.number().int(),
	/** The model of the library that is this file; null where it is not in the library. */
	modelId: z.string().nullable(),
});
export type StoredModel = z.infer<typeof storedModel>;

export const diskFigures = z.object({
	modelsFolder: z.string(),
	volumeTotalBytes: z.number().int(),
	volumeFreeBytes: z.number().int(),
	/** What Homeroom stored, and may delete. */
	storedBytes: z.number().int(),
	/** Used where other programs keep it, or shared with them by hard links: bytes that were not stored twice. */
	sharedBytes: z.number().int(),
	/** Parts of downloads that are not finished. */
	partialBytes: z.number().int(),
});
export type DiskFigures = z.infer<typeof diskFigures>;

/** One of several that could not be done, and why. */
const refused = z.object({ name: z.string(), failure: failureRecord });

const modelId = z.strictObject({ modelId: z.string() });
const modelIds = z.strictObject({ modelIds: z.array(z.string()).min(1).max(1000) });
/** A path of this machine; what may stand in it is checked where it is taken. */
export const path = z.string().min(1).max(4096);
const fileFailures = ['FILE_NOT_FOUND', 'FILE_NOT_ALLOWED', 'MODEL_FILE_INVALID', 'MODEL_EXISTS', 'SPLIT_INCOMPLETE', 'DISK_FULL', 'DISK_FAILED'] as const;

export const library = {
	/** The models that the caller may use. */
	list: procedure('viewer').output(z.array(model)),
	/** The whole list now and again after each change. */
	watch: procedure('viewer').output(eventIterator(z.array(model))),
	/**
	 * Takes a GGUF file of this machine, or all in a folder, into the library. Of a folder what cannot be taken is told in `refused`;
	 * a single file that cannot fails. Copies are made by a job, `job`.
	 */
	importPath: procedure('admin', fileFailures, { audit: 'made' })
		.input(z.strictObject({ path, mode: importMode.default('inPlace') }))
		.output(z.object({ models: z.array(model), refused: z.array(refused), job: job.nullable() })),
	/** Takes a GGUF that was sent to the upload address (src-main/platform/http/uploads.ts) into the models folder. */
	importUpload: procedure('admin', fileFailures, { audit: 'made' })
		.input(z.strictObject({ uploadId: z.uuid(), fileName: z.string().min(1).max(255) }))
		.output(model),
	/** What other programs on this machine keep, looked for now. */
	stores: procedure('admin').output(z.array(storedModel)),
	/** Takes models of other programs into the library, where they lie. */
	importStored: procedure('admin', fileFailures, { audit: 'made' })
		.input(z.strictObject({ ids: z.array(z.string().max(8192)).min(1).max(200) }))
		.output(z.object({ models: z.array(model), refused: z.array(refused) })),
	/** Takes models off the list; with `deleteFiles` what Homeroom itself stored is deleted too. What is in use stays, and is told. */
	remove: procedure('admin', [], { audit: 'modelIds', auditFields: ['deleteFiles'] })
		.input(modelIds.extend({ deleteFiles: z.boolean().default(false) }))
		.output(z.object({ freedBytes: z.number().int(), removed: z.number().int(), refused: z.array(refused) })),
	/** Changes what people call a model and file it under. */
	change: procedure('admin', [], { audit: 'modelId' })
		.input(modelId.extend({ name: z.string().trim().min(1).max(120).optional(), tags: z.array(z.string().trim().min(1).max(40)).max(20).optional() }))
		.output(model),
	/** Reads a changed file anew, as what it is now. */
	refresh: procedure('admin', ['MODEL_MISSING', ...fileFailures])
		.input(modelId)
		.output(model),
	/** Says where the file of a missing model is now; it must be the same file, by size and by checksum where one is known. */
	relocate: procedure('admin', ['CHECKSUM_MISMATCH', ...fileFailures], { audit: 'modelId' })
		.input(modelId.extend({ path }))
		.output(model),
	/** Reads every byte of the models and compares it with what it should be: a job. */
	verify: procedure('admin', [], { audit: 'modelIds' }).input(modelIds).output(job),
	/** Copies models with their facts and checksums to a folder, such as a USB stick: a job. */
	exportTo: procedure('admin', ['FILE_NOT_FOUND', 'FILE_NOT_ALLOWED', 'DISK_FULL', 'DISK_FAILED'], { audit: 'modelIds' })
		.input(modelIds.extend({ folder: path }))
		.output(job),
	/** Takes in what `exportTo` wrote, each file checked against its checksum: a job. */
	importFrom: procedure('admin', ['FILE_NOT_FOUND', 'FILE_NOT_ALLOWED', 'BUNDLE_INVALID', 'DISK_FULL', 'DISK_FAILED'], { audit: 'made' })
		.input(z.strictObject({ folder: path }))
		.output(job),
	disk: procedure('viewer', ['DISK_FAILED']).output(diskFigures),
	/** Puts the demonstration model that ships with Homeroom into the library, or answers with the one that is there. */
	addDemo: procedure('admin', ['DISK_FULL', 'DISK_FAILED'], { audit: 'made' }).output(model),
};
