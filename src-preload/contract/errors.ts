import { type ErrorMap, ORPCError } from '@orpc/contract';
import { z } from 'zod';
import { backupRefusal } from './backupRefusal.ts';
import { documentReason } from './documentReason.ts';

const bytes = z.number().int().nonnegative();
/** What was found, in English, for those who know the technique; people read the sentence of the code and `kind`. */
const detail = z.string();

/** One thing wrong with an input: where (`path`, dotted) and what, in words. */
export const inputIssue = z.object({ path: z.string(), message: z.string() });

/**
 * Every failure a user can meet, by its stable code. `status` is the HTTP status, `message` the English sentence
 * (the renderer translates by code, with `data` as the values), `data` what the sentence needs.
 */
export const failures = {
	// Every procedure may answer with these.
	INVALID_INPUT: { status: 400, message: 'Something in this request is not as it should be.', data: z.object({ issues: z.array(inputIssue) }) },
	NOT_SIGNED_IN: { status: 401, message: 'Sign in first.', data: z.object({}) },
	FORBIDDEN: { status: 403, message: 'Your account may not do this.', data: z.object({}) },
	NOT_FOUND: { status: 404, message: 'There is no such thing, or it is not yours.', data: z.object({ what: z.string() }) },
	TOO_LARGE: { status: 413, message: 'This is larger than can be taken at once.', data: z.object({ limitBytes: bytes }) },
	INTERNAL: { status: 500, message: 'Something went wrong inside Homeroom. Nothing was lost.', data: z.object({ requestId: z.string() }) },
	SHUTTING_DOWN: { status: 503, message: 'Homeroom is closing.', data: z.object({}) },

	// Accounts and tokens.
	SIGN_IN_REFUSED: { status: 401, message: 'This name and password, or this code, do not fit together.', data: z.object({}) },
	TOO_MANY_TRIES: { status: 429, message: 'Too many tries. Wait a moment and try again.', data: z.object({ retryAfterMs: z.number().nonnegative() }) },
	PASSWORD_UNFIT: {
		status: 422,
		message: 'This password cannot be used.',
		data: z.object({ reason: z.enum(['short', 'long', 'common', 'name']), shortest: z.number().int(), longest: z.number().int() }),
	},
	PASSWORD_WRONG: { status: 403, message: 'This is not the present password.', data: z.object({}) },
	PASSWORD_NEEDED: { status: 409, message: 'Set a password for yourself first: from the second account on, everybody signs in.', data: z.object({}) },
	REGISTRATION_CLOSED: { status: 403, message: 'Nobody makes an account for themselves here: an administrator makes it.', data: z.object({}) },
	NAME_TAKEN: { status: 409, message: 'Another account has this name.', data: z.object({ name: z.string() }) },
	LAST_ADMIN: { status: 409, message: 'This is the last administrator who can sign in.', data: z.object({}) },
	INSUFFICIENT_TOKENS: {
		status: 402,
		message: 'There are not enough tokens left for this.',
		data: z.object({ needed: z.number().int(), available: z.number().int() }),
	},
	IDEMPOTENCY_MISMATCH: { status: 409, message: 'This request was made before with something else in it.', data: z.object({ requestId: z.string() }) },

	// Files and models.
	FILE_NOT_FOUND: { status: 404, message: 'There is no file at this path.', data: z.object({ path: z.string() }) },
	FILE_NOT_ALLOWED: {
		status: 400,
		message: 'This path cannot be used.',
		data: z.object({
			reason: z.enum([
				'notAbsolute',
				'notAFile',
				'notAFolder',
				'badName',
				'notGguf',
				'archive',
				'noPermission',
				'otherDisk',
				'noLinks',
				'insideLibrary',
				'insideData',
				'notEmpty',
			]),
		}),
	},
	MODEL_FILE_INVALID: {
		status: 422,
		message: 'This file is not a usable GGUF model.',
		data: z.object({
			fileName: z.string(),
			kind: z.enum([
				'empty',
				'notGguf',
				'otherVersion',
				'bigEndian',
				'cutOff',
				'damaged',
				'impossible',
				'unsupported',
				'noModel',
				'accessory',
				'noAdapter',
				'strayPart',
				'partsDiffer',
				'tooLong',
				'unreadable',
			]),
			detail,
		}),
	},
	MODEL_EXISTS: { status: 409, message: 'This model is in the library already.', data: z.object({ modelId: z.string(), name: z.string() }) },
	MODEL_IN_USE: { status: 409, message: 'This model is loaded. Unload it first.', data: z.object({ name: z.string() }) },
	MODEL_TRAINED: { status: 409, message: 'Fine-tuning is at work on this model. Pause or cancel it first.', data: z.object({ name: z.string() }) },
	MODEL_MISSING: { status: 410, message: 'The file of this model is gone from the disk.', data: z.object({ name: z.string(), fileName: z.string() }) },
	MODEL_REMOVED: { status: 410, message: 'This model is not in the library any more, or may not be used any more.', data: z.object({ name: z.string() }) },
	MODEL_DAMAGED: {
		status: 409,
		message: 'Part of the file of this model is not what it should be. Repair it or download it again.',
		data: z.object({ name: z.string(), badBytes: bytes }),
	},
	NOT_REPAIRABLE: {
		status: 409,
		message: 'This model cannot be repaired. Download it again, or take it from where it came.',
		data: z.object({ name: z.string(), reason: z.enum(['noOrigin', 'notChecked', 'notDamaged']) }),
	},
	SPLIT_INCOMPLETE: {
		status: 422,
		message: 'This model is split into several files, and some of them are not there.',
		data: z.object({ fileName: z.string(), missing: z.array(z.string()) }),
	},
	BUNDLE_INVALID: {
		status: 422,
		message: 'This folder holds no models that Homeroom has exported.',
		data: z.object({ reason: z.enum(['noManifest', 'badManifest']) }),
	},
	CHECKSUM_MISMATCH: {
		status: 422,
		message: 'The bytes of this file are not those that its checksum stands for. It was not taken in.',
		data: z.object({ fileName: z.string() }),
	},
	DISK_FULL: { status: 507, message: 'There is not enough free disk space.', data: z.object({ neededBytes: bytes, freeBytes: bytes }) },
	DISK_FAILED: {
		status: 503,
		message: 'The disk could not be written to or read from. What was there is kept.',
		data: z.object({ reason: z.enum(['gone', 'readOnly', 'noPermission', 'fileTooBig', 'io', 'busy']) }),
	},

	BACKUP_INVALID: {
		status: 422,
		message: 'This file cannot be restored. Nothing was changed.',
		data: z.object({ fileName: z.string(), reason: backupRefusal, detail }),
	},

	// Network and downloads.
	OFFLINE: { status: 409, message: 'Homeroom is set to stay offline. Nothing was sent.', data: z.object({}) },
	NETWORK_FAILED: {
		status: 502,
		message: 'The server could not be reached.',
		data: z.object({ host: z.string(), reason: z.enum(['unknownHost', 'refused', 'timeout', 'broken', 'certificate', 'proxy']) }),
	},
	SERVER_FAILED: { status: 502, message: 'The server answered with an error.', data: z.object({ host: z.string(), status: z.number().int() }) },
	SERVER_CONFUSED: {
		status: 502,
		message: 'The server answered something else than what was asked for; a sign-in page of the network may be in between.',
		data: z.object({ host: z.string(), what: z.string() }),
	},
	RATE_LIMITED: {
		status: 429,
		message: 'The server takes no more requests for now.',
		data: z.object({ host: z.string(), retryAfterMs: z.number().nonnegative() }),
	},
	REDIRECT_REFUSED: {
		status: 502,
		message: 'The server points to a place that Homeroom does not follow to.',
		data: z.object({ host: z.string(), reason: z.enum(['insecure', 'privateAddress', 'tooMany']) }),
	},
	REMOTE_NOT_FOUND: { status: 404, message: 'The server has nothing under this name.', data: z.object({ host: z.string(), name: z.string() }) },
	GATED: {
		status: 403,
		message: 'The authors of this model want to know who downloads it.',
		data: z.object({ name: z.string(), reason: z.enum(['tokenNeeded', 'notGranted']) }),
	},
	TOKEN_INVALID: { status: 401, message: 'The server does not accept the access token.', data: z.object({ host: z.string() }) },
	NAME_NOT_ALLOWED: {
		status: 422,
		message: 'A name that the server gave cannot be used.',
		data: z.object({ what: z.enum(['model', 'file', 'digest']), name: z.string() }),
	},
	NO_CHECKSUM: { status: 422, message: 'The server names no checksum for this file, so it is not taken.', data: z.object({ fileName: z.string() }) },
	DOWNLOAD_CORRUPT: {
		status: 502,
		message: 'What the server sent is not the file that it names. It was thrown away.',
		data: z.object({ fileName: z.string(), host: z.string() }),
	},
	DOWNLOAD_CHANGED: {
		status: 409,
		message: 'The file was changed at its source while it was downloaded. Start the download anew.',
		data: z.object({ fileName: z.string() }),
	},
	DOWNLOAD_STALLED: { status: 504, message: 'The server stopped sending.', data: z.object({ host: z.string(), afterMs: z.number() }) },

	// The gateway for other programs.
	TOO_MANY_REQUESTS: {
		status: 429,
		message: 'This is more than may be asked at once. Wait as long as Retry-After says, and try again.',
		/** Of what there was too much: requests of an address or of a key in a minute, answers of a key at once, or tokens that its owner's other work has set aside. */
		data: z.object({ what: z.enum(['address', 'key', 'streams', 'tokens']), retryAfterMs: z.number().nonnegative() }),
	},
	METHOD_WRONG: {
		status: 405,
		message: 'This address is asked with another method.',
		/** Those that it takes, as in the header Allow. */
		data: z.object({ allow: z.string() }),
	},
	KEY_TOKENS_SHORT: {
		status: 429,
		message: 'This needs more tokens than this key may use in what is left of its month. Lower max_tokens, take less at once, or give the key more.',
		/** `retryAfterMs`: until the next month; null where even a whole month's tokens are too few, so that waiting does not help. */
		data: z.object({ needed: z.number().int(), available: z.number().int(), retryAfterMs: z.number().nonnegative().nullable() }),
	},
	NOT_ADMITTED: {
		status: 403,
		message: 'This request came under a name or from a page that is not listed. An administrator lists names and pages under Gateway.',
		/** Which of them: the Host that was asked for, the page (Origin) that asks, or a target that is no path. */
		data: z.object({ reason: z.enum(['host', 'origin', 'target']) }),
	},
	KEY_UNKNOWN: {
		status: 401,
		message: 'This key or token is not known here, or it has ended or was switched off. Take another one, or switch the key on under My account.',
		data: z.object({}),
	},
	KEY_NOT_FOR_THIS: {
		status: 403,
		message: 'This key was not made for this. Make one with the right that is named, under My account.',
		/** Any of these rights will do; empty where no key will. */
		data: z.object({ scopes: z.string() }),
	},
	WRONG_CONTENT_TYPE: { status: 415, message: 'What is sent here must be application/json.', data: z.object({}) },
	PASSWORD_COMPULSORY: {
		status: 403,
		message: 'The gateway is open to other machines, so it answers only for accounts that have a password.',
		data: z.object({}),
	},
	PORT_TAKEN: {
		status: 409,
		message: 'Something listens on this port already.',
		data: z.object({ port: z.number().int(), reason: z.enum(['program', 'page']) }),
	},
	ADDRESS_UNAVAILABLE: {
		status: 409,
		message: 'This machine does not have this address, or may not listen on it.',
		data: z.object({ address: z.string(), port: z.number().int() }),
	},
	CERTIFICATE_INVALID: {
		status: 422,
		message: 'This certificate cannot be used.',
		data: z.object({ reason: z.enum(['unreadable', 'keyUnreadable', 'mismatch', 'expired']) }),
	},
	// Remote backends. `name` is what the backend is called here.
	BACKEND_KEY_REFUSED: {
		status: 502,
		message: 'The server of this backend does not accept the key.',
		data: z.object({ name: z.string(), reason: z.enum(['missing', 'wrong', 'notAllowed']) }),
	},
	BACKEND_UNPAID: { status: 502, message: 'The account at the server of this backend has nothing left to pay with.', data: z.object({ name: z.string() }) },
	BACKEND_MODEL_UNKNOWN: { status: 502, message: 'The server of this backend has no such model.', data: z.object({ name: z.string(), model: z.string() }) },
	BACKEND_REFUSED: {
		status: 502,
		message: 'The server of this backend does not take this request.',
		data: z.object({ name: z.string(), reason: z.enum(['request', 'redirect', 'noApi', 'insecure', 'withheld']), detail }),
	},
	BACKEND_SILENT: { status: 504, message: 'The server of this backend did not answer in time, or fell silent.', data: z.object({ name: z.string() }) },
	BACKEND_OFF: { status: 409, message: 'This backend is switched off.', data: z.object({ name: z.string() }) },
	BACKEND_IN_USE: { status: 409, message: 'Routes lead to this backend.', data: z.object({ name: z.string(), routes: z.array(z.string()) }) },

	// Engine.
	MODEL_TOO_BIG: { status: 409, message: 'This model needs more memory than is free.', data: z.object({ neededBytes: bytes, freeBytes: bytes }) },
	MODEL_LOAD_FAILED: {
		status: 422,
		message: 'The model could not be loaded.',
		data: z.object({ name: z.string(), kind: z.enum(['model', 'engine']), detail }),
	},
	MODEL_NOT_RUNNING: { status: 409, message: 'This model is not loaded.', data: z.object({ name: z.string() }) },
	MODEL_WORKER_CRASHED: {
		status: 502,
		message: 'The engine stopped while it worked on this.',
		data: z.object({ name: z.string(), kind: z.enum(['killed', 'broke', 'fileLost', 'processor', 'ended', 'silent', 'confused']), detail }),
	},
	MODEL_TIMEOUT: { status: 504, message: 'The engine did not answer in time.', data: z.object({ name: z.string(), afterMs: z.number() }) },
	PROMPT_TOO_LONG: {
		status: 400,
		message: 'The text is longer than the model can take in at once. Shorten it, or load the model with a larger context.',
		data: z.object({ promptTokens: z.number().int(), contextTokens: z.number().int() }),
	},
	TEMPLATE_TIMEOUT: { status: 422, message: "The model's chat template did not end in time.", data: z.object({ name: z.string() }) },
	TEMPLATE_FAILED: { status: 422, message: "The model's chat template could not be used.", data: z.object({ name: z.string(), detail }) },
	TOO_BUSY: { status: 429, message: 'There is too much to do just now.', data: z.object({ retryAfterMs: z.number().nonnegative() }) },
	TOOLS_UNSUPPORTED: { status: 422, message: 'This model cannot be given tools in this way.', data: z.object({ name: z.string() }) },
	BAD_GRAMMAR: { status: 422, message: 'The shape asked of the answer cannot be turned into a grammar.', data: z.object({ detail }) },

	// Routes.
	ROUTE_DOWN: {
		status: 503,
		message: 'Nothing that stands behind this route answers just now.',
		data: z.object({ name: z.string(), retryAfterMs: z.number().nonnegative() }),
	},
	ROUTE_NAME_TAKEN: {
		status: 409,
		message: 'Another route, or a model, has this name.',
		data: z.object({ name: z.string(), kind: z.enum(['route', 'model']) }),
	},
	/** `names`: the routes around which it would go. */
	ROUTE_LOOP: { status: 409, message: 'These routes would fall back on one another without end.', data: z.object({ names: z.array(z.string()) }) },

	// Jobs, chat, grading.
	JOB_STATE: { status: 409, message: 'This is not possible in the present state of the job.', data: z.object({ state: z.string() }) },
	DATASET_IN_USE: { status: 409, message: 'A training that is not over learns from this dataset.', data: z.object({ run: z.string() }) },
	JOB_GAVE_UP: {
		status: 409,
		message: 'Homeroom ended again and again while it worked on this, so it was not started anew. What was finished was kept. Resume it to try once more.',
		data: z.object({ attempts: z.number().int() }),
	},
	ALREADY_ANSWERING: { status: 409, message: 'This conversation is being answered already.', data: z.object({}) },
	NO_MODEL: { status: 409, message: 'No model is chosen.', data: z.object({}) },
	CSV_COLUMN_MISSING: { status: 422, message: 'A column is missing.', data: z.object({ column: z.string(), found: z.array(z.string()) }) },
	CSV_INVALID: {
		status: 422,
		message: 'The table could not be read.',
		data: z.object({
			row: z.number().int(),
			column: z.string().nullable(),
			reason: z.enum([
				'empty',
				'malformed',
				'quoteOpen',
				'rowTooLong',
				'tooManyColumns',
				'tooManyRows',
				'tooManyQuestions',
				'tooManyAnswers',
				'noAnswers',
				// What it is in place of a table.
				'spreadsheet',
				'picture',
				'document',
				'webPage',
				'notWorkbook',
				'notText',
			]),
			/** Of what there is too much: how much there is, where that is known, and how much can be taken. */
			found: z.number().int().nullable(),
			limit: z.number().int().nullable(),
		}),
	},
	QUESTIONS_UNLIKE: {
		status: 422,
		message: 'There are not as many questions as columns of answers.',
		data: z.object({ expected: z.number().int(), given: z.number().int() }),
	},
	ADDITION_IN_USE: { status: 409, message: 'What was added has been graded, marked or added to since.', data: z.object({}) },
	CHECK_UNREADABLE: {
		status: 422,
		message: 'What is right cannot be read by a calculation.',
		data: z.object({ question: z.string(), kind: z.enum(['number', 'formula', 'choice']) }),
	},
	MARK_INVALID: {
		status: 422,
		message: 'This mark cannot be kept.',
		data: z.object({ reason: z.enum(['unknownLevel', 'incomplete', 'outOfRange']), outOf: z.number() }),
	},
	TOO_MANY_FILES: {
		status: 413,
		message: 'These are more files than can be taken at once.',
		data: z.object({ limit: z.number().int(), found: z.number().int() }),
	},
	DOCUMENT_INVALID: {
		status: 422,
		message: 'This file could not be read.',
		data: z.object({
			fileName: z.string(),
			reason: documentReason,
			detail,
		}),
	},
	QUESTION_TOO_LONG: {
		status: 413,
		message: 'A question, with its key, is longer than the model can take in at once to draft a rubric for it.',
		data: z.object({ promptTokens: z.number().int(), contextTokens: z.number().int() }),
	},
	ANSWER_TOO_LONG: {
		status: 413,
		message: 'An answer, with its question, key and rubric, is longer than the model can take in at once.',
		data: z.object({ promptTokens: z.number().int(), contextTokens: z.number().int() }),
	},
	GRADE_INVALID: {
		status: 502,
		message: 'The model gave no usable grade; the answer stays not graded.',
		data: z.object({ reason: z.enum(['cutOff', 'malformed']) }),
	},
	SHEET_UNPRINTABLE: { status: 422, message: 'The fonts of the PDF have no letters for much of this class. Take the Word document.', data: z.object({}) },
	DRAFT_INVALID: {
		status: 502,
		message: 'The model gave no usable rubric; nothing was added.',
		data: z.object({ reason: z.enum(['cutOff', 'malformed']) }),
	},

	// Subtitles.
	SUBTITLES_INVALID: {
		status: 422,
		message: 'There are no subtitles in this file that can be read.',
		data: z.object({
			reason: z.enum([
				'empty',
				'unknownForm',
				'noCues',
				'tooManyCues',
				// What it is in place of text.
				'pictures',
				'office',
				'archive',
				'pdf',
				'media',
				'model',
			]),
		}),
	},
	ENCODING_UNFIT: {
		status: 422,
		message: 'The encoding of this file has no place for a character of the translation. UTF-8 has.',
		data: z.object({ encoding: z.string(), character: z.string(), number: z.number().int() }),
	},
	TIMES_REFUSED: {
		status: 422,
		message: 'The cues stay as they are: this cannot be done with them.',
		/** `byMs`: how far before the film a cue would begin; 0 for other reasons. */
		data: z.object({ reason: z.enum(['beforeStart', 'pointsUnordered', 'indivisible', 'notNeighbours', 'unsure']), byMs: z.number().int() }),
	},
	CUE_TOO_LONG: {
		status: 413,
		message: 'A cue, with all that a model is told for it, is longer than the model can take in at once.',
		data: z.object({ promptTokens: z.number().int(), contextTokens: z.number().int() }),
	},
	TRANSLATION_INVALID: {
		status: 502,
		message: 'The model gave no usable translation. The cue stays as it was.',
		data: z.object({ reason: z.enum(['cutOff', 'malformed']) }),
	},
	// Subtitles: what is taken out of films.
	FILM_INVALID: {
		status: 422,
		message: 'The subtitles of this film could not be read.',
		data: z.object({
			fileName: z.string(),
			reason: z.enum(['notFilm', 'damaged', 'cutOff', 'tooMuchInside', 'noTrack', 'picture', 'encrypted', 'compression', 'codec']),
			/** The byte of the file at which it was met, where there is such a place. */
			at: bytes.nullable(),
			detail,
		}),
	},
	SPEECH_FAILED: {
		status: 422,
		message: 'The speech could not be recognised.',
		data: z.object({
			reason: z.enum(['noModel', 'modelDamaged', 'noDecoder', 'noSound', 'noSpeech', 'soundUnreadable', 'tooLong', 'ended', 'silent']),
			detail,
		}),
	},

	// Conversion. `line` and `column` are counted from 1, 0 where there is no such place; `reason` is the reader's or writer's own word.
	CONVERT_INVALID: {
		status: 422,
		message: 'The source could not be read as what it is said to be.',
		data: z.object({ format: z.string(), reason: z.string(), line: z.number().int(), column: z.number().int(), path: z.string(), detail }),
	},
	CONVERT_UNKNOWN: { status: 422, message: 'It could not be told which format this is.', data: z.object({}) },
	CONVERT_LOSSY: {
		status: 422,
		message: 'Something would be lost in this format, which was not allowed. Nothing was written.',
		data: z.object({ reason: z.enum(['placed', 'unplaced']), losses: z.number().int(), code: z.string(), line: z.number().int(), path: z.string() }),
	},
	CONVERT_STOPPED: {
		status: 413,
		message: 'The conversion took more time or memory than it may have.',
		/** `limitMs` with `time`, `limitBytes` where a file is larger than that. */
		data: z.object({ reason: z.enum(['time', 'memory', 'size', 'exact', 'select', 'changed']), limitBytes: bytes.optional(), limitMs: z.number().optional() }),
	},
	JSONPATH_INVALID: { status: 422, message: 'This is no JSONPath.', data: z.object({ detail }) },
	SCHEMA_INVALID: { status: 422, message: 'This is no JSON Schema that can be used.', data: z.object({ detail }) },
	RECORDS_INVALID: {
		status: 502,
		message: 'The model gave nothing that can be used; nothing was changed.',
		data: z.object({ reason: z.enum(['cutOff', 'malformed']) }),
	},
	FILE_EXISTS: { status: 409, message: 'There is a file of this name already. It was not touched.', data: z.object({ name: z.string() }) },

	// Fine-tuning.
	DATASET_INVALID: {
		status: 422,
		message: 'There is no example to learn from in this.',
		data: z.object({
			row: z.number().int().nullable(),
			field: z.string().nullable(),
			reason: z.enum([
				'empty',
				'unknownForm',
				'noRows',
				'noExamples',
				'tooMany',
				'noPairs',
				'noSubtitles',
				'nothingMarked',
				'nothingApproved',
				// What it is in place of text.
				'office',
				'archive',
				'pdf',
				'media',
				'model',
			]),
		}),
	},
	EXAMPLES_TOO_LONG: {
		status: 422,
		message: 'None of the examples fits into a row.',
		data: z.object({
			/** What is too short for them: the longest row that was asked for, or what the model takes in. */
			reason: z.enum(['row', 'model']),
			/** Those to learn from. */
			examples: z.number().int(),
			rowTokens: z.number().int(),
			shortestTokens: z.number().int(),
			longestTokens: z.number().int(),
		}),
	},
	TRAINING_UNSUPPORTED: { status: 422, message: 'A model of this kind cannot be fine-tuned.', data: z.object({ name: z.string(), detail }) },
	TRAINING_TOO_BIG: {
		status: 409,
		message: 'Fine-tuning this model needs more memory than is free.',
		data: z.object({ neededBytes: bytes, freeBytes: bytes }),
	},
	TRAINING_FAILED: {
		status: 502,
		message: 'The training stopped. What it had saved is kept.',
		data: z.object({
			kind: z.enum(['librariesMissing', 'librariesDiffer', 'badInput', 'badCheckpoint', 'notFinite', 'killed', 'broke', 'ended', 'silent', 'confused', 'disk']),
			detail,
		}),
	},
	ADAPTER_INVALID: {
		status: 422,
		message: 'This file is not a usable LoRA adapter.',
		data: z.object({ fileName: z.string(), kind: z.enum(['notGguf', 'noAdapter', 'damaged', 'notFinite', 'noPair', 'unsupported']), detail }),
	},
	ADAPTER_UNFIT: {
		status: 409,
		message: 'This adapter does not belong to this model.',
		data: z.object({ name: z.string(), reason: z.enum(['otherArchitecture', 'otherShape', 'otherBase']), detail }),
	},
	ADAPTER_MISSING: { status: 410, message: 'The file of this adapter is gone from the disk.', data: z.object({ name: z.string() }) },
	SAFETY_DROPPED: {
		status: 409,
		message: 'With this adapter the model refuses less than without, so it stays private.',
		data: z.object({ prompts: z.number().int(), refusedBefore: z.number().int(), refusedAfter: z.number().int() }),
	},
	SAFETY_UNCHECKED: {
		status: 409,
		message: 'Whether the model still refuses what it should was not checked with this adapter, so it stays private.',
		data: z.object({ reason: z.enum(['run', 'import']) }),
	},
	NOT_HERE: { status: 409, message: 'This can only be done in the desktop program.', data: z.object({}) },
} as const satisfies ErrorMap;

export type ErrorCode = keyof typeof failures;
export type ErrorData<Code extends ErrorCode> = z.infer<(typeof failures)[Code]['data']>;

const everywhere = [
	'INVALID_INPUT',
	'NOT_SIGNED_IN',
	'FORBIDDEN',
	'NOT_FOUND',
	'TOO_LARGE',
	'INTERNAL',
	'SHUTTING_DOWN',
] as const satisfies readonly ErrorCode[];

/** The failures a procedure declares: `codes` and those every procedure may answer with. */
export function errorMap<const Codes extends ErrorCode>(codes: readonly Codes[]): Pick<typeof failures, Codes | (typeof everywhere)[number]> {
	const declared: Partial<Record<ErrorCode, unknown>> = {};
	for (const code of [...everywhere, ...codes]) declared[code] = failures[code];
	// The loop adds exactly the named codes; TypeScript cannot follow a loop over keys.
	return declared as Pick<typeof failures, Codes | (typeof everywhere)[number]>;
}

/** An expected failure: throw it anywhere below a handler and the caller gets its code, sentence and data. */
export type Failure<Code extends ErrorCode = ErrorCode> = ORPCError<Code, ErrorData<Code>>;

/** Makes an expected failure to throw. Anything thrown that is not one is a bug: it is logged whole and answered `INTERNAL`. */
export function failure<Code extends ErrorCode>(code: Code, data: ErrorData<Code>, cause?: unknown): Failure<Code> {
	return new ORPCError(code, { defined: true, status: failures[code].status, message: failures[code].message, data, cause });
}

/** Tells whether `error` is an expected failure, of `code` if one is named. */
export function isFailure<Code extends ErrorCode = ErrorCode>(error: unknown, code?: Code): error is Failure<Code> {
	return error instanceof ORPCError && error.code in failures && (code === undefined || error.code === code);
}

/** What a stored or shown failure looks like once it has left the exception that carried it. */
export const failureRecord = z.object({ code: z.string(), message: z.string(), data: z.record(z.string(), z.unknown()) });
export type FailureRecord = z.infer<typeof failureRecord>;

/** Turns whatever was thrown into something that can be stored and shown: a failure keeps its code and data, a bug becomes `INTERNAL`. */
export function toFailureRecord(error: unknown, requestId: string): FailureRecord {
	const known: Failure = isFailure(error) ? error : failure('INTERNAL', { requestId });
	return { code: known.code, message: known.message, data: { ...known.data } };
}
