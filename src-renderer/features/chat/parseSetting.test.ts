import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chatSettings } from '#contract/chat.ts';
import { type NumberSetting, parseSetting } from './parseSetting.ts';

const names: NumberSetting[] = ['temperature', 'topP', 'topK', 'minP', 'repeatPenalty', 'seed', 'maxTokens'];

test('reads numbers with a point or a comma and an empty seed as none', () => {
	expect(parseSetting('temperature', ' 0,8 ')).toEqual({ kind: 'value', value: 0.8 });
	expect(parseSetting('topK', '40')).toEqual({ kind: 'value', value: 40 });
	expect(parseSetting('seed', '')).toEqual({ kind: 'value', value: null });
});

test('says the bounds when a value cannot be taken', () => {
	expect(parseSetting('temperature', '')).toEqual({ kind: 'wrong', smallest: 0, largest: 5, isWhole: false });
	expect(parseSetting('topK', '1.5')).toEqual({ kind: 'wrong', smallest: 0, largest: 10_000, isWhole: true });
});

test('takes exactly the numbers that the contract takes', () => {
	const edges = names.flatMap((name) => {
		const wrong = parseSetting(name, 'x');
		return wrong.kind === 'wrong' ? [wrong.smallest, wrong.smallest - 1, wrong.smallest + 0.25, wrong.largest, wrong.largest + 1] : [];
	});
	fc.assert(
		fc.property(fc.constantFrom(...names), fc.oneof(fc.constantFrom(...edges), fc.double(), fc.integer()), (name, value) => {
			expect(parseSetting(name, String(value)).kind === 'value').toBe(chatSettings.shape[name].safeParse(value).success);
		}),
	);
});
