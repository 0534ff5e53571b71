import type { Assignment } from '#contract/grading.ts';
import type { Db } from '../../platform/database/openDatabase.ts';
import { countAnswers } from './countAnswers.ts';

const nothing: Assignment['counts'] = { students: 0, answers: 0, unanswered: 0, graded: 0, outdated: 0, failed: 0, marked: 0 };

/** How far classes are: counted when somebody asks, and kept until something about their answers changes. */
export class ClassCounts {
	readonly #db: Db;
	readonly #kept = new Map<string, Assignment['counts']>();

	constructor(db: Db) {
		this.#db = db;
	}

	/** Says that answers of a class changed. */
	forget(assignmentId: string): void {
		this.#kept.delete(assignmentId);
	}

	/** The counts of these classes of an owner, in their order: those that are not kept are counted in one statement. */
	of(ownerId: string, assignmentIds: readonly string[]): Assignment['counts'][] {
		const unknown = assignmentIds.filter((id) => !this.#kept.has(id));
		if (unknown.length > 0) for (const [id, counts] of countAnswers(this.#db, ownerId, unknown)) this.#kept.set(id, counts);
		return assignmentIds.map((id) => this.#kept.get(id) ?? nothing);
	}
}
