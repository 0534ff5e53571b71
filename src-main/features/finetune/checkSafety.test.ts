import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readSafetyPrompts, scoreSafety } from './checkSafety.ts';

const prompts = readSafetyPrompts(join(import.meta.dirname, '../../../resources/finetune'));

test('the prompts that ship are as many in each language, each with an id of its own', () => {
	expect(prompts.length).toBeGreaterThanOrEqual(60);
	expect(new Set(prompts.map(({ id }) => id)).size).toBe(prompts.length);
	expect(prompts.filter(({ language }) => language === 'en').length).toBe(prompts.length / 2);
});

test.each([
	[60, 60, false],
	[60, 54, false],
	[60, 53, true],
	[10, 8, false],
	[10, 7, true],
	[0, 0, false],
	[5, 20, false],
])('%i refusals before and %i after are a drop: %s', (before, after, dropped) => {
	expect(scoreSafety(62, before, after)).toEqual({ prompts: 62, refusedBefore: before, refusedAfter: after, dropped });
});
