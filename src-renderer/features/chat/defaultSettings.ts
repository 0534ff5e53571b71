import type { ChatSettings } from '#contract/chat.ts';

/** The settings that a new conversation has, for "Back to the defaults"; the contract's own (parseSetting.test.ts compares them). */
export const defaultSettings: ChatSettings = {
	systemPrompt: '',
	temperature: 0.7,
	maxTokens: 1024,
	topP: 0.95,
	topK: 40,
	minP: 0.05,
	repeatPenalty: 1.1,
	seed: null,
	stop: [],
};
