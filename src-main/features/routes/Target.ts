import { randomUUID } from 'node:crypto';
import { type FailureRecord, toFailureRecord } from '#contract/errors.ts';
import { type Attempt, CircuitBreaker } from '../../platform/balance/CircuitBreaker.ts';
import { askedPauseMs, faultOf } from './faultOf.ts';
import type { StoredTarget } from './RouteTable.ts';

/** What stands behind a route, with what is known of its health; kept as long as the target is, however its route changes. */
export class Target {
	readonly breaker: CircuitBreaker;
	stored: StoredTarget;
	active = 0;
	answered = 0;
	failed = 0;
	/** The last thing that it failed with, until it answers again. */
	failure: FailureRecord | null = null;

	constructor(stored: StoredTarget, now: () => number) {
		this.stored = stored;
		this.breaker = new CircuitBreaker({ now });
	}

	get id(): string {
		return this.stored.id;
	}

	/** Whether a request may be given to it, for all that is known of it here. */
	get isOpen(): boolean {
		return this.stored.isEnabled && this.breaker.allows;
	}

	/** Begins a piece of work for it; `end` is to be called once with what came of it, and counts. */
	begin(): { end(outcome: 'answered' | 'dropped' | { error: unknown }): void } {
		const attempt = this.breaker.begin();
		this.active++;
		return {
			end: (outcome) => {
				this.active--;
				if (outcome === 'dropped') attempt.dropped();
				else if (outcome === 'answered') {
					attempt.succeeded();
					this.answered++;
					this.failure = null;
				} else if (this.#blame(attempt, outcome.error)) this.failed++;
			},
		};
	}

	/** Asks it how it is, which is no work of its own. */
	async check(ask: () => Promise<void>): Promise<void> {
		const attempt = this.breaker.begin();
		try {
			await ask();
			attempt.succeeded();
			this.failure = null;
		} catch (error) {
			this.#blame(attempt, error);
			throw error;
		}
	}

	/** Counts a failure against it, where it is to blame for it, and tells whether it is. */
	#blame(attempt: Attempt, error: unknown): boolean {
		const isToBlame = faultOf(error) === 'target';
		if (isToBlame) {
			attempt.failed(askedPauseMs(error));
			this.failure = toFailureRecord(error, randomUUID());
		} else attempt.dropped();
		return isToBlame;
	}
}
