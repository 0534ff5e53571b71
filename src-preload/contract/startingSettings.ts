import type { ChatSettings } from './chat.ts';
import type { ModelDefaults } from './library.ts';

const mostTokens = 131_072;
const mostStops = 8;
const longestStop = 200;

/**
 * The settings that a new conversation with a model has, and goes back to: what the model's source advises, and for the rest the
 * usual ones (the defaults of `chatSettings`). What a conversation cannot take of the advice is cut to what it can.
 *
 * Without any checks of zod, so that a screen can use it too.
 */
export function startingSettings(defaults: ModelDefaults | null): ChatSettings {
	const advised = defaults ?? {};
	return {
		systemPrompt: advised.systemPrompt ?? '',
		temperature: advised.temperature ?? 0.7,
		maxTokens: Math.min(advised.maxTokens ?? 1024, mostTokens),
		topP: advised.topP ?? 0.95,
		topK: advised.topK ?? 40,
		minP: advised.minP ?? 0.05,
		repeatPenalty: advised.repeatPenalty ?? 1.1,
		seed: advised.seed ?? null,
		stop: [...new Set(advised.stop)].filter((text) => text.length <= longestStop).slice(0, mostStops),
	};
}
