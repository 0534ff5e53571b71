import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { eq, sql } from 'drizzle-orm';
import { canAccept } from '#contract/canAccept.ts';
import type { Answer, Mark, Marker, Question } from '#contract/grading.ts';
import { type Db, immediate, type Store, type Tx } from '../../platform/database/openDatabase.ts';
import { ofAnswers, questionOf, readAnswer, readAnswers, readAssignment, readQuestion, readQuestions } from './gradingRows.ts';
import { type GivenMark, levelsFor, markAfter, settledMark } from './markFor.ts';
import { answer, mark } from './schema.ts';

/** A mark that a change of its question changes, and what to. */
export interface FollowingMark {
	answerId: string;
	marker: Marker;
	settled: Mark;
	changed: Pick<Mark, 'points' | 'levels' | 'given'>;
}

/** `points` null: the mark was taken back. */
type NewMark = Pick<Mark, 'levels' | 'feedback' | 'given'> & { points: number | null; accepted?: boolean; outOf?: number };

/**
 * What teachers settle on for answers: only added to, so that nothing of the past is lost. Every method takes the owner first; another's
 * answer or assignment is NOT_FOUND.
 */
export class Marks {
	readonly #db: Db;
	readonly #now: () => number;
	readonly #tell: (assignmentId: string, answerIds: readonly string[]) => void;

	/** `tell` is called with the answers whose marks changed. */
	constructor(options: { db: Db; now: () => number; tell: (assignmentId: string, answerIds: readonly string[]) => void }) {
		this.#db = options.db;
		this.#now = options.now;
		this.#tell = options.tell;
	}

	/**
	 * Writes a mark. With a rubric its points follow from the levels, unless they are given; without one they have to be. Left out, the feedback
	 * stays what it was: an earlier mark's, else the proposal's. Throws MARK_INVALID where the points do not follow, or are out of range.
	 */
	set(ownerId: string, answerId: string, given: GivenMark & { marker: Marker }): Answer {
		return this.#change(ownerId, answerId, (tx, assignmentId, found) => {
			const asked = questionOf(readQuestion(tx, ownerId, assignmentId, found.questionId));
			this.#add(tx, { ownerId, assignmentId }, answerId, given.marker, settledMark(asked, found, given.marker, given));
		});
	}

	/** Writes marks of the first marker, or with null takes them back; none of them where one is refused with MARK_INVALID. Answers that are not the assignment's are left out. */
	setMany(ownerId: string, assignmentId: string, marks: readonly { answerId: string; mark: GivenMark | null }[]): void {
		readAssignment(this.#db, ownerId, assignmentId);
		const given = new Map(marks.map((each) => [each.answerId, each.mark]));
		const changed = immediate(this.#db, (tx) => {
			const asked = new Map(readQuestions(tx, ownerId, assignmentId).map((row) => [row.id, questionOf(row)]));
			return readAnswers(tx, ownerId, assignmentId, { ids: [...given.keys()] }).filter((found) => {
				const [wanted, question] = [given.get(found.id), asked.get(found.questionId)];
				if (wanted === undefined || !question) return false;
				if (wanted) this.#add(tx, { ownerId, assignmentId }, found.id, 'first', settledMark(question, found, 'first', wanted));
				else if (found.mark) this.#add(tx, { ownerId, assignmentId }, found.id, 'first', { points: null, levels: {}, feedback: found.mark.feedback });
				return true;
			});
		});
		this.#tell(
			assignmentId,
			changed.map(({ id }) => id),
		);
	}

	/** Takes a mark back; the model's proposal counts again. What it was stays in the history. */
	clear(ownerId: string, answerId: string, marker: Marker): Answer {
		return this.#change(ownerId, answerId, (tx, assignmentId, found) => {
			const before = marker === 'first' ? found.mark : found.secondMark;
			if (before) this.#add(tx, { ownerId, assignmentId }, answerId, marker, { points: null, levels: {}, feedback: before.feedback });
		});
	}

	/** Takes proposals over as marks, where there is no mark and nothing has changed since they were made. Gives back whose. */
	accept(ownerId: string, assignmentId: string, questionId: string | null, leastConfidence: number): string[] {
		readAssignment(this.#db, ownerId, assignmentId);
		const accepted = immediate(this.#db, (tx) => {
			const answers = readAnswers(tx, ownerId, assignmentId, questionId === null ? undefined : { questionId });
			const open = answers.filter((found) => canAccept(found, leastConfidence));
			for (const { id, proposal: proposed } of open)
				if (proposed)
					this.#add(tx, { ownerId, assignmentId }, id, 'first', {
						points: proposed.points,
						levels: levelsFor(proposed),
						feedback: proposed.feedback,
						accepted: true,
						outOf: proposed.outOf,
					});
			return open.map(({ id }) => id);
		});
		this.#tell(assignmentId, accepted);
		return accepted;
	}

	/** Takes back the marks of these answers that are still what their proposals said. */
	unaccept(ownerId: string, assignmentId: string, answerIds: readonly string[]): void {
		readAssignment(this.#db, ownerId, assignmentId);
		const open = immediate(this.#db, (tx) => {
			const marked = readAnswers(tx, ownerId, assignmentId, { ids: answerIds }).filter(({ mark: settled, proposal: proposed }) => {
				return settled !== null && proposed !== null && settled.points === proposed.points && settled.feedback === proposed.feedback;
			});
			for (const { id, mark: settled } of marked)
				this.#add(tx, { ownerId, assignmentId }, id, 'first', { points: null, levels: {}, feedback: settled?.feedback ?? '' });
			return marked.map(({ id }) => id);
		});
		this.#tell(assignmentId, open);
	}

	/** What a change of a question would make of its marks, those of both markers; nothing is written. */
	after(store: Store, ownerId: string, assignmentId: string, before: Question, after: Question): FollowingMark[] {
		return readAnswers(store, ownerId, assignmentId, { questionId: before.id }).flatMap(({ id, mark: first, secondMark }) => {
			const both = [
				{ marker: 'first', settled: first },
				{ marker: 'second', settled: secondMark },
			] as const;
			return both.flatMap(({ marker, settled }) => {
				if (!settled) return [];
				const changed = markAfter(settled, before, after);
				return isTheSame(settled, changed) ? [] : [{ answerId: id, marker, settled, changed }];
			});
		});
	}

	/** Has the marks of a question follow it, in the transaction that changes it, before it does: levels stand by the rubric that they were chosen in. */
	follow(tx: Tx, ownerId: string, assignmentId: string, before: Question, after: Question): void {
		for (const { answerId, marker, settled, changed } of this.after(tx, ownerId, assignmentId, before, after)) {
			const { points, levels, given } = changed;
			this.#add(tx, { ownerId, assignmentId }, answerId, marker, { ...settled, points, levels, given, outOf: after.points });
		}
	}

	/** Of the text that the answer has now. */
	#add(
		tx: Tx,
		{ ownerId, assignmentId }: { ownerId: string; assignmentId: string },
		answerId: string,
		marker: Marker,
		{ points, levels, feedback, accepted, given, outOf }: NewMark,
	): void {
		const additionId = sql`(select ${answer.additionId} from ${answer} where ${ofAnswers(ownerId, assignmentId, eq(answer.id, answerId))})`;
		const row = { answerId, marker, points, levels, feedback, accepted, given, outOf, additionId, createdAt: this.#now() };
		tx.insert(mark)
			.values({ id: randomUUID(), ...row })
			.run();
	}

	#change(ownerId: string, answerId: string, change: (tx: Tx, assignmentId: string, found: Answer) => void): Answer {
		const { assignmentId, found } = immediate(this.#db, (tx) => {
			const before = readAnswer(tx, ownerId, answerId);
			change(tx, before.assignmentId, before.found);
			return readAnswer(tx, ownerId, answerId);
		});
		this.#tell(assignmentId, [answerId]);
		return found;
	}
}

function isTheSame(settled: Mark, { points, levels, given }: FollowingMark['changed']): boolean {
	return settled.points === points && isDeepStrictEqual(settled.levels, levels) && isDeepStrictEqual(settled.given, given);
}
