import type { Failure } from '#contract/errors.ts';
import type { Price } from '#contract/ledger.ts';
import { baseFor, priceOf } from '#contract/priceOf.ts';
import { JobPaused } from '../../platform/jobs/JobRunner.ts';
import { growHold } from './growHold.ts';
import type { Hold, TokenUse } from './holds.ts';
import type { Ledger } from './ledger.ts';

/**
 * Shares the hold of a job between what models write for it side by side, its answers, so that together they never cost more than it.
 *
 * An answer takes what it may need at most, and gives back what it did not use. Where the hold runs short it grows; where the balance
 * does not do for that, an answer makes do with what it is likely to need, or waits for what others give back. When nobody is left who
 * could, the job pauses itself with INSUFFICIENT_TOKENS.
 */
export class HoldShare {
	readonly price: Price;
	readonly #ledger: Ledger;
	readonly #holdId: string;
	readonly #waiting = new Set<() => void>();
	#free: number;
	/** Answers that are being written, and will give something back. */
	#working = 0;

	constructor(ledger: Ledger, hold: Hold) {
		this.#ledger = ledger;
		this.#holdId = hold.id;
		this.price = hold.price;
		this.#free = hold.left;
	}

	/** Begins an answer, with nothing yet. Close what it gives. */
	open(): Allotment {
		this.#working += 1;
		return new Allotment(this, (tokens) => this.#giveBack(tokens));
	}

	/** Gives an answer that has `held` so much more that it comes to `most`, or at least to `least`. Throws JobPaused, or the reason of `signal`. */
	async take(held: number, { most, least }: { most: number; least: number }, signal: AbortSignal): Promise<number> {
		for (;;) {
			signal.throwIfAborted();
			const refused = this.#grow(most - held - this.#free, least - held - this.#free);
			if (refused === null || held + this.#free >= least) {
				const taken = Math.min(most - held, this.#free);
				this.#free -= taken;
				return taken;
			}
			if (this.#working === 1) throw new JobPaused(refused);
			await this.#change(signal);
		}
	}

	/** Adds `tokens` to what is free, or what the balance has as long as that is `least`; hands back why nothing was added. */
	#grow(tokens: number, least: number): Failure<'INSUFFICIENT_TOKENS'> | null {
		const growth = growHold(this.#ledger, this.#holdId, { most: tokens, least });
		if (growth.kind === 'refused') return growth.failure;
		this.#free += growth.tokens;
		return null;
	}

	#giveBack(tokens: number): void {
		this.#working -= 1;
		this.#free += tokens;
		for (const wake of [...this.#waiting]) wake();
	}

	/** Waits until something was given back, or `signal` aborts. Who waits gives nothing back meanwhile. */
	async #change(signal: AbortSignal): Promise<void> {
		this.#working -= 1;
		const { promise, resolve } = Promise.withResolvers<void>();
		this.#waiting.add(resolve);
		signal.addEventListener('abort', () => resolve(), { once: true });
		await promise;
		this.#waiting.delete(resolve);
		this.#working += 1;
	}
}

/** What one answer may cost, and what it has used. */
export class Allotment {
	readonly #share: HoldShare;
	readonly #giveBack: (tokens: number) => void;
	#tokens = 0;
	#used: TokenUse = { promptTokens: 0, completionTokens: 0 };

	constructor(share: HoldShare, giveBack: (tokens: number) => void) {
		this.#share = share;
		this.#giveBack = giveBack;
	}

	/** What its tries have used, stopped ones too; one that the engine lost is not its owner's to pay. */
	get used(): TokenUse {
		return this.#used;
	}

	/** The tokens of the model that it may use yet. */
	get left(): number {
		return baseFor(this.#share.price, this.#tokens) - this.#usedTokens;
	}

	/** Sees to it that `most` more tokens of the model can be paid for, or at least `least`. Throws JobPaused. */
	async reach(need: { most: number; least: number }, signal: AbortSignal): Promise<void> {
		const cost = (tokens: number) => priceOf(this.#share.price, this.#usedTokens + tokens);
		const [most, least] = [cost(need.most), cost(need.least)];
		if (this.#tokens < most) this.#tokens += await this.#share.take(this.#tokens, { most, least }, signal);
	}

	use({ promptTokens, completionTokens, repeat = this.#used.repeat }: TokenUse): void {
		this.#used = { promptTokens: this.#used.promptTokens + promptTokens, completionTokens: this.#used.completionTokens + completionTokens, repeat };
	}

	/** Gives back what was not charged. */
	close(charged: number): void {
		this.#giveBack(this.#tokens - charged);
		this.#tokens = 0;
	}

	get #usedTokens(): number {
		return this.#used.promptTokens + this.#used.completionTokens;
	}
}
