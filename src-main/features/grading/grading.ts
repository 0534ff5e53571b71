import { randomUUID } from 'node:crypto';
import { desc, eq, isNull, lt, sql } from 'drizzle-orm';
import type { AnswerMapping } from '#contract/answerMapping.ts';
import type { Outputs } from '#contract/contract.ts';
import { failure } from '#contract/errors.ts';
import type { Answer, Assignment, AssignmentFields, QuestionFields, TablePreview } from '#contract/grading.ts';
import { keepDeletedMs } from '#contract/keepDeleted.ts';
import type { NamedModel } from '#contract/library.ts';
import { type Db, immediate, type Tx } from '../../platform/database/openDatabase.ts';
import { everyOwner, owned } from '../../platform/database/owned.ts';
import type { DocumentReader } from '../../platform/documents/DocumentReader.ts';
import type { JobRunner } from '../../platform/jobs/JobRunner.ts';
import type { Logger } from '../../platform/log/createLog.ts';
import { type AdapterShelf, type Models, noAdapters } from '../engine/engine.ts';
import type { Hold, Ledger } from '../ledger/ledger.ts';
import { AnswerVectors, type LoadedModels } from './AnswerVectors.ts';
import { Additions } from './addition/Additions.ts';
import { mappingLike } from './addition/mappingLike.ts';
import { basisOf } from './basisOf.ts';
import { ClassCounts } from './ClassCounts.ts';
import { ClassNews } from './ClassNews.ts';
import { ClassReport } from './ClassReport.ts';
import { CommentBank } from './CommentBank.ts';
import { countFeedback } from './countFeedback.ts';
import { deletedGradings } from './deletedGradings.ts';
import { doubtUnlike } from './doubtUnlike.ts';
import { exportClasses } from './exportClasses.ts';
import { fillInBases } from './fillInBases.ts';
import { GradingJobs, type GradingOrder } from './GradingJobs.ts';
import { type GradePayment, gradeOne, type SingleGradeOrder } from './gradeOne.ts';
import { type GradePrompts, readGradePrompts } from './gradePrompt.ts';
import { gradeSchema, isGrade } from './gradeSchema.ts';
import {
	type AssignmentRow,
	askedOf,
	classIdOf,
	classNameOf,
	ofAssignment,
	ofQuestions,
	questionOf,
	readAnswer,
	readAnswers,
	readAssignment,
	readHistory,
	readQuestion,
	readQuestions,
} from './gradingRows.ts';
import { insertStudents } from './insertStudents.ts';
import { AnswerIntake, type AnswerSource, type FilesStep } from './intake/AnswerIntake.ts';
import { AnswerPiles, type SentFile } from './intake/AnswerPiles.ts';
import type { AnswerTableOrder } from './intake/readAnswerTable.ts';
import { LikeGroups } from './LikeGroups.ts';
import { Marks } from './Marks.ts';
import { type MarkedClass, markedTurns } from './markedTurns.ts';
import { RubricDrafts } from './RubricDrafts.ts';
import { requireReadableChecks } from './requireReadableChecks.ts';
import { answer, assignment, question, schoolClass } from './schema.ts';
import type { SettledGrade } from './settleGrade.ts';

export type { GradingOrder } from './GradingJobs.ts';
export type { GradePayment, SingleGradeOrder } from './gradeOne.ts';
export { gradingTexts } from './gradingTexts.ts';
export type { SettledGrade } from './settleGrade.ts';

type Changed<Fields> = { [Field in keyof Fields]?: Fields[Field] | undefined };

/**
 * Classes of answers, graded by a model from a table and settled by the teacher.
 *
 * Every method takes the owner first and sees that owner's rows alone: another's id is NOT_FOUND. A model only ever proposes; the
 * teacher's mark stands beside the proposal and wins in what is given out. Make it before the jobs are started: it registers the
 * kind of job that grades, and puts back what the last run of the app was grading when it ended.
 */
export class Grading {
	/** What a model is held to when it grades, for those that ask it the same elsewhere. */
	static readonly form = { schema: gradeSchema, reads: isGrade };
	readonly #db: Db;
	readonly #gradings: GradingJobs;
	readonly #prompts: GradePrompts;
	readonly #now: () => number;
	readonly #intake: AnswerIntake;
	readonly #counts: ClassCounts;
	readonly #news: ClassNews;
	readonly #groups: LikeGroups;
	readonly #single: Parameters<typeof gradeOne>[0];
	/** What teachers settle on. */
	readonly marks: Marks;
	/** What is added to classes that are there. */
	readonly additions: Additions;
	/** What can be said of a class, and given out of it. */
	readonly report: ClassReport;
	/** Rubrics for teachers to correct. */
	readonly drafts: RubricDrafts;
	/** What each teacher writes again and again. */
	readonly comments: CommentBank;
	/** What was deleted here and can be brought back. */
	readonly deleted: ReturnType<typeof deletedGradings>;

	constructor(options: {
		db: Db;
		engine: Models;
		/** Which models are in memory: one of them may know like answers (AnswerVectors.ts). */
		loaded: LoadedModels;
		library: { get(modelId: string): NamedModel };
		jobs: JobRunner;
		ledger: Ledger;
		/** Left out: there are none. */
		adapters?: AdapterShelf;
		promptsFolder: string;
		/** Reads the documents and workbooks that classes hand in. */
		documents: Pick<DocumentReader, 'read'>;
		/** Where files lie that were sent and are no class yet; nothing else may. */
		answersFolder: string;
		/** The program of the thread that writes what is given out (sheetWorker.ts). */
		sheetWorker: string;
		log: Logger;
		now?: () => number;
	}) {
		this.#db = options.db;
		this.#prompts = readGradePrompts(options.promptsFolder);
		this.#now = options.now ?? Date.now;
		this.#intake = new AnswerIntake(options.documents, new AnswerPiles(options.answersFolder), this.#now);
		this.#counts = new ClassCounts(options.db);
		this.#news = new ClassNews(options.db, this.#counts);
		const vectors = new AnswerVectors(options);
		this.#groups = new LikeGroups({ db: options.db, vectors });
		this.marks = new Marks({ db: options.db, now: this.#now, tell: (assignmentId, answerIds) => this.#news.tell(assignmentId, answerIds) });
		this.report = new ClassReport({ ...options, groups: this.#groups });
		this.comments = new CommentBank(options);
		this.deleted = deletedGradings(options.db, this);
		// Whoever's they are: nobody has asked for anything yet.
		this.#db
			.update(answer)
			.set({ status: 'waiting' })
			// As a literal, by which SQLite knows that the index of those that are running will do.
			.where(everyOwner(answer.assignmentId, sql`${answer.status} = 'running'`))
			.run();
		fillInBases(this.#db);
		this.#db
			.delete(assignment)
			.where(everyOwner(assignment, lt(assignment.deletedAt, this.#now() - keepDeletedMs)))
			.run();
		const changed = (assignmentId: string, answerId: string) => this.#news.tell(assignmentId, [answerId]);
		const { db, engine, library, ledger, log } = options;
		const tools = { db, engine, library, ledger, adapters: options.adapters ?? noAdapters, prompts: this.#prompts };
		this.#single = tools;
		this.drafts = new RubricDrafts(tools);
		const run = { ...tools, groups: this.#groups, vectors, log, now: this.#now, changed };
		this.#gradings = new GradingJobs(run, options.jobs, (ownerId, assignmentId, answerIds) =>
			answerIds ? this.#news.tell(assignmentId, answerIds) : this.#news.tellOfAll(ownerId, assignmentId),
		);
		this.additions = new Additions({
			...{ db, intake: this.#intake, gradings: this.#gradings, groups: this.#groups, now: this.#now },
			tell: (assignmentId, answerIds) => this.#news.tell(assignmentId, answerIds),
		});
	}

	/** Reads a table without keeping it, with a guess of the columns' meaning, by those of a class where one is named, and every problem (AnswerIntake.ts). */
	async preview(ownerId: string, order: AnswerTableOrder, mapping?: AnswerMapping, likeAssignmentId?: string): Promise<TablePreview> {
		if (likeAssignmentId === undefined) return await this.#intake.preview(order, mapping);
		const kept = readAssignment(this.#db, ownerId, likeAssignmentId).mapping;
		return await this.#intake.preview(order, mapping, (columns, guess) => mappingLike(kept, columns, guess));
	}

	/** Puts files on a pile, or begins one, and gives back its id (AnswerPiles.ts). */
	sendFiles(ownerId: string, pileId: string | null, files: readonly SentFile[]): Promise<string> {
		return this.#intake.piles.add(ownerId, pileId, files);
	}

	/** Reads a pile of files, of which each is a student's; tells how far it is, and at the end what they hold. */
	previewFiles(ownerId: string, pileId: string, signal?: AbortSignal): AsyncIterable<FilesStep> {
		return this.#intake.previewFiles(ownerId, pileId, signal);
	}

	/**
	 * Keeps a table, or a pile of files, as an assignment to be graded. Throws CSV_INVALID, also where there is no row of answers, CSV_COLUMN_MISSING,
	 * CHECK_UNREADABLE, and QUESTIONS_UNLIKE where `questions` are not as many as there are in it.
	 */
	async create(
		ownerId: string,
		{ className, ...fields }: AssignmentFields,
		questions: readonly QuestionFields[],
		source: AnswerSource,
		wished: AnswerMapping,
	): Promise<Assignment> {
		await requireReadableChecks(questions);
		const { above, written, header, mapping, students, questions: found } = await this.#intake.read(ownerId, source, wished);
		if (found.length !== questions.length) throw failure('QUESTIONS_UNLIKE', { expected: found.length, given: questions.length });
		const made = immediate(this.#db, (tx) => {
			const classId = classIdOf(tx, ownerId, className, this.#now);
			const read = { ...mapping, ...(above.length > 0 && { above }), ...(written && { written }) };
			const row = { id: randomUUID(), ownerId, ...fields, classId, columns: header, mapping: read, createdAt: this.#now() };
			const kept = tx.insert(assignment).values(row).returning().get();
			const asked = questions.map((each, position) => ({ id: randomUUID(), assignmentId: row.id, position, ...each, basis: basisOf(each) }));
			tx.insert(question).values(asked).run();
			insertStudents(tx, asked, students);
			return kept;
		});
		this.#intake.drop(ownerId, source);
		return this.#toAssignment(made);
	}

	/** The owner's assignments, newest first. */
	list(ownerId: string): Assignment[] {
		const mine = owned(assignment, ownerId, isNull(assignment.deletedAt));
		const rows = this.#db.select().from(assignment).where(mine).orderBy(desc(assignment.createdAt)).all();
		const counts = this.#counts.of(
			ownerId,
			rows.map(({ id }) => id),
		);
		return rows.map((row, at) => this.#toAssignment(row, counts[at]));
	}

	get(ownerId: string, assignmentId: string): Assignment {
		return this.#toAssignment(readAssignment(this.#db, ownerId, assignmentId));
	}

	/** Changes what is named; a class that is being graded goes on by what stood at its start. */
	change(ownerId: string, assignmentId: string, { className, ...fields }: Changed<AssignmentFields>): Assignment {
		const row = readAssignment(this.#db, ownerId, assignmentId);
		immediate(this.#db, (tx) => {
			const set = { ...fields, ...(className !== undefined && { classId: classIdOf(tx, ownerId, className, this.#now) }) };
			if (Object.values(set).some((value) => value !== undefined)) tx.update(assignment).set(set).where(ofAssignment(ownerId, row.id)).run();
		});
		this.#news.tell(assignmentId);
		return this.get(ownerId, assignmentId);
	}

	/**
	 * Changes a question. Other points alone are added up anew; other words make proposals outdated. Marks follow as `marksAfter` tells. Throws JOB_STATE while it is being graded, and CHECK_UNREADABLE.
	 */
	async changeQuestion(ownerId: string, assignmentId: string, questionId: string, fields: Changed<QuestionFields>): Promise<Assignment> {
		readAssignment(this.#db, ownerId, assignmentId);
		const { name } = readQuestion(this.#db, ownerId, assignmentId, questionId);
		if (fields.check) await requireReadableChecks([{ name: fields.name ?? name, check: fields.check }]);
		this.#gradings.refuseUnlessOver(readAssignment(this.#db, ownerId, assignmentId));
		immediate(this.#db, (tx) => {
			const before = readQuestion(tx, ownerId, assignmentId, questionId);
			const set = named(fields);
			this.marks.follow(tx, ownerId, assignmentId, questionOf(before), { ...questionOf(before), ...set });
			tx.update(question)
				.set({ ...set, basis: basisOf({ ...before, ...set }) })
				.where(ofQuestions(ownerId, assignmentId, eq(question.id, questionId)))
				.run();
			doubtUnlike(tx, this.#groups, ownerId, assignmentId, questionId);
		});
		this.#news.tellOfAll(ownerId, assignmentId);
		return this.get(ownerId, assignmentId);
	}

	/** What such a change would make of the marks of the question: how many with so many points become what, the most points first. */
	marksAfter(ownerId: string, assignmentId: string, questionId: string, fields: Changed<QuestionFields>): Outputs['grading']['marksAfter'] {
		readAssignment(this.#db, ownerId, assignmentId);
		const before = questionOf(readQuestion(this.#db, ownerId, assignmentId, questionId));
		const following = this.marks.after(this.#db, ownerId, assignmentId, before, { ...before, ...named(fields) });
		const worthOther = following.filter(({ settled, changed }) => settled.points !== changed.points);
		const alike = Map.groupBy(worthOther, ({ settled, changed }) => `${settled.points} ${changed.points}`);
		return [...alike.values()]
			.flatMap(([first, ...more]) => (first ? [{ points: first.settled.points, becomes: first.changed.points, marks: 1 + more.length }] : []))
			.sort((a, b) => b.points - a.points);
	}

	/** Hides an assignment that is not being graded; it can be brought back until it is purged. */
	remove(ownerId: string, assignmentId: string): void {
		const row = readAssignment(this.#db, ownerId, assignmentId);
		this.#gradings.refuseUnlessOver(row);
		this.#db.update(assignment).set({ deletedAt: this.#now() }).where(ofAssignment(ownerId, assignmentId)).run();
	}

	restore(ownerId: string, assignmentId: string): Assignment {
		readAssignment(this.#db, ownerId, assignmentId, true);
		this.#db.update(assignment).set({ deletedAt: null }).where(ofAssignment(ownerId, assignmentId)).run();
		return this.get(ownerId, assignmentId);
	}

	/** The answers to one question, to the `first`, or with null to all, in the order of the table. */
	answers(ownerId: string, assignmentId: string, questionId: string | null = null): Answer[] {
		readAssignment(this.#db, ownerId, assignmentId);
		if (questionId === null) return readAnswers(this.#db, ownerId, assignmentId);
		const chosenId = questionId === 'first' ? readQuestions(this.#db, ownerId, assignmentId)[0]?.id : questionId;
		return chosenId === undefined ? [] : readAnswers(this.#db, ownerId, assignmentId, { questionId: chosenId });
	}

	/** The assignment now, then again with the answers that changed, at most five times a second. */
	watch(ownerId: string, assignmentId: string, signal?: AbortSignal): AsyncIterable<{ assignment: Assignment; changed: Answer[] }> {
		readAssignment(this.#db, ownerId, assignmentId);
		return this.#news.watch(ownerId, assignmentId, (counts) => this.#toAssignment(readAssignment(this.#db, ownerId, assignmentId), counts), signal);
	}

	/** All that was proposed and settled for an answer, newest first. */
	history(ownerId: string, answerId: string): ReturnType<typeof readHistory> {
		const { assignmentId, found } = readAnswer(this.#db, ownerId, answerId);
		return readHistory(this.#db, ownerId, assignmentId, found);
	}

	/** About what `start` would cost (GradingJobs.ts). */
	estimate(ownerId: string, assignmentId: string, order: GradingOrder): ReturnType<GradingJobs['estimate']> {
		return this.#gradings.estimate(ownerId, assignmentId, order);
	}

	/** Queues a job that grades what the order is about (GradingJobs.ts); without anything to grade it does nothing. */
	start(ownerId: string, assignmentId: string, order: GradingOrder): Assignment {
		this.#gradings.start(ownerId, assignmentId, order);
		return this.get(ownerId, assignmentId);
	}

	/** Grades one answer that is of no class, while somebody waits; nothing of it is kept (gradeOne.ts). */
	gradeOne(ownerId: string, order: SingleGradeOrder, payment: GradePayment, signal: AbortSignal): Promise<SettledGrade | null> {
		return gradeOne(this.#single, ownerId, order, payment, signal);
	}

	/** Whether the job that a hold pays for goes on by itself: one that rests until a person resumes it holds nothing. */
	isAlive(hold: Pick<Hold, 'id' | 'holderId'>): boolean {
		return this.#gradings.isAlive(hold);
	}

	/** What a check of an answer might be, from what its question and key say. */
	async suggestCheck(text: string, key: string): Promise<QuestionFields['check']> {
		// The maths library takes over a second to come in, which no start of the app is to wait for.
		const { suggestCheck } = await import('./check/suggestCheck.ts');
		return suggestCheck(text, key);
	}

	/** See countFeedback.ts. */
	countFeedback(ownerId: string): { assignmentId: string; withFeedback: number }[] {
		return countFeedback(this.#db, ownerId);
	}

	/** What the owner settled on in these classes, as chats to learn from (markedTurns.ts). */
	markedTurns(ownerId: string, assignmentIds: readonly string[]): MarkedClass[] {
		return [...new Set(assignmentIds)].map((assignmentId) => {
			const row = readAssignment(this.#db, ownerId, assignmentId);
			const asked = new Map(readQuestions(this.#db, ownerId, assignmentId).map((each) => [each.id, { ...askedOf(row, each), points: each.points }]));
			return { title: row.title, examples: markedTurns(this.#prompts, asked, readAnswers(this.#db, ownerId, assignmentId)) };
		});
	}

	/** All assignments of an owner with their answers and all that was proposed and settled for them, hidden ones too, to take away. */
	exportOf(ownerId: string): unknown {
		return exportClasses(this.#db, ownerId);
	}

	/** Deletes all of an owner's assignments with what hangs on them, in the transaction that deletes the owner. Its jobs have ended before. */
	removeAllOf(ownerId: string, tx: Tx): void {
		this.#intake.piles.drop(ownerId, null);
		tx.delete(assignment).where(owned(assignment, ownerId)).run();
		tx.delete(schoolClass).where(owned(schoolClass, ownerId)).run();
	}

	#toAssignment(row: AssignmentRow, counts = this.#counts.of(row.ownerId, [row.id])[0]): Assignment {
		if (!counts) throw new Error(`the assignment ${row.id} has no counts`);
		const job = this.#gradings.of(row);
		const { id, title, subject, gradeLevel, feedbackLanguage, blind, modelId, adapter, createdAt } = row;
		return {
			...{ id, title, subject, gradeLevel, feedbackLanguage, blind, modelId, adapter, createdAt },
			className: classNameOf(this.#db, row),
			questions: readQuestions(this.#db, row.ownerId, id).map(questionOf),
			job: job && { id: job.id, state: job.state, failure: job.failure },
			counts,
		};
	}
}

/** A change without what it leaves as it is. */
function named<Fields extends object>(fields: Changed<Fields>): Partial<Fields> {
	// The entries of an object without those that are undefined are a part of it.
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<Fields>;
}
