import { randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { type FailureRecord, isFailure, toFailureRecord } from '#contract/errors.ts';
import { assignmentFields } from '#contract/grading.ts';
import type { Db, Store } from '../../platform/database/openDatabase.ts';
import type { JobItem, JobKind, JobRun } from '../../platform/jobs/JobRunner.ts';
import type { Logger } from '../../platform/log/createLog.ts';
import type { Engine } from '../engine/engine.ts';
import { gradeAnswer } from './gradeAnswer.ts';
import type { GradePrompts } from './gradePrompt.ts';
import { proposal, submission } from './schema.ts';

/** What a class is graded by, as it was when the job was queued: changes that the teacher makes later do not reach half a class. */
export const gradeSpec = z.strictObject({ assignmentId: z.string(), modelId: z.string(), fields: assignmentFields });
export type GradeSpec = z.infer<typeof gradeSpec>;

/** What grading needs around it. `changed` is called after each change of a submission's row. */
export interface GradeTools {
	db: Db;
	engine: Engine;
	prompts: GradePrompts;
	log: Logger;
	now: () => number;
	changed(assignmentId: string, submissionId: string): void;
}

/**
 * The job that grades a class: one item for each answer, as many at a time as the model was loaded for, each on its own.
 *
 * A grade and its item are stored together, so that after a crash it goes on at the item where it stopped. An engine that dies is
 * started once more for an answer before that answer fails; when it cannot be loaded again the job fails and keeps what it has.
 */
export function gradeClass(tools: GradeTools): JobKind {
	return { kind: 'grading', concurrency: 1, run: (run) => new ClassRun(tools, run).run() };
}

class ClassRun {
	readonly #tools: GradeTools;
	readonly #run: JobRun;
	readonly #spec: GradeSpec;
	/** Ends the others when one of those that work side by side comes to grief. */
	readonly #broken = new AbortController();
	readonly #signal: AbortSignal;
	#modelName = '';

	constructor(tools: GradeTools, run: JobRun) {
		this.#tools = tools;
		this.#run = run;
		this.#spec = gradeSpec.parse(run.spec);
		this.#signal = AbortSignal.any([run.signal, this.#broken.signal]);
	}

	async run(): Promise<void> {
		const queue = this.#run.pendingItems().values();
		const { plan, modelName } = await this.#tools.engine.ensureRunning(this.#spec.modelId, this.#signal);
		this.#modelName = modelName;
		const workers = Array.from({ length: plan?.parallel ?? 1 }, () => this.#work(queue));
		const ended = await Promise.allSettled(workers);
		const broken = ended.find((worker) => worker.status === 'rejected');
		if (broken) throw broken.reason;
	}

	/** Takes the next answer from the queue that all share, until there is none. */
	async #work(queue: Iterable<JobItem>): Promise<void> {
		try {
			for (const item of queue) {
				if (this.#signal.aborted) return;
				await this.#gradeItem(item);
			}
		} catch (error) {
			this.#broken.abort(error);
			throw error;
		}
	}

	async #gradeItem({ position, subjectId }: JobItem): Promise<void> {
		const row = this.#tools.db.select({ answer: submission.answer }).from(submission).where(eq(submission.id, subjectId)).get();
		if (!row) throw new Error(`the submission ${subjectId} is gone`);
		this.#setStatus(this.#tools.db, subjectId, { status: 'running', failure: null });
		this.#tools.changed(this.#spec.assignmentId, subjectId);
		try {
			const graded = await this.#gradeTwice(row.answer);
			if (graded === null) this.#putBack(subjectId);
			else this.#complete(position, subjectId, graded);
		} catch (error) {
			if (this.#signal.aborted || error instanceof LoadFailed) {
				this.#putBack(subjectId);
				if (error instanceof LoadFailed) throw error.cause;
				return;
			}
			if (!isFailure(error)) this.#tools.log.error({ err: error, submissionId: subjectId }, 'an answer could not be graded');
			this.#fail(position, subjectId, toFailureRecord(error, subjectId));
		}
	}

	/** Grades an answer, and once more where the engine went away meanwhile: it may have been another answer that brought it down. */
	async #gradeTwice(answer: string) {
		const order = { modelId: this.#spec.modelId, ownerId: this.#run.ownerId, fields: this.#spec.fields };
		try {
			return await gradeAnswer(this.#tools, order, answer, this.#signal);
		} catch (error) {
			const wentAway = isFailure(error, 'MODEL_WORKER_CRASHED') || isFailure(error, 'MODEL_NOT_RUNNING');
			if (!wentAway || this.#signal.aborted) throw error;
			await this.#loadAgain();
			return await gradeAnswer(this.#tools, order, answer, this.#signal);
		}
	}

	async #loadAgain(): Promise<void> {
		try {
			await this.#tools.engine.ensureRunning(this.#spec.modelId, this.#signal);
		} catch (error) {
			throw new LoadFailed('the model could not be loaded again', { cause: error });
		}
	}

	#complete(position: number, submissionId: string, { tokens, ...grade }: { tokens: number; feedback: string; suggestions: string[]; score: number }): void {
		this.#run.completeItem(position, (tx) => {
			tx.insert(proposal)
				.values({ id: randomUUID(), submissionId, ...grade, modelName: this.#modelName, tokens, createdAt: this.#tools.now() })
				.run();
			this.#setStatus(tx, submissionId, { status: 'graded', failure: null });
		});
		this.#tools.changed(this.#spec.assignmentId, submissionId);
	}

	#fail(position: number, submissionId: string, record: FailureRecord): void {
		this.#run.failItem(position, record, (tx) => this.#setStatus(tx, submissionId, { status: 'failed', failure: record }));
		this.#tools.changed(this.#spec.assignmentId, submissionId);
	}

	#putBack(submissionId: string): void {
		// Only where nobody else has settled it meanwhile.
		const running = and(eq(submission.id, submissionId), eq(submission.status, 'running'));
		this.#tools.db.update(submission).set({ status: 'waiting' }).where(running).run();
		this.#tools.changed(this.#spec.assignmentId, submissionId);
	}

	#setStatus(store: Store, submissionId: string, status: Pick<typeof submission.$inferInsert, 'status' | 'failure'>): void {
		store.update(submission).set(status).where(eq(submission.id, submissionId)).run();
	}
}

/** The engine went away and did not come back: no other answer would fare better. */
class LoadFailed extends Error {}
