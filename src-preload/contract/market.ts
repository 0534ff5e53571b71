import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { procedure } from './define.ts';
import { loadWishes, planVerdict } from './engine.ts';
import { failureRecord } from './errors.ts';
import { job } from './jobs.ts';
import { modelDefaults, modelKind, storeProgram } from './library.ts';

/** Where models can be had. */
export const remoteSource = z.enum(['huggingface', 'ollama']);
export type RemoteSource = z.infer<typeof remoteSource>;

/** One file as its source lists it. `checksum`: `sha256:` and 64 digits, or `git-sha1:` and 40 for a file outside LFS; null where none is named. */
export const remotePart = z.object({ path: z.string(), sizeBytes: z.number().int(), checksum: z.string().nullable() });
export type RemotePart = z.infer<typeof remotePart>;

/** What is downloaded as one: a GGUF file, or all parts of a split one. */
export const remoteFile = z.object({
	/** Path of its first part (Hugging Face), or the digest of its layer (Ollama). */
	id: z.string(),
	fileName: z.string(),
	kind: modelKind,
	/** Read from the file's name; null where that says nothing. */
	quantization: z.string().nullable(),
	sizeBytes: z.number().int(),
	parts: z.array(remotePart).min(1),
	/** The model of the library that has these very bytes; null where none has. */
	modelId: z.string().nullable(),
	/** Another program on this machine has these very bytes; what `library.importStored` takes. */
	stored: z.object({ program: storeProgram, id: z.string() }).nullable(),
});
export type RemoteFile = z.infer<typeof remoteFile>;

/** A model as its source describes it, with the files that can be had. Texts are the source's own: show them as plain text. */
export const remoteModel = z.object({
	source: remoteSource,
	/** `owner/repository`, or a name with its tag such as `qwen3:4b`. */
	name: z.string(),
	/** The commit, or the digest of the manifest, that `files` is of. */
	revision: z.string(),
	license: z.string().nullable(),
	languages: z.array(z.string()),
	tags: z.array(z.string()),
	/** `automatic` and `manual`: an access token is needed, and the authors' leave, given at once or by hand. */
	access: z.enum(['open', 'automatic', 'manual']),
	downloads: z.number().int().nullable(),
	updatedAt: z.number().int().nullable(),
	/** Its page for people. */
	pageUrl: z.string(),
	defaults: modelDefaults.nullable(),
	files: z.array(remoteFile),
});
export type RemoteModel = z.infer<typeof remoteModel>;

/** A model in a list of results. */
export const remoteEntry = remoteModel.pick({ source: true, name: true, access: true, license: true, downloads: true, updatedAt: true }).extend({
	likes: z.number().int().nullable(),
});
export type RemoteEntry = z.infer<typeof remoteEntry>;

/** The measures of a model that planning a load needs (src-main/features/library/gguf/readShape.ts explains them). */
export const plannedShape = z.object({
	architecture: z.string(),
	blockCount: z.number().int().positive(),
	contextTokens: z.number().int().positive(),
	embeddingLength: z.number().int().positive(),
	feedForwardLength: z.number().int().nonnegative(),
	vocabularySize: z.number().int().positive(),
	headCountKv: z.number().int().nonnegative(),
	keyLength: z.number().int().nonnegative(),
	valueLength: z.number().int().nonnegative(),
	slidingWindow: z.number().int().positive().nullable(),
});

export const suitability = z.enum(['grading', 'subtitles', 'chat', 'code', 'conversion', 'fineTuning']);

/** A model that Homeroom knows of without asking anyone (models/catalog.json). */
export const catalogEntry = z.object({
	id: z.string(),
	name: z.string(),
	family: z.string(),
	repo: z.string(),
	file: z.string(),
	quantization: z.string(),
	/** As published, rounded where `unverified` names it; null where no public page gave it. */
	sizeBytes: z.number().int().positive().nullable(),
	/** Null where no public page gave it; a download takes it from the source then. */
	sha256: z
		.string()
		.regex(/^[0-9a-f]{64}$/)
		.nullable(),
	parameters: z.number().int().positive(),
	license: z.string(),
	/** ISO 639-1. */
	languages: z.array(z.string()),
	suits: z.array(suitability).min(1),
	/** One sentence on what it is good for. */
	summary: z.object({ en: z.string(), zh: z.string() }),
	/** Null where no public page gave all of it; the fit is then told once the file's header was read. */
	shape: plannedShape.nullable(),
	/** Addresses of the pages that the facts were taken from. */
	sources: z.array(z.string()),
	/** Facts of this entry that no page could be found for. */
	unverified: z.array(z.string()),
});
export type CatalogEntry = z.infer<typeof catalogEntry>;

/** How loading a file that is not here yet would go. `estimate`: from the catalogue or a part of the header; `header`: from all of it. */
export const remoteVerdict = z.object({ verdict: planVerdict, basis: z.enum(['estimate', 'header']) });
export type RemoteVerdict = z.infer<typeof remoteVerdict>;

/** A download's job with its live figures. */
export const download = z.object({
	job,
	/** The first of the files that it fetches, as `download` was asked for it; null for a repair. */
	origin: z.object({ source: remoteSource, name: z.string(), fileId: z.string() }).nullable(),
	/** What it is doing while the job is running. */
	phase: z.enum(['connecting', 'downloading', 'waiting', 'checking', 'adding']),
	/** Why it waits, and until when it does before it tries again. */
	waiting: z.object({ until: z.number().int(), failure: failureRecord }).nullable(),
	bytesDone: z.number().int(),
	bytesTotal: z.number().int(),
	/** Over the last seconds; null while nothing comes. */
	bytesPerSecond: z.number().nullable(),
	remainingMs: z.number().nullable(),
	/** The model it became. */
	modelId: z.string().nullable(),
});
export type Download = z.infer<typeof download>;

const remoteName = z.strictObject({ source: remoteSource, name: z.string().trim().min(1).max(300) });
const chosenFile = remoteName.extend({ revision: z.string().max(100), fileId: z.string().min(1).max(1024) });
const networkFailures = [
	'OFFLINE',
	'NETWORK_FAILED',
	'SERVER_FAILED',
	'SERVER_CONFUSED',
	'RATE_LIMITED',
	'REDIRECT_REFUSED',
	'REMOTE_NOT_FOUND',
	'GATED',
	'TOKEN_INVALID',
	'NAME_NOT_ALLOWED',
] as const;

export const market = {
	/** The models that Homeroom knows of, each with how it would fit this machine now. Needs no network. */
	catalog: procedure('viewer').output(z.array(z.object({ entry: catalogEntry, verdict: planVerdict.nullable(), modelId: z.string().nullable() }))),
	/** GGUF repositories of Hugging Face by words; `more` continues after the results already had. */
	search: procedure('user', networkFailures)
		.input(
			z.strictObject({
				query: z.string().trim().max(200),
				sort: z.enum(['trending', 'downloads', 'likes', 'recent']).default('trending'),
				/** How many results are had already. */
				skip: z.number().int().min(0).max(1000).default(0),
			}),
		)
		.output(z.object({ entries: z.array(remoteEntry), more: z.boolean() })),
	/** One model with its files: a repository of Hugging Face, or a name of the Ollama registry. */
	show: procedure('user', networkFailures).input(remoteName).output(remoteModel),
	/** How loading a file would go, before it is downloaded: reads the file's header where it is. */
	plan: procedure('user', ['MODEL_FILE_INVALID', ...networkFailures])
		.input(chosenFile.extend({ wishes: loadWishes.default({}) }))
		.output(remoteVerdict),
	/** Downloads a file into the library, with the picture part (`projectorId`) if that is wanted: a job. One that is on its way already answers with its job. */
	download: procedure('admin', ['MODEL_EXISTS', 'NO_CHECKSUM', 'DISK_FULL', ...networkFailures], { audit: 'name' })
		.input(chosenFile.extend({ projectorId: z.string().min(1).max(1024).nullable().default(null) }))
		.output(job),
	/** Fetches the bytes of a model anew that a check found wrong: a job. */
	repair: procedure('admin', ['NOT_REPAIRABLE', 'MODEL_IN_USE', ...networkFailures], { audit: 'modelId' })
		.input(z.strictObject({ modelId: z.string() }))
		.output(job),
	/** The caller's downloads and repairs, all of them each time, at most four times a second. */
	watch: procedure('user').output(eventIterator(z.array(download))),
	/** Asks a source whether it can be reached, and for whom the access token is. */
	testConnection: procedure('admin', networkFailures)
		.input(z.strictObject({ source: remoteSource }))
		.output(z.object({ roundTripMs: z.number(), account: z.string().nullable() })),
	/** Whether an access token for Hugging Face is kept, and where; itself it is never told again. */
	token: procedure('admin').output(z.object({ isSet: z.boolean(), keptIn: z.enum(['keychain', 'file']) })),
	/** Keeps the access token; null forgets it. */
	setToken: procedure('admin', [], { audit: 'self' })
		.input(
			z.strictObject({
				token: z
					.string()
					.trim()
					.regex(/^[\x21-\x7e]{8,512}$/)
					.nullable(),
			}),
		)
		.output(z.void()),
};
