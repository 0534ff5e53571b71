import { failure } from '#contract/errors.ts';

/** What a request passes: a route with its limits. */
export interface Gate {
	id: string;
	/** Requests at work side by side; null: as many as there are. */
	mostAtWork: number | null;
	/** Requests that wait for one of them to end. */
	mostWaiting: number;
}

interface Request {
	ownerId: string;
	gate: Gate;
}

interface Waiting extends Request {
	begin(): void;
}

/** No caller is asked to come back sooner, or later, than this. */
const soonestMs = 1000;
const latestMs = 60_000;

/**
 * Lets requests in: so many at work through each gate and in all, and so many that wait.
 *
 * The next to begin is one of the account that has the least at work, and of those the one whose last turn is the longest ago, so that
 * whoever asks for much keeps nobody waiting for more than what goes on already. One account may take up half of the room for waiting.
 */
export class Admission {
	readonly #limits: { mostAtWork: number; mostWaiting: number };
	readonly #now: () => number;
	readonly #atWork = new Set<Request>();
	#waiting: Waiting[] = [];
	/** The number of each account's last begin, as long as it has something here. */
	readonly #turns = new Map<string, number>();
	#begun = 0;
	/** How long requests take, the last ones counting most. */
	#usualMs = soonestMs;

	constructor({ now = Date.now, ...limits }: { mostAtWork: number; mostWaiting: number; now?: () => number }) {
		this.#limits = limits;
		this.#now = now;
	}

	/** What is at work and waits at one gate. */
	load(gateId: string): { atWork: number; waiting: number } {
		const isHere = ({ gate }: Request) => gate.id === gateId;
		return { atWork: [...this.#atWork].filter(isHere).length, waiting: this.#waiting.filter(isHere).length };
	}

	/**
	 * Waits until the request may begin, and returns how to leave, which is to be called once; null where `signal` aborts before. Throws
	 * TOO_BUSY, with when to come back, where there is no room to wait either.
	 */
	async enter(ownerId: string, gate: Gate, signal?: AbortSignal): Promise<(() => void) | null> {
		if (signal?.aborted) return null;
		const request = { ownerId, gate };
		const mayBegin = this.#hasRoom(gate) && !this.#waiting.some((other) => other.gate.id === gate.id);
		if (!mayBegin) this.#refuseFull(request);
		return new Promise((resolve) => {
			const goAway = () => {
				this.#waiting = this.#waiting.filter((other) => other !== waiting);
				this.#forget(ownerId);
				resolve(null);
			};
			const waiting: Waiting = {
				...request,
				begin: () => {
					signal?.removeEventListener('abort', goAway);
					resolve(this.#begin(request));
				},
			};
			signal?.addEventListener('abort', goAway, { once: true });
			this.#waiting.push(waiting);
			this.#fill();
		});
	}

	#begin(request: Request): () => void {
		const from = this.#now();
		this.#atWork.add(request);
		this.#turns.set(request.ownerId, ++this.#begun);
		return () => {
			if (!this.#atWork.delete(request)) return;
			this.#usualMs += (this.#now() - from - this.#usualMs) / 8;
			this.#forget(request.ownerId);
			this.#fill();
		};
	}

	#fill(): void {
		for (;;) {
			const open = this.#waiting.filter(({ gate }) => this.#hasRoom(gate));
			const [first] = open;
			if (!first) return;
			const next = open.reduce((best, each) => (this.#isBefore(each.ownerId, best.ownerId) ? each : best), first);
			this.#waiting = this.#waiting.filter((other) => other !== next);
			next.begin();
		}
	}

	#isBefore(ownerId: string, otherId: string): boolean {
		const busy = (id: string) => [...this.#atWork].filter((request) => request.ownerId === id).length;
		return busy(ownerId) - busy(otherId) < 0 || (busy(ownerId) === busy(otherId) && (this.#turns.get(ownerId) ?? 0) < (this.#turns.get(otherId) ?? 0));
	}

	#hasRoom({ id, mostAtWork }: Gate): boolean {
		return this.#atWork.size < this.#limits.mostAtWork && (mostAtWork === null || this.load(id).atWork < mostAtWork);
	}

	#refuseFull({ ownerId, gate }: Request): void {
		const here = this.#waiting.filter((other) => other.gate.id === gate.id);
		const own = here.filter((other) => other.ownerId === ownerId).length;
		const isFull = this.#waiting.length >= this.#limits.mostWaiting || here.length >= gate.mostWaiting || own >= Math.ceil(gate.mostWaiting / 2);
		if (!isFull) return;
		const turnMs = (this.#usualMs * (here.length + 1)) / Math.max(1, this.load(gate.id).atWork);
		throw failure('TOO_BUSY', { retryAfterMs: Math.round(Math.min(latestMs, Math.max(soonestMs, turnMs))) });
	}

	#forget(ownerId: string): void {
		const isHere = (request: Request) => request.ownerId === ownerId;
		if (![...this.#atWork].some(isHere) && !this.#waiting.some(isHere)) this.#turns.delete(ownerId);
	}
}
