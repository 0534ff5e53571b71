import { randomUUID } from 'node:crypto';
import { eq, or, type SQL, sql } from 'drizzle-orm';
import { type Added, type AdditionPreview, type AnswerDifference, additionLimits } from '#contract/addition.ts';
import type { AnswerMapping } from '#contract/answerMapping.ts';
import { failure } from '#contract/errors.ts';
import type { Answer } from '#contract/grading.ts';
import { columnNames } from '../../../platform/csv/columnNames.ts';
import { invalidTable } from '../../../platform/csv/invalidTable.ts';
import { type Db, immediate, type Tx } from '../../../platform/database/openDatabase.ts';
import { ownedIn } from '../../../platform/database/owned.ts';
import type { GradingJobs } from '../GradingJobs.ts';
import { ofAnswers, readAnswers, readAssignment } from '../gradingRows.ts';
import { insertStudents } from '../insertStudents.ts';
import { type AnswerIntake, type AnswerSource, mostAnswers, type ReadClass } from '../intake/AnswerIntake.ts';
import type { LikeGroups } from '../LikeGroups.ts';
import { addition, answer, assignment, earlierText, mark, proposal, submission } from '../schema.ts';
import { type EarlierRows, type KeptRows, writeAnswer, writeRows } from './keptRows.ts';
import { placeQuestions } from './placeQuestions.ts';
import { type AdditionPlan, type ChangedAnswer, planAddition } from './planAddition.ts';
import { StandingClass } from './StandingClass.ts';

/** What is added, and which question of the class each of its questions answers; left out, that is found by what they are called. */
export interface AdditionOrder {
	source: AnswerSource;
	mapping: AnswerMapping;
	places?: readonly (string | null)[] | undefined;
}

interface Tools {
	db: Db;
	intake: AnswerIntake;
	gradings: GradingJobs;
	groups: LikeGroups;
	/** Told of the answers that came, changed or went. */
	tell: (assignmentId: string, answerIds: readonly string[]) => void;
	now: () => number;
}

/**
 * Adds answers to a class that is there: of students who hand in late, of another group, or what came as text afterwards.
 *
 * Whatever brought an answer its text is noted with it, and with each proposal and mark for it. So those of an earlier text do not count, stay in the
 * history, and count again when the addition is taken back.
 */
export class Additions {
	readonly #tools: Tools;

	constructor(tools: Tools) {
		this.#tools = tools;
	}

	/** What adding would do, and about what grading it with a model would cost; null: no model. Throws what `AnswerIntake.read` does, and CSV_INVALID where the class would be too large. */
	async preview(ownerId: string, assignmentId: string, order: AdditionOrder, modelId: string | null): Promise<AdditionPreview> {
		readAssignment(this.#tools.db, ownerId, assignmentId);
		const read = await this.#tools.intake.read(ownerId, order.source, order.mapping);
		const kept = StandingClass.read(this.#tools.db, ownerId, assignmentId);
		const { plan, places } = this.#plan(kept, read, order);
		const { newcomers, known, filled, differing, same, leftOut, notes } = plan;
		const costOf = modelId === null ? null : this.#tools.gradings.costOf(ownerId, kept.row, modelId);
		const subject = ({ at, text }: { at: number; text: string }) => ({ questionId: kept.questions[at]?.id ?? '', text });
		const ofNew = newcomers.flatMap(({ answers }) => [...answers].map(([at, { text }]) => subject({ at, text })));
		return {
			places,
			newStudents: newcomers.length,
			knownStudents: known,
			answersOfNew: ofNew.length,
			filled: filled.length,
			filledMarked: this.#standing(ownerId, assignmentId, filled).filter(isSettled).length,
			same,
			differ: differing.length,
			differences: this.#differences(ownerId, kept, differing, (change) => costOf?.([subject(change)]) ?? null),
			leftOut,
			notes: notes.slice(0, additionLimits.told),
			moreNotes: Math.max(0, notes.length - additionLimits.told),
			tokens: costOf && { added: costOf([...ofNew, ...filled.map(subject)]), differing: costOf(differing.map(subject)) },
		};
	}

	/**
	 * Adds what was read, all or nothing. Throws JOB_STATE while the class is being graded, unless that rests, and what `preview` does.
	 */
	async add(ownerId: string, assignmentId: string, order: AdditionOrder, replace: 'all' | readonly string[]): Promise<Added> {
		this.#tools.gradings.refuseUnlessResting(readAssignment(this.#tools.db, ownerId, assignmentId));
		const read = await this.#tools.intake.read(ownerId, order.source, order.mapping);
		const additionId = randomUUID();
		const { plan, replaced, changed } = immediate(this.#tools.db, (tx) => {
			const kept = StandingClass.read(tx, ownerId, assignmentId);
			this.#tools.gradings.refuseUnlessResting(kept.row);
			const { plan } = this.#plan(kept, read, order);
			const chosen = replace === 'all' ? null : new Set(replace);
			const replaced = plan.differing.filter(({ answerId }) => chosen === null || chosen.has(answerId));
			write(tx, { ownerId, assignmentId, additionId, createdAt: this.#tools.now() }, kept, plan.newcomers, [...plan.filled, ...replaced]);
			this.#tools.groups.forget(tx, ownerId, assignmentId);
			const ids = tx
				.select({ id: answer.id })
				.from(answer)
				.where(broughtBy(ownerId, assignmentId, additionId))
				.all();
			return { plan, replaced, changed: ids.map(({ id }) => id) };
		});
		this.#tools.intake.drop(ownerId, order.source);
		this.#tools.tell(assignmentId, changed);
		return { additionId, newStudents: plan.newcomers.length, filled: plan.filled.length, replaced: replaced.length };
	}

	/**
	 * Takes an addition back: students who came with it go, and what it filled or replaced is what it was, with its proposals and marks. Throws NOT_FOUND,
	 * JOB_STATE while the class is being graded, and ADDITION_IN_USE where something came of it since.
	 */
	takeBack(ownerId: string, assignmentId: string, additionId: string): void {
		const changed = immediate(this.#tools.db, (tx) => {
			const row = readAssignment(tx, ownerId, assignmentId);
			this.#tools.gradings.refuseUnlessOver(row);
			const isIt = ownedIn(addition.assignmentId, assignment, ownerId, assignmentId, eq(addition.id, additionId));
			const made = tx.select().from(addition).where(isIt).get();
			if (!made) throw failure('NOT_FOUND', { what: 'addition' });
			const job = this.#tools.gradings.of(row);
			const isGradedSince = job !== null && job.createdAt >= made.createdAt;
			if (isGradedSince || isInUse(tx, ownerId, assignmentId, additionId)) throw failure('ADDITION_IN_USE', {});
			const ids = tx
				.select({ id: answer.id })
				.from(answer)
				.where(broughtBy(ownerId, assignmentId, additionId))
				.all();
			putBack(tx, { ownerId, assignmentId, additionId }, made.earlier);
			tx.delete(addition).where(isIt).run();
			this.#tools.groups.forget(tx, ownerId, assignmentId);
			return ids.map(({ id }) => id);
		});
		this.#tools.tell(assignmentId, changed);
	}

	#plan(kept: StandingClass, read: ReadClass, { source, places: wished }: AdditionOrder): { plan: AdditionPlan; places: (string | null)[] } {
		const places = wished ? requirePlaces(wished, kept, read) : placeQuestions(read.questions, kept.asked);
		const at = new Map(kept.questions.map(({ id }, place) => [id, place]));
		const plan = planAddition(kept.students, {
			columns: columnNames(read.header),
			students: read.students,
			places: places.map((id) => (id === null ? null : (at.get(id) ?? null))),
			isFiles: 'pileId' in source,
		});
		const found = (kept.submissions.length + plan.newcomers.length) * kept.questions.length;
		if (found > mostAnswers) throw invalidTable('tooManyAnswers', { found, limit: mostAnswers });
		return { plan, places };
	}

	/** Where the answers stand that an addition would change. */
	#standing(ownerId: string, assignmentId: string, changes: readonly ChangedAnswer[]): Answer[] {
		return changes.length === 0 ? [] : readAnswers(this.#tools.db, ownerId, assignmentId, { ids: changes.map(({ answerId }) => answerId) });
	}

	#differences(
		ownerId: string,
		kept: StandingClass,
		differing: readonly ChangedAnswer[],
		costOf: (change: ChangedAnswer) => number | null,
	): AnswerDifference[] {
		const shown = differing.slice(0, additionLimits.differences);
		const standing = new Map(this.#standing(ownerId, kept.row.id, shown).map((each) => [each.id, each]));
		return shown.map((change): AnswerDifference => {
			const { answerId, student, at, before, text } = change;
			const { id: submissionId = '', studentId = '', studentName = '' } = kept.submissions[student] ?? {};
			const now = standing.get(answerId);
			return {
				...{ answerId, submissionId, studentId, studentName, questionId: kept.questions[at]?.id ?? '' },
				...{ before: cut(before), after: cut(text), isProposed: now?.proposal != null, isMarked: now !== undefined && isSettled(now) },
				tokens: costOf(change),
			};
		});
	}
}

function isSettled({ mark: settled, secondMark }: Answer): boolean {
	return settled !== null || secondMark !== null;
}

interface Place {
	ownerId: string;
	assignmentId: string;
	additionId: string;
}

function write(
	tx: Tx,
	{ ownerId, assignmentId, additionId, createdAt }: Place & { createdAt: number },
	kept: StandingClass,
	newcomers: AdditionPlan['newcomers'],
	changes: readonly ChangedAnswer[],
): void {
	let next = kept.nextRow;
	const earlier: EarlierRows[] = [];
	const changedAnswers: { change: ChangedAnswer; row: number }[] = [];
	for (const own of Map.groupBy(changes, ({ student }) => student).values()) {
		const before = kept.submissions[own[0]?.student ?? -1];
		if (!before) continue;
		earlier.push({ submissionId: before.id, row: before.row, cells: before.cells, moreRows: before.moreRows });
		let rows: KeptRows = before;
		for (const change of own) {
			const { at, text, row } = change;
			const stood = kept.answers.get(change.answerId)?.row ?? null;
			const written = writeAnswer(kept.table, rows, change.added, { at, answer: { text, row }, row: stood }, next);
			next = Math.max(next, written.answerRow + 1);
			rows = written;
			changedAnswers.push({ change, row: written.answerRow });
		}
		setRows(tx, { ownerId, assignmentId }, before.id, rows);
	}
	tx.insert(addition).values({ id: additionId, assignmentId, earlier, createdAt }).run();
	for (const { change, row } of changedAnswers) {
		const before = kept.answers.get(change.answerId);
		if (!before) continue;
		const { id: answerId, text, status, failure: record, additionId: brought } = before;
		tx.insert(earlierText)
			.values({
				...{ id: randomUUID(), assignmentId, answerId, additionId, broughtBy: brought, row: before.row, text, failure: record },
				// Whatever was grading it will not be when this is taken back.
				status: status === 'running' ? 'waiting' : status,
			})
			.run();
		const its = ofAnswers(ownerId, assignmentId, eq(answer.id, answerId));
		tx.update(answer).set({ text: change.text, row, status: 'waiting', failure: null, additionId }).where(its).run();
	}
	const students = newcomers.map((newcomer) => {
		const { rows, ...written } = writeRows(kept.table, newcomer, next);
		next += 1 + written.moreRows.length;
		return { ...newcomer.student, ...written, rows, answers: new Map([...newcomer.answers].map(([at, { text }]) => [at, text])) };
	});
	insertStudents(tx, kept.questions, students, additionId);
}

/** Something was proposed, settled, tried or added on top of an addition. */
function isInUse(tx: Tx, ownerId: string, assignmentId: string, additionId: string): boolean {
	const its = broughtBy(ownerId, assignmentId, additionId);
	const proposed = sql`exists (select 1 from ${proposal} p where p.answer_id = ${answer.id} and p.addition_id = ${additionId})`;
	const marked = sql`exists (select 1 from ${mark} m where m.answer_id = ${answer.id} and m.addition_id = ${additionId})`;
	const used = or(sql`${answer.status} <> 'waiting'`, proposed, marked);
	if (tx.select({ id: answer.id }).from(answer).where(sql`${its} and ${used}`).limit(1).get()) return true;
	const onTop = ownedIn(earlierText.assignmentId, assignment, ownerId, assignmentId, eq(earlierText.broughtBy, additionId));
	return tx.select({ id: earlierText.id }).from(earlierText).where(onTop).limit(1).get() !== undefined;
}

function putBack(tx: Tx, { ownerId, assignmentId, additionId }: Place, earlier: readonly EarlierRows[]): void {
	const replaced = ownedIn(earlierText.assignmentId, assignment, ownerId, assignmentId, eq(earlierText.additionId, additionId));
	for (const { answerId, broughtBy: brought, row, text, status, failure: record } of tx.select().from(earlierText).where(replaced).all()) {
		const its = ofAnswers(ownerId, assignmentId, eq(answer.id, answerId));
		tx.update(answer).set({ text, row, status, failure: record, additionId: brought }).where(its).run();
	}
	for (const { submissionId, ...rows } of earlier) setRows(tx, { ownerId, assignmentId }, submissionId, rows);
	tx.delete(submission)
		.where(ownedIn(submission.assignmentId, assignment, ownerId, assignmentId, eq(submission.additionId, additionId)))
		.run();
}

function setRows(tx: Tx, { ownerId, assignmentId }: Omit<Place, 'additionId'>, submissionId: string, { cells, moreRows }: KeptRows): void {
	tx.update(submission)
		.set({ cells, moreRows })
		.where(ownedIn(submission.assignmentId, assignment, ownerId, assignmentId, eq(submission.id, submissionId)))
		.run();
}

/** The answers whose text came with an addition. */
function broughtBy(ownerId: string, assignmentId: string, additionId: string): SQL {
	return ofAnswers(ownerId, assignmentId, eq(answer.additionId, additionId));
}

/** Each question of what is added has its place, in the class, and no two have the same. */
function requirePlaces(places: readonly (string | null)[], kept: StandingClass, read: ReadClass): (string | null)[] {
	const used = places.filter((id) => id !== null);
	const isTheirs = used.every((id) => kept.questions.some((each) => each.id === id));
	if (places.length === read.questions.length && isTheirs && new Set(used).size === used.length) return [...places];
	throw failure('INVALID_INPUT', { issues: [{ path: 'places', message: 'Each question of what is added is another one of the class, or none.' }] });
}

function cut(text: string): string {
	return text.length > additionLimits.characters ? `${text.slice(0, additionLimits.characters - 1).toWellFormed()}…` : text;
}
