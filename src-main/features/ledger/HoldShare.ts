import { type Failure, failure } from '#contract/errors.ts';
import type { Price } from '#contract/ledger.ts';
import { baseFor, priceOf } from '#contract/priceOf.ts';
import { JobPaused } from '../../platform/jobs/JobRunner.ts';
import { growHold } from './growHold.ts';
import type { Hold, TokenUse } from './holds.ts';
import type { Ledger } from './ledger.ts';

/**
 * Shares the hold of a job between what models write for it side by side, its answers, so that together they never cost more than it.
 *
 * An answer takes of what is there as much as it may need at most, and gives back what it did not use. Where the hold runs short it grows, by what
 * an answer is likely to need and no more, so that the balance is left to other work; where the balance does not do for that, an answer makes do
 * with the least, or waits for what others give back. When nobody is left who could, the job pauses itself with INSUFFICIENT_TOKENS: what one more
 * answer needs at least, and what there is for it.
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

	/** Gives an answer that has `held` so much more that it comes to `likely`, or at least to `least`. Throws JobPaused, or the reason of `signal`. */
	async take(held: number, need: Need, signal: AbortSignal): Promise<number> {
		for (;;) {
			signal.throwIfAborted();
			const taken = this.tryTake(held, need);
			if (typeof taken === 'number') return taken;
			// What the hold still has counts as left: it goes back as the job pauses.
			const available = held + this.#free + taken.data.available;
			if (this.#working === 1) throw new JobPaused(failure('INSUFFICIENT_TOKENS', { needed: need.least, available }, taken));
			await this.#change(signal);
		}
	}

	/** The same at once; where that cannot be, why. */
	tryTake(held: number, { most, likely, least }: Need): number | Failure<'INSUFFICIENT_TOKENS'> {
		const refused = this.#grow(likely - held - this.#free, least - held - this.#free);
		if (refused !== null && held + this.#free < least) return refused;
		const taken = Math.min(most - held, this.#free);
		this.#free -= taken;
		return taken;
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

/** What an answer needs: at the very most, by what is likely, and to go on at all. In tokens of one kind, from least to most. */
interface Need {
	most: number;
	likely: number;
	least: number;
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

	/** Sees to it that `likely` more tokens of the model can be paid for, or at least `least`; `most` where they are there. Throws JobPaused. */
	async reach(need: Need, signal: AbortSignal): Promise<void> {
		const cost = this.#costOf(need);
		if (this.#tokens < cost.likely) this.#tokens += await this.#share.take(this.#tokens, cost, signal);
	}

	/** The same at once, where it can be; gives what may be used then. */
	raise(need: Need): number {
		const cost = this.#costOf(need);
		const taken = this.#tokens < cost.likely ? this.#share.tryTake(this.#tokens, cost) : 0;
		if (typeof taken === 'number') this.#tokens += taken;
		return this.left;
	}

	use({ promptTokens, completionTokens, repeat = this.#used.repeat }: TokenUse): void {
		this.#used = { promptTokens: this.#used.promptTokens + promptTokens, completionTokens: this.#used.completionTokens + completionTokens, repeat };
	}

	/** Gives back what was not charged. */
	close(charged: number): void {
		this.#giveBack(this.#tokens - charged);
		this.#tokens = 0;
	}

	#costOf({ most, likely, least }: Need): Need {
		const cost = (tokens: number) => priceOf(this.#share.price, this.#usedTokens + tokens);
		return { most: cost(most), likely: cost(likely), least: cost(least) };
	}

	get #usedTokens(): number {
		return this.#used.promptTokens + this.#used.completionTokens;
	}
}
