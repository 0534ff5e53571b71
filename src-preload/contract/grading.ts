import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { attachedAdapter } from './attachedAdapter.ts';
import { changesOf, procedure } from './define.ts';
import { failureRecord } from './errors.ts';
import { jobState } from './jobs.ts';

/** Which column holds what. `null`: none does. */
export const columnMapping = z.strictObject({ studentId: z.string().nullable(), studentName: z.string().nullable(), answer: z.string() });
export type ColumnMapping = z.infer<typeof columnMapping>;

/** A whole table of answers, as pasted or as the bytes of a file of at most 32 MiB. */
export const tableSource = z.union([
	z.strictObject({ text: z.string().max(33_554_432) }),
	z.strictObject({ file: z.file().max(33_554_432), fileName: z.string().max(255) }),
]);

export const tableProblem = z.object({
	/** Row as a spreadsheet counts it: the header is row 1. */
	row: z.number().int(),
	column: z.string().nullable(),
	code: z.enum(['emptyAnswer', 'missingId', 'duplicateId', 'raggedRow', 'undecodable', 'unnamedColumn', 'duplicateColumn', 'headerDoubtful']),
	detail: z.string(),
});
export type TableProblem = z.infer<typeof tableProblem>;

export const tablePreview = z.object({
	encoding: z.string(),
	delimiter: z.string(),
	columns: z.array(z.string()),
	/** The first rows, each in the order of `columns`. */
	sample: z.array(z.array(z.string())),
	rowCount: z.number().int(),
	/** The guess from the columns' names; null where no column looks like answers. */
	mapping: columnMapping.nullable(),
	problems: z.array(tableProblem),
});
export type TablePreview = z.infer<typeof tablePreview>;

export const assignmentFields = z.strictObject({
	title: z.string().trim().min(1).max(200),
	subject: z.string().trim().max(100).default(''),
	question: z.string().trim().min(1).max(20_000),
	/** The expected answer, if there is one. */
	key: z.string().trim().max(20_000).default(''),
	gradeLevel: z.string().trim().max(100).default(''),
	/** Language of the feedback; `auto`: that of the answer. */
	feedbackLanguage: z.enum(['auto', 'en', 'zh']).default('auto'),
});
export type AssignmentFields = z.infer<typeof assignmentFields>;

export const assignment = assignmentFields.extend({
	id: z.string(),
	modelId: z.string().nullable(),
	/** The LoRA adapter that it was last graded with; null: the model as it was. */
	adapter: attachedAdapter.nullable(),
	job: z.object({ id: z.string(), state: jobState, failure: failureRecord.nullable() }).nullable(),
	/** `unanswered` have nothing to grade; a teacher may still mark them. */
	counts: z.object({
		submissions: z.number().int(),
		unanswered: z.number().int(),
		graded: z.number().int(),
		failed: z.number().int(),
		marked: z.number().int(),
	}),
	createdAt: z.number().int(),
});
export type Assignment = z.infer<typeof assignment>;

/** What the model proposes for one answer. */
export const proposal = z.object({
	score: z.number().int().min(0).max(100),
	feedback: z.string(),
	suggestions: z.array(z.string()),
	modelName: z.string(),
	tokens: z.number().int(),
	/** What it cost; null where it was graded before there were prices. */
	charged: z.number().int().nullable(),
	createdAt: z.number().int(),
});
export type Proposal = z.infer<typeof proposal>;

/** What the teacher settled on. */
export const mark = z.object({ score: z.number().int().min(0).max(100), feedback: z.string(), updatedAt: z.number().int() });
export type Mark = z.infer<typeof mark>;

export const submission = z.object({
	id: z.string(),
	row: z.number().int(),
	studentId: z.string(),
	studentName: z.string(),
	answer: z.string(),
	/** `failed` is "not graded", never a score of 0. */
	status: z.enum(['waiting', 'running', 'graded', 'failed']),
	proposal: proposal.nullable(),
	mark: mark.nullable(),
	failure: failureRecord.nullable(),
});
export type Submission = z.infer<typeof submission>;

const assignmentId = z.strictObject({ assignmentId: z.string() });
const submissionId = z.strictObject({ submissionId: z.string() });

export const grading = {
	/** Reads a table without keeping it: encoding, delimiter, columns, a guess of the mapping and every problem by row and column. */
	preview: procedure('user', ['CSV_INVALID', 'CSV_COLUMN_MISSING'])
		.input(
			z.strictObject({
				source: tableSource,
				encoding: z.string().max(40).optional(),
				delimiter: z
					.string()
					.regex(/^[^\r\n"]$/)
					.optional(),
				mapping: columnMapping.optional(),
			}),
		)
		.output(tablePreview),
	create: procedure('user', ['CSV_INVALID', 'CSV_COLUMN_MISSING'])
		.input(
			z.strictObject({
				fields: assignmentFields,
				source: tableSource,
				encoding: z.string().max(40).optional(),
				delimiter: z
					.string()
					.regex(/^[^\r\n"]$/)
					.optional(),
				mapping: columnMapping,
			}),
		)
		.output(assignment),
	list: procedure('user').output(z.array(assignment)),
	get: procedure('user').input(assignmentId).output(assignment),
	change: procedure('user')
		.input(assignmentId.extend({ fields: changesOf(assignmentFields) }))
		.output(assignment),
	remove: procedure('user', ['JOB_STATE']).input(assignmentId).output(z.void()),
	restore: procedure('user').input(assignmentId).output(assignment),
	submissions: procedure('user').input(assignmentId).output(z.array(submission)),
	/** The assignment and the submissions that changed, at most a few times a second; the first value holds the assignment alone. */
	watch: procedure('user')
		.input(assignmentId)
		.output(eventIterator(z.object({ assignment, changed: z.array(submission) }))),
	/** About what `start` would cost with these, before it is done. */
	estimate: procedure('user', ['NO_MODEL', 'ADAPTER_MISSING', 'ADAPTER_UNFIT'], { model: 'modelId' })
		.input(assignmentId.extend({ modelId: z.string(), adapter: attachedAdapter.nullable().default(null), again: z.boolean().default(false) }))
		.output(z.object({ answers: z.number().int(), tokens: z.number().int() })),
	/** Queues a job that grades every answer not graded yet (`again`: every answer), with the model loaded if need be, and an adapter on it. */
	start: procedure('user', ['NO_MODEL', 'JOB_STATE', 'MODEL_MISSING', 'INSUFFICIENT_TOKENS', 'ADAPTER_MISSING', 'ADAPTER_UNFIT'], { model: 'modelId' })
		.input(assignmentId.extend({ modelId: z.string(), adapter: attachedAdapter.nullable().default(null), again: z.boolean().default(false) }))
		.output(assignment),
	/** Writes the teacher's mark; the model's proposal stays beside it. */
	setMark: procedure('user')
		.input(submissionId.extend({ score: z.number().int().min(0).max(100), feedback: z.string().max(20_000).optional() }))
		.output(submission),
	clearMark: procedure('user').input(submissionId).output(submission),
	/** The table as it came, with score, feedback and suggestions added; UTF-8 with a byte order mark, so that spreadsheets read it. */
	export: procedure('user')
		.input(assignmentId)
		.output(z.object({ fileName: z.string(), text: z.string() })),
};
