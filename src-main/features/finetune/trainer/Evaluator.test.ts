import { expect, test } from 'vitest';
import { Evaluator } from './Evaluator.ts';
import { makeRow } from './Row.ts';
import { trainerEvent } from './trainerContract.ts';

const row = makeRow([{ tokens: [1, 2, 3], learnt: [true, true, true] }]);
const go = new AbortController().signal;

/** Measures one after another what is given as the loss of a token; held-out examples and general text have the same. */
async function measure(losses: number[], patience: number | null = null) {
	let loss = 0;
	const trainer = { rowsAtOnce: 1, evaluate: () => ({ sum: loss * 2, tokens: 2 }) };
	const evaluator = new Evaluator(trainer, { validation: [row], general: [row], everySteps: 10, patience });
	const told = [];
	for (const [i, each] of losses.entries()) {
		loss = each;
		told.push(await evaluator.evaluate(i * 10, go, () => {}));
	}
	return { evaluator, told };
}

test('the lowest loss after the first step is the best, and a run ends early when it stays higher for as long as it may', async () => {
	const { evaluator, told } = await measure([3, 2, 1, 1.5, 1.2], 2);
	expect(told.map((each) => each?.best)).toEqual([false, true, true, false, false]);
	expect(told.map((each) => each?.forgetting)).toEqual([1, Math.exp(-1), Math.exp(-2), Math.exp(-1.5), Math.exp(-1.8)]);
	expect(evaluator.state).toMatchObject({ best: { step: 20, validationLoss: 1 }, worse: 2 });
	expect(evaluator.endsEarly).toBe(true);
});

test('a model that forgot everything is told by a figure that can be sent', async () => {
	const { told } = await measure([1, 2000]);
	const said: unknown = JSON.parse(JSON.stringify({ type: 'evaluation', ...told[1] }));
	expect(trainerEvent.parse(said)).toMatchObject({ type: 'evaluation', forgetting: expect.toSatisfy((much: number) => much > 1e6) });
});

test('losses that are no numbers any more are refused', async () => {
	await expect(measure([1, Number.NaN])).rejects.toMatchObject({ kind: 'notFinite' });
	await expect(measure([1, Infinity])).rejects.toMatchObject({ kind: 'notFinite' });
});
