import type { Assignment } from '#contract/grading.ts';
import type { AnswerStanding } from './countAnswers.ts';

const counted = ['unanswered', 'graded', 'outdated', 'failed', 'marked'] as const;

/** The counts of one class, kept up with its answers as they change, so that a change costs what changed and not the class. */
export class ClassTally {
	readonly #standings = new Map<string, AnswerStanding>();
	readonly #submissions = new Set<string>();
	readonly #sums = { unanswered: 0, graded: 0, outdated: 0, failed: 0, marked: 0 };

	/** Takes answers in: at first all of the class, then those that changed, as they are now. */
	take(standings: readonly AnswerStanding[]): void {
		for (const now of standings) {
			const before = this.#standings.get(now.id);
			for (const name of counted) this.#sums[name] += now[name] - (before?.[name] ?? 0);
			this.#standings.set(now.id, now);
			this.#submissions.add(now.submissionId);
		}
	}

	get counts(): Assignment['counts'] {
		return { students: this.#submissions.size, answers: this.#standings.size, ...this.#sums };
	}
}
