import { randomUUID } from 'node:crypto';
import { desc, eq, exists, inArray, isNull, lt, type SQL } from 'drizzle-orm';
import type { AttachedAdapter } from '#contract/attachedAdapter.ts';
import { failure, isFailure } from '#contract/errors.ts';
import type { Assignment, AssignmentFields, ColumnMapping, Submission, TablePreview } from '#contract/grading.ts';
import type { Job, JobState } from '#contract/jobs.ts';
import type { Model } from '#contract/library.ts';
import { readTable, type TableInput } from '../../platform/csv/readTable.ts';
import { type Db, immediate, type Tx } from '../../platform/database/openDatabase.ts';
import { everyOwner, owned } from '../../platform/database/owned.ts';
import type { JobRunner, OwnedJob } from '../../platform/jobs/JobRunner.ts';
import type { Logger } from '../../platform/log/createLog.ts';
import { type AdapterShelf, type Engine, noAdapters } from '../engine/engine.ts';
import type { Hold, Ledger } from '../ledger/ledger.ts';
import { ChangedSubmissions } from './ChangedSubmissions.ts';
import { ClassCost } from './ClassCost.ts';
import { exportTable } from './exportTable.ts';
import { type GradeSpec, gradeClass } from './gradeClass.ts';
import { type GradePrompts, readGradePrompts } from './gradePrompt.ts';
import { gradeSchema, isGrade } from './gradeSchema.ts';
import {
	type AssignmentRow,
	countSubmissions,
	fieldsOf,
	ofAssignment,
	ofSubmissions,
	readAssignment,
	readSubjects,
	readSubmission,
	readSubmissions,
	toGrade,
} from './gradingRows.ts';
import { jobOfHold } from './jobHold.ts';
import { doubtHeader, guessMapping, mapRows } from './mapColumns.ts';
import { type MarkedClass, markedTurns } from './markedTurns.ts';
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
	/** What a model is held to when it grades, for those that ask it the same elsewhere. */
	static readonly form = { schema: gradeSchema, reads: isGrade };
	readonly #db: Db;
	readonly #library: { get(modelId: string): Model };
	readonly #jobs: JobRunner;
	readonly #ledger: Ledger;
	readonly #adapters: AdapterShelf;
	readonly #prompts: GradePrompts;
	readonly #now: () => number;
	readonly #changes = new ChangedSubmissions();

	constructor(options: {
		db: Db;
		engine: Engine;
		library: { get(modelId: string): Model };
		jobs: JobRunner;
		ledger: Ledger;
		/** Left out: there are none. */
		adapters?: AdapterShelf;
		promptsFolder: string;
		log: Logger;
		now?: () => number;
	}) {
		this.#db = options.db;
		this.#library = options.library;
		this.#jobs = options.jobs;
		this.#ledger = options.ledger;
		this.#adapters = options.adapters ?? noAdapters;
		this.#prompts = readGradePrompts(options.promptsFolder);
		this.#now = options.now ?? Date.now;
		// Whoever's they are: nobody has asked for anything yet.
		this.#db
			.update(submission)
			.set({ status: 'waiting' })
			.where(everyOwner(submission.assignmentId, eq(submission.status, 'running')))
			.run();
		this.#db
			.delete(assignment)
			.where(everyOwner(assignment, lt(assignment.deletedAt, this.#now() - keepDeletedMs)))
			.run();
		const changed = (assignmentId: string, submissionId: string) => this.#changes.tell(assignmentId, [submissionId]);
		const { db, engine, library, ledger, log } = options;
		this.#jobs.register(gradeClass({ db, engine, library, ledger, adapters: this.#adapters, log, prompts: this.#prompts, now: this.#now, changed }));
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
		const mine = owned(assignment, ownerId, isNull(assignment.deletedAt));
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
		if (changed) this.#db.update(assignment).set(fields).where(ofAssignment(ownerId, row.id)).run();
		this.#changes.tell(assignmentId);
		return this.get(ownerId, assignmentId);
	}

	/** Hides an assignment that is not being graded; it can be brought back for 30 days. */
	remove(ownerId: string, assignmentId: string): void {
		const row = readAssignment(this.#db, ownerId, assignmentId);
		this.#refuseUnlessOver(row);
		this.#db.update(assignment).set({ deletedAt: this.#now() }).where(ofAssignment(ownerId, assignmentId)).run();
	}

	restore(ownerId: string, assignmentId: string): Assignment {
		readAssignment(this.#db, ownerId, assignmentId, true);
		this.#db.update(assignment).set({ deletedAt: null }).where(ofAssignment(ownerId, assignmentId)).run();
		return this.get(ownerId, assignmentId);
	}

	/** The class in the order of its table. */
	submissions(ownerId: string, assignmentId: string): Submission[] {
		readAssignment(this.#db, ownerId, assignmentId);
		return readSubmissions(this.#db, ownerId, assignmentId).map(({ shown }) => shown);
	}

	/** The assignment now, then again with the submissions that changed, at most five times a second. */
	watch(ownerId: string, assignmentId: string, signal?: AbortSignal): AsyncIterable<{ assignment: Assignment; changed: Submission[] }> {
		readAssignment(this.#db, ownerId, assignmentId);
		return this.#follow(ownerId, assignmentId, signal);
	}

	/** About what `start` would cost, and for how many answers. Throws NO_MODEL, and for an adapter what `start` does. */
	estimate(
		ownerId: string,
		assignmentId: string,
		modelId: string,
		again: boolean,
		adapter: AttachedAdapter | null = null,
	): { answers: number; tokens: number } {
		const row = readAssignment(this.#db, ownerId, assignmentId);
		if (modelId === '') throw failure('NO_MODEL', {});
		if (adapter) this.#adapters.open(ownerId, adapter, modelId);
		const subjects = readSubjects(this.#db, ownerId, assignmentId, again);
		return { answers: subjects.length, tokens: this.#likelyPrice(row, subjects) };
	}

	/**
	 * Queues a job that grades the answers not graded yet, or with `again` all of them; without anything to grade it does nothing.
	 *
	 * What it is likely to cost is set aside with it. Throws NO_MODEL, MODEL_MISSING where the model's file is gone, JOB_STATE while an
	 * earlier job is not over, and INSUFFICIENT_TOKENS, with nothing queued, where the balance does not do for it; for an adapter NOT_FOUND,
	 * ADAPTER_MISSING or ADAPTER_UNFIT.
	 */
	start(ownerId: string, assignmentId: string, modelId: string, again: boolean, adapter: AttachedAdapter | null = null): Assignment {
		const row = readAssignment(this.#db, ownerId, assignmentId);
		const model = this.#requireModel(modelId);
		if (adapter) this.#adapters.open(ownerId, adapter, modelId);
		this.#refuseUnlessOver(row);
		immediate(this.#db, (tx) => {
			const subjects = readSubjects(tx, ownerId, assignmentId, again);
			if (subjects.length === 0) return;
			tx.update(submission)
				.set({ status: 'waiting', failure: null })
				.where(toGrade(ownerId, assignmentId, again))
				.run();
			const spec: GradeSpec = { assignmentId, modelId, adapter, fields: fieldsOf(row) };
			const job = this.#jobs.enqueue({ kind: 'grading', ownerId, title: row.title, spec, subjectIds: subjects.map(({ id }) => id) }, tx);
			tx.update(assignment).set({ modelId, adapter, jobId: job.id }).where(ofAssignment(ownerId, assignmentId)).run();
			const work = { requestId: job.id, accountId: ownerId, task: 'grading', modelId, modelName: model.name, subjectId: assignmentId } as const;
			this.#ledger.reserve({ ...work, tokens: this.#likelyPrice(row, subjects) }, tx);
		});
		this.#tellOfAll(ownerId, assignmentId);
		return this.get(ownerId, assignmentId);
	}

	/** Whether the job that a hold pays for goes on, now or when it is resumed. */
	isAlive({ id, holderId }: Pick<Hold, 'id' | 'holderId'>): boolean {
		const job = this.#findJob(holderId, jobOfHold(id));
		return job !== null && !over.has(job.state);
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
		return this.#changeMark(ownerId, submissionId, (tx, { assignmentId }) => {
			const its = tx
				.select({ id: submission.id })
				.from(submission)
				.where(ofSubmissions(ownerId, assignmentId, eq(submission.id, submissionId)));
			tx.delete(mark).where(inArray(mark.submissionId, its)).run();
		});
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
		return { fileName: `Grades ${plain}`.trim().concat('.csv'), text: exportTable(columns, readSubmissions(this.#db, ownerId, assignmentId)) };
	}

	/** What the owner settled on in these classes, as chats to learn from (markedTurns.ts). */
	markedTurns(ownerId: string, assignmentIds: readonly string[]): MarkedClass[] {
		return [...new Set(assignmentIds)].map((assignmentId) => {
			const row = readAssignment(this.#db, ownerId, assignmentId);
			const submissions = readSubmissions(this.#db, ownerId, assignmentId).map(({ shown }) => shown);
			return markedTurns(this.#prompts, fieldsOf(row), submissions);
		});
	}

	/** All assignments of an owner with their answers, proposals and marks, hidden ones too, for the owner to take away. */
	exportOf(ownerId: string): unknown {
		const own = this.#db.select().from(assignment).where(owned(assignment, ownerId)).orderBy(assignment.createdAt).all();
		return own.map(({ ownerId: _ownerId, ...row }) => ({
			...row,
			submissions: readSubmissions(this.#db, ownerId, row.id).map(({ shown, cells }) => ({ ...shown, cells })),
		}));
	}

	/** Deletes all of an owner's assignments with what hangs on them, in the transaction that deletes the owner. Its jobs have ended before. */
	removeAllOf(ownerId: string, tx: Tx): void {
		tx.delete(assignment).where(owned(assignment, ownerId)).run();
	}

	#toAssignment(store: Db | Tx, row: AssignmentRow): Assignment {
		const job = this.#jobOf(row);
		return {
			...fieldsOf(row),
			id: row.id,
			modelId: row.modelId,
			adapter: row.adapter,
			job: job && { id: job.id, state: job.state, failure: job.failure },
			counts: countSubmissions(store, row.ownerId, row.id),
			createdAt: row.createdAt,
		};
	}

	#jobOf(row: AssignmentRow): Job | null {
		return row.jobId === null ? null : this.#findJob(row.ownerId, row.jobId);
	}

	#findJob(ownerId: string, jobId: string): Job | null {
		try {
			return this.#jobs.get(ownerId, jobId);
		} catch (error) {
			// Jobs that ended are not kept for ever.
			if (isFailure(error, 'NOT_FOUND')) return null;
			throw error;
		}
	}

	#likelyPrice(row: AssignmentRow, subjects: readonly { answer: string }[]): number {
		const answers = subjects.map(({ answer }) => answer);
		return new ClassCost(this.#prompts, fieldsOf(row)).likelyPrice(this.#ledger.price('grading'), answers);
	}

	#requireModel(modelId: string): Model {
		if (modelId === '') throw failure('NO_MODEL', {});
		const model = this.#library.get(modelId);
		if (model.fileState === 'missing') throw failure('MODEL_MISSING', { name: model.name, fileName: model.fileName });
		return model;
	}

	#refuseUnlessOver(row: AssignmentRow): void {
		const job = this.#jobOf(row);
		if (job && !over.has(job.state)) throw failure('JOB_STATE', { state: job.state });
	}

	async *#follow(ownerId: string, assignmentId: string, signal?: AbortSignal) {
		for await (const ids of this.#changes.watch(assignmentId, signal)) {
			const changed = ids.length === 0 ? [] : readSubmissions(this.#db, ownerId, assignmentId, ids).map(({ shown }) => shown);
			yield { assignment: this.get(ownerId, assignmentId), changed };
		}
	}

	#followJob(job: OwnedJob): void {
		if (job.kind !== 'grading') return;
		const isIt = owned(assignment, job.ownerId, eq(assignment.jobId, job.id));
		const row = this.#db.select({ id: assignment.id }).from(assignment).where(isIt).get();
		if (!row) return;
		if (job.state === 'cancelled' || job.state === 'failed') this.#takeUpEarlierGrades(job.ownerId, row.id);
		else this.#changes.tell(row.id);
	}

	/** A class that was to be graded again, and was not to the end, keeps the earlier grades of the answers that were not reached. */
	#takeUpEarlierGrades(ownerId: string, assignmentId: string): void {
		const graded = exists(this.#db.select({ id: proposal.id }).from(proposal).where(eq(proposal.submissionId, submission.id)));
		const ofClass = (status: Submission['status'][], also?: SQL) => ofSubmissions(ownerId, assignmentId, inArray(submission.status, status), also);
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
		this.#tellOfAll(ownerId, assignmentId);
	}

	#tellOfAll(ownerId: string, assignmentId: string): void {
		const ids = this.#db.select({ id: submission.id }).from(submission).where(ofSubmissions(ownerId, assignmentId)).all();
		this.#changes.tell(
			assignmentId,
			ids.map(({ id }) => id),
		);
	}

	#changeMark(ownerId: string, submissionId: string, change: (tx: Tx, found: Submission & { assignmentId: string }) => void): Submission {
		const { assignmentId, ...changed } = immediate(this.#db, (tx) => {
			change(tx, readSubmission(tx, ownerId, submissionId));
			return readSubmission(tx, ownerId, submissionId);
		});
		this.#changes.tell(assignmentId, [submissionId]);
		return changed;
	}
}
