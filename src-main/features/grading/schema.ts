import { sql } from 'drizzle-orm';
import { check, index, integer, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { AnswerGroup } from '#contract/agreement.ts';
import type { AnswerMapping } from '#contract/answerMapping.ts';
import type { AttachedAdapter } from '#contract/attachedAdapter.ts';
import type { FailureRecord } from '#contract/errors.ts';
import type { Answer, AssignmentFields, Mark, Marker } from '#contract/grading.ts';
import type { AnswerCheck, Doubt, Rubric, Verdict } from '#contract/rubric.ts';
import type { EarlierRows } from './addition/keptRows.ts';
import type { WrittenTable } from './sheets/GradedClass.ts';

/** A class of students, by the name that its teacher gave it. Who is in it follows from what was handed in. */
export const schoolClass = sqliteTable(
	'class',
	{
		id: text().primaryKey(),
		ownerId: text('owner_id').notNull(),
		name: text().notNull(),
		createdAt: integer('created_at').notNull(),
	},
	(t) => [index('class_owner').on(t.ownerId, t.name)],
);

/** Questions put to a class. `columns` and each submission's `cells` keep the imported table, so that it can be given back whole. */
export const assignment = sqliteTable(
	'assignment',
	{
		id: text().primaryKey(),
		ownerId: text('owner_id').notNull(),
		classId: text('class_id').references(() => schoolClass.id, { onDelete: 'set null' }),
		title: text().notNull(),
		subject: text().notNull(),
		gradeLevel: text('grade_level').notNull(),
		feedbackLanguage: text('feedback_language').$type<AssignmentFields['feedbackLanguage']>().notNull(),
		blind: integer({ mode: 'boolean' }).notNull().default(false),
		modelId: text('model_id'),
		/** The LoRA adapter that it was last graded with; null: the model as it is. */
		adapter: text({ mode: 'json' }).$type<AttachedAdapter>(),
		jobId: text('job_id'),
		columns: text({ mode: 'json' }).$type<string[]>().notNull(),
		/** How the table was read. `above`: the rows that stood above its header; left out where there were none. `written`: how text was written; left out of all else. */
		mapping: text({ mode: 'json' }).$type<AnswerMapping & { above?: string[][]; written?: WrittenTable }>().notNull(),
		createdAt: integer('created_at').notNull(),
		deletedAt: integer('deleted_at'),
	},
	(t) => [index('assignment_owner').on(t.ownerId, t.createdAt)],
);

export const question = sqliteTable(
	'question',
	{
		id: text().primaryKey(),
		assignmentId: text('assignment_id')
			.notNull()
			.references(() => assignment.id, { onDelete: 'cascade' }),
		position: integer().notNull(),
		name: text().notNull(),
		text: text().notNull(),
		key: text().notNull(),
		points: real().notNull(),
		check: text({ mode: 'json' }).$type<AnswerCheck>().notNull(),
		rubric: text({ mode: 'json' }).$type<Rubric>().notNull(),
		/** A digest of what a proposal is based on (basisOf.ts). */
		basis: text().notNull(),
	},
	(t) => [index('question_assignment').on(t.assignmentId, t.position), check('question_points', sql`${t.points} > 0`)],
);

/** What one student handed in. */
export const submission = sqliteTable(
	'submission',
	{
		id: text().primaryKey(),
		assignmentId: text('assignment_id')
			.notNull()
			.references(() => assignment.id, { onDelete: 'cascade' }),
		row: integer().notNull(),
		studentId: text('student_id').notNull(),
		studentName: text('student_name').notNull(),
		cells: text({ mode: 'json' }).$type<string[]>().notNull(),
		/** The student's further rows, where the table had one for each answer. */
		moreRows: text('more_rows', { mode: 'json' }).$type<{ row: number; cells: string[] }[]>().notNull().default([]),
		/** The addition that the student came with; null: the class was made with them. */
		additionId: text('addition_id'),
	},
	(t) => [index('submission_assignment').on(t.assignmentId, t.row)],
);

/** One student's answer to one question. */
export const answer = sqliteTable(
	'answer',
	{
		id: text().primaryKey(),
		assignmentId: text('assignment_id')
			.notNull()
			.references(() => assignment.id, { onDelete: 'cascade' }),
		submissionId: text('submission_id')
			.notNull()
			.references(() => submission.id, { onDelete: 'cascade' }),
		questionId: text('question_id')
			.notNull()
			.references(() => question.id, { onDelete: 'cascade' }),
		/** Of the table; null where the answer was missing. */
		row: integer(),
		text: text().notNull(),
		status: text().$type<Answer['status']>().notNull().default('waiting'),
		failure: text({ mode: 'json' }).$type<FailureRecord>(),
		/** The addition that brought its text; null: the class was made with it. Proposals and marks of another one are of an earlier text. */
		additionId: text('addition_id'),
	},
	(t) => [
		index('answer_assignment').on(t.assignmentId, t.questionId),
		index('answer_submission').on(t.submissionId),
		index('answer_question').on(t.questionId),
		// Hardly any, which a start of the app looks for.
		index('answer_running').on(t.assignmentId).where(sql`${t.status} = 'running'`),
	],
);

/** Answers that were added to a class. */
export const addition = sqliteTable(
	'addition',
	{
		id: text().primaryKey(),
		assignmentId: text('assignment_id')
			.notNull()
			.references(() => assignment.id, { onDelete: 'cascade' }),
		/** The rows of students that it changed, as they were. */
		earlier: text({ mode: 'json' }).$type<EarlierRows[]>().notNull(),
		createdAt: integer('created_at').notNull(),
	},
	(t) => [index('addition_assignment').on(t.assignmentId, t.createdAt)],
);

/** What an answer was before an addition filled or replaced it. */
export const earlierText = sqliteTable(
	'earlier_text',
	{
		id: text().primaryKey(),
		assignmentId: text('assignment_id')
			.notNull()
			.references(() => assignment.id, { onDelete: 'cascade' }),
		answerId: text('answer_id')
			.notNull()
			.references(() => answer.id, { onDelete: 'cascade' }),
		/** The addition that replaced it. */
		additionId: text('addition_id')
			.notNull()
			.references(() => addition.id, { onDelete: 'cascade' }),
		/** The addition that had brought it; null: the class was made with it. */
		broughtBy: text('brought_by'),
		row: integer(),
		text: text().notNull(),
		status: text().$type<Answer['status']>().notNull(),
		failure: text({ mode: 'json' }).$type<FailureRecord>(),
	},
	(t) => [index('earlier_text_assignment').on(t.assignmentId), index('earlier_text_answer').on(t.answerId), index('earlier_text_addition').on(t.additionId)],
);

/** What was proposed for an answer; of those for its text of now the newest counts, the others stay as history. */
export const proposal = sqliteTable(
	'proposal',
	{
		id: text().primaryKey(),
		answerId: text('answer_id')
			.notNull()
			.references(() => answer.id, { onDelete: 'cascade' }),
		/** The question's basis of that time. */
		basis: text().notNull(),
		/** Of 100, as a whole number. */
		score: integer().notNull(),
		points: real().notNull(),
		outOf: real('out_of').notNull(),
		verdicts: text({ mode: 'json' }).$type<Verdict[]>().notNull(),
		feedback: text().notNull(),
		suggestions: text({ mode: 'json' }).$type<string[]>().notNull(),
		confidence: real().notNull(),
		doubts: text({ mode: 'json' }).$type<Doubt[]>().notNull(),
		/** What the second look at the same answer came to; null: there was none. */
		second: text({ mode: 'json' }).$type<{ points: number; verdicts: Verdict[] }>(),
		decidedBy: text('decided_by').$type<'model' | 'check'>().notNull(),
		modelName: text('model_name').notNull(),
		/** What the model took in and wrote, and what that cost the teacher; null where it was graded before there were prices. */
		tokens: integer().notNull(),
		charged: integer(),
		/** The addition that had brought the answer's text then, as its own `additionId` says. */
		additionId: text('addition_id'),
		createdAt: integer('created_at').notNull(),
	},
	(t) => [index('proposal_answer').on(t.answerId, t.additionId, t.createdAt), check('proposal_score', sql`${t.score} between 0 and 100`)],
);

/** The like answers to a question, where a model's vectors were compared too: it need not be loaded to tell them again. */
export const likeGroups = sqliteTable('like_groups', {
	questionId: text('question_id')
		.primaryKey()
		.references(() => question.id, { onDelete: 'cascade' }),
	assignmentId: text('assignment_id')
		.notNull()
		.references(() => assignment.id, { onDelete: 'cascade' }),
	/** How many answers there were: the same number of them are the same ones. */
	answers: integer().notNull(),
	modelName: text('model_name').notNull(),
	groups: text({ mode: 'json' }).$type<AnswerGroup[]>().notNull(),
});

/** What a teacher settled on for an answer: only added to. Of each marker the newest for its text of now counts; one without points took the earlier one back. */
export const mark = sqliteTable(
	'mark',
	{
		id: text().primaryKey(),
		answerId: text('answer_id')
			.notNull()
			.references(() => answer.id, { onDelete: 'cascade' }),
		marker: text().$type<Marker>().notNull(),
		points: real(),
		levels: text({ mode: 'json' }).$type<Record<string, string>>().notNull(),
		feedback: text().notNull(),
		/** It is a proposal that was taken over unchanged: it says nothing about how well the two agree. */
		accepted: integer({ mode: 'boolean' }).notNull().default(false),
		/** The points of its question then; null of marks from before this was kept. */
		outOf: real('out_of'),
		/** What was given where the points of the question changed since; null: these are it. */
		given: text({ mode: 'json' }).$type<Mark['given']>(),
		/** The addition that had brought the answer's text then, as its own `additionId` says. */
		additionId: text('addition_id'),
		createdAt: integer('created_at').notNull(),
	},
	(t) => [index('mark_answer').on(t.answerId, t.marker, t.additionId, t.createdAt)],
);

/** What a teacher writes again and again, to be put into feedback with a click. */
export const comment = sqliteTable(
	'comment',
	{
		id: text().primaryKey(),
		ownerId: text('owner_id').notNull(),
		text: text().notNull(),
		createdAt: integer('created_at').notNull(),
		deletedAt: integer('deleted_at'),
	},
	(t) => [index('comment_owner').on(t.ownerId, t.createdAt)],
);
