import { sql } from 'drizzle-orm';
import { check, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { AttachedAdapter } from '#contract/attachedAdapter.ts';
import type { FailureRecord } from '#contract/errors.ts';
import type { AssignmentFields, ColumnMapping, Submission } from '#contract/grading.ts';

/** One question put to a class. `columns` and each submission's `cells` keep the imported table, so that it can be given back whole. */
export const assignment = sqliteTable(
	'assignment',
	{
		id: text().primaryKey(),
		ownerId: text('owner_id').notNull(),
		title: text().notNull(),
		subject: text().notNull(),
		question: text().notNull(),
		key: text().notNull(),
		gradeLevel: text('grade_level').notNull(),
		feedbackLanguage: text('feedback_language').$type<AssignmentFields['feedbackLanguage']>().notNull(),
		modelId: text('model_id'),
		/** The LoRA adapter that it was last graded with; null: the model as it is. */
		adapter: text({ mode: 'json' }).$type<AttachedAdapter>(),
		jobId: text('job_id'),
		columns: text({ mode: 'json' }).$type<string[]>().notNull(),
		mapping: text({ mode: 'json' }).$type<ColumnMapping>().notNull(),
		createdAt: integer('created_at').notNull(),
		deletedAt: integer('deleted_at'),
	},
	(t) => [index('assignment_owner').on(t.ownerId, t.createdAt)],
);

/** One student's answer. */
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
		answer: text().notNull(),
		cells: text({ mode: 'json' }).$type<string[]>().notNull(),
		status: text().$type<Submission['status']>().notNull().default('waiting'),
		failure: text({ mode: 'json' }).$type<FailureRecord>(),
	},
	(t) => [index('submission_assignment').on(t.assignmentId, t.row)],
);

/** What the model proposed for a submission; the newest counts, the earlier ones stay as history. */
export const proposal = sqliteTable(
	'proposal',
	{
		id: text().primaryKey(),
		submissionId: text('submission_id')
			.notNull()
			.references(() => submission.id, { onDelete: 'cascade' }),
		score: integer().notNull(),
		feedback: text().notNull(),
		suggestions: text({ mode: 'json' }).$type<string[]>().notNull(),
		modelName: text('model_name').notNull(),
		/** What the model took in and wrote, and what that cost the teacher; null where it was graded before there were prices. */
		tokens: integer().notNull(),
		charged: integer(),
		createdAt: integer('created_at').notNull(),
	},
	(t) => [index('proposal_submission').on(t.submissionId, t.createdAt), check('proposal_score', sql`${t.score} between 0 and 100`)],
);

/** What the teacher settled on for a submission. */
export const mark = sqliteTable(
	'mark',
	{
		submissionId: text('submission_id')
			.primaryKey()
			.references(() => submission.id, { onDelete: 'cascade' }),
		score: integer().notNull(),
		feedback: text().notNull(),
		updatedAt: integer('updated_at').notNull(),
	},
	(t) => [check('mark_score', sql`${t.score} between 0 and 100`)],
);
