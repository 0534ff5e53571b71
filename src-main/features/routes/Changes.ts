import { setTimeout } from 'node:timers/promises';

/** No reader is told more often, and what time alone changes is looked at so often. */
const leastPauseMs = 100;
const tickMs = 500;

/** Tells readers what they look at, whenever that has become something else. */
export class Changes {
	readonly #waiting = new Set<() => void>();

	/** Something may have changed. */
	tell(): void {
		for (const done of [...this.#waiting]) done();
	}

	/** What `read` gives now, and again whenever that is something else. */
	async *follow<T>(read: () => T, signal?: AbortSignal): AsyncGenerator<T, void, void> {
		for (let told = ''; !signal?.aborted; ) {
			const value = read();
			const text = JSON.stringify(value);
			if (text !== told) yield value;
			told = text;
			await setTimeout(leastPauseMs, undefined, signal ? { signal } : {}).catch(() => {});
			await this.#next(signal);
		}
	}

	#next(signal?: AbortSignal): Promise<void> {
		return new Promise((resolve) => {
			const over = new AbortController();
			const done = () => {
				this.#waiting.delete(done);
				over.abort();
				resolve();
			};
			this.#waiting.add(done);
			signal?.addEventListener('abort', done, { once: true, signal: over.signal });
			setTimeout(tickMs, undefined, { signal: over.signal }).then(done, () => {});
			if (signal?.aborted) done();
		});
	}
}
