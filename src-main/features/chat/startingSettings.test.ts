import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chatSettings } from '#contract/chat.ts';
import type { ModelDefaults } from '#contract/library.ts';
import { startingSettings } from '#contract/startingSettings.ts';

test('a conversation with a model that advises nothing begins with the usual settings', () => {
	expect(startingSettings(null)).toEqual(chatSettings.parse({}));
	expect(startingSettings({ contextTokens: 4096, chatTemplate: '{{ messages }}' })).toEqual(chatSettings.parse({}));
});

test('what a model advises comes before the usual settings', () => {
	expect(startingSettings({ temperature: 0, topK: 20, systemPrompt: 'Be kind.', stop: ['<|im_end|>'], maxTokens: 50, seed: 7 })).toEqual({
		...chatSettings.parse({}),
		temperature: 0,
		topK: 20,
		systemPrompt: 'Be kind.',
		stop: ['<|im_end|>'],
		maxTokens: 50,
		seed: 7,
	});
});

test('whatever a model advises, a conversation can take', () => {
	const advice: fc.Arbitrary<ModelDefaults> = fc.record(
		{
			temperature: fc.double({ min: 0, max: 5, noNaN: true }),
			maxTokens: fc.integer({ min: 1, max: 1_048_576 }),
			stop: fc.array(fc.string({ minLength: 1, maxLength: 1000 }), { maxLength: 64 }),
			contextTokens: fc.integer({ min: 128, max: 1_048_576 }),
		},
		{ requiredKeys: [] },
	);
	fc.assert(fc.property(advice, (defaults) => chatSettings.safeParse(startingSettings(defaults)).success));
});
