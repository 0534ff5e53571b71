import { setImmediate } from 'node:timers/promises';
import { and, desc, eq, inArray } from 'drizzle-orm';
import { isFailure, toFailureRecord } from '#contract/errors.ts';
import type { Question } from '#contract/grading.ts';
import { type Db, immediate } from '../../platform/database/openDatabase.ts';
import { type JobItem, type JobKind, JobPaused, type JobRun } from '../../platform/jobs/JobRunner.ts';
import type { Logger } from '../../platform/log/createLog.ts';
import { type AdapterShelf, type Models, nameWithAdapter, type OpenAdapter, pauseFor } from '../engine/engine.ts';
import { type Allotment, HoldShare, type Ledger, pausedAfter, releaseJobHold } from '../ledger/ledger.ts';
import type { AnswerVectors } from './AnswerVectors.ts';
import { ClassCost } from './ClassCost.ts';
import { revealHidden } from './check/revealHidden.ts';
import { withoutTalk } from './check/withoutTalk.ts';
import { doubtUnlike } from './doubtUnlike.ts';
import { type AnswerSubject, GradeBook, tokensOf } from './GradeBook.ts';
import { type GradeOrder, gradeAnswer, type Look } from './gradeAnswer.ts';
import type { Asked, GradePrompts } from './gradePrompt.ts';
import { askedBy, basisBy, type GradeSpec, readGradeSpec } from './gradeSpec.ts';
import { isForItsText, ofAnswers, readAnswers } from './gradingRows.ts';
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
	engine: Models;
	library: { get(modelId: string): { name: string } };
	ledger: Ledger;
	adapters: AdapterShelf;
	prompts: GradePrompts;
	groups: LikeGroups;
	vectors: AnswerVectors;
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
 * is left goes back in the one that ends the job, or lets it rest: a paused job holds nothing. Where the hold and the balance run out the job pauses itself, and so it does where its
 * owner may not use the model any more, or its adapter cannot be used. A job that is taken up again after that or after its end has another
 * hold, by the price and the meter of then, or is refused.
 */
export function gradeClass(tools: GradeTools): JobKind {
	return {
		kind: 'grading',
		concurrency: 1,
		run: (run) => new ClassRun(tools, run).run(),
		ended: ({ id }, tx) => releaseJobHold(tools.ledger, id, tx),
		rested: ({ id }, tx) => releaseJobHold(tools.ledger, id, tx),
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
	/** Where what comes of answers is written down; before the job has begun there is none. */
	#openBook: GradeBook | null = null;

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
			throw pauseFor(error) ?? error;
		}
	}

	async #gradeAll(): Promise<void> {
		const { id, ownerId } = this.#run;
		const items = this.#run.pendingItems();
		const hold = openJobHold(this.#tools, { id, ownerId, spec: this.#spec, subjectIds: items.map(({ subjectId }) => subjectId) }, this.#tools.db);
		const share = new HoldShare(this.#tools.ledger, hold);
		const queue = this.#queueOf(items).values();
		const { adapter, modelId } = this.#spec;
		this.#adapter = adapter && this.#tools.adapters.open(ownerId, adapter, modelId);
		const { parallel, modelName } = await this.#tools.engine.ensureRunning(this.#run.ownerId, this.#spec.modelId, this.#signal);
		this.#modelName = nameWithAdapter(modelName, this.#adapter);
		this.#openBook = new GradeBook(this.#tools, this.#run, { assignmentId: this.#spec.assignmentId, holdId: hold.id, modelName: this.#modelName });
		const { db, prompts } = this.#tools;
		this.#cost = new ClassCost(prompts, this.#asked, this.#spec, readUsedFractions(db, prompts, ownerId, modelName));
		this.#recall(items);
		this.#marks = await this.#readMarks();
		const workers = Array.from({ length: parallel }, () => this.#work(queue, share));
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
			await this.#compareByVectors(id);
			if (this.#signal.aborted) return;
			for (const answerId of immediate(db, (tx) => doubtUnlike(tx, groups, this.#run.ownerId, assignmentId, id))) changed(assignmentId, answerId);
		}
	}

	/** Where that fails they are compared by their characters: the class is graded. */
	async #compareByVectors(questionId: string): Promise<void> {
		const { db, groups, log } = this.#tools;
		const [{ ownerId }, { assignmentId }] = [this.#run, this.#spec];
		const answers = readAnswers(db, ownerId, assignmentId, { questionId });
		await groups.compare({ ownerId, assignmentId, questionId }, answers, this.#signal).catch((error: unknown) => {
			if (!this.#signal.aborted) log.warn({ err: error, questionId }, 'answers could not be compared by a model');
		});
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
			.where(
				and(
					ofAnswers(ownerId, this.#spec.assignmentId, inArray(answer.questionId, [...this.#asked.keys()]), isForItsText),
					eq(proposal.modelName, this.#modelName),
				),
			)
			.orderBy(desc(proposal.createdAt))
			.all();
		for (const { answer: row, proposal: given } of rows) {
			if (open.has(row.id) || given.createdAt < this.#spec.queuedAt || given.basis !== this.#basis.get(row.questionId)) continue;
			this.#given.set(likenessOf(row), given);
		}
	}

	async #readMarks(): Promise<TeachersMarks | null> {
		if (!this.#spec.withMarks) return null;
		const questions = this.#spec.questions.flatMap((question) => {
			const asked = this.#asked.get(question.id);
			return asked ? [{ ...question, ...asked }] : [];
		});
		return TeachersMarks.read(this.#tools, this.#run.ownerId, this.#spec.assignmentId, questions, this.#signal);
	}

	async #gradeItem({ position, subjectId }: JobItem, allotment: Allotment): Promise<void> {
		let charged = 0;
		try {
			const subject = this.#book.begin(subjectId);
			const given = this.#given.get(likenessOf(subject));
			const settled = given ? settleLike(given, subject.text) : await this.#gradeTwice(subject, allotment);
			if (settled) this.#given.set(likenessOf(subject), settled);
			charged = settled === null ? this.#book.putBack(position, subjectId, allotment) : this.#complete(position, subject, settled, given ? null : allotment);
		} catch (error) {
			// Without memory for the adapter's context no other answer would fare better.
			const paused = pauseFor(error) ?? (this.#adapter && isFailure(error, 'MODEL_TOO_BIG') ? new JobPaused(error) : null);
			if (this.#signal.aborted || error instanceof LoadFailed || paused) {
				charged = this.#book.putBack(position, subjectId, allotment);
				if (error instanceof LoadFailed) throw error.cause;
				if (paused) throw pausedAfter(paused, charged);
				return;
			}
			if (!isFailure(error)) this.#tools.log.error({ err: error, answerId: subjectId }, 'an answer could not be graded');
			charged = this.#book.fail(position, subjectId, toFailureRecord(error, subjectId), allotment);
		} finally {
			allotment.close(charged);
		}
	}

	get #book(): GradeBook {
		if (!this.#openBook) throw new Error('the job has not begun');
		return this.#openBook;
	}

	/** Keeps a proposal, and what it teaches about costs; null for `allotment` where the model was not asked. */
	#complete(position: number, subject: AnswerSubject, settled: SettledGrade, allotment: Allotment | null): number {
		// What was partly said before tells little of what a model uses.
		if (!allotment?.used.repeat) this.#cost.learn(subject, tokensOf(allotment), settled.second ? 2 : 1);
		return this.#book.complete(position, subject, { ...settled, basis: this.#basis.get(subject.questionId) ?? '' }, allotment);
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
		const nearest = (await this.#marks?.nearest({ ...subject, text: left })) ?? [];
		const examples = nearest.map((example) => ({ ...example, answer: revealHidden(example.answer) }));
		const who = { modelId: this.#spec.modelId, ownerId: this.#run.ownerId, adapter: this.#adapter };
		const look = (order: RubricOrder, text: string, opinion: Pick<GradeOrder, 'reuse'> = {}): Promise<Look | null> => {
			const gradeOrder = { ...who, ...opinion, asked, matter: { order, finding, examples } };
			const seen = { text: revealHidden(text), leastTokens: this.#cost.leastTokens(subject) };
			return gradeAnswer({ ...this.#tools, allotment }, gradeOrder, seen, this.#signal);
		};
		const first = await look('asGiven', left);
		if (first === null) return null;
		const isTurned = needsSecondLook(this.#spec, question);
		if (!isTurned && left === subject.text) return settleGrade(question, subject.text, finding, first, null);
		const second = await look(isTurned ? 'reversed' : 'asGiven', subject.text, { reuse: 'never' });
		return second && settleGrade(question, subject.text, finding, first, second);
	}

	async #loadAgain(): Promise<void> {
		try {
			await this.#tools.engine.ensureRunning(this.#run.ownerId, this.#spec.modelId, this.#signal);
		} catch (error) {
			throw new LoadFailed('the model could not be loaded again', { cause: error });
		}
	}
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
