import { setTimeout } from 'node:timers/promises';
import { latest } from './latest.ts';

/** Watchers are told this many milliseconds apart at least. */
const everyMs = 200;

/** Tells watchers which rows of a thing changed, such as the answers to an assignment; those that change while a watcher is busy reach it together. */
export class ChangedRows {
	readonly #listeners = new Map<string, Set<(rowIds: readonly string[]) => void>>();

	/** Says that something about the thing changed, and these of its rows. */
	tell(thingId: string, rowIds: readonly string[] = []): void {
		for (const listener of this.#listeners.get(thingId) ?? []) listener(rowIds);
	}

	/** Whether anybody would be told. */
	isWatched(thingId: string): boolean {
		return this.#listeners.has(thingId);
	}

	/** The ids that changed, at most five times a second: none at first, and none where the thing alone changed. */
	async *watch(thingId: string, signal?: AbortSignal): AsyncGenerator<readonly string[]> {
		const subscribe = (push: (ids: ReadonlySet<string>) => void) => this.#subscribe(thingId, (ids) => push(new Set(ids)));
		for await (const ids of latest<ReadonlySet<string>>(subscribe, { signal, merge: (waiting, next) => new Set([...waiting, ...next]) })) {
			yield [...ids];
			// An abort ends the stream itself; here it only ends the wait.
			await setTimeout(everyMs, undefined, { signal }).catch(() => {});
		}
	}

	#subscribe(thingId: string, listener: (rowIds: readonly string[]) => void): () => void {
		const listeners = this.#listeners.get(thingId) ?? new Set();
		this.#listeners.set(thingId, listeners.add(listener));
		listener([]);
		return () => {
			listeners.delete(listener);
			if (listeners.size === 0) this.#listeners.delete(thingId);
		};
	}
}
