import { randomUUID } from 'node:crypto';
import { eq, type SQL, sql } from 'drizzle-orm';
import type { FailureRecord } from '#contract/errors.ts';
import { type Db, immediate, type Store, type Tx } from '../../platform/database/openDatabase.ts';
import type { JobRun } from '../../platform/jobs/JobRunner.ts';
import type { Allotment, Ledger } from '../ledger/ledger.ts';
import { ofAnswers } from './gradingRows.ts';
import { answer, proposal } from './schema.ts';
import type { SettledGrade } from './settleGrade.ts';

/** An answer that is graded. */
export interface AnswerSubject {
	id: string;
	questionId: string;
	text: string;
	/** What brought its text. */
	additionId: string | null;
}

interface Tools {
	db: Db;
	ledger: Ledger;
	now: () => number;
	changed(assignmentId: string, answerId: string): void;
}

/**
 * Where a job that grades a class writes down what comes of its answers: each with what it cost and with its item, in one transaction, so that after
 * a crash neither is there without the other. What it gives back is what was charged.
 */
export class GradeBook {
	readonly #tools: Tools;
	readonly #run: JobRun;
	readonly #of: { assignmentId: string; holdId: string; modelName: string };

	/** `of`: the class, the hold that pays, and the model as its proposals name it. */
	constructor(tools: Tools, run: JobRun, of: { assignmentId: string; holdId: string; modelName: string }) {
		this.#tools = tools;
		this.#run = run;
		this.#of = of;
	}

	/** Says of an answer that it is being graded. */
	begin(answerId: string): AnswerSubject {
		const columns = { id: answer.id, questionId: answer.questionId, text: answer.text, additionId: answer.additionId };
		const row = this.#tools.db.select(columns).from(answer).where(this.#isIt(answerId)).get();
		if (!row) throw new Error(`the answer ${answerId} is gone`);
		this.#setStatus(this.#tools.db, answerId, { status: 'running', failure: null });
		this.#tell(answerId);
		return row;
	}

	/** Stores a proposal, and tells that; null for `allotment` where the model was not asked. An answer that got another text meanwhile waits on. */
	complete(position: number, { id: answerId, additionId }: AnswerSubject, settled: SettledGrade & { basis: string }, allotment: Allotment | null): number {
		const { basis, score, points, outOf, verdicts, feedback, suggestions, confidence, doubts, second, decidedBy } = settled;
		const grade = { basis, score, points, outOf, verdicts, feedback, suggestions, confidence, doubts, second, decidedBy };
		let charged = 0;
		this.#run.completeItem(position, (tx) => {
			charged = allotment ? this.#charge(String(position), allotment, tx) : 0;
			const made = { tokens: tokensOf(allotment), charged, modelName: this.#of.modelName, additionId, createdAt: this.#tools.now() };
			tx.insert(proposal)
				.values({ id: randomUUID(), answerId, ...grade, ...made })
				.run();
			this.#setStatus(tx, answerId, { status: 'graded', failure: null }, sql`${answer.additionId} is ${additionId}`);
		});
		this.#tell(answerId);
		return charged;
	}

	/** Stores a failure with what was used for it all the same. */
	fail(position: number, answerId: string, record: FailureRecord, allotment: Allotment): number {
		let charged = 0;
		this.#run.failItem(position, record, (tx) => {
			charged = this.#charge(String(position), allotment, tx);
			this.#setStatus(tx, answerId, { status: 'failed', failure: record });
		});
		this.#tell(answerId);
		return charged;
	}

	/** Leaves an answer to be graded later, with what was used for it all the same. */
	putBack(position: number, answerId: string, allotment: Allotment): number {
		const charged = immediate(this.#tools.db, (tx) => {
			// Only where nobody else has settled it meanwhile.
			const running = this.#isIt(answerId, eq(answer.status, 'running'));
			tx.update(answer).set({ status: 'waiting' }).where(running).run();
			// It can be put back more than once.
			return this.#charge(`${position}/${randomUUID()}`, { used: { ...allotment.used, isPart: true } }, tx);
		});
		this.#tell(answerId);
		return charged;
	}

	#charge(chargeId: string, { used }: Pick<Allotment, 'used'>, tx: Tx): number {
		return this.#tools.ledger.charge(this.#of.holdId, chargeId, used, tx);
	}

	#setStatus(store: Store, answerId: string, status: Pick<typeof answer.$inferInsert, 'status' | 'failure'>, condition?: SQL): void {
		store.update(answer).set(status).where(this.#isIt(answerId, condition)).run();
	}

	/** The condition for an answer of the class that is graded, which is its owner's. */
	#isIt(answerId: string, condition?: SQL): SQL {
		return ofAnswers(this.#run.ownerId, this.#of.assignmentId, eq(answer.id, answerId), condition);
	}

	#tell(answerId: string): void {
		this.#tools.changed(this.#of.assignmentId, answerId);
	}
}

/** The tokens of the model that were used for an answer. */
export function tokensOf(allotment: Allotment | null): number {
	return allotment ? allotment.used.promptTokens + allotment.used.completionTokens : 0;
}
