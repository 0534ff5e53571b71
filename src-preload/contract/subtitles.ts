import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { attachedAdapter } from './attachedAdapter.ts';
import { changesOf, procedure } from './define.ts';
import { loadFailures } from './engine.ts';
import { failureRecord } from './errors.ts';
import { filmTracks } from './filmTracks.ts';
import { glossaryName } from './glossary.ts';
import { glossaryProcedures } from './glossaryProcedures.ts';
import { job, jobState } from './jobs.ts';
import { path } from './library.ts';
import { retimeOrder, timeMatch } from './retimeOrder.ts';
import { cueVersion, savedFormat, subtitleCue, subtitleFormat, subtitleProblem } from './subtitleCue.ts';
import { subtitleFile } from './subtitleFile.ts';
import { subtitleLimits } from './subtitleLimits.ts';
import { subtitleReport } from './subtitleReport.ts';

/** A language tag (BCP 47); `zh-Hans` and `zh-Hant` tell the two ways of writing Chinese apart. */
export const languageTag = z
	.string()
	.max(35)
	.regex(/^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/i, { error: 'This is no tag of a language, such as de, fr or zh-Hans.', abort: true });

/** A tag of a language that has a name: what a film says of itself may be anything, what is asked for may not. */
export const knownLanguage = languageTag.refine((tag) => nameOf(tag) !== undefined, 'No language is known by this tag. Tags are such as de, fr or zh-Hans.');

function nameOf(tag: string): string | undefined {
	try {
		return new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' }).of(tag);
	} catch {
		// It has parts that no tag has.
		return undefined;
	}
}

/** How a translation is to sound. */
export const styleSheet = z.strictObject({
	formality: z.enum(['auto', 'informal', 'formal']).default('auto'),
	register: z.enum(['auto', 'everyday', 'literary', 'technical', 'children']).default('auto'),
	/** Of a translation into English. */
	englishVariety: z.enum(['auto', 'british', 'american']).default('auto'),
	/** What is sung: translated, or left as it is. */
	songs: z.enum(['translate', 'keep']).default('translate'),
	/** What is written in the picture. */
	signs: z.enum(['translate', 'keep']).default('translate'),
	/** Whatever else a translator would want to know: what the film is about, who is who. */
	note: z.string().trim().max(2000).default(''),
});
export type StyleSheet = z.infer<typeof styleSheet>;

export const projectFields = z.strictObject({
	title: z.string().trim().min(1).max(200),
	/** What it is a part of; empty: nothing. */
	season: z.string().trim().max(200).default(''),
	/** Null: whatever the cues are in. */
	sourceLanguage: languageTag.nullable().default(null),
	targetLanguage: languageTag,
	style: styleSheet.default(styleSheet.parse({})),
	/** A preset of reading rules; empty: that of the target's language. */
	rulesId: z.string().max(60).default(''),
	/** Frames per second of the film, for rules and formats that count frames; null: not known. */
	fps: z.number().min(1).max(240).nullable().default(null),
	/** The glossary that it uses and adds to; null: none. */
	glossaryId: z.string().nullable().default(null),
});
export type ProjectFields = z.infer<typeof projectFields>;

/** What is said of a project that is made of a film: null is as the film tells it, the title as the film's file is called. */
export const filmFields = projectFields.extend({ title: projectFields.shape.title.nullable().default(null) });
export type FilmFields = z.infer<typeof filmFields>;

export const subtitleProject = projectFields.extend({
	id: z.string(),
	fileName: z.string(),
	format: subtitleFormat,
	/** As `TextDecoder` spells it. */
	encoding: z.string(),
	/** What was odd in its file. */
	problems: z.array(subtitleProblem),
	modelId: z.string().nullable(),
	adapter: attachedAdapter.nullable(),
	job: z.object({ id: z.string(), pass: z.enum(['glossary', 'translate']), state: jobState, failure: failureRecord.nullable() }).nullable(),
	/**
	 * `cues`: all but comments and drawings. `toTranslate`: all but those that are never sent; the others are of these. `failed`: have no translation because that failed, so at most what is untranslated; `failedAnew`: a new one failed,
	 * and they keep what they had. `flagged`: with a fault of tags, or too long.
	 */
	counts: z.object({
		cues: z.number().int(),
		toTranslate: z.number().int(),
		translated: z.number().int(),
		approved: z.number().int(),
		failed: z.number().int(),
		failedAnew: z.number().int(),
		flagged: z.number().int(),
	}),
	canUndo: z.boolean(),
	canRedo: z.boolean(),
	createdAt: z.number().int(),
});
export type SubtitleProject = z.infer<typeof subtitleProject>;

/** What a file was read as, before anything is kept. */
export const subtitlePreview = z.object({
	format: subtitleFormat,
	encoding: z.string(),
	/** How many characters this encoding does not read: many of them tell that it is another one. */
	undecoded: z.number().int(),
	/** Comments and drawings are none. */
	cueCount: z.number().int(),
	/** What they are in (BCP 47), as far as that can be told. */
	language: z.string().nullable(),
	/** The first cues. */
	sample: z.array(z.object({ startMs: z.number().int(), endMs: z.number().int(), text: z.string() })),
	problems: z.array(subtitleProblem),
});
export type SubtitlePreview = z.infer<typeof subtitlePreview>;

const projectId = z.strictObject({ projectId: z.string() });
const cueId = projectId.extend({ cueId: z.string() });

/** What changes of a cue: only what is named. */
export const cueChange = z.strictObject({
	cueId: z.string(),
	target: z.string().max(subtitleLimits.cueCharacters).nullable().optional(),
	startMs: z.number().int().min(0).max(subtitleLimits.timeMs).optional(),
	endMs: z.number().int().min(0).max(subtitleLimits.timeMs).optional(),
	/** A cue without a target cannot be approved; that is left as it is. A target that changes is not approved any more, unless this says so. */
	isApproved: z.boolean().optional(),
});
export type CueChange = z.infer<typeof cueChange>;

/** What an act on cues came to: the project, and those that are other now or new, each with its `position` in the list. */
export const changedCues = z.object({
	project: subtitleProject,
	changed: z.array(subtitleCue),
	/** The ids of those that are not in the list any more: merged into another one, or a split that was undone. */
	removed: z.array(z.string()),
});
export type ChangedCues = z.infer<typeof changedCues>;

/** What a model is to do with a project, and how. */
export const translateOrder = z.strictObject({
	modelId: z.string(),
	adapter: attachedAdapter.nullable().default(null),
	/** `glossary`: names and terms are found and proposed; `translate`: the cues are translated, with what is confirmed of the glossary. */
	pass: z.enum(['glossary', 'translate']).default('translate'),
	/** `unapproved`: all that is not approved anew. Approved cues are never among them. */
	scope: z.enum(['untranslated', 'unapproved']).default('untranslated'),
	/** Of `unapproved`: also what a person wrote themselves, which otherwise stays. */
	replacesHandwritten: z.boolean().default(false),
	/** Cues that a request is about. */
	batchCues: z.number().int().min(1).max(50).default(10),
	/** Cues before and after that it shows beside them. */
	windowCues: z.number().int().min(0).max(30).default(5),
	/** Where nothing is said for so long a scene ends, and with it a batch. */
	sceneGapMs: z.number().int().min(1000).max(3_600_000).default(20_000),
});
export type TranslateOrder = z.infer<typeof translateOrder>;

/** How far the new translation of a cue is, and at the end the cue. */
export const retranslateStep = z.discriminatedUnion('kind', [
	z.strictObject({ kind: z.literal('loading') }),
	z.strictObject({ kind: z.literal('writing') }),
	z.strictObject({ kind: z.literal('translated'), project: subtitleProject, cue: subtitleCue }),
]);
export type RetranslateStep = z.infer<typeof retranslateStep>;

/** An earlier translation of something like a cue. */
export const memoryHit = z.object({
	/** Its words. */
	source: z.string(),
	/** With the tags of the cue that it is for. */
	target: z.string(),
	/** How like the two sources are, 0 to 1; 1: the same but for case, marks and spacing. */
	fraction: z.number(),
	/** Whether it is of this project, or of another of the account. */
	isOwn: z.boolean(),
});
export type MemoryHit = z.infer<typeof memoryHit>;

/** Which text a file holds: one, or both one above the other. */
export const saveLayout = z.enum(['target', 'source', 'targetFirst', 'sourceFirst']);
export type SaveLayout = z.infer<typeof saveLayout>;

/** What a file in another format could not take along, of how many cues, and the numbers of the first of them: when words are said, how and where they are shown, what is not shown at all. `backwardTimes`: in WebVTT, which has no cue that ends when or before it begins; it is shown for a second. */
export const uncarriedCues = z.object({
	what: z.enum(['wordTimes', 'styles', 'comments', 'drawings', 'backwardTimes']),
	cues: z.number().int(),
	numbers: z.array(z.number().int()),
});
export type UncarriedCues = z.infer<typeof uncarriedCues>;

const orderFailures = ['NO_MODEL', 'MODEL_MISSING', 'ADAPTER_MISSING', 'ADAPTER_UNFIT', 'INSUFFICIENT_TOKENS'] as const;
const pathFailures = ['FILE_NOT_FOUND', 'FILE_NOT_ALLOWED', 'DISK_FAILED'] as const;
const estimateFailures = ['NO_MODEL', 'ADAPTER_MISSING', 'ADAPTER_UNFIT'] as const;

export const subtitles = {
	/** Reads a subtitle file without keeping it: what it is, its encoding and every problem by line. */
	preview: procedure('user', ['SUBTITLES_INVALID']).input(subtitleFile).output(subtitlePreview),
	/**
	 * Makes a project of a subtitle file. Where `glossaryId` is null it gets a glossary of its own, called `newGlossary`; left out: as its season
	 * is called, or it itself; null: it gets none.
	 */
	create: procedure('user', ['SUBTITLES_INVALID'])
		.input(z.strictObject({ fields: projectFields, source: subtitleFile, newGlossary: glossaryName.nullable().optional() }))
		.output(subtitleProject),
	/** The tracks of subtitles and of sound in a film of this machine, and whether its speech could be recognised. */
	film: procedure('admin', [...pathFailures, 'FILM_INVALID'])
		.input(z.strictObject({ path }))
		.output(filmTracks),
	/** A font that a film of this machine carries, to be kept beside subtitles that are shown with it. */
	filmFont: procedure('admin', [...pathFailures, 'FILM_INVALID'])
		.input(z.strictObject({ path, at: z.number().int().min(0).max(999) }))
		.output(z.object({ fileName: z.string(), file: z.file() })),
	/** Makes a project of a track of text in a film of this machine. Where the film breaks off, what comes before is taken and that is among its problems. */
	createFromFilm: procedure('admin', [...pathFailures, 'FILM_INVALID', 'SUBTITLES_INVALID'])
		.input(z.strictObject({ fields: filmFields, path, trackId: z.number().int() }))
		.output(subtitleProject),
	/**
	 * Queues a job that recognises the speech of a film, or of a sound, of this machine: with `projectId` a project of cues is there when it is
	 * done, and not before. It uses no language model and costs no tokens. After a pause it goes on where it was.
	 *
	 * `modelFolder` holds a Whisper or SenseVoice model (filmTracks.ts, `speechModels`); `soundAt`: which track of sound, from 0, in their order.
	 */
	listen: procedure('admin', [...pathFailures, 'SPEECH_FAILED'])
		.input(z.strictObject({ fields: filmFields, path, modelFolder: path, soundAt: z.number().int().min(0).max(999).default(0) }))
		.output(z.object({ job, projectId: z.string() })),
	/** The caller's projects, newest first. */
	list: procedure('user').output(z.array(subtitleProject)),
	get: procedure('user').input(projectId).output(subtitleProject),
	change: procedure('user')
		.input(projectId.extend({ fields: changesOf(projectFields) }))
		.output(subtitleProject),
	/** Hides a project; `restore` undoes it until it is purged (deleted.ts). */
	remove: procedure('user', ['JOB_STATE']).input(projectId).output(z.void()),
	restore: procedure('user').input(projectId).output(subtitleProject),
	/** The cues in their order: all, or so many from one on. */
	cues: procedure('user')
		.input(projectId.extend({ from: z.number().int().min(0).default(0), limit: z.number().int().min(1).max(subtitleLimits.cues).nullable().default(null) }))
		.output(z.object({ cues: z.array(subtitleCue), total: z.number().int() })),
	/** The project and the cues that changed, at most a few times a second; the first value holds the project alone. */
	watch: procedure('user').input(projectId).output(eventIterator(changedCues)),
	/**
	 * Changes cues, all of them as one act that can be undone; what was undone before cannot be redone after it. With `continues` it becomes part of
	 * the act before, where that was about the same cues: what is saved while one types is one act.
	 */
	edit: procedure('user')
		.input(projectId.extend({ changes: z.array(cueChange).min(1).max(subtitleLimits.cues), continues: z.boolean().default(false) }))
		.output(changedCues),
	/** Replaces in targets, as one act; tags are not searched and not touched, and approved cues are left out unless they are asked for. */
	replace: procedure('user')
		.input(
			projectId.extend({
				find: z.string().min(1).max(500),
				by: z.string().max(500),
				isCaseSensitive: z.boolean().default(false),
				isWholeWord: z.boolean().default(false),
				withApproved: z.boolean().default(false),
			}),
		)
		.output(changedCues),
	/** Takes back the last act; nothing changes where there is none. */
	undo: procedure('user').input(projectId).output(changedCues),
	/** Does again what was undone last. */
	redo: procedure('user').input(projectId).output(changedCues),
	/** All that a cue ever was, newest first. */
	versions: procedure('user').input(cueId).output(z.array(cueVersion)),
	/**
	 * The project as a file. In the format of its own file that file is written with nothing else changed; in another one it is a new file. A cue
	 * without a target has its source. A character that the encoding does not hold is ENCODING_UNFIT, and UTF-8 holds it.
	 */
	save: procedure('user', ['ENCODING_UNFIT'])
		.input(
			projectId.extend({
				format: savedFormat,
				layout: saveLayout.default('target'),
				encoding: z.enum(['asRead', 'utf-8']).default('asRead'),
			}),
		)
		.output(z.object({ fileName: z.string(), file: z.file(), uncarried: z.array(uncarriedCues) })),

	/**
	 * About what `start` would cost, for how many cues, and the `least` that a balance must have for it. `isCounted`: by the tokens of the model,
	 * which is in memory; else by letters. `handwritten`: translations that a person wrote and has not approved, of an order for `unapproved`: they
	 * stay, or with `replacesHandwritten` are among `cues` and replaced.
	 */
	estimate: procedure('user', estimateFailures, { model: 'modelId' })
		.input(translateOrder.extend({ projectIds: z.array(z.string()).min(1).max(100) }))
		.output(z.object({ cues: z.number().int(), handwritten: z.number().int(), tokens: z.number().int(), least: z.number().int(), isCounted: z.boolean() })),
	/** Queues a job for each project: a film, or a season that shares one glossary. All of them or, where one is refused, none. */
	start: procedure('user', [...orderFailures, 'JOB_STATE'], { model: 'modelId' })
		.input(translateOrder.extend({ projectIds: z.array(z.string()).min(1).max(100) }))
		.output(z.array(subtitleProject)),
	/** Has a model, loaded if need be, translate one cue anew, with a hint. It is an act that can be undone. Leaving ends it, and what was used is charged. */
	retranslate: procedure('user', [...loadFailures, ...orderFailures, 'PROMPT_TOO_LONG', 'ADAPTER_INVALID', 'TRANSLATION_INVALID'], { model: 'modelId' })
		.input(cueId.extend({ modelId: z.string(), adapter: attachedAdapter.nullable().default(null), hint: z.string().trim().max(500).default('') }))
		.output(eventIterator(retranslateStep)),
	/** Changes the times of all cues, or of those that are named, or splits or merges some, as one act. TIMES_REFUSED where that cannot be done. */
	retime: procedure('user', ['TIMES_REFUSED', 'SUBTITLES_INVALID'])
		.input(projectId.extend({ order: retimeOrder, cueIds: z.array(z.string()).min(1).max(subtitleLimits.cues).nullable().default(null) }))
		.output(changedCues.extend({ match: timeMatch.nullable() })),
	/** What a person should look at; the first 500 cues of it. */
	report: procedure('user').input(projectId).output(subtitleReport),
	/** The whole report as a file: a page to read and print, or a table. */
	saveReport: procedure('user')
		.input(projectId.extend({ form: z.enum(['html', 'csv']), language: z.enum(['en', 'zh']) }))
		.output(z.object({ fileName: z.string(), file: z.file() })),
	/** What the memory has for a cue, likest first. */
	memoryHits: procedure('user').input(cueId).output(z.array(memoryHit)),

	...glossaryProcedures,
};
