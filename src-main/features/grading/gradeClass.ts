import { randomUUID } from 'node:crypto';
import { eq, type SQL } from 'drizzle-orm';
import { z } from 'zod';
import { attachedAdapter } from '#contract/attachedAdapter.ts';
import { type FailureRecord, isFailure, toFailureRecord } from '#contract/errors.ts';
import { assignmentFields } from '#contract/grading.ts';
import { type Db, immediate, type Store, type Tx } from '../../platform/database/openDatabase.ts';
import { type JobItem, type JobKind, JobPaused, type JobRun } from '../../platform/jobs/JobRunner.ts';
import type { Logger } from '../../platform/log/createLog.ts';
import { type AdapterShelf, type Engine, isAdapterFailure, nameWithAdapter, type OpenAdapter } from '../engine/engine.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { ClassCost } from './ClassCost.ts';
import { gradeAnswer } from './gradeAnswer.ts';
import type { GradePrompts } from './gradePrompt.ts';
import type { Grade } from './gradeSchema.ts';
import { ofSubmissions } from './gradingRows.ts';
import { type Allotment, HoldShare } from './HoldShare.ts';
import { findJobHold, openJobHold } from './jobHold.ts';
import { proposal, submission } from './schema.ts';

/** What a class is graded by, as it was when the job was queued: changes that the teacher makes later do not reach half a class. */
export const gradeSpec = z.strictObject({
	assignmentId: z.string(),
	modelId: z.string(),
	/** Jobs from before there were adapters name none. */
	adapter: attachedAdapter.nullable().default(null),
	fields: assignmentFields,
});
export type GradeSpec = z.infer<typeof gradeSpec>;

/** What grading needs around it. `changed` is called after each change of a submission's row. */
export interface GradeTools {
	db: Db;
	engine: Engine;
	library: { get(modelId: string): { name: string } };
	ledger: Ledger;
	adapters: AdapterShelf;
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
 *
 * It is paid for from one hold (jobHold.ts): each answer is charged in the transaction that stores its grade or its failure, and what
 * is left goes back in the one that ends the job. Where the hold and the balance run out the job pauses itself, and so it does where its
 * owner may not use the model any more, or its adapter cannot be used; the rest goes back then too. A job that is taken up again after that or after its end has another
 * hold, by the price and the meter of then, or is refused.
 */
export function gradeClass(tools: GradeTools): JobKind {
	return {
		kind: 'grading',
		concurrency: 1,
		run: (run) => new ClassRun(tools, run).run(),
		ended: ({ id }, tx) => releaseRest(tools.ledger, id, tx),
		resumed: ({ spec, ...job }, tx) => void openJobHold(tools, { ...job, spec: gradeSpec.parse(spec) }, tx, tx),
	};
}

function releaseRest(ledger: Ledger, jobId: string, tx?: Tx): void {
	const { id, hold } = findJobHold(ledger, jobId);
	if (hold) ledger.release(id, tx);
}

class ClassRun {
	readonly #tools: GradeTools;
	readonly #run: JobRun;
	readonly #spec: GradeSpec;
	/** Ends the others when one of those that work side by side comes to grief. */
	readonly #broken = new AbortController();
	readonly #signal: AbortSignal;
	readonly #cost: ClassCost;
	#modelName = '';
	#adapter: OpenAdapter | null = null;
	#holdId = '';

	constructor(tools: GradeTools, run: JobRun) {
		this.#tools = tools;
		this.#run = run;
		this.#spec = gradeSpec.parse(run.spec);
		this.#cost = new ClassCost(tools.prompts, this.#spec.fields);
		this.#signal = AbortSignal.any([run.signal, this.#broken.signal]);
	}

	async run(): Promise<void> {
		try {
			await this.#gradeAll();
		} catch (error) {
			const paused = pauseFor(error);
			if (paused) releaseRest(this.#tools.ledger, this.#run.id);
			throw paused ?? error;
		}
	}

	async #gradeAll(): Promise<void> {
		const { id, ownerId } = this.#run;
		const items = this.#run.pendingItems();
		const hold = openJobHold(this.#tools, { id, ownerId, spec: this.#spec, subjectIds: items.map(({ subjectId }) => subjectId) }, this.#tools.db);
		this.#holdId = hold.id;
		const share = new HoldShare(this.#tools.ledger, hold);
		const queue = items.values();
		const { adapter, modelId } = this.#spec;
		this.#adapter = adapter && this.#tools.adapters.open(ownerId, adapter, modelId);
		const { plan, modelName } = await this.#tools.engine.ensureRunning(this.#run.ownerId, this.#spec.modelId, this.#signal);
		this.#modelName = nameWithAdapter(modelName, this.#adapter);
		const workers = Array.from({ length: plan?.parallel ?? 1 }, () => this.#work(queue, share));
		const ended = await Promise.allSettled(workers);
		const broken = ended.find((worker) => worker.status === 'rejected');
		if (broken) throw broken.reason;
	}

	/** Takes the next answer from the queue that all share, until there is none. */
	async #work(queue: Iterable<JobItem>, share: HoldShare): Promise<void> {
		try {
			for (const item of queue) {
				if (this.#signal.aborted) return;
				await this.#gradeItem(item, share.open());
			}
		} catch (error) {
			this.#broken.abort(error);
			throw error;
		}
	}

	async #gradeItem({ position, subjectId }: JobItem, allotment: Allotment): Promise<void> {
		let charged = 0;
		try {
			const graded = await this.#gradeTwice(this.#begin(subjectId), allotment);
			charged = graded === null ? this.#putBack(position, subjectId, allotment) : this.#complete(position, subjectId, graded, allotment);
		} catch (error) {
			// Without memory for the adapter's context no other answer would fare better.
			const paused = pauseFor(error) ?? (this.#adapter && isFailure(error, 'MODEL_TOO_BIG') ? new JobPaused(error) : null);
			if (this.#signal.aborted || error instanceof LoadFailed || paused) {
				charged = this.#putBack(position, subjectId, allotment);
				if (error instanceof LoadFailed) throw error.cause;
				if (paused) throw paused;
				return;
			}
			if (!isFailure(error)) this.#tools.log.error({ err: error, submissionId: subjectId }, 'an answer could not be graded');
			charged = this.#fail(position, subjectId, toFailureRecord(error, subjectId), allotment);
		} finally {
			allotment.close(charged);
		}
	}

	#begin(subjectId: string): string {
		const row = this.#tools.db.select({ answer: submission.answer }).from(submission).where(this.#isIt(subjectId)).get();
		if (!row) throw new Error(`the submission ${subjectId} is gone`);
		this.#setStatus(this.#tools.db, subjectId, { status: 'running', failure: null });
		this.#tools.changed(this.#spec.assignmentId, subjectId);
		return row.answer;
	}

	/** Grades an answer, and once more where the engine went away meanwhile: it may have been another answer that brought it down. */
	async #gradeTwice(answer: string, allotment: Allotment): Promise<Grade | null> {
		const order = { modelId: this.#spec.modelId, ownerId: this.#run.ownerId, adapter: this.#adapter, fields: this.#spec.fields };
		const subject = { answer, likelyTokens: this.#cost.likelyTokens(answer) };
		const grade = () => gradeAnswer({ ...this.#tools, allotment }, order, subject, this.#signal);
		try {
			return await grade();
		} catch (error) {
			const wentAway = isFailure(error, 'MODEL_WORKER_CRASHED') || isFailure(error, 'MODEL_NOT_RUNNING');
			if (!wentAway || this.#signal.aborted) throw error;
			await this.#loadAgain();
			return await grade();
		}
	}

	async #loadAgain(): Promise<void> {
		try {
			await this.#tools.engine.ensureRunning(this.#run.ownerId, this.#spec.modelId, this.#signal);
		} catch (error) {
			throw new LoadFailed('the model could not be loaded again', { cause: error });
		}
	}

	/** Stores a grade with what it cost, and tells that. */
	#complete(position: number, submissionId: string, grade: Grade, allotment: Allotment): number {
		const tokens = allotment.used.promptTokens + allotment.used.completionTokens;
		let charged = 0;
		this.#run.completeItem(position, (tx) => {
			charged = this.#charge(String(position), allotment, tx);
			tx.insert(proposal)
				.values({ id: randomUUID(), submissionId, ...grade, modelName: this.#modelName, tokens, charged, createdAt: this.#tools.now() })
				.run();
			this.#setStatus(tx, submissionId, { status: 'graded', failure: null });
		});
		this.#tools.changed(this.#spec.assignmentId, submissionId);
		return charged;
	}

	/** Stores a failure with what was used for it all the same, and tells what that cost. */
	#fail(position: number, submissionId: string, record: FailureRecord, allotment: Allotment): number {
		let charged = 0;
		this.#run.failItem(position, record, (tx) => {
			charged = this.#charge(String(position), allotment, tx);
			this.#setStatus(tx, submissionId, { status: 'failed', failure: record });
		});
		this.#tools.changed(this.#spec.assignmentId, submissionId);
		return charged;
	}

	#charge(chargeId: string, { used }: Allotment, tx: Tx): number {
		return this.#tools.ledger.charge(this.#holdId, chargeId, used, tx);
	}

	/** Leaves an answer to be graded later, and tells what was used for it all the same and what that cost. */
	#putBack(position: number, submissionId: string, allotment: Allotment): number {
		const charged = immediate(this.#tools.db, (tx) => {
			// Only where nobody else has settled it meanwhile.
			const running = this.#isIt(submissionId, eq(submission.status, 'running'));
			tx.update(submission).set({ status: 'waiting' }).where(running).run();
			// It can be put back more than once.
			return this.#charge(`${position}/${randomUUID()}`, allotment, tx);
		});
		this.#tools.changed(this.#spec.assignmentId, submissionId);
		return charged;
	}

	#setStatus(store: Store, submissionId: string, status: Pick<typeof submission.$inferInsert, 'status' | 'failure'>): void {
		store.update(submission).set(status).where(this.#isIt(submissionId)).run();
	}

	/** The condition for an answer of the class that is graded, which is its owner's. */
	#isIt(submissionId: string, condition?: SQL): SQL {
		return ofSubmissions(this.#run.ownerId, this.#spec.assignmentId, eq(submission.id, submissionId), condition);
	}
}

/** Why the job is to pause itself: the balance is used up, or model or adapter are not (any more) what the owner can use. Null: for neither. */
function pauseFor(error: unknown): JobPaused | null {
	if (error instanceof JobPaused) return error;
	const isForOwner = isFailure(error, 'INSUFFICIENT_TOKENS') || (isFailure(error, 'NOT_FOUND') && error.data.what === 'model') || isAdapterFailure(error);
	return isForOwner && isFailure(error) ? new JobPaused(error) : null;
}

/** The engine went away and did not come back: no other answer would fare better. */
class LoadFailed extends Error {}
