import type { Token } from 'node-llama-cpp';
import type { SequenceSlot } from './SequenceSlot.ts';
import { sharedLength } from './SlotPool.ts';

/** A prompt, and whose it is. */
export interface OwnedPrompt {
	ownerId: string;
	tokens: readonly Token[];
}

/** Copying fewer tokens than this takes as long as evaluating them (measured with a model of 0.5B shape: 2 ms for a copy, 5 ms for a token). */
const leastShared = 32;

/**
 * Lets requests of one owner that begin alike, such as a class of answers under one rubric, evaluate what they share once: the sequence that
 * comes first evaluates it, the others copy it.
 *
 * What one owner's request evaluated is never used for another's (reliability.md M4).
 */
export class SharedPrompts {
	/** What each sequence at work evaluates or has evaluated. */
	readonly #atWork = new Map<SequenceSlot, OwnedPrompt>();
	#waiting: (() => void)[] = [];

	/**
	 * Fills a slot with as much of a prompt as it or another slot holds, forgets the rest, and tells how many tokens that is: never the last one,
	 * which must be evaluated for the answer to begin. Where another slot is still evaluating what both share, waits for it.
	 *
	 * Whoever has called it must call `told` after each step, and `leave` in the end, also after an error.
	 */
	async join(slot: SequenceSlot, prompt: OwnedPrompt, stop: AbortSignal): Promise<number> {
		const needed = prompt.tokens.slice(0, -1);
		while (!stop.aborted) {
			const best = this.#longest(prompt.ownerId, needed);
			if (!best || best.shared < sharedLength(slot.tokens, needed) + leastShared) break;
			if (best.slot.tokens.length >= best.shared) {
				await slot.copy(best.slot, best.shared);
				break;
			}
			await new Promise<void>((resolve) => {
				this.#waiting.push(resolve);
				stop.addEventListener('abort', () => resolve(), { once: true });
			});
		}
		this.#atWork.set(slot, prompt);
		return slot.keepPrefix(prompt.tokens);
	}

	/** A slot has evaluated something: those that wait for it look again. */
	told(): void {
		for (const look of this.#waiting.splice(0)) look();
	}

	leave(slot: SequenceSlot): void {
		this.#atWork.delete(slot);
		this.told();
	}

	#longest(ownerId: string, tokens: readonly Token[]): { slot: SequenceSlot; shared: number } | undefined {
		const own = [...this.#atWork].filter(([, other]) => other.ownerId === ownerId);
		return own.map(([slot, other]) => ({ slot, shared: sharedLength(other.tokens, tokens) })).toSorted((a, b) => b.shared - a.shared)[0];
	}
}
