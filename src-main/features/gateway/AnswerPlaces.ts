import { failure } from '#contract/errors.ts';
import type { Principal } from '../../platform/rpc/guard.ts';

/** How long a program that has as many answers as it may should wait: most are done in seconds. */
const retryAfterMs = 2000;

/** The answers being written, of each key, and of each account that comes without one: nobody has more at once than it may. */
export class AnswerPlaces {
	readonly #mostOf: (principal: Principal) => number;
	readonly #taken = new Map<string, number>();

	constructor(mostOf: (principal: Principal) => number) {
		this.#mostOf = mostOf;
	}

	/** Takes a place, and gives how to leave it, which is to be called once. Throws TOO_MANY_REQUESTS. */
	take(principal: Principal): () => void {
		const who = principal.key?.id ?? principal.accountId;
		const taken = this.#taken.get(who) ?? 0;
		if (taken >= this.#mostOf(principal)) throw failure('TOO_MANY_REQUESTS', { what: 'streams', retryAfterMs });
		this.#taken.set(who, taken + 1);
		return () => {
			const left = (this.#taken.get(who) ?? 1) - 1;
			if (left === 0) this.#taken.delete(who);
			else this.#taken.set(who, left);
		};
	}
}
