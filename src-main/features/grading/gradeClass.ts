import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { and, desc, eq, inArray, type SQL } from 'drizzle-orm';
import { type FailureRecord, isFailure, toFailureRecord } from '#contract/errors.ts';
import type { Question } from '#contract/grading.ts';
import { type Db, immediate, type Store, type Tx } from '../../platform/database/openDatabase.ts';
import { type JobItem, type JobKind, JobPaused, type JobRun } from '../../platform/jobs/JobRunner.ts';
import type { Logger } from '../../platform/log/createLog.ts';
import { type AdapterShelf, type Engine, nameWithAdapter, type OpenAdapter, pauseFor } from '../engine/engine.ts';
import { type Allotment, HoldShare, type Ledger, releaseJobHold } from '../ledger/ledger.ts';
import { ClassCost } from './ClassCost.ts';
import { revealHidden } from './check/revealHidden.ts';
import { withoutTalk } from './check/withoutTalk.ts';
import { doubtUnlike } from './doubtUnlike.ts';
import { gradeAnswer, type Look } from './gradeAnswer.ts';
import type { Asked, GradePrompts } from './gradePrompt.ts';
import { askedBy, basisBy, type GradeSpec, readGradeSpec } from './gradeSpec.ts';
import { ofAnswers } from './gradingRows.ts';
import type { LikeGroups } from './LikeGroups.ts';
import { openJobHold } from './openJobHold.ts';
import { readUsedFractions } from './readUsedFractions.ts';
import type { RubricOrder } from './rubricForm.ts';
import { answer, proposal } from './schema.ts';
import { type SettledGrade, settleGrade, settleLike } from './settleGrade.ts';
import { TeachersMarks } from './TeachersMarks.ts';

/** What grading needs around it. `changed` is called after each change of an answer's row. */
export interface GradeTools {
	db: Db;
	engine: Engine;
	library: { get(modelId: string): { name: string } };
	ledger: Ledger;
	adapters: AdapterShelf;
	prompts: GradePrompts;
	groups: LikeGroups;
	log: Logger;
	now: () => number;
	changed(assignmentId: string, answerId: string): void;
}

/**
 * The job that grades a class: one item for each answer, as many at a time as the model was loaded for, each on its own. An answer that says
 * the same as one before it to the same question gets what that one got, without being asked again.
 *
 * A grade and its item are stored together, so that after a crash it goes on at the item where it stopped. An engine that dies is
 * started once more for an answer before that answer fails; when it cannot be loaded again the job fails and keeps what it has.
 *
 * It is paid for from one hold (openJobHold.ts): each answer is charged in the transaction that stores its grade or its failure, and what
 * is left goes back in the one that ends the job. Where the hold and the balance run out the job pauses itself, and so it does where its
 * owner may not use the model any more, or its adapter cannot be used; the rest goes back then too. A job that is taken up again after that or after its end has another
 * hold, by the price and the meter of then, or is refused.
 */
export function gradeClass(tools: GradeTools): JobKind {
	return {
		kind: 'grading',
		concurrency: 1,
		run: (run) => new ClassRun(tools, run).run(),
		ended: ({ id }, tx) => releaseJobHold(tools.ledger, id, tx),
		resumed: ({ spec, ...job }, tx) => void openJobHold(tools, { ...job, spec: readGradeSpec(spec) }, tx, tx),
	};
}

class ClassRun {
	readonly #tools: GradeTools;
	readonly #run: JobRun;
	readonly #spec: GradeSpec;
	/** Ends the others when one of those that work side by side comes to grief. */
	readonly #broken = new AbortController();
	readonly #signal: AbortSignal;
	#cost: ClassCost;
	readonly #asked: ReadonlyMap<string, Asked>;
	readonly #basis: ReadonlyMap<string, string>;
	/** What answers got, by their question and what they say. */
	readonly #given = new Map<string, SettledGrade>();
	/** Null: they are not shown. */
	#marks: TeachersMarks | null = null;
	#modelName = '';
	#adapter: OpenAdapter | null = null;
	#holdId = '';

	constructor(tools: GradeTools, run: JobRun) {
		this.#tools = tools;
		this.#run = run;
		this.#spec = readGradeSpec(run.spec);
		this.#asked = askedBy(this.#spec);
		this.#basis = basisBy(this.#spec);
		this.#cost = new ClassCost(tools.prompts, this.#asked, this.#spec);
		this.#signal = AbortSignal.any([run.signal, this.#broken.signal]);
	}

	async run(): Promise<void> {
		try {
			await this.#gradeAll();
		} catch (error) {
			const paused = pauseFor(error);
			if (paused) releaseJobHold(this.#tools.ledger, this.#run.id);
			throw paused ?? error;
		}
	}

	async #gradeAll(): Promise<void> {
		const { id, ownerId } = this.#run;
		const items = this.#run.pendingItems();
		const hold = openJobHold(this.#tools, { id, ownerId, spec: this.#spec, subjectIds: items.map(({ subjectId }) => subjectId) }, this.#tools.db);
		this.#holdId = hold.id;
		const share = new HoldShare(this.#tools.ledger, hold);
		const queue = this.#queueOf(items).values();
		const { adapter, modelId } = this.#spec;
		this.#adapter = adapter && this.#tools.adapters.open(ownerId, adapter, modelId);
		const { plan, modelName } = await this.#tools.engine.ensureRunning(this.#run.ownerId, this.#spec.modelId, this.#signal);
		this.#modelName = nameWithAdapter(modelName, this.#adapter);
		const { db, prompts } = this.#tools;
		this.#cost = new ClassCost(prompts, this.#asked, this.#spec, readUsedFractions(db, prompts, ownerId, modelName));
		this.#recall(items);
		this.#marks = this.#readMarks();
		const workers = Array.from({ length: plan?.parallel ?? 1 }, () => this.#work(queue, share));
		const ended = await Promise.allSettled(workers);
		const broken = ended.find((worker) => worker.status === 'rejected');
		if (broken) throw broken.reason;
		if (!this.#signal.aborted) await this.#doubtUnlike();
	}

	/** Compares what like answers got, once all have it. */
	async #doubtUnlike(): Promise<void> {
		const { db, groups, changed } = this.#tools;
		const { assignmentId, questions } = this.#spec;
		for (const { id } of questions) {
			// The app answers others in between.
			await setImmediate();
			for (const answerId of immediate(db, (tx) => doubtUnlike(tx, groups, this.#run.ownerId, assignmentId, id))) changed(assignmentId, answerId);
		}
	}

	/** Answers that say the same stand together, so that the one after the first finds what that one got. */
	#queueOf(items: readonly JobItem[]): JobItem[][] {
		const columns = { id: answer.id, questionId: answer.questionId, text: answer.text };
		const rows = this.#tools.db.select(columns).from(answer).where(ofAnswers(this.#run.ownerId, this.#spec.assignmentId)).all();
		const likeness = new Map(rows.map((row) => [row.id, likenessOf(row)]));
		return [...Map.groupBy(items, ({ subjectId }) => likeness.get(subjectId) ?? subjectId).values()];
	}

	/** Takes the next of the queue that all share, until there is none. */
	async #work(queue: Iterable<JobItem[]>, share: HoldShare): Promise<void> {
		try {
			for (const like of queue)
				for (const item of like) {
					if (this.#signal.aborted) return;
					await this.#gradeItem(item, share.open());
				}
		} catch (error) {
			this.#broken.abort(error);
			throw error;
		}
	}

	/** Takes up what this job gave before it was interrupted, so that equal answers go on getting equal marks. */
	#recall(items: readonly JobItem[]): void {
		const open = new Set(items.map(({ subjectId }) => subjectId));
		const { ownerId } = this.#run;
		const rows = this.#tools.db
			.select({ answer, proposal })
			.from(proposal)
			.innerJoin(answer, eq(answer.id, proposal.answerId))
			.where(and(ofAnswers(ownerId, this.#spec.assignmentId, inArray(answer.questionId, [...this.#asked.keys()])), eq(proposal.modelName, this.#modelName)))
			.orderBy(desc(proposal.createdAt))
			.all();
		for (const { answer: row, proposal: given } of rows) {
			if (open.has(row.id) || given.createdAt < this.#spec.queuedAt || given.basis !== this.#basis.get(row.questionId)) continue;
			this.#given.set(likenessOf(row), given);
		}
	}

	#readMarks(): TeachersMarks | null {
		if (!this.#spec.withMarks) return null;
		const questions = this.#spec.questions.flatMap((question) => {
			const asked = this.#asked.get(question.id);
			return asked ? [{ ...question, ...asked }] : [];
		});
		return new TeachersMarks(this.#tools.db, this.#run.ownerId, this.#spec.assignmentId, questions);
	}

	async #gradeItem({ position, subjectId }: JobItem, allotment: Allotment): Promise<void> {
		let charged = 0;
		try {
			const subject = this.#begin(subjectId);
			const given = this.#given.get(likenessOf(subject));
			const settled = given ? settleLike(given, subject.text) : await this.#gradeTwice(subject, allotment);
			if (settled) this.#given.set(likenessOf(subject), settled);
			charged = settled === null ? this.#putBack(position, subjectId, allotment) : this.#complete(position, subject, settled, given ? null : allotment);
		} catch (error) {
			// Without memory for the adapter's context no other answer would fare better.
			const paused = pauseFor(error) ?? (this.#adapter && isFailure(error, 'MODEL_TOO_BIG') ? new JobPaused(error) : null);
			if (this.#signal.aborted || error instanceof LoadFailed || paused) {
				charged = this.#putBack(position, subjectId, allotment);
				if (error instanceof LoadFailed) throw error.cause;
				if (paused) throw paused;
				return;
			}
			if (!isFailure(error)) this.#tools.log.error({ err: error, answerId: subjectId }, 'an answer could not be graded');
			charged = this.#fail(position, subjectId, toFailureRecord(error, subjectId), allotment);
		} finally {
			allotment.close(charged);
		}
	}

	#begin(subjectId: string): AnswerSubject {
		const columns = { id: answer.id, questionId: answer.questionId, text: answer.text };
		const row = this.#tools.db.select(columns).from(answer).where(this.#isIt(subjectId)).get();
		if (!row) throw new Error(`the answer ${subjectId} is gone`);
		this.#setStatus(this.#tools.db, subjectId, { status: 'running', failure: null });
		this.#tools.changed(this.#spec.assignmentId, subjectId);
		return row;
	}

	/** Grades an answer, and once more where the engine went away meanwhile: it may have been another answer that brought it down. */
	async #gradeTwice(subject: AnswerSubject, allotment: Allotment): Promise<SettledGrade | null> {
		try {
			return await this.#grade(subject, allotment);
		} catch (error) {
			const wentAway = isFailure(error, 'MODEL_WORKER_CRASHED') || isFailure(error, 'MODEL_NOT_RUNNING');
			if (!wentAway || this.#signal.aborted) throw error;
			await this.#loadAgain();
			return await this.#grade(subject, allotment);
		}
	}

	/**
	 * What the check finds, what the model says once or twice, and what follows from that; null where the job is to stop.
	 *
	 * What talks to the marker is left out of what the check and the first look, the one that counts, are given; the second sees all of it, so that it shows
	 * where the words made a difference, or held something of worth.
	 */
	async #grade(subject: AnswerSubject, allotment: Allotment): Promise<SettledGrade | null> {
		const question = this.#spec.questions.find(({ id }) => id === subject.questionId);
		const asked = this.#asked.get(subject.questionId);
		if (!question || !asked) throw new Error(`the question ${subject.questionId} is not among those of the job`);
		// The maths library takes over a second to come in, which no start of the app is to wait for.
		const { checkAnswer } = await import('./check/checkAnswer.ts');
		const left = withoutTalk(subject.text);
		const finding = checkAnswer(question.check, left);
		const examples = this.#marks?.nearest({ ...subject, text: left }).map((example) => ({ ...example, answer: revealHidden(example.answer) })) ?? [];
		const look = (order: RubricOrder, text: string): Promise<Look | null> => {
			const gradeOrder = { modelId: this.#spec.modelId, ownerId: this.#run.ownerId, adapter: this.#adapter, asked, matter: { order, finding, examples } };
			const seen = { text: revealHidden(text), leastTokens: this.#cost.leastTokens(subject) };
			return gradeAnswer({ ...this.#tools, allotment }, gradeOrder, seen, this.#signal);
		};
		const first = await look('asGiven', left);
		if (first === null) return null;
		const isTurned = needsSecondLook(this.#spec, question);
		if (!isTurned && left === subject.text) return settleGrade(question, subject.text, finding, first, null);
		const second = await look(isTurned ? 'reversed' : 'asGiven', subject.text);
		return second && settleGrade(question, subject.text, finding, first, second);
	}

	async #loadAgain(): Promise<void> {
		try {
			await this.#tools.engine.ensureRunning(this.#run.ownerId, this.#spec.modelId, this.#signal);
		} catch (error) {
			throw new LoadFailed('the model could not be loaded again', { cause: error });
		}
	}

	/** Stores a proposal with what it cost, and tells that; null for `allotment` where the model was not asked. */
	#complete(position: number, subject: AnswerSubject, settled: SettledGrade, allotment: Allotment | null): number {
		const { id: answerId, questionId } = subject;
		const tokens = allotment ? allotment.used.promptTokens + allotment.used.completionTokens : 0;
		const basis = this.#basis.get(questionId) ?? '';
		const { score, points, outOf, verdicts, feedback, suggestions, confidence, doubts, second, decidedBy } = settled;
		const grade = { score, points, outOf, verdicts, feedback, suggestions, confidence, doubts, second, decidedBy };
		this.#cost.learn(subject, tokens, second ? 2 : 1);
		let charged = 0;
		this.#run.completeItem(position, (tx) => {
			charged = allotment ? this.#charge(String(position), allotment, tx) : 0;
			tx.insert(proposal)
				.values({ id: randomUUID(), answerId, basis, ...grade, modelName: this.#modelName, tokens, charged, createdAt: this.#tools.now() })
				.run();
			this.#setStatus(tx, answerId, { status: 'graded', failure: null });
		});
		this.#tools.changed(this.#spec.assignmentId, answerId);
		return charged;
	}

	/** Stores a failure with what was used for it all the same, and tells what that cost. */
	#fail(position: number, answerId: string, record: FailureRecord, allotment: Allotment): number {
		let charged = 0;
		this.#run.failItem(position, record, (tx) => {
			charged = this.#charge(String(position), allotment, tx);
			this.#setStatus(tx, answerId, { status: 'failed', failure: record });
		});
		this.#tools.changed(this.#spec.assignmentId, answerId);
		return charged;
	}

	#charge(chargeId: string, { used }: Allotment, tx: Tx): number {
		return this.#tools.ledger.charge(this.#holdId, chargeId, used, tx);
	}

	/** Leaves an answer to be graded later, and tells what was used for it all the same and what that cost. */
	#putBack(position: number, answerId: string, allotment: Allotment): number {
		const charged = immediate(this.#tools.db, (tx) => {
			// Only where nobody else has settled it meanwhile.
			const running = this.#isIt(answerId, eq(answer.status, 'running'));
			tx.update(answer).set({ status: 'waiting' }).where(running).run();
			// It can be put back more than once.
			return this.#charge(`${position}/${randomUUID()}`, allotment, tx);
		});
		this.#tools.changed(this.#spec.assignmentId, answerId);
		return charged;
	}

	#setStatus(store: Store, answerId: string, status: Pick<typeof answer.$inferInsert, 'status' | 'failure'>): void {
		store.update(answer).set(status).where(this.#isIt(answerId)).run();
	}

	/** The condition for an answer of the class that is graded, which is its owner's. */
	#isIt(answerId: string, condition?: SQL): SQL {
		return ofAnswers(this.#run.ownerId, this.#spec.assignmentId, eq(answer.id, answerId), condition);
	}
}

interface AnswerSubject {
	id: string;
	questionId: string;
	text: string;
}

/** The same for answers to one question that differ in nothing but spacing: case and marks may be what a question is about. */
function likenessOf({ questionId, text }: Pick<AnswerSubject, 'questionId' | 'text'>): string {
	// Characters that are not seen are no spacing, and neither is what a line of a program begins with.
	return `${questionId} ${text
		.normalize('NFC')
		.trim()
		.replace(/(?<=\S)[^\S\n\uFEFF]+/gu, ' ')}`;
}

/** The order of levels is what a second look turns round: without a rubric it would see the same. */
function needsSecondLook({ passes }: GradeSpec, { rubric }: Question): boolean {
	return passes === 2 && rubric.length > 0;
}

/** The engine went away and did not come back: no other answer would fare better. */
class LoadFailed extends Error {}
