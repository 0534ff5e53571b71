import { randomUUID } from 'node:crypto';
import { and, desc, eq, exists, inArray, isNull, lt, ne, type SQL } from 'drizzle-orm';
import { failure, isFailure } from '#contract/errors.ts';
import type { Assignment, AssignmentFields, ColumnMapping, Submission, TablePreview } from '#contract/grading.ts';
import type { Job, JobState } from '#contract/jobs.ts';
import type { Model } from '#contract/library.ts';
import { type Db, immediate, type Tx } from '../../platform/database/openDatabase.ts';
import type { JobRunner } from '../../platform/jobs/JobRunner.ts';
import type { Logger } from '../../platform/log/createLog.ts';
import type { Engine } from '../engine/engine.ts';
import { ChangedSubmissions } from './ChangedSubmissions.ts';
import { exportTable } from './exportTable.ts';
import { type GradeSpec, gradeClass } from './gradeClass.ts';
import { readGradePrompts } from './gradePrompt.ts';
import { type AssignmentRow, countSubmissions, fieldsOf, hasAnswer, readAssignment, readSubmission, readSubmissions } from './gradingRows.ts';
import { doubtHeader, guessMapping, mapRows } from './mapColumns.ts';
import { readTable, type TableInput } from './readTable.ts';
import { assignment, mark, proposal, submission } from './schema.ts';

/** How long a hidden assignment can still be brought back. */
const keepDeletedMs = 30 * 24 * 60 * 60 * 1000;
const sampleRows = 20;
const over: ReadonlySet<JobState> = new Set(['completed', 'failed', 'cancelled']);

/** A table and how to read it where it does not say so itself. */
export interface TableOrder {
	input: TableInput;
	encoding?: string | undefined;
	delimiter?: string | undefined;
}

/**
 * Classes of answers, graded by a model from a table and settled by the teacher.
 *
 * Every method takes the owner first and sees that owner's rows alone: another's id is NOT_FOUND. A model only ever proposes; the
 * teacher's mark stands beside the proposal and wins in what is given out. Make it before the jobs are started: it registers the
 * kind of job that grades, and puts back what the last run of the app was grading when it ended.
 */
export class Grading {
	readonly #db: Db;
	readonly #library: { get(modelId: string): Model };
	readonly #jobs: JobRunner;
	readonly #now: () => number;
	readonly #changes = new ChangedSubmissions();

	constructor(options: {
		db: Db;
		engine: Engine;
		library: { get(modelId: string): Model };
		jobs: JobRunner;
		promptsFolder: string;
		log: Logger;
		now?: () => number;
	}) {
		this.#db = options.db;
		this.#library = options.library;
		this.#jobs = options.jobs;
		this.#now = options.now ?? Date.now;
		this.#db.update(submission).set({ status: 'waiting' }).where(eq(submission.status, 'running')).run();
		this.#db
			.delete(assignment)
			.where(lt(assignment.deletedAt, this.#now() - keepDeletedMs))
			.run();
		const changed = (assignmentId: string, submissionId: string) => this.#changes.tell(assignmentId, [submissionId]);
		const { db, engine, log } = options;
		this.#jobs.register(gradeClass({ db, engine, log, prompts: readGradePrompts(options.promptsFolder), now: this.#now, changed }));
		this.#jobs.onChange((job) => this.#followJob(job));
	}

	/** Reads a table without keeping it, with a guess of the columns' meaning and every problem. Throws CSV_INVALID, CSV_COLUMN_MISSING. */
	async preview(_ownerId: string, order: TableOrder, mapping?: ColumnMapping): Promise<TablePreview> {
		const { encoding, delimiter, columns, rows, problems } = await readTable(order.input, order);
		const meant = mapping ?? guessMapping(columns);
		const mapped = meant === null ? [] : mapRows({ columns, rows }, meant).problems;
		return {
			encoding,
			delimiter,
			columns,
			sample: rows.slice(0, sampleRows).map(({ cells }) => columns.map((_, index) => cells[index] ?? '')),
			rowCount: rows.length,
			mapping: meant,
			problems: [...doubtHeader(columns), ...problems, ...mapped].sort((a, b) => a.row - b.row),
		};
	}

	/** Keeps a table as a class to be graded. Throws CSV_INVALID, also where there is no row of answers, and CSV_COLUMN_MISSING. */
	async create(ownerId: string, fields: AssignmentFields, order: TableOrder, mapping: ColumnMapping): Promise<Assignment> {
		const table = await readTable(order.input, order);
		const { rows } = mapRows(table, mapping);
		if (rows.length === 0) throw failure('CSV_INVALID', { row: 2, column: null, reason: 'Under the header there is no row with an answer.' });
		const row = { id: randomUUID(), ownerId, ...fields, columns: table.header, mapping, createdAt: this.#now() };
		return immediate(this.#db, (tx) => {
			const kept = tx.insert(assignment).values(row).returning().get();
			for (let at = 0; at < rows.length; at += 500) {
				const slice = rows.slice(at, at + 500).map((mapped) => ({ id: randomUUID(), assignmentId: row.id, ...mapped }));
				tx.insert(submission).values(slice).run();
			}
			return this.#toAssignment(tx, kept);
		});
	}

	/** The owner's assignments, newest first. */
	list(ownerId: string): Assignment[] {
		const mine = and(eq(assignment.ownerId, ownerId), isNull(assignment.deletedAt));
		const rows = this.#db.select().from(assignment).where(mine).orderBy(desc(assignment.createdAt)).all();
		return rows.map((row) => this.#toAssignment(this.#db, row));
	}

	get(ownerId: string, assignmentId: string): Assignment {
		return this.#toAssignment(this.#db, readAssignment(this.#db, ownerId, assignmentId));
	}

	/** Changes what is named; a class that is being graded goes on by what stood at its start. */
	change(ownerId: string, assignmentId: string, fields: { [Field in keyof AssignmentFields]?: AssignmentFields[Field] | undefined }): Assignment {
		const row = readAssignment(this.#db, ownerId, assignmentId);
		const changed = Object.values(fields).some((value) => value !== undefined);
		if (changed) this.#db.update(assignment).set(fields).where(eq(assignment.id, row.id)).run();
		this.#changes.tell(assignmentId);
		return this.get(ownerId, assignmentId);
	}

	/** Hides an assignment that is not being graded; it can be brought back for 30 days. */
	remove(ownerId: string, assignmentId: string): void {
		const row = readAssignment(this.#db, ownerId, assignmentId);
		this.#refuseUnlessOver(row);
		this.#db.update(assignment).set({ deletedAt: this.#now() }).where(eq(assignment.id, assignmentId)).run();
	}

	restore(ownerId: string, assignmentId: string): Assignment {
		readAssignment(this.#db, ownerId, assignmentId, true);
		this.#db.update(assignment).set({ deletedAt: null }).where(eq(assignment.id, assignmentId)).run();
		return this.get(ownerId, assignmentId);
	}

	/** The class in the order of its table. */
	submissions(ownerId: string, assignmentId: string): Submission[] {
		readAssignment(this.#db, ownerId, assignmentId);
		return readSubmissions(this.#db, assignmentId).map(({ shown }) => shown);
	}

	/** The assignment now, then again with the submissions that changed, at most five times a second. */
	watch(ownerId: string, assignmentId: string, signal?: AbortSignal): AsyncIterable<{ assignment: Assignment; changed: Submission[] }> {
		readAssignment(this.#db, ownerId, assignmentId);
		return this.#follow(ownerId, assignmentId, signal);
	}

	/**
	 * Queues a job that grades the answers not graded yet, or with `again` all of them; without anything to grade it does nothing.
	 *
	 * Throws NO_MODEL, MODEL_MISSING where the model's file is gone, and JOB_STATE while an earlier job is not over.
	 */
	start(ownerId: string, assignmentId: string, modelId: string, again: boolean): Assignment {
		const row = readAssignment(this.#db, ownerId, assignmentId);
		this.#refuseModel(modelId);
		this.#refuseUnlessOver(row);
		immediate(this.#db, (tx) => {
			const wanted = and(eq(submission.assignmentId, assignmentId), hasAnswer, again ? undefined : ne(submission.status, 'graded'));
			const subjects = tx.select({ id: submission.id }).from(submission).where(wanted).orderBy(submission.row).all();
			if (subjects.length === 0) return;
			tx.update(submission).set({ status: 'waiting', failure: null }).where(wanted).run();
			const spec: GradeSpec = { assignmentId, modelId, fields: fieldsOf(row) };
			const job = this.#jobs.enqueue({ kind: 'grading', ownerId, title: row.title, spec, subjectIds: subjects.map(({ id }) => id) }, tx);
			tx.update(assignment).set({ modelId, jobId: job.id }).where(eq(assignment.id, assignmentId)).run();
		});
		this.#tellOfAll(assignmentId);
		return this.get(ownerId, assignmentId);
	}

	/** Writes the teacher's mark. Left out, the feedback stays what it was: an earlier mark's, else the proposal's. */
	setMark(ownerId: string, submissionId: string, score: number, feedback?: string): Submission {
		return this.#changeMark(ownerId, submissionId, (tx, found) => {
			const settled = { score, feedback: feedback ?? found.mark?.feedback ?? found.proposal?.feedback ?? '', updatedAt: this.#now() };
			tx.insert(mark)
				.values({ submissionId, ...settled })
				.onConflictDoUpdate({ target: mark.submissionId, set: settled })
				.run();
		});
	}

	/** Takes the teacher's mark back; the model's proposal counts again. */
	clearMark(ownerId: string, submissionId: string): Submission {
		return this.#changeMark(ownerId, submissionId, (tx) => tx.delete(mark).where(eq(mark.submissionId, submissionId)).run());
	}

	/** The table as it came, with the grades in columns behind it (exportTable.ts). */
	export(ownerId: string, assignmentId: string): { fileName: string; text: string } {
		const { title, columns } = readAssignment(this.#db, ownerId, assignmentId);
		// Letters, digits and spaces after a word of our own make a name that every system takes.
		const plain = title
			.replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
			.trim()
			.slice(0, 60)
			.toWellFormed();
		return { fileName: `Grades ${plain}`.trim().concat('.csv'), text: exportTable(columns, readSubmissions(this.#db, assignmentId)) };
	}

	#toAssignment(store: Db | Tx, row: AssignmentRow): Assignment {
		const job = this.#jobOf(row);
		return {
			...fieldsOf(row),
			id: row.id,
			modelId: row.modelId,
			job: job && { id: job.id, state: job.state, failure: job.failure },
			counts: countSubmissions(store, row.id),
			createdAt: row.createdAt,
		};
	}

	#jobOf(row: AssignmentRow): Job | null {
		if (row.jobId === null) return null;
		try {
			return this.#jobs.get(row.ownerId, row.jobId);
		} catch (error) {
			// Jobs that ended are not kept for ever.
			if (isFailure(error, 'NOT_FOUND')) return null;
			throw error;
		}
	}

	#refuseModel(modelId: string): void {
		if (modelId === '') throw failure('NO_MODEL', {});
		const { fileState, name, fileName } = this.#library.get(modelId);
		if (fileState === 'missing') throw failure('MODEL_MISSING', { name, fileName });
	}

	#refuseUnlessOver(row: AssignmentRow): void {
		const job = this.#jobOf(row);
		if (job && !over.has(job.state)) throw failure('JOB_STATE', { state: job.state });
	}

	async *#follow(ownerId: string, assignmentId: string, signal?: AbortSignal) {
		for await (const ids of this.#changes.watch(assignmentId, signal)) {
			const changed = ids.length === 0 ? [] : readSubmissions(this.#db, assignmentId, ids).map(({ shown }) => shown);
			yield { assignment: this.get(ownerId, assignmentId), changed };
		}
	}

	#followJob(job: Job): void {
		if (job.kind !== 'grading') return;
		const row = this.#db.select({ id: assignment.id }).from(assignment).where(eq(assignment.jobId, job.id)).get();
		if (!row) return;
		if (job.state === 'cancelled' || job.state === 'failed') this.#takeUpEarlierGrades(row.id);
		else this.#changes.tell(row.id);
	}

	/** A class that was to be graded again, and was not to the end, keeps the earlier grades of the answers that were not reached. */
	#takeUpEarlierGrades(assignmentId: string): void {
		const graded = exists(this.#db.select({ id: proposal.id }).from(proposal).where(eq(proposal.submissionId, submission.id)));
		const ofClass = (status: Submission['status'][], also?: SQL) => and(eq(submission.assignmentId, assignmentId), inArray(submission.status, status), also);
		this.#db
			.update(submission)
			.set({ status: 'graded' })
			.where(ofClass(['waiting', 'running'], graded))
			.run();
		this.#db
			.update(submission)
			.set({ status: 'waiting' })
			.where(ofClass(['running']))
			.run();
		this.#tellOfAll(assignmentId);
	}

	#tellOfAll(assignmentId: string): void {
		const ids = this.#db.select({ id: submission.id }).from(submission).where(eq(submission.assignmentId, assignmentId)).all();
		this.#changes.tell(
			assignmentId,
			ids.map(({ id }) => id),
		);
	}

	#changeMark(ownerId: string, submissionId: string, change: (tx: Tx, found: Submission) => void): Submission {
		const { assignmentId, ...changed } = immediate(this.#db, (tx) => {
			change(tx, readSubmission(tx, ownerId, submissionId));
			return readSubmission(tx, ownerId, submissionId);
		});
		this.#changes.tell(assignmentId, [submissionId]);
		return changed;
	}
}
