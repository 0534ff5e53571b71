import { expect, test } from 'vitest';
import type { RunOutcome } from '#contract/finetune.ts';
import { resultRows } from './resultRows.ts';

const outcome: RunOutcome = {
	bestStep: 40,
	validationLoss: 0.9,
	firstValidationLoss: 2.4,
	forgetting: 1.2,
	stoppedEarly: false,
	trainedTokens: 9000,
	trainingMs: 60_000,
	before: { examples: 20, exact: 0.1, meanError: 21, chrf: null },
	after: { examples: 20, exact: 0.6, meanError: 8, chrf: null },
	safety: { prompts: 60, refusedBefore: 50, refusedAfter: 49, dropped: false },
};

test('tells what was measured, and whether it became better: of errors and losses less is', () => {
	expect(resultRows(outcome).map(({ name, before, after, trend }) => [name, before, after, trend])).toEqual([
		['exact', 0.1, 0.6, 'better'],
		['meanError', 21, 8, 'better'],
		['validationLoss', 2.4, 0.9, 'better'],
		['forgetting', 1, 1.2, 'worse'],
		['refused', 50, 49, 'same'],
	]);
});

test('half a point in a hundred of wording is no change', () => {
	const of = (chrf: number) => ({ examples: 3, exact: 0, meanError: null, chrf });
	const trend = (after: number) => resultRows({ ...outcome, before: of(0.3), after: of(after) }).find(({ name }) => name === 'chrf')?.trend;
	expect([trend(0.8), trend(1.4)]).toEqual(['same', 'better']);
});

test('fewer refusals count as worse once the app has judged them a drop', () => {
	const dropped = { ...outcome, safety: { prompts: 60, refusedBefore: 50, refusedAfter: 30, dropped: true } };
	expect(resultRows(dropped).find(({ name }) => name === 'refused')?.trend).toBe('worse');
});

test('what was not compared yet is not there', () => {
	const early = { ...outcome, before: null, after: null, safety: null, forgetting: null };
	expect(resultRows(early).map(({ name }) => name)).toEqual(['validationLoss']);
	expect(resultRows({ ...early, validationLoss: null, firstValidationLoss: null })).toEqual([]);
});

test('a validation loss that differs by less than a hundredth of itself is about the same', () => {
	const noise = { ...outcome, firstValidationLoss: 8.407, validationLoss: 8.402 };
	expect(resultRows(noise).find(({ name }) => name === 'validationLoss')?.trend).toBe('same');
});
