import { likelyTokensOf } from '#contract/priceOf.ts';
import type { ChatTurn } from '../engine/engine.ts';

/** What a template writes around a conversation. */
const templateTokens = 16;
/** Of a model that has not answered yet, letters tell as much as they do of most. */
const untold = 1;

/**
 * How long prompts are likely to be, told before a model has counted them: by their letters, and by how many tokens the model's answers have told it
 * makes of such. So a request sets aside about what it needs, and leaves the rest of a small balance to the others.
 */
export class PromptLengths {
	readonly #ratios = new Map<string, number>();

	likely(modelId: string, turns: readonly Pick<ChatTurn, 'content'>[]): number {
		return Math.ceil(byLetters(turns) * (this.#ratios.get(modelId) ?? untold));
	}

	/** Takes to heart how long a prompt was: a longer one at once, a shorter one by and by. */
	learn(modelId: string, turns: readonly Pick<ChatTurn, 'content'>[], promptTokens: number): void {
		const told = promptTokens / byLetters(turns);
		const before = this.#ratios.get(modelId) ?? 0;
		this.#ratios.set(modelId, Math.max(told, 0.9 * before + 0.1 * told));
	}
}

function byLetters(turns: readonly Pick<ChatTurn, 'content'>[]): number {
	return likelyTokensOf(turns) + templateTokens;
}
