import type { LlamaContextSequence, Token } from 'node-llama-cpp';
import type { Rounds } from './Rounds.ts';
import type { Slot } from './SlotPool.ts';

/** One sequence of the model's context: evaluates prompts and remembers what it has evaluated. */
export class SequenceSlot implements Slot<Token> {
	readonly sequence: LlamaContextSequence;
	/** The sequence's number in the context. */
	readonly number: number;

	constructor(sequence: LlamaContextSequence, number: number) {
		this.sequence = sequence;
		this.number = number;
	}

	get tokens(): readonly Token[] {
		return this.sequence.contextTokens;
	}

	/** Forgets everything. */
	async clear(): Promise<void> {
		if (this.sequence.nextTokenIndex > 0) await this.sequence.clearHistory();
	}

	/**
	 * Holds the first `count` tokens that `other` has evaluated instead of what it held; nothing where this model's memory cannot be cut there.
	 * Both must be between two evaluations.
	 */
	async copy(other: SequenceSlot, count: number): Promise<void> {
		// Left out of the library's types. The version is pinned, and the test compares with what is evaluated anew.
		const sequence = this.sequence as unknown as { _copyStateFromOtherSequence(other: LlamaContextSequence, count: number): Promise<boolean> };
		if (!(await sequence._copyStateFromOtherSequence(other.sequence, count))) await this.clear();
	}

	/**
	 * Forgets what does not begin `prompt`, and tells how many of its tokens are still there.
	 * The last token is never counted: it must be evaluated for the answer to begin.
	 */
	async keepPrefix(prompt: readonly Token[]): Promise<number> {
		await this.sequence.adaptStateToTokens(prompt.slice(0, -1), false);
		return this.sequence.nextTokenIndex;
	}

	/**
	 * Evaluates a prompt from `start` on, but for its last part, and answers with that. Between two parts it looks at `stop`, so that a
	 * long prompt can be given up; then what is left is empty. After each it calls `onPart`.
	 */
	async evaluateUpToLast(prompt: readonly Token[], start: number, rounds: Rounds, stop: AbortSignal, onPart: () => void): Promise<Token[]> {
		for (let at = start; ; ) {
			const count = await rounds.next(this.number, prompt.length - at);
			if (stop.aborted) return [];
			if (count === 0) continue;
			const part = prompt.slice(at, at + count);
			at += part.length;
			if (at >= prompt.length) return part;
			await this.sequence.evaluateWithoutGeneratingNewTokens(part);
			onPart();
		}
	}
}
