import { setTimeout as sleep } from 'node:timers/promises';
import { type Failure, isFailure } from '#contract/errors.ts';
import type { Tempo } from './transferContract.ts';

/** What must have come since a failure so that it does not count as fruitless. */
const leastGainBytes = 65_536;

/** A failure that may pass: the same is tried again, after `afterMs` at least. */
export class PassingFailure extends Error {
	readonly failure: Failure;
	readonly afterMs: number;

	constructor(passing: Failure, afterMs = 0) {
		super(passing.message, { cause: passing });
		this.failure = passing;
		this.afterMs = afterMs;
	}
}

/** Tells a network or a server that is away, and comes back by itself, from one that answers what it should not. */
function isAway(failure: Failure): boolean {
	return isFailure(failure, 'SERVER_FAILED') ? failure.data.status >= 500 : ['NETWORK_FAILED', 'DOWNLOAD_STALLED', 'RATE_LIMITED'].includes(failure.code);
}

/**
 * Decides for all connections of a transfer how long to wait after a failure, and when to give up.
 *
 * Waits double from try to try and are jittered, so that many who lost the same server do not come back as one. Bytes that come
 * begin the count anew. Connections that fail together count as one try.
 *
 * A server that answers wrongly gets fewer tries than one that is away, counted from the last time that it was away. All in a row
 * are counted as well, so that the two by turns come to an end.
 */
export class Patience {
	readonly #tempo: Tempo;
	readonly #random: () => number;
	#tries = 0;
	/** Those of them since the network or the server was last away. */
	#triesThere = 0;
	#gainedBytes = 0;
	#waiting: { until: number; failure: Failure } | null = null;

	constructor(tempo: Tempo, random: () => number = Math.random) {
		this.#tempo = tempo;
		this.#random = random;
	}

	/** Why nothing is tried just now; null while something is under way or comes. `until` in epoch ms. */
	get waiting(): { until: number; failure: Failure } | null {
		return this.#waiting !== null && this.#waiting.until > Date.now() && this.#gainedBytes === 0 ? this.#waiting : null;
	}

	/** Counts bytes that the file did not have before. */
	gained(bytes: number): void {
		this.#gainedBytes += bytes;
	}

	/** Waits until it may be tried again. Throws the failure itself once it has come too often, or where the server asks for too long a wait. */
	async wait(passing: PassingFailure, signal: AbortSignal): Promise<void> {
		const now = Date.now();
		if (this.#waiting === null || this.#waiting.until <= now) this.#waiting = { until: Math.ceil(now + this.#nextWaitMs(passing)), failure: passing.failure };
		await sleep(Math.max(0, this.#waiting.until - now), undefined, { signal });
	}

	#nextWaitMs({ failure, afterMs }: PassingFailure): number {
		const { firstWaitMs, mostWaitMs, tries, awayTries, mostRetryAfterMs } = this.#tempo;
		if (this.#gainedBytes >= leastGainBytes) this.#tries = this.#triesThere = 0;
		this.#gainedBytes = 0;
		this.#tries++;
		this.#triesThere = isAway(failure) ? 0 : this.#triesThere + 1;
		if (this.#tries > awayTries || this.#triesThere > tries || afterMs > mostRetryAfterMs) throw failure;
		const doubled = Math.min(firstWaitMs * 2 ** Math.min(this.#tries - 1, 30), mostWaitMs);
		return Math.max(afterMs, doubled * (0.5 + 0.5 * this.#random()));
	}
}
