import { randomUUID } from 'node:crypto';
import { and, asc, desc, eq, getTableColumns, isNull, type SQL, sql } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import { addUp, pointsOfScore } from '#contract/addUp.ts';
import { failure } from '#contract/errors.ts';
import type { Answer, GradeScope, Mark, Marker, Proposal, Question } from '#contract/grading.ts';
import type { Store, Tx } from '../../platform/database/openDatabase.ts';
import { owned, ownedIn } from '../../platform/database/owned.ts';
import { leftBy } from './agreement/confidenceOf.ts';
import type { Asked } from './gradePrompt.ts';
import { sumOfLevels } from './markFor.ts';
import { addition, answer, assignment, earlierText, mark, proposal, question, schoolClass, submission } from './schema.ts';

export type AssignmentRow = typeof assignment.$inferSelect;
export type QuestionRow = typeof question.$inferSelect;
type ProposalRow = Omit<typeof proposal.$inferSelect, 'id' | 'answerId' | 'second'>;

/** Reads an assignment of this owner that is not hidden, or with `hidden` one that may be; another's is NOT_FOUND like one that is not. */
export function readAssignment(store: Store, ownerId: string, assignmentId: string, hidden = false): AssignmentRow {
	const row = store
		.select()
		.from(assignment)
		.where(ofAssignment(ownerId, assignmentId, hidden ? undefined : isNull(assignment.deletedAt)))
		.get();
	if (!row) throw failure('NOT_FOUND', { what: 'assignment' });
	return row;
}

/** The condition for the row of an assignment of this owner. */
export function ofAssignment(ownerId: string, assignmentId: string, condition?: SQL): SQL {
	return owned(assignment, ownerId, eq(assignment.id, assignmentId), condition);
}

/** The condition for the answers to an assignment of this owner. */
export function ofAnswers(ownerId: string, assignmentId: string, ...conditions: (SQL | undefined)[]): SQL {
	return ownedIn(answer.assignmentId, assignment, ownerId, assignmentId, ...conditions);
}

/** The condition for the questions of an assignment of this owner. */
export function ofQuestions(ownerId: string, assignmentId: string, ...conditions: (SQL | undefined)[]): SQL {
	return ownedIn(question.assignmentId, assignment, ownerId, assignmentId, ...conditions);
}

/** Which answers of a class. */
export type AnswerChoice = { questionId: string } | { ids: readonly string[] };

/** The condition for all answers to an assignment of this owner, or for some of them. */
export function ofChosen(ownerId: string, assignmentId: string, choice: AnswerChoice | undefined): SQL {
	const ofClass = ofClassFor(choice, answer.assignmentId, ownerId, assignmentId);
	if (choice === undefined) return ofClass;
	if ('questionId' in choice) return sql`${ofClass} and ${answer.questionId} = ${choice.questionId}`;
	// One parameter, however many there are.
	return sql`${ofClass} and ${answer.id} in (select value from json_each(${JSON.stringify(choice.ids)}))`;
}

/** The condition for children of an assignment of this owner, in a statement that chooses answers. */
export function ofClassFor(choice: AnswerChoice | undefined, column: SQLiteColumn, ownerId: string, assignmentId: string): SQL {
	const ofClass = ownedIn(column, assignment, ownerId, assignmentId);
	// Without the sign SQLite goes through the whole class, which it takes for smaller than a list of ids.
	return choice && 'ids' in choice ? sql`+${ofClass}` : ofClass;
}

/** Reads the questions of an assignment of this owner in their order. */
export function readQuestions(store: Store, ownerId: string, assignmentId: string): QuestionRow[] {
	return store.select().from(question).where(ofQuestions(ownerId, assignmentId)).orderBy(asc(question.position)).all();
}

/** Reads a question of this owner's assignment; NOT_FOUND where there is none. */
export function readQuestion(store: Store, ownerId: string, assignmentId: string, questionId: string): QuestionRow {
	const row = store
		.select()
		.from(question)
		.where(ofQuestions(ownerId, assignmentId, eq(question.id, questionId)))
		.get();
	if (!row) throw failure('NOT_FOUND', { what: 'question' });
	return row;
}

/** A question as it is shown. */
export function questionOf({ id, name, text, key, points, check, rubric }: QuestionRow): Question {
	return { id, name, text, key, points, check, rubric };
}

/** What a model must know to grade by a question. */
export function askedOf(
	{ subject, gradeLevel, feedbackLanguage }: Omit<Asked, 'question' | 'key' | 'rubric'>,
	of: Pick<QuestionRow, 'text' | 'key' | 'rubric'>,
): Asked {
	return { subject, gradeLevel, feedbackLanguage, question: of.text, key: of.key, rubric: of.rubric };
}

/** The class that an assignment was handed in by; empty where none is named. */
export function classNameOf(store: Store, { ownerId, classId }: AssignmentRow): string {
	if (classId === null) return '';
	const row = store
		.select({ name: schoolClass.name })
		.from(schoolClass)
		.where(owned(schoolClass, ownerId, eq(schoolClass.id, classId)))
		.get();
	return row?.name ?? '';
}

/** The class of this name, made where there is none; null for no name. */
export function classIdOf(tx: Tx, ownerId: string, name: string, now: () => number): string | null {
	if (name === '') return null;
	const found = tx
		.select({ id: schoolClass.id })
		.from(schoolClass)
		.where(owned(schoolClass, ownerId, eq(schoolClass.name, name)))
		.get();
	if (found) return found.id;
	const id = randomUUID();
	tx.insert(schoolClass).values({ id, ownerId, name, createdAt: now() }).run();
	return id;
}

/** There is more than white space, as SQL: tab, line ends, space, no-break and ideographic space. */
export const hasText = sql`trim(${answer.text}, char(9, 10, 13, 32, 160, 12288)) <> ''`;

/** The newest proposal for what an answer says now, as SQL: its row. */
const newest = sql`(select max(p.rowid) from ${proposal} p where p.answer_id = ${answer.id} and p.addition_id is ${answer.additionId})`;

/** A proposal is for what its answer says now, as SQL. */
export const isForItsText = sql`${proposal.additionId} is ${answer.additionId}`;

/** What an answer's newest proposal rests on, as SQL. */
export const newestBasis = sql`(select p.basis from ${proposal} p where p.answer_id = ${answer.id} and p.rowid = ${newest})`;

/** An answer's newest proposal rests on something else than its question says now. */
function isOutdated(ownerId: string, assignmentId: string): SQL {
	const now = ofQuestions(ownerId, assignmentId, eq(question.id, answer.questionId));
	return sql`${newestBasis} <> (select ${question.basis} from ${question} where ${now})`;
}

/** What is to be graded of an assignment. */
export interface GradeWish {
	scope: GradeScope;
	/** Null: all of them. */
	questionId: string | null;
}

/** The answers of a class of this owner that a wish is about; never one that says nothing. */
export function toGrade(ownerId: string, assignmentId: string, { scope, questionId }: GradeWish): SQL {
	const ofScope = {
		waiting: sql`${answer.status} <> 'graded'`,
		outdated: sql`(${answer.status} <> 'graded' or ${isOutdated(ownerId, assignmentId)})`,
		all: undefined,
	}[scope];
	return ofAnswers(ownerId, assignmentId, hasText, ofScope, questionId === null ? undefined : eq(answer.questionId, questionId));
}

/** An answer that is to be graded. */
export interface Subject {
	id: string;
	questionId: string;
	text: string;
}

/** Reads them, question by question, in the order of the table. */
export function readSubjects(store: Store, ownerId: string, assignmentId: string, wish: GradeWish): Subject[] {
	const positions = new Map(readQuestions(store, ownerId, assignmentId).map(({ id, position }) => [id, position]));
	return store
		.select({ id: answer.id, questionId: answer.questionId, text: answer.text })
		.from(answer)
		.where(toGrade(ownerId, assignmentId, wish))
		.orderBy(sql`${answer}.rowid`)
		.all()
		.sort((a, b) => (positions.get(a.questionId) ?? 0) - (positions.get(b.questionId) ?? 0));
}

const { id: _id, answerId: _answerId, second: _second, ...shownOfProposal } = getTableColumns(proposal);
const { assignmentId: _assignmentId, row: _row, ...shownOfAnswer } = getTableColumns(answer);
/** What of an answer is shown; a student's row of the table, which holds all that the student wrote, would be read once for each question. */
const shownColumns = {
	answer: shownOfAnswer,
	submission: { row: submission.row, studentId: submission.studentId, studentName: submission.studentName },
	proposal: shownOfProposal,
};

/**
 * Reads the answers to an assignment of this owner in the order of the table, or some of them.
 *
 * A proposal counts only while its answer is graded: where the last try failed there is none, whatever came of an earlier one. Neither it nor a mark counts
 * once the answer says something else.
 */
export function readAnswers(store: Store, ownerId: string, assignmentId: string, choice?: AnswerChoice): Answer[] {
	const questions = new Map(readQuestions(store, ownerId, assignmentId).map((row) => [row.id, row]));
	const newestMark = (marker: Marker) =>
		sql`(select max(n.rowid) from ${mark} n where n.answer_id = ${answer.id} and n.addition_id is ${answer.additionId} and n.marker = ${marker})`;
	const rows = store
		.select(shownColumns)
		.from(answer)
		.innerJoin(submission, eq(submission.id, answer.submissionId))
		.leftJoin(proposal, and(eq(proposal.answerId, answer.id), eq(answer.status, 'graded'), sql`${proposal}.rowid = ${newest}`))
		.where(and(ofChosen(ownerId, assignmentId, choice), ofClassFor(choice, submission.assignmentId, ownerId, assignmentId)))
		.orderBy(asc(submission.row), sql`${answer}.rowid`)
		.all();
	const marks = store
		.select({ mark })
		.from(mark)
		.innerJoin(answer, eq(answer.id, mark.answerId))
		.where(and(ofChosen(ownerId, assignmentId, choice), sql`${mark}.rowid in (${newestMark('first')}, ${newestMark('second')})`))
		.all();
	const settled = new Map(marks.map(({ mark: row }) => [`${row.marker} ${row.answerId}`, row]));
	return rows.map(({ answer: row, submission: handedIn, proposal: proposed }) => {
		const asked = questions.get(row.questionId);
		if (!asked) throw new Error(`the question ${row.questionId} is gone`);
		const { id, questionId, submissionId, text, status, failure: record } = row;
		const { row: tableRow, studentId, studentName } = handedIn;
		return {
			...{ id, questionId, submissionId, row: tableRow, studentId, studentName, text, status, failure: record },
			proposal: proposed && proposalOf(proposed, asked),
			mark: markOf(settled.get(`first ${id}`), asked),
			secondMark: markOf(settled.get(`second ${id}`), asked),
		};
	});
}

/** Reads an answer in an assignment of this owner that is not hidden. */
export function readAnswer(store: Store, ownerId: string, answerId: string): { assignmentId: string; found: Answer } {
	const row = store
		.select({ assignmentId: answer.assignmentId })
		.from(answer)
		.innerJoin(assignment, eq(assignment.id, answer.assignmentId))
		.where(owned(assignment, ownerId, eq(answer.id, answerId), isNull(assignment.deletedAt)))
		.get();
	const found = row && readAnswers(store, ownerId, row.assignmentId, { ids: [answerId] })[0];
	if (!found) throw failure('NOT_FOUND', { what: 'answer' });
	return { assignmentId: row.assignmentId, found };
}

/** All proposals for answers to an assignment of this owner, all their marks, and what they said before answers were added, newest first, as they are kept. */
export function readPast(store: Store, ownerId: string, assignmentId: string, choice: AnswerChoice) {
	const its = ofChosen(ownerId, assignmentId, choice);
	const proposals = store
		.select({ proposal })
		.from(proposal)
		.innerJoin(answer, eq(answer.id, proposal.answerId))
		.where(its)
		.orderBy(desc(sql`${proposal}.rowid`))
		.all();
	const marks = store
		.select({ mark })
		.from(mark)
		.innerJoin(answer, eq(answer.id, mark.answerId))
		.where(its)
		.orderBy(desc(sql`${mark}.rowid`))
		.all();
	const ofClass = (column: SQLiteColumn) => ofClassFor(choice, column, ownerId, assignmentId);
	const texts = store
		.select({ answerId: earlierText.answerId, text: earlierText.text, replacedAt: addition.createdAt })
		.from(earlierText)
		.innerJoin(addition, eq(addition.id, earlierText.additionId))
		.innerJoin(answer, eq(answer.id, earlierText.answerId))
		.where(and(its, ofClass(earlierText.assignmentId), ofClass(addition.assignmentId), sql`${earlierText.text} <> ''`))
		.orderBy(desc(sql`${earlierText}.rowid`))
		.all();
	return { proposals: proposals.map((row) => row.proposal), marks: marks.map((row) => row.mark), texts };
}

/** The same for one answer, as it is shown. */
export function readHistory(store: Store, ownerId: string, assignmentId: string, { id, questionId }: Pick<Answer, 'id' | 'questionId'>) {
	const asked = readQuestion(store, ownerId, assignmentId, questionId);
	const { proposals, marks, texts } = readPast(store, ownerId, assignmentId, { ids: [id] });
	return {
		proposals: proposals.map((row) => proposalOf(row, asked)),
		marks: marks.map(({ marker, points, levels, feedback, accepted, given, outOf, createdAt }) => {
			return { marker, points, levels, feedback, accepted, ...(given && { given }), outOf: outOf ?? asked.points, updatedAt: createdAt };
		}),
		texts: texts.map(({ text, replacedAt }) => ({ text, replacedAt })),
	};
}

/**
 * A proposal as it is shown: as long as it rests on what the question says, its points are those of the rubric of now. What it was confident in when it
 * was made is less where like answers have got something else since (doubtUnlike.ts).
 */
function proposalOf(row: ProposalRow, asked: QuestionRow): Proposal {
	const { score, verdicts, feedback, suggestions, confidence, doubts, decidedBy, modelName, tokens, charged, createdAt } = row;
	const isOld = row.basis !== asked.basis;
	const current = { outOf: asked.points, points: verdicts.length === 0 ? pointsOfScore(score, asked.points) : addUp(asked.rubric, verdicts, asked.points) };
	const since = doubts.includes('likeAnswersDiffer') ? leftBy.likeAnswersDiffer : 1;
	const worth = isOld ? { points: row.points, outOf: row.outOf } : current;
	return {
		...worth,
		verdicts,
		feedback,
		suggestions,
		confidence: confidence * since,
		doubts,
		decidedBy,
		isOutdated: isOld,
		modelName,
		tokens,
		charged,
		createdAt,
	};
}

/**
 * A mark as it is shown. Marks of earlier versions may have points that a teacher departed to from the levels beside them, which since then are
 * not kept (markFor.ts): such levels are nobody's choice and are left out.
 */
function markOf(row: typeof mark.$inferSelect | undefined, asked: QuestionRow): Mark | null {
	if (!row || row.points === null) return null;
	const { points, levels, feedback, accepted, given, createdAt } = row;
	const sum = sumOfLevels(asked, levels);
	return { points, levels: sum === null || sum === points ? levels : {}, feedback, accepted, ...(given && { given }), updatedAt: createdAt };
}

/** Reads the rows of the imported table by their submissions, in their order. */
export function readCells(store: Store, ownerId: string, assignmentId: string) {
	const rows = store
		.select()
		.from(submission)
		.where(ownedIn(submission.assignmentId, assignment, ownerId, assignmentId))
		.orderBy(submission.row)
		.all();
	return new Map(rows.map(({ id, row, studentId, studentName, cells, moreRows }) => [id, { row, studentId, studentName, cells, moreRows }]));
}

/** The row of the imported table that each answer stood in, by their ids; of one that was missing there is none. */
export function readRowsOfAnswers(store: Store, ownerId: string, assignmentId: string): Map<string, number> {
	const rows = store.select({ id: answer.id, row: answer.row }).from(answer).where(ofAnswers(ownerId, assignmentId)).all();
	return new Map(rows.flatMap(({ id, row }) => (row === null ? [] : [[id, row]])));
}
