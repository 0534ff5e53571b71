import { z } from 'zod';
import { apiProcedure, enveloped, fromCache, paid } from './apiEnvelope.ts';
import { homeworkIn, homeworkOut } from './apiHomework.ts';
import { convertOrder, formatName, markupOrder, tableOrder } from './convertOrder.ts';
import { convertNote } from './convertReport.ts';
import { loadFailures } from './engine.ts';
import { failureRecord } from './errors.ts';
import { jobState } from './jobs.ts';
import { savedFormat, subtitleFormat, subtitleProblem } from './subtitleCue.ts';
import { knownLanguage, uncarriedCues } from './subtitles.ts';

/** What a request may hold of a file: so many characters as text, or so many of base64, which is 16 MiB. */
const longest = { text: 16_777_216, base64: 22_369_624 };

/** A file that comes in: as text, or in base64 where it is no text, or in another encoding than UTF-8. */
const fileIn = { content: z.string().max(longest.text).optional(), content_base64: z.base64().max(longest.base64).optional() };
/** One of the two, and not both. */
const hasOneContent = ({ content, content_base64 }: { content?: string | undefined; content_base64?: string | undefined }) =>
	(content === undefined) !== (content_base64 === undefined);
const oneContent = { message: 'Give the file as `content` or as `content_base64`, and not both.', path: ['content'] };

const fileFormat = z.object({ name: formatName, extensions: z.array(z.string()), mime: z.string(), is_text: z.boolean() });

const convertIn = z
	.strictObject({
		...fileIn,
		file_name: z.string().max(1_000).default('').describe('What the file is called: its ending has a say in what it is.'),
		from_format: formatName.optional().describe('Left out: found out.'),
		to_format: formatName,
		mode: convertOrder.shape.mode,
		strict: convertOrder.shape.isStrict,
		select: convertOrder.shape.select,
		indent: convertOrder.shape.indent,
		sort_keys: convertOrder.shape.sortKeys,
		encoding: z.string().max(40).optional(),
		delimiter: tableOrder.shape.delimiter.unwrap().unwrap().optional(),
		has_header: tableOrder.shape.hasHeader,
		typed_cells: z.boolean().default(false),
		nested_columns: tableOrder.shape.isNested,
		escape_formulas: tableOrder.shape.escapeFormulas,
		sheet: tableOrder.shape.sheet.describe('Of a workbook: this sheet alone.'),
		root_name: markupOrder.shape.rootName,
		attribute_prefix: markupOrder.shape.attributePrefix,
		text_key: markupOrder.shape.textKey,
		typed_elements: markupOrder.shape.areTyped,
	})
	.refine(hasOneContent, oneContent);

/** What could not be carried, or was carried by an agreed form, and where. */
const lossReport = z.object({
	lost: z.number().int().describe('How many: not in the result; in it by an agreed form; in it, written otherwise.'),
	by_convention: z.number().int(),
	changed: z.number().int(),
	notes: z.array(convertNote).describe('The first of them.'),
	round_trip: z
		.object({ is_same: z.boolean(), path: z.string() })
		.nullable()
		.describe('Whether the result, converted back, is the source again, and the path where it first is not; null where that was not tried.'),
});

const subtitleIn = z
	.strictObject({
		...fileIn,
		file_name: z.string().min(1).max(255).default('subtitles.srt'),
		model: z.string().min(1).max(300),
		/** Left out: whatever it is in. */
		source_lang: knownLanguage.optional(),
		target_lang: knownLanguage,
		output_format: savedFormat.default('srt'),
		wait_seconds: z.number().int().min(0).max(300).default(30).describe('So long the answer waits for the translation; then it tells how far that is.'),
	})
	.refine(hasOneContent, oneContent);

const subtitleTask = z.object({
	id: z.string().describe('By which it is asked for again.'),
	job_id: z.string().nullable().describe('By which it is paused, cancelled and resumed at /api/v1/jobs; null where there was nothing to translate.'),
	state: jobState,
	progress: z.number().describe('From 0 to 1.'),
	failure: failureRecord.nullable(),
	cues: z.number().int(),
	translated: z.number().int().describe('So many are kept, also where the job is paused, failed or cancelled.'),
	failed: z.number().int(),
	failed_cues: z
		.array(z.object({ cue: z.number().int(), source: z.string(), failure: failureRecord }))
		.describe('Which cues have no translation and why, the first hundred: the number of each, from 1, and what it says.'),
	problems: z.array(subtitleProblem).describe('What in the file was odd and was read all the same, with its line.'),
	/** The file; null until it is complete. A cue that failed says in it what it said before. */
	result: z
		.object({
			file_name: z.string(),
			content: z.string().describe('To be written in UTF-8.'),
			uncarried: z.array(uncarriedCues).describe('What this format could not take along, and of how many cues.'),
		})
		.nullable(),
	...paid,
});
export type ApiSubtitleTask = z.infer<typeof subtitleTask>;

const modelFailures = [...loadFailures, 'INSUFFICIENT_TOKENS', 'MODEL_NOT_RUNNING', 'MODEL_REMOVED'] as const;
const tags = ['tasks'];

/** /api/v1/tasks: what is done with files and answers. */
export const apiTasks = {
	formats: apiProcedure('user', ['convert', 'subtitles', 'grading'])
		.route({ method: 'GET', path: '/api/v1/tasks/formats', tags, summary: 'The formats that can be converted and translated' })
		.output(enveloped(z.object({ convert: z.array(fileFormat), subtitle: z.object({ input: z.array(subtitleFormat), output: z.array(savedFormat) }) }))),
	convert: apiProcedure('user', ['convert'], ['CONVERT_INVALID', 'CONVERT_UNKNOWN', 'CONVERT_LOSSY', 'CONVERT_STOPPED', 'JSONPATH_INVALID'])
		.route({
			method: 'POST',
			path: '/api/v1/tasks/convert',
			tags,
			summary: 'Convert a file from one format into another',
			description: 'A parser does it, so that it costs no tokens, and says what could not be carried.',
		})
		.input(convertIn)
		.output(
			enveloped(
				z.object({
					converted_content: z.string().nullable().describe('Null where the target is no text.'),
					converted_content_base64: z.string(),
					from_format: formatName,
					to_format: formatName,
					encoding: z.string(),
					loss_report: lossReport,
					...paid,
				}),
			),
		),
	homework: apiProcedure('user', ['grading'], [...modelFailures, 'ANSWER_TOO_LONG', 'GRADE_INVALID', 'CHECK_UNREADABLE'])
		.route({
			method: 'POST',
			path: '/api/v1/tasks/homework',
			tags,
			summary: 'Have a model propose a grade for one answer',
			description:
				'A proposal, for a person to settle. With a rubric its points are those of the levels, each with a quote; what a `check` can calculate it decides. What in the answer talks to the marker is left out of what is graded. Nothing of it is kept.',
		})
		.input(homeworkIn)
		.output(
			enveloped(
				z.object({
					...homeworkOut,
					model: z.string(),
					from_cache: fromCache,
					...paid,
				}),
			),
		),
	subtitle: apiProcedure('user', ['subtitles'], [...modelFailures, 'SUBTITLES_INVALID'])
		.route({
			method: 'POST',
			path: '/api/v1/tasks/subtitle',
			tags,
			summary: 'Translate a subtitle file',
			description:
				'A job that goes on whether its answer is waited for or not; every timing stays. It is among the projects of the subtitle screen. What is likely to cost more than there is left is refused; where it costs more than that told, the job pauses, keeps what is translated, and is resumed once there are tokens.',
		})
		.input(subtitleIn)
		.output(enveloped(subtitleTask)),
	subtitleResult: apiProcedure('user', ['subtitles'])
		.route({ method: 'GET', path: '/api/v1/tasks/subtitle/{id}', tags, summary: 'How far a translation is, and its file' })
		.input(z.strictObject({ id: z.string().max(100), output_format: savedFormat.default('srt') }))
		.output(enveloped(subtitleTask)),
};
