import type { Answer, Assignment } from '#contract/grading.ts';
import type { Db } from '../../platform/database/openDatabase.ts';
import { ChangedRows } from '../../platform/rpc/ChangedRows.ts';
import type { ClassCounts } from './ClassCounts.ts';
import { ClassTally } from './ClassTally.ts';
import { readStandings } from './countAnswers.ts';
import { ofAnswers, readAnswers } from './gradingRows.ts';
import { answer } from './schema.ts';

/** Tells those who watch a class what changed in it. */
export class ClassNews {
	readonly #db: Db;
	readonly #counts: ClassCounts;
	readonly #changes = new ChangedRows();

	/** `counts` of a class are forgotten when its answers change. */
	constructor(db: Db, counts: ClassCounts) {
		this.#db = db;
		this.#counts = counts;
	}

	/** Says that answers of an assignment changed; without any, that it did itself. */
	tell(assignmentId: string, answerIds: readonly string[] = []): void {
		if (answerIds.length > 0) this.#counts.forget(assignmentId);
		this.#changes.tell(assignmentId, answerIds);
	}

	/** The same of all its answers. */
	tellOfAll(ownerId: string, assignmentId: string): void {
		const ids = this.#db.select({ id: answer.id }).from(answer).where(ofAnswers(ownerId, assignmentId)).all();
		this.tell(
			assignmentId,
			ids.map(({ id }) => id),
		);
	}

	/**
	 * The assignment now, as `view` shows it, then again with the answers that changed, at most five times a second.
	 *
	 * Only once one changes is the class gone through, and its counts are kept up from then on; until then `view` is given none and has its own.
	 */
	async *watch(
		ownerId: string,
		assignmentId: string,
		view: (counts?: Assignment['counts']) => Assignment,
		signal?: AbortSignal,
	): AsyncGenerator<{ assignment: Assignment; changed: Answer[] }, void, void> {
		let tally: ClassTally | null = null;
		for await (const ids of this.#changes.watch(assignmentId, signal)) {
			const changed = ids.length === 0 ? [] : readAnswers(this.#db, ownerId, assignmentId, { ids });
			if (ids.length > 0) {
				const standings = readStandings(this.#db, ownerId, assignmentId, tally === null ? undefined : { ids });
				tally ??= new ClassTally();
				tally.take(standings, ids);
			}
			yield { assignment: view(tally?.counts), changed };
		}
	}
}
