import type { LlamaContextSequence, Token } from 'node-llama-cpp';
import type { Slot } from './SlotPool.ts';

/** One sequence of the model's context: evaluates prompts and remembers what it has evaluated. */
export class SequenceSlot implements Slot<Token> {
	readonly sequence: LlamaContextSequence;

	constructor(sequence: LlamaContextSequence) {
		this.sequence = sequence;
	}

	get tokens(): readonly Token[] {
		return this.sequence.contextTokens;
	}

	/** Forgets everything. */
	async clear(): Promise<void> {
		if (this.sequence.nextTokenIndex > 0) await this.sequence.clearHistory();
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
	 * Evaluates all but the last part of a prompt, from `start` on, in parts of at most `partTokens`, and answers with that last part.
	 * Between two parts it looks at `stop`, so that a long prompt can be given up; then what is left is empty.
	 */
	async evaluateUpToLast(prompt: readonly Token[], start: number, partTokens: number, stop: AbortSignal): Promise<Token[]> {
		let at = start;
		for (; prompt.length - at > partTokens; at += partTokens) {
			if (stop.aborted) return [];
			await this.sequence.evaluateWithoutGeneratingNewTokens(prompt.slice(at, at + partTokens));
		}
		return stop.aborted ? [] : prompt.slice(at);
	}
}
