import { and, eq, exists, inArray, type SQL } from 'drizzle-orm';
import type { AttachedAdapter } from '#contract/attachedAdapter.ts';
import { failure, isFailure } from '#contract/errors.ts';
import type { Answer } from '#contract/grading.ts';
import { isJobOver } from '#contract/isJobOver.ts';
import type { Job } from '#contract/jobs.ts';
import type { NamedModel } from '#contract/library.ts';
import { immediate } from '../../platform/database/openDatabase.ts';
import { owned } from '../../platform/database/owned.ts';
import type { JobRunner, OwnedJob } from '../../platform/jobs/JobRunner.ts';
import { type Hold, jobOfHold } from '../ledger/ledger.ts';
import { requireModel } from '../library/library.ts';
import { ClassCost, type CostedAnswer } from './ClassCost.ts';
import { type GradeTools, gradeClass } from './gradeClass.ts';
import type { GradeSpec } from './gradeSpec.ts';
import {
	type AssignmentRow,
	askedOf,
	type GradeWish,
	isForItsText,
	ofAnswers,
	ofAssignment,
	questionOf,
	readAssignment,
	readQuestions,
	readSubjects,
	toGrade,
} from './gradingRows.ts';
import { openJobHold } from './openJobHold.ts';
import { readUsedFractions } from './readUsedFractions.ts';
import { answer, assignment, proposal } from './schema.ts';

/** What `start` grades, and with what. */
export interface GradingOrder extends GradeWish {
	modelId: string;
	adapter: AttachedAdapter | null;
	passes: 1 | 2;
	/** Whether the model is shown what the teacher gave for like answers. */
	withMarks: boolean;
}

/** Tells those who watch an assignment that answers of it changed; all of them where `answerIds` are left out. */
type Tell = (ownerId: string, assignmentId: string, answerIds?: readonly string[]) => void;

/** The jobs that grade classes (gradeClass.ts): what one would cost, starting it, and what becomes of a class whose job ends before its end. */
export class GradingJobs {
	readonly #tools: GradeTools & { library: { get(modelId: string): NamedModel } };
	readonly #jobs: JobRunner;
	readonly #tell: Tell;

	/** Registers the kind of job. */
	constructor(tools: GradeTools & { library: { get(modelId: string): NamedModel } }, jobs: JobRunner, tell: Tell) {
		this.#tools = tools;
		this.#jobs = jobs;
		this.#tell = tell;
		jobs.register(gradeClass(tools));
		jobs.onChange((job) => this.#follow(job));
	}

	/** About what `start` would cost, for how many answers, and what there must be to begin. Throws NO_MODEL, and for an adapter what `start` does. */
	estimate(ownerId: string, assignmentId: string, order: GradingOrder): { answers: number; tokens: number; least: number } {
		const row = readAssignment(this.#tools.db, ownerId, assignmentId);
		if (order.modelId === '') throw failure('NO_MODEL', {});
		if (order.adapter) this.#tools.adapters.open(ownerId, order.adapter, order.modelId);
		const subjects = readSubjects(this.#tools.db, ownerId, assignmentId, order);
		const [cost, price] = [this.#classCost(ownerId, row, order), this.#tools.ledger.price('grading')];
		const tokens = cost.likelyPrice(price, subjects);
		return { answers: subjects.length, tokens, least: Math.min(tokens, cost.leastPrice(price, subjects)) };
	}

	/** Tells about what it would cost to have a model look once at answers that the class need not have yet. Throws NOT_FOUND where the model is gone. */
	costOf(ownerId: string, row: AssignmentRow, modelId: string): (answers: readonly CostedAnswer[]) => number {
		const [cost, price] = [this.#classCost(ownerId, row, { modelId, passes: 1, withMarks: false }), this.#tools.ledger.price('grading')];
		return (answers) => cost.likelyPrice(price, answers);
	}

	#classCost(ownerId: string, row: AssignmentRow, order: Pick<GradingOrder, 'modelId' | 'passes' | 'withMarks'>): ClassCost {
		const asked = new Map(readQuestions(this.#tools.db, ownerId, row.id).map((each) => [each.id, askedOf(row, each)]));
		const seen = readUsedFractions(this.#tools.db, this.#tools.prompts, ownerId, this.#tools.library.get(order.modelId).name);
		return new ClassCost(this.#tools.prompts, asked, order, seen);
	}

	/**
	 * Queues a job that grades what the order is about; without anything to grade it does nothing.
	 *
	 * What it is likely to cost is set aside with it, or as much of that as there is. Throws NO_MODEL, MODEL_MISSING where the model's file is gone, JOB_STATE while an
	 * earlier job is not over, and INSUFFICIENT_TOKENS, with nothing queued, where the balance does not do for one answer; for an adapter NOT_FOUND,
	 * ADAPTER_MISSING or ADAPTER_UNFIT.
	 */
	start(ownerId: string, assignmentId: string, order: GradingOrder): void {
		const row = readAssignment(this.#tools.db, ownerId, assignmentId);
		const { modelId, adapter, passes, withMarks } = order;
		requireModel(this.#tools.library, modelId);
		if (adapter) this.#tools.adapters.open(ownerId, adapter, modelId);
		this.refuseUnlessOver(row);
		immediate(this.#tools.db, (tx) => {
			const subjects = readSubjects(tx, ownerId, assignmentId, order);
			if (subjects.length === 0) return;
			tx.update(answer)
				.set({ status: 'waiting', failure: null })
				.where(toGrade(ownerId, assignmentId, order))
				.run();
			const { subject, gradeLevel, feedbackLanguage } = row;
			const asked = new Set(subjects.map(({ questionId }) => questionId));
			const questions = readQuestions(tx, ownerId, assignmentId)
				.map(questionOf)
				.filter(({ id }) => asked.has(id));
			const spec: GradeSpec = {
				assignmentId,
				modelId,
				adapter,
				passes,
				withMarks,
				queuedAt: this.#tools.now(),
				subject,
				gradeLevel,
				feedbackLanguage,
				questions,
			};
			const job = this.#jobs.enqueue({ kind: 'grading', ownerId, title: row.title, spec, subjectIds: subjects.map(({ id }) => id) }, tx);
			tx.update(assignment).set({ modelId, adapter, jobId: job.id }).where(ofAssignment(ownerId, assignmentId)).run();
			openJobHold(this.#tools, { id: job.id, ownerId, spec, subjectIds: subjects.map(({ id }) => id) }, tx, tx);
		});
		this.#tell(ownerId, assignmentId);
	}

	/** Whether the job that a hold pays for goes on by itself: one that rests until a person resumes it holds nothing. */
	isAlive({ id, holderId }: Pick<Hold, 'id' | 'holderId'>): boolean {
		const job = this.#findJob(holderId, jobOfHold(id));
		return job !== null && !isJobOver(job.state) && job.state !== 'paused';
	}

	/** The assignment's newest job; null where there is none, or none is kept any more. */
	of(row: AssignmentRow): Job | null {
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

	/** Throws JOB_STATE while an assignment is being graded. */
	refuseUnlessOver(row: AssignmentRow): void {
		const job = this.of(row);
		if (job && !isJobOver(job.state)) throw failure('JOB_STATE', { state: job.state });
	}

	/** Throws JOB_STATE while an assignment is being graded, unless that rests until a person resumes it. */
	refuseUnlessResting(row: AssignmentRow): void {
		if (this.of(row)?.state !== 'paused') this.refuseUnlessOver(row);
	}

	#follow(job: OwnedJob): void {
		if (job.kind !== 'grading') return;
		const isIt = owned(assignment, job.ownerId, eq(assignment.jobId, job.id));
		const row = this.#tools.db.select({ id: assignment.id }).from(assignment).where(isIt).get();
		if (!row) return;
		if (job.state === 'cancelled' || job.state === 'failed') this.#takeUpEarlierGrades(job.ownerId, row.id);
		else this.#tell(job.ownerId, row.id, []);
	}

	/** A class that was to be graded again, and was not to the end, keeps the earlier grades of the answers that were not reached. */
	#takeUpEarlierGrades(ownerId: string, assignmentId: string): void {
		const graded = exists(
			this.#tools.db
				.select({ id: proposal.id })
				.from(proposal)
				.where(and(eq(proposal.answerId, answer.id), isForItsText)),
		);
		const ofClass = (status: Answer['status'][], also?: SQL) => ofAnswers(ownerId, assignmentId, inArray(answer.status, status), also);
		this.#tools.db
			.update(answer)
			.set({ status: 'graded' })
			.where(ofClass(['waiting', 'running'], graded))
			.run();
		this.#tools.db
			.update(answer)
			.set({ status: 'waiting' })
			.where(ofClass(['running']))
			.run();
		this.#tell(ownerId, assignmentId);
	}
}
