/** Something that remembers the tokens it has worked through, for one owner at a time. */
export interface Slot<T> {
	readonly tokens: readonly T[];
}

interface Place<T, S extends Slot<T>> {
	slot: S;
	/** Whose tokens are in the slot. */
	ownerId: string | null;
	busy: boolean;
	usedAt: number;
}

interface Waiting<S> {
	ownerId: string;
	tokens: readonly unknown[];
	resolve(taken: Taken<S>): void;
}

/** A slot for the time of one request. */
export interface Taken<S> {
	slot: S;
	/** The slot holds what another owner's request left, or nothing: it must be emptied before anything is done with it. */
	foreign: boolean;
	/** Gives the slot back; must be called once. */
	release(): void;
}

/**
 * Shares the sequences of a model among requests.
 *
 * A request gets the free slot that holds most of its prompt already, if its owner's own last request left it there; what one owner
 * left is never used for another (reliability.md M4). When all are busy requests wait, and the next slot goes to the owner who has
 * the fewest at work, the earliest request first, so that a whole class does not keep one chat waiting.
 */
export class SlotPool<T, S extends Slot<T>> {
	readonly #places: Place<T, S>[];
	#queue: Waiting<S>[] = [];
	#clock = 0;

	constructor(slots: readonly S[]) {
		this.#places = slots.map((slot) => ({ slot, ownerId: null, busy: false, usedAt: 0 }));
	}

	get running(): number {
		return this.#places.filter(({ busy }) => busy).length;
	}

	get waiting(): number {
		return this.#queue.length;
	}

	/** Rejects with the reason of `signal` if it aborts while the request waits. */
	take(request: { ownerId: string; tokens: readonly T[] }, signal?: AbortSignal): Promise<Taken<S>> {
		return new Promise((resolve, reject) => {
			signal?.throwIfAborted();
			const leave = () => {
				this.#queue = this.#queue.filter((other) => other !== waiting);
				reject(signal?.reason);
			};
			const waiting: Waiting<S> = {
				...request,
				resolve: (taken) => {
					signal?.removeEventListener('abort', leave);
					resolve(taken);
				},
			};
			signal?.addEventListener('abort', leave, { once: true });
			this.#queue.push(waiting);
			this.#serve();
		});
	}

	#serve(): void {
		while (this.#queue.length > 0 && this.#places.some(({ busy }) => !busy)) {
			const next = this.#queue.reduce((best, other) => (this.#atWork(other.ownerId) < this.#atWork(best.ownerId) ? other : best));
			this.#queue = this.#queue.filter((other) => other !== next);
			// A waiting request carries its tokens as `unknown` only to keep the queue free of the element's type.
			next.resolve(this.#occupy(this.#choose(next.ownerId, next.tokens as readonly T[]), next.ownerId));
		}
	}

	#atWork(ownerId: string): number {
		return this.#places.filter((place) => place.busy && place.ownerId === ownerId).length;
	}

	#choose(ownerId: string, tokens: readonly T[]): Place<T, S> {
		const free = this.#places.filter(({ busy }) => !busy);
		const own = free.filter((place) => place.ownerId === ownerId).map((place) => ({ place, shared: sharedLength(place.slot.tokens, tokens) }));
		const best = own.reduce<(typeof own)[number] | undefined>((top, other) => (top === undefined || other.shared > top.shared ? other : top), undefined);
		// A few common tokens at the start are not worth throwing another conversation away.
		if (best && best.shared * 2 >= Math.min(tokens.length, best.place.slot.tokens.length)) return best.place;
		const empty = free.find((place) => place.ownerId === null);
		return empty ?? free.reduce((oldest, other) => (other.usedAt < oldest.usedAt ? other : oldest));
	}

	#occupy(place: Place<T, S>, ownerId: string): Taken<S> {
		const foreign = place.ownerId !== ownerId;
		Object.assign(place, { busy: true, ownerId, usedAt: ++this.#clock });
		const release = () => {
			Object.assign(place, { busy: false, usedAt: ++this.#clock });
			this.#serve();
		};
		return { slot: place.slot, foreign, release };
	}
}

/** How many tokens two sequences begin with in common. */
export function sharedLength<T>(a: readonly T[], b: readonly T[]): number {
	const length = Math.min(a.length, b.length);
	for (let i = 0; i < length; i++) if (a[i] !== b[i]) return i;
	return length;
}
