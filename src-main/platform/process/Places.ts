interface Waiting {
	ownerId: string;
	begin(): void;
}

/**
 * Places for what is costly while it goes on: processes that each take their share of memory.
 *
 * At most `most` are taken in all, and `mostEach` by one owner. Who comes when there is none waits; owners take turns, so that nobody who asks
 * for much keeps others waiting longer than for what goes on already.
 */
export class Places {
	readonly #most: number;
	readonly #mostEach: number;
	/** The owner of each place that is taken. */
	readonly #taken: string[] = [];
	#waiting: Waiting[] = [];

	constructor({ most, mostEach }: { most: number; mostEach: number }) {
		this.#most = most;
		this.#mostEach = mostEach;
	}

	/** Waits for a place, and returns how to leave it, which is to be called once. Rejects with the reason of `signal` if it aborts before. */
	take(ownerId: string, signal?: AbortSignal): Promise<() => void> {
		return new Promise((resolve, reject) => {
			if (signal?.aborted) return reject(signal.reason);
			const goAway = () => {
				this.#waiting = this.#waiting.filter((other) => other !== waiting);
				reject(signal?.reason);
			};
			const waiting: Waiting = {
				ownerId,
				begin: () => {
					signal?.removeEventListener('abort', goAway);
					resolve(() => this.#leave(ownerId));
				},
			};
			signal?.addEventListener('abort', goAway, { once: true });
			this.#waiting.push(waiting);
			this.#fill();
		});
	}

	#leave(ownerId: string): void {
		this.#taken.splice(this.#taken.indexOf(ownerId), 1);
		// Others first: it is their turn.
		const [own, others] = [true, false].map((isOwn) => this.#waiting.filter((each) => (each.ownerId === ownerId) === isOwn));
		this.#waiting = [...(others ?? []), ...(own ?? [])];
		this.#fill();
	}

	#fill(): void {
		while (this.#taken.length < this.#most) {
			const next = this.#waiting.findIndex(({ ownerId }) => this.#taken.filter((owner) => owner === ownerId).length < this.#mostEach);
			const [waiting] = next === -1 ? [] : this.#waiting.splice(next, 1);
			if (!waiting) return;
			this.#taken.push(waiting.ownerId);
			waiting.begin();
		}
	}
}
