/** How one attempt went; each is told once, and nothing more is heard of it. */
export interface Attempt {
	succeeded(): void;
	/** `retryAfterMs`: it asked to be left alone for so long. */
	failed(retryAfterMs?: number): void;
	/** It was broken off and says nothing of what was tried. */
	dropped(): void;
}

export interface BreakerOptions {
	/** So many failures in a row open it. */
	failuresToOpen?: number;
	/** How long it stays open at first; twice as long after each probe that fails. */
	pauseMs?: number;
	longestPauseMs?: number;
	now?: () => number;
}

/**
 * Keeps work away from something that fails again and again.
 *
 * Closed, it lets everything through. Open, nothing for a while. Then half open: one attempt, the probe, which closes it or opens it anew for
 * longer. What was begun before it opened is not counted any more.
 */
export class CircuitBreaker {
	readonly #failuresToOpen: number;
	readonly #firstPauseMs: number;
	readonly #longestPauseMs: number;
	readonly #now: () => number;
	#failures = 0;
	#pauseMs: number;
	/** Null while it is closed. */
	#openUntil: number | null = null;
	#isProbing = false;
	/** Which closed time it is: an attempt of an earlier one is not counted. */
	#era = 0;

	constructor({ failuresToOpen = 3, pauseMs = 1000, longestPauseMs = 60_000, now = Date.now }: BreakerOptions = {}) {
		this.#failuresToOpen = failuresToOpen;
		this.#firstPauseMs = pauseMs;
		this.#pauseMs = pauseMs;
		this.#longestPauseMs = longestPauseMs;
		this.#now = now;
	}

	get state(): 'closed' | 'open' | 'halfOpen' {
		if (this.#openUntil === null) return 'closed';
		return this.#now() >= this.#openUntil ? 'halfOpen' : 'open';
	}

	/** When the next attempt is let through; null while all are. */
	get retryAt(): number | null {
		return this.#openUntil;
	}

	/** Whether an attempt may begin now. */
	get allows(): boolean {
		return this.state === 'closed' || (this.state === 'halfOpen' && !this.#isProbing);
	}

	/** Begins an attempt; call it only where `allows` says so. */
	begin(): Attempt {
		const isProbe = this.#openUntil !== null;
		if (isProbe) this.#isProbing = true;
		const era = this.#era;
		let isTold = false;
		const tell = (count: () => void) => () => {
			if (isTold) return;
			isTold = true;
			if (isProbe) this.#isProbing = false;
			if (era === this.#era) count();
		};
		return {
			succeeded: tell(() => this.#close()),
			failed: (retryAfterMs = 0) => tell(() => this.#fail(isProbe, retryAfterMs))(),
			dropped: tell(() => {}),
		};
	}

	#close(): void {
		this.#failures = 0;
		if (this.#openUntil === null) return;
		this.#pauseMs = this.#firstPauseMs;
		this.#openUntil = null;
		this.#era++;
	}

	#fail(isProbe: boolean, retryAfterMs: number): void {
		if (!isProbe && ++this.#failures < this.#failuresToOpen && retryAfterMs === 0) return;
		this.#openUntil = this.#now() + Math.max(retryAfterMs, this.#pauseMs);
		this.#pauseMs = Math.min(this.#longestPauseMs, 2 * this.#pauseMs);
		this.#era++;
	}
}
