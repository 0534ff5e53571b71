/** What is in the seat, for the time of one request. */
export interface Seated<T> {
	value: T;
	/** Must be called once. */
	release(): void;
}

interface Waiting<T> {
	key: string;
	make(): Promise<T>;
	resolve(seated: Seated<T>): void;
	reject(error: unknown): void;
}

/**
 * A place for one costly thing at a time, which many requests may use together.
 *
 * A request for what is there gets it at once; one for something else waits until nobody uses that, then it is disposed and the other
 * made. Requests are served in their order, so that nobody waits for ever.
 */
export class Seat<T extends { dispose(): Promise<void> }> {
	#there: { key: string; value: T } | null = null;
	#users = 0;
	#queue: Waiting<T>[] = [];
	#changing = false;

	/** What is there now. */
	get value(): T | null {
		return this.#there?.value ?? null;
	}

	/** Rejects with what `make` throws, or with the reason of `signal` if it aborts while the request waits. */
	take(key: string, make: () => Promise<T>, signal?: AbortSignal): Promise<Seated<T>> {
		return new Promise((resolve, reject) => {
			signal?.throwIfAborted();
			const leave = () => {
				this.#queue = this.#queue.filter((other) => other !== waiting);
				reject(signal?.reason);
				void this.#serve();
			};
			const stay = () => signal?.removeEventListener('abort', leave);
			const waiting: Waiting<T> = {
				key,
				make,
				resolve: (seated) => {
					stay();
					resolve(seated);
				},
				reject: (error) => {
					stay();
					reject(error);
				},
			};
			signal?.addEventListener('abort', leave, { once: true });
			this.#queue.push(waiting);
			void this.#serve();
		});
	}

	async #serve(): Promise<void> {
		if (this.#changing) return;
		this.#changing = true;
		try {
			for (let next = this.#queue[0]; next; next = this.#queue[0]) {
				if (this.#there?.key !== next.key) {
					if (this.#users > 0) return;
					await this.#change(next);
					continue;
				}
				this.#queue.shift();
				this.#users++;
				next.resolve({ value: this.#there.value, release: () => this.#release() });
			}
		} finally {
			this.#changing = false;
		}
	}

	/** Puts in the seat what a request waits for; one for which that fails is told and waits no longer. */
	async #change(next: Waiting<T>): Promise<void> {
		const before = this.#there;
		this.#there = null;
		try {
			await before?.value.dispose();
			this.#there = { key: next.key, value: await next.make() };
		} catch (error) {
			this.#queue = this.#queue.filter((other) => other !== next);
			next.reject(error);
		}
	}

	#release(): void {
		this.#users--;
		void this.#serve();
	}
}
