import type { Assignment } from '#contract/grading.ts';
import type { AnswerStanding } from './countAnswers.ts';

const counted = ['unanswered', 'graded', 'outdated', 'failed', 'marked'] as const;

/** The counts of one class, kept up with its answers as they change, so that a change costs what changed and not the class. */
export class ClassTally {
	readonly #standings = new Map<string, AnswerStanding>();
	/** How many answers there are of each student. */
	readonly #submissions = new Map<string, number>();
	readonly #sums = { unanswered: 0, graded: 0, outdated: 0, failed: 0, marked: 0 };

	/** Takes answers in: at first all of the class, then those that changed, as they are now; of `asked` those that are not among them have gone. */
	take(standings: readonly AnswerStanding[], asked: readonly string[] = []): void {
		const there = new Set(standings.map(({ id }) => id));
		for (const id of asked) if (!there.has(id)) this.#leave(id);
		for (const now of standings) {
			this.#leave(now.id);
			for (const name of counted) this.#sums[name] += now[name];
			this.#standings.set(now.id, now);
			this.#submissions.set(now.submissionId, (this.#submissions.get(now.submissionId) ?? 0) + 1);
		}
	}

	#leave(id: string): void {
		const before = this.#standings.get(id);
		if (!before) return;
		this.#standings.delete(id);
		for (const name of counted) this.#sums[name] -= before[name];
		const left = (this.#submissions.get(before.submissionId) ?? 1) - 1;
		if (left === 0) this.#submissions.delete(before.submissionId);
		else this.#submissions.set(before.submissionId, left);
	}

	get counts(): Assignment['counts'] {
		return { students: this.#submissions.size, answers: this.#standings.size, ...this.#sums };
	}
}
