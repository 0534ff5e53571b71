import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { added, additionPreview } from './addition.ts';
import { answerFileLimits } from './answerFileLimits.ts';
import { answerMapping, answerProblem, fileProblem, tableOrigin } from './answerMapping.ts';
import { attachedAdapter } from './attachedAdapter.ts';
import { classStatistics, counting, likeAnswers, questionAgreement, questionMistakes, savedComment, sheetForm, unprintable, unsettled } from './classReport.ts';
import { changesOf, procedure } from './define.ts';
import { loadFailures } from './engine.ts';
import { failureRecord } from './errors.ts';
import { feedbackLanguages } from './feedbackLanguages.ts';
import { jobState } from './jobs.ts';
import { answerCheck, doubt, draftedRubric, points, rubric, verdict } from './rubric.ts';

/** A whole table of answers, as pasted or as the bytes of a file (CSV or XLSX) of at most 32 MiB. */
export const tableSource = z.union([
	z.strictObject({ text: z.string().max(33_554_432) }),
	z.strictObject({ file: z.file().max(33_554_432), fileName: z.string().max(255) }),
]);

/** A pile of files that were sent before, in pieces (`sendFiles`). */
const answerPile = z.strictObject({ pileId: z.string() });

/** What a class handed in: a table or a pile of files. */
export const answerSource = z.union([tableSource, answerPile]);

/** What can be odd in what a class handed in. */
export const problemCode = z.enum([
	...answerProblem.shape.code.options,
	...fileProblem.shape.code.options,
	...['raggedRow', 'unnamedColumn', 'duplicateColumn', 'headerDoubtful'],
] as const);
export type ProblemCode = z.infer<typeof problemCode>;

/** Where something is odd: a row as a spreadsheet counts it, with its column if it is one; or a file. */
const problemPlace = z.strictObject({ row: z.number().int().nullable(), column: z.string().nullable(), fileName: z.string().nullable(), detail: z.string() });
export type ProblemPlace = z.infer<typeof problemPlace>;

/** The problems of one kind: how many there are, and where the first of them are. */
export const problemGroup = z.strictObject({ code: problemCode, count: z.number().int(), places: z.array(problemPlace) });
export type ProblemGroup = z.infer<typeof problemGroup>;

/** A question as the table or the files bring it along; no other one of theirs has its `heading`. */
export const foundQuestion = z.strictObject({ heading: z.string(), name: z.string(), text: z.string(), key: z.string(), points: z.number().nullable() });
export type FoundQuestion = z.infer<typeof foundQuestion>;

export const tablePreview = z.object({
	/** Empty where it was read from no text, as a workbook and files are; so is `delimiter`. */
	encoding: z.string(),
	delimiter: z.string(),
	/** Of a workbook: its sheets, and the one that was read. */
	sheets: z.array(z.string()),
	sheet: z.string().nullable(),
	/** The row of the headings, as a spreadsheet counts. */
	headerRow: z.number().int(),
	/** The rows of which it can be another one, with the beginning of what is in them; blank ones are left out. Empty of files. */
	firstRows: z.array(z.strictObject({ row: z.number().int(), text: z.string() })),
	/** Whose form it has. */
	origin: tableOrigin,
	columns: z.array(z.string()),
	/** The first rows, each in the order of `columns`. */
	sample: z.array(z.array(z.string())),
	rowCount: z.number().int(),
	/** How many students there are by this mapping. */
	studentCount: z.number().int(),
	/** The classes or sections that it names, the largest first. */
	classes: z.array(z.string()),
	/** The one that was asked for, else a guess; null where no column looks like answers. */
	mapping: answerMapping.nullable(),
	/** The questions by this mapping, in their order. */
	questions: z.array(foundQuestion),
	problems: z.array(problemGroup),
});
export type TablePreview = z.infer<typeof tablePreview>;

export const questionFields = z.strictObject({
	name: z.string().trim().min(1).max(100),
	text: z.string().trim().min(1).max(20_000),
	/** The expected answer, if there is one. */
	key: z.string().trim().max(20_000).default(''),
	/** The most that an answer can get. */
	points: points.refine((most) => most > 0).default(100),
	check: answerCheck.default({ kind: 'none' }),
	rubric: rubric.default([]),
});
export type QuestionFields = z.infer<typeof questionFields>;

export const question = questionFields.extend({ id: z.string() });
export type Question = z.infer<typeof question>;

export const assignmentFields = z.strictObject({
	title: z.string().trim().min(1).max(200),
	/** The class that handed it in; empty: none is named. */
	className: z.string().trim().max(100).default(''),
	subject: z.string().trim().max(100).default(''),
	gradeLevel: z.string().trim().max(100).default(''),
	/** Language of the feedback; `auto`: that of the answer. */
	feedbackLanguage: z.enum(['auto', ...feedbackLanguages]).default('auto'),
	/** Whoever marks sees numbers in place of names. The model never sees a name. */
	blind: z.boolean().default(true),
});
export type AssignmentFields = z.infer<typeof assignmentFields>;

export const assignment = assignmentFields.extend({
	id: z.string(),
	/** In their order; at least one. */
	questions: z.array(question),
	modelId: z.string().nullable(),
	/** The LoRA adapter that it was last graded with; null: the model as it was. */
	adapter: attachedAdapter.nullable(),
	job: z.object({ id: z.string(), state: jobState, failure: failureRecord.nullable() }).nullable(),
	/** Of answers, all but the first. `unanswered` have nothing to grade; a teacher may still mark them. `outdated` were graded by a rubric that has changed since. */
	counts: z.object({
		students: z.number().int(),
		answers: z.number().int(),
		unanswered: z.number().int(),
		graded: z.number().int(),
		outdated: z.number().int(),
		failed: z.number().int(),
		marked: z.number().int(),
	}),
	createdAt: z.number().int(),
});
export type Assignment = z.infer<typeof assignment>;

/** What the model, or a check, proposes for one answer. */
export const proposal = z.object({
	/** Added up by code from the verdicts, and kept between 0 and `outOf`. */
	points,
	outOf: points,
	/** One for each criterion, in the rubric's order; empty where the answer was judged as a whole. */
	verdicts: z.array(verdict),
	feedback: z.string(),
	suggestions: z.array(z.string()),
	/** From 0 to 1: how little there is to doubt (agreement/confidenceOf.ts). */
	confidence: z.number().min(0).max(1),
	doubts: z.array(doubt),
	/** Whether what it says of right and wrong was found by the question's check. */
	decidedBy: z.enum(['model', 'check']),
	/** The question or its rubric says something else since. Other points alone do not count: they are added up anew. */
	isOutdated: z.boolean(),
	modelName: z.string(),
	tokens: z.number().int(),
	/** What it cost; null where it was graded before there were prices. */
	charged: z.number().int().nullable(),
	createdAt: z.number().int(),
});
export type Proposal = z.infer<typeof proposal>;

/** What the teacher settled on. */
export const mark = z.object({
	points,
	/** The level that was chosen of each criterion, by their ids; empty where the answer was marked as a whole. */
	levels: z.record(z.string(), z.string()),
	feedback: z.string(),
	/** It is the proposal, taken over unchanged. */
	accepted: z.boolean(),
	/**
	 * What was given, out of how many and by which levels, where the question changed since and the mark is not that any more: then `points` are what the
	 * levels that are left come to, or its share of the points of now.
	 */
	given: z.object({ points, outOf: z.number(), levels: z.record(z.string(), z.string()).optional() }).optional(),
	updatedAt: z.number().int(),
});
export type Mark = z.infer<typeof mark>;

/** Who of two who mark independently of one another: the mark of the first counts. */
export const marker = z.enum(['first', 'second']);
export type Marker = z.infer<typeof marker>;

/** One student's answer to one question. */
export const answer = z.object({
	id: z.string(),
	questionId: z.string(),
	submissionId: z.string(),
	/** Of the table; a file that was handed in counts as one. */
	row: z.number().int(),
	studentId: z.string(),
	studentName: z.string(),
	text: z.string(),
	/** `failed` is "not graded", never a score of 0. */
	status: z.enum(['waiting', 'running', 'graded', 'failed']),
	proposal: proposal.nullable(),
	mark: mark.nullable(),
	secondMark: mark.nullable(),
	failure: failureRecord.nullable(),
});
export type Answer = z.infer<typeof answer>;

/** What is to be graded: what is not graded yet, also what was graded by a rubric that has changed since, or everything. */
export const gradeScope = z.enum(['waiting', 'outdated', 'all']);
export type GradeScope = z.infer<typeof gradeScope>;

const assignmentId = z.strictObject({ assignmentId: z.string() });
const questionId = assignmentId.extend({ questionId: z.string() });
const answerId = z.strictObject({ answerId: z.string() });

const reading = {
	encoding: z.string().max(40).optional(),
	delimiter: z
		.string()
		.regex(/^[^\r\n"]$/)
		.optional(),
	/** Of a workbook; left out: the first with rows under its header. */
	sheet: z.string().max(255).optional(),
	/** The row of the headings, as a spreadsheet counts; left out: the likely one. */
	headerRow: z.number().int().min(1).max(20).optional(),
};

const order = assignmentId.extend({
	modelId: z.string(),
	adapter: attachedAdapter.nullable().default(null),
	scope: gradeScope.default('waiting'),
	/** One question alone; null: all of them. */
	questionId: z.string().nullable().default(null),
	/** 2: each answer is judged twice, the second time with the levels in the opposite order, so that doubtful ones show. */
	passes: z.union([z.literal(1), z.literal(2)]).default(1),
	/** Shows the model, with each answer, what the teacher gave for the answers most like it. */
	withMarks: z.boolean().default(false),
});

/** What is added to a class: a table or a pile of files, how it is read, and which question of the class each of its questions answers; left out: what their headings say. */
const addition = assignmentId.extend({
	...{ source: answerSource, ...reading, mapping: answerMapping },
	places: z.array(z.string().nullable()).max(200).optional(),
});

/** A question to draft a rubric for, and what drafts it. */
const draftOrder = z.strictObject({
	modelId: z.string(),
	adapter: attachedAdapter.nullable().default(null),
	...assignmentFields.pick({ subject: true, gradeLevel: true }).shape,
	question: questionFields.shape.text,
	key: questionFields.shape.key,
});

/** How far a draft is, and at the end the draft. `criteria`: how many have been begun. */
export const draftStep = z.discriminatedUnion('kind', [
	z.strictObject({ kind: z.literal('loading') }),
	z.strictObject({ kind: z.literal('writing'), criteria: z.number().int() }),
	z.strictObject({ kind: z.literal('drafted'), rubric: draftedRubric, modelName: z.string() }),
]);
export type DraftStep = z.infer<typeof draftStep>;

export const grading = {
	/**
	 * Reads a table without keeping it: how it is written, its columns, a guess of the mapping, its questions and every problem by row and column. With
	 * `likeAssignmentId` columns that are headed as those of that class are taken for the same.
	 */
	preview: procedure('user', ['CSV_INVALID', 'CSV_COLUMN_MISSING', 'DOCUMENT_INVALID'])
		.input(z.strictObject({ source: tableSource, ...reading, mapping: answerMapping.optional(), likeAssignmentId: z.string().optional() }))
		.output(tablePreview),
	/**
	 * Sends files of which each is a student's, a piece of them at a time: null begins a pile and gives back its id, for the next pieces. The names
	 * are paths where they come from a folder; a file that is larger than can be taken is named without its bytes. One ZIP archive alone is read as a
	 * folder, and may come in parts, of which all but the first continue it. A pile is kept for an hour.
	 */
	sendFiles: procedure('user', ['TOO_MANY_FILES', 'DISK_FULL', 'DISK_FAILED'])
		.input(
			z.strictObject({
				pileId: z.string().nullable(),
				files: z
					.array(
						z.strictObject({
							fileName: z.string().min(1).max(1000),
							file: z.file().max(answerFileLimits.fileBytes).nullable(),
							continues: z.boolean().default(false),
						}),
					)
					.min(1)
					.max(answerFileLimits.pieceFiles),
			}),
		)
		.output(answerPile),
	/** Reads a pile of files: tells how many are read, and at the end what `preview` tells of a table. */
	previewFiles: procedure('user', ['DISK_FAILED', 'DOCUMENT_INVALID', 'TOO_MANY_FILES'])
		.input(answerPile)
		.output(eventIterator(z.union([z.object({ read: z.number().int(), files: z.number().int() }), z.object({ preview: tablePreview })]))),
	/** Makes an assignment of a table or of a pile of files, which then is gone. `questions` are those of the preview, in its order; of files the mapping is not asked for. */
	create: procedure('user', ['CSV_INVALID', 'CSV_COLUMN_MISSING', 'QUESTIONS_UNLIKE', 'CHECK_UNREADABLE', 'DOCUMENT_INVALID', 'TOO_MANY_FILES', 'DISK_FAILED'])
		.input(
			z.strictObject({
				...{ fields: assignmentFields, source: answerSource, ...reading, mapping: answerMapping },
				questions: z.array(questionFields).min(1).max(200),
			}),
		)
		.output(assignment),
	list: procedure('user').output(z.array(assignment)),
	get: procedure('user').input(assignmentId).output(assignment),
	/** How many answers of each of the caller's classes are marked with feedback, which alone teaches how to grade; a class with none is left out. */
	countFeedback: procedure('user').output(z.array(assignmentId.extend({ withFeedback: z.number().int() }))),
	change: procedure('user')
		.input(assignmentId.extend({ fields: changesOf(assignmentFields) }))
		.output(assignment),
	/**
	 * Changes a question. Where points alone change, proposals are added up anew; where words do, they are outdated until they are graded again.
	 * Marks follow, as `marksAfter` tells before.
	 */
	changeQuestion: procedure('user', ['JOB_STATE', 'CHECK_UNREADABLE'])
		.input(questionId.extend({ fields: changesOf(questionFields) }))
		.output(assignment),
	/** What such a change would make of the marks there are: how many with so many points become what. Nothing is changed. */
	marksAfter: procedure('user')
		.input(questionId.extend({ fields: changesOf(questionFields) }))
		.output(z.array(z.object({ points, becomes: points, marks: z.number().int() }))),
	/** What a check might be for a question with this key: a number, a choice, or none. */
	suggestCheck: procedure('user')
		.input(z.strictObject({ text: z.string().max(20_000), key: z.string().max(20_000) }))
		.output(answerCheck),
	/** Whether code can decide by this check: its number or formula can be read, and its right options are among all of them. */
	readsCheck: procedure('user').input(answerCheck).output(z.boolean()),
	/** About what `draftRubric` would cost, before it is done. */
	draftCost: procedure('user', ['NO_MODEL', 'ADAPTER_MISSING', 'ADAPTER_UNFIT'], { model: 'modelId' })
		.input(draftOrder)
		.output(z.object({ tokens: z.number().int() })),
	/** Has a model, loaded if need be, draft a rubric for a teacher to correct; nothing of it is kept. Leaving ends it, and what was used is charged. */
	draftRubric: procedure(
		'user',
		[...loadFailures, 'NO_MODEL', 'INSUFFICIENT_TOKENS', 'QUESTION_TOO_LONG', 'ADAPTER_MISSING', 'ADAPTER_UNFIT', 'ADAPTER_INVALID', 'DRAFT_INVALID'],
		{ model: 'modelId' },
	)
		.input(draftOrder)
		.output(eventIterator(draftStep)),
	/** What adding a table or a pile of files to a class would do, and about what grading it would cost with a model; nothing is kept. */
	previewAddition: procedure('user', ['CSV_INVALID', 'CSV_COLUMN_MISSING', 'DOCUMENT_INVALID', 'TOO_MANY_FILES', 'DISK_FAILED'], { model: 'modelId' })
		.input(addition.extend({ modelId: z.string().nullable().default(null) }))
		.output(additionPreview),
	/**
	 * Adds answers to a class, all or nothing: new students behind the last one, and to those there what they had not answered. An answer that differs stays
	 * unless it is among `replace`; one that is replaced has no proposal and no mark until it gets new ones, and those of before stay in its history. Not
	 * while the class is being graded, unless that is paused.
	 */
	addAnswers: procedure('user', ['CSV_INVALID', 'CSV_COLUMN_MISSING', 'DOCUMENT_INVALID', 'TOO_MANY_FILES', 'DISK_FAILED', 'JOB_STATE'], {
		audit: 'assignmentId',
	})
		.input(addition.extend({ replace: z.union([z.literal('all'), z.array(z.string()).max(100_000)]).default([]) }))
		.output(added),
	/** Takes back what `addAnswers` did, with the marks and proposals that there were; refused once any of it was graded, marked or added to. */
	takeBackAdded: procedure('user', ['JOB_STATE', 'ADDITION_IN_USE'], { audit: 'assignmentId' })
		.input(assignmentId.extend({ additionId: z.string() }))
		.output(z.void()),
	remove: procedure('user', ['JOB_STATE']).input(assignmentId).output(z.void()),
	restore: procedure('user').input(assignmentId).output(assignment),
	/** The answers to one question, or to all, in the order of the table; with `first` those to the first question, for a desk that does not know its questions yet. */
	answers: procedure('user')
		.input(assignmentId.extend({ questionId: z.string().nullable().default(null) }))
		.output(z.array(answer)),
	/** The assignment and the answers that changed, at most a few times a second; the first value holds the assignment alone. */
	watch: procedure('user')
		.input(assignmentId)
		.output(eventIterator(z.object({ assignment, changed: z.array(answer) }))),
	/** About what `start` would cost with these, before it is done, and the `least` that a balance must have for it: with less than all, it pauses itself. */
	estimate: procedure('user', ['NO_MODEL', 'ADAPTER_MISSING', 'ADAPTER_UNFIT'], { model: 'modelId' })
		.input(order)
		.output(z.object({ answers: z.number().int(), tokens: z.number().int(), least: z.number().int() })),
	/** Queues a job that grades what is in the order's scope, with the model loaded if need be, and an adapter on it. */
	start: procedure('user', ['NO_MODEL', 'JOB_STATE', 'MODEL_MISSING', 'INSUFFICIENT_TOKENS', 'ADAPTER_MISSING', 'ADAPTER_UNFIT'], { model: 'modelId' })
		.input(order)
		.output(assignment),
	/**
	 * Writes the teacher's mark; the model's proposal stays beside it. With a rubric the points follow from `levels`, one for each criterion;
	 * without one, or to depart from it, `points` says them, and levels that come to something else are not kept.
	 */
	setMark: procedure('user', ['MARK_INVALID'])
		.input(
			answerId.extend({
				marker: marker.default('first'),
				points: points.nullable().default(null),
				levels: z.record(z.string().max(40), z.string().max(40)).default({}),
				feedback: z.string().max(20_000).optional(),
				/** It takes the proposal over as it is, so that it says nothing about how well the two agree. */
				accepted: z.boolean().default(false),
			}),
		)
		.output(answer),
	clearMark: procedure('user')
		.input(answerId.extend({ marker: marker.default('first') }))
		.output(answer),
	/** Takes the proposals of a question, or of all, over as marks where there is none and the confidence is at least so much. Gives back the answers that it marked. */
	accept: procedure('user')
		.input(assignmentId.extend({ questionId: z.string().nullable().default(null), leastConfidence: z.number().min(0).max(1) }))
		.output(z.array(z.string())),
	/** Takes back what `accept` did, as far as the marks are still those. */
	unaccept: procedure('user')
		.input(assignmentId.extend({ answerIds: z.array(z.string()).max(100_000) }))
		.output(z.void()),
	/** All that was ever proposed and settled for an answer, and what it said before it was replaced, newest first. */
	history: procedure('user')
		.input(answerId)
		.output(
			z.object({
				proposals: z.array(proposal),
				marks: z.array(mark.omit({ points: true }).extend({ marker, points: points.nullable(), outOf: z.number() })),
				texts: z.array(z.object({ text: z.string(), replacedAt: z.number().int() })),
			}),
		),
	/**
	 * The class as a file: the table as it came with the marks added, data, or feedback for the students. `counting`: only what the teacher
	 * settled is given out, or also proposals where there is no mark. Feedback for hundreds of students takes minutes.
	 */
	export: procedure('user', ['SHEET_UNPRINTABLE'])
		.input(assignmentId.extend({ form: sheetForm, language: z.enum(['en', 'zh']), counting }))
		.output(z.object({ fileName: z.string(), file: z.file() })),
	/** What of the class an export leaves empty, or gives out as proposed. */
	unsettled: procedure('user').input(assignmentId).output(unsettled),
	/** What a PDF of the feedback could not print, before it is made. */
	unprintable: procedure('user').input(assignmentId.extend({ counting })).output(unprintable),
	/** How well the proposals for a question agree with the teacher's own marks. */
	agreement: procedure('user').input(questionId).output(questionAgreement),
	/** How the class did. Where `counting` is left out, marks alone count as soon as there is one. */
	statistics: procedure('user')
		.input(assignmentId.extend({ counting: counting.optional() }))
		.output(classStatistics),
	/** What many of the class got wrong in a question. */
	mistakes: procedure('user')
		.input(questionId.extend({ counting: counting.optional() }))
		.output(questionMistakes),
	/** Which answers to a question are like one another, and where like ones were marked unlike. */
	likeAnswers: procedure('user').input(questionId).output(likeAnswers),
	/** Writes several marks of the first marker at once, or with null takes them back; all of them or, where one cannot be, none. Answers that have gone are left out. */
	setMarks: procedure('user', ['MARK_INVALID'])
		.input(
			assignmentId.extend({
				marks: z
					.array(
						z.strictObject({
							answerId: z.string(),
							mark: z
								.strictObject({
									points: points.nullable().default(null),
									levels: z.record(z.string().max(40), z.string().max(40)).default({}),
									feedback: z.string().max(20_000).optional(),
									accepted: z.boolean().default(false),
								})
								.nullable(),
						}),
					)
					.max(10_000),
			}),
		)
		.output(z.void()),
	/** The caller's saved comments, newest first. */
	comments: procedure('user').output(z.array(savedComment)),
	/** Saves a text to be put into feedback again; one that is there already is not saved twice. */
	addComment: procedure('user')
		.input(z.strictObject({ text: z.string().trim().min(1).max(2000) }))
		.output(savedComment),
	removeComment: procedure('user')
		.input(z.strictObject({ commentId: z.string() }))
		.output(z.void()),
};
