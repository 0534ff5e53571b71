import { setTimeout } from 'node:timers/promises';
import { latest } from '../../platform/rpc/latest.ts';

/** Watchers are told this many milliseconds apart at least. */
const everyMs = 200;

/** Tells watchers which answers to an assignment changed; those that change while a watcher is busy reach it together. */
export class ChangedAnswers {
	readonly #listeners = new Map<string, Set<(answerIds: readonly string[]) => void>>();

	/** Says that something about the assignment changed, and these answers to it. */
	tell(assignmentId: string, answerIds: readonly string[] = []): void {
		for (const listener of this.#listeners.get(assignmentId) ?? []) listener(answerIds);
	}

	/** The ids that changed, at most five times a second: none at first, and none where the assignment alone changed. */
	async *watch(assignmentId: string, signal?: AbortSignal): AsyncGenerator<readonly string[]> {
		const subscribe = (push: (ids: ReadonlySet<string>) => void) => this.#subscribe(assignmentId, (ids) => push(new Set(ids)));
		for await (const ids of latest<ReadonlySet<string>>(subscribe, { signal, merge: (waiting, next) => new Set([...waiting, ...next]) })) {
			yield [...ids];
			// An abort ends the stream itself; here it only ends the wait.
			await setTimeout(everyMs, undefined, { signal }).catch(() => {});
		}
	}

	#subscribe(assignmentId: string, listener: (answerIds: readonly string[]) => void): () => void {
		const listeners = this.#listeners.get(assignmentId) ?? new Set();
		this.#listeners.set(assignmentId, listeners.add(listener));
		listener([]);
		return () => {
			listeners.delete(listener);
			if (listeners.size === 0) this.#listeners.delete(assignmentId);
		};
	}
}
