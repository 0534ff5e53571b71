import { z } from 'zod';

/** The name of a column of a table (columnNames.ts). */
const column = z.string().min(1).max(10_000);

/** Who gave an answer: each is a column, or none says it. */
const student = {
	studentId: column.nullable(),
	/** Columns whose contents in this order are the name: one, or first and last name; none. */
	studentNames: z.array(column).max(3),
	/** The column that names the class or section, of which there may be several in one table. */
	studentClass: column.nullable().default(null),
};

const mappedAnswer = z.strictObject({
	column,
	questionName: z.string().trim().min(1).max(100),
	/** What was asked, where the table says so. */
	questionText: z.string().max(20_000).default(''),
	/** The column that has what was asked, and the one that has the right answer, each the same in every row. */
	textColumn: column.nullable().default(null),
	keyColumn: column.nullable().default(null),
	points: z.number().min(0).max(1000).nullable().default(null),
});
export type MappedAnswer = z.infer<typeof mappedAnswer>;

/** Which column of a table holds what. `wide`: a row for each student, `long`: a row for each answer. */
export const answerMapping = z.discriminatedUnion('layout', [
	z.strictObject({ layout: z.literal('wide'), ...student, answers: z.array(mappedAnswer).min(1).max(200) }),
	z.strictObject({ layout: z.literal('long'), ...student, question: column, answer: column, points: column.nullable().default(null) }),
]);
export type AnswerMapping = z.infer<typeof answerMapping>;

/** Whose form a table has; null: nobody's that is known. `canvasGradebook` has marks and no answers. */
export const tableOrigin = z.enum(['moodleQuiz', 'moodleAssignment', 'canvasAnalysis', 'canvasGradebook', 'moodleGrades']).nullable();
export type TableOrigin = z.infer<typeof tableOrigin>;

/** Something odd about an answer of a table, and where. */
export const answerProblem = z.strictObject({
	/** Row as a spreadsheet counts it. */
	row: z.number().int(),
	column: z.string().nullable(),
	code: z.enum([
		...['emptyAnswer', 'missingId', 'duplicateId', 'duplicateName', 'duplicateAnswer', 'notAStudent', 'otherClass'],
		...['questionMissing', 'questionsDiffer', 'htmlRead'],
	] as const),
	detail: z.string(),
});
export type AnswerProblem = z.infer<typeof answerProblem>;

/** Something odd about a file that was handed in. */
export const fileProblem = z.strictObject({
	fileName: z.string(),
	code: z.enum([
		'unreadable',
		'picture',
		'empty',
		'severalFiles',
		'noStudent',
		'notAnAnswer',
		'tooLarge',
		'formulas',
		'pictures',
		'pagesWithoutText',
		'fontsMissing',
		'undecodable',
	]),
	/** For `unreadable` the reason, as DOCUMENT_INVALID has it, or `workbook`; a count or names for others. */
	detail: z.string(),
});
export type FileProblem = z.infer<typeof fileProblem>;
