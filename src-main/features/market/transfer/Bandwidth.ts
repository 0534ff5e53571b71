import { setTimeout as sleep } from 'node:timers/promises';

/** How long at most a wait goes on under a limit that may have changed meanwhile. */
const sliceMs = 200;

/** Holds all connections of a transfer to a number of bytes a second. */
export class Bandwidth {
	#bytesPerSecond: number | null;
	/** Bytes that may be taken at once; below 0 is what was taken ahead. */
	#credit = 0;
	#countedAt = performance.now();

	constructor(bytesPerSecond: number | null) {
		this.#bytesPerSecond = bytesPerSecond;
	}

	/** Null: no limit. Counts at once, for waits that have begun too. */
	set(bytesPerSecond: number | null): void {
		this.#count();
		this.#bytesPerSecond = bytesPerSecond;
	}

	get isLimited(): boolean {
		return this.#bytesPerSecond !== null;
	}

	/** Infinity: no limit. */
	get bytesPerSecond(): number {
		return this.#bytesPerSecond ?? Number.POSITIVE_INFINITY;
	}

	/** Takes `bytes` that have come, and waits until the next may. */
	async take(bytes: number, signal: AbortSignal): Promise<void> {
		this.#count();
		this.#credit -= bytes;
		while (this.#bytesPerSecond !== null && this.#credit < 0) {
			await sleep(Math.min(sliceMs, (-this.#credit / this.#bytesPerSecond) * 1000), undefined, { signal });
			this.#count();
		}
	}

	#count(): void {
		const now = performance.now();
		const rate = this.#bytesPerSecond;
		if (rate === null) this.#credit = 0;
		// A tenth of a second's worth may be caught up after a pause.
		else this.#credit = Math.min(rate / 10, this.#credit + ((now - this.#countedAt) / 1000) * rate);
		this.#countedAt = now;
	}
}
