import type { Answer } from '#contract/grading.ts';
import { mergeAnswers } from './mergeAnswers.ts';

interface DeskSource {
	/** What is on the desk now; null: nothing. `questionId` null: the answers to all questions are to be held. */
	ask(): { assignmentId: string; questionIds: string[]; questionId: string | null } | null;
	/** Null where they could not be read; `first` is the first question. */
	answers(assignmentId: string, questionId: string): Promise<Answer[] | null>;
	/** Told of the answers to each question as they are read, and of those to be held once all of them are there. */
	onRead(read: readonly Answer[], held: Answer[] | null): void;
	/** Waits until the page has nothing more urgent to do. */
	idle(): Promise<void>;
}

/**
 * Reads the answers of a desk question by question, so that no single reading is long however large the class is.
 *
 * The question on the desk comes first. The others follow once, each when the page is idle, for what is counted of them, unless all are to be held.
 * What `came` tells while a question is being read is newer than what is read and is laid over it. A new `read` or `stop` ends the one that runs.
 */
export class DeskReader {
	readonly #source: DeskSource;
	readonly #known = new Set<string>();
	#came = new Map<string, Answer>();
	#ahead: Promise<Answer[] | null> | null = null;
	#turn = 0;

	constructor(source: DeskSource) {
		this.#source = source;
	}

	/** Asks for the answers to the first question, with which a desk begins, while the assignment itself is still being read and drawn. */
	begin(assignmentId: string): void {
		this.#ahead = this.#source.answers(assignmentId, 'first');
	}

	/** Reads what is to be held, and what is not known yet of the rest. */
	async read(): Promise<void> {
		const turn = ++this.#turn;
		const asked = this.#source.ask();
		if (asked === null) return;
		const { assignmentId, questionIds, questionId } = asked;
		const isHeld = (id: string) => questionId === null || id === questionId;
		const first = questionIds.filter(isHeld);
		const held: Answer[] = [];
		const ahead = this.#ahead;
		this.#ahead = null;
		if (ahead === null) this.#came = new Map();
		for (const id of [...first, ...questionIds.filter((each) => !isHeld(each) && !this.#known.has(each))]) {
			if (!isHeld(id)) await this.#source.idle();
			if (turn !== this.#turn) return;
			const read = await (ahead !== null && id === questionIds[0] ? ahead : this.#source.answers(assignmentId, id));
			if (turn !== this.#turn || read === null) return;
			const fresh = mergeAnswers(read, this.#came.values());
			this.#known.add(id);
			if (isHeld(id)) held.push(...fresh);
			this.#source.onRead(fresh, id === first.at(-1) ? inTableOrder(mergeAnswers(held, this.#came.values())) : null);
		}
	}

	/** Answers that changed while others are read. */
	came(changed: readonly Answer[]): void {
		for (const answer of changed) this.#came.set(answer.id, answer);
	}

	/** Takes nothing for known any more. */
	forget(): void {
		this.#known.clear();
	}

	/** Ends a reading, and forgets. */
	stop(): void {
		this.#turn++;
		this.#ahead = null;
		this.#came = new Map();
		this.forget();
	}
}

/** The rows of a table that has a row for each answer are not those of the students: answers stay with the first of theirs. */
function inTableOrder(answers: Answer[]): Answer[] {
	const rowOf = new Map<string, number>();
	for (const { submissionId, row } of answers) rowOf.set(submissionId, Math.min(row, rowOf.get(submissionId) ?? row));
	return answers.sort((a, b) => (rowOf.get(a.submissionId) ?? 0) - (rowOf.get(b.submissionId) ?? 0));
}
