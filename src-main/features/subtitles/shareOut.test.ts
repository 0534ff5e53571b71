import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planBatches } from './planBatches.ts';
import { shareOut } from './shareOut.ts';

test('everything is shared out once, whoever comes when, and a worker alone gets it in its order', () => {
	fc.assert(
		fc.property(fc.nat(40), fc.integer({ min: 1, max: 6 }), fc.array(fc.nat(5), { maxLength: 200 }), (count, workers, turns) => {
			const items = Array.from({ length: count }, (_, at) => at);
			const next = shareOut(items, workers);
			const taken = turns.flatMap((turn) => next(turn % workers) ?? []);
			for (let worker = 0; worker < workers; worker++) for (let item = next(worker); item !== undefined; item = next(worker)) taken.push(item);
			expect(taken.toSorted((a, b) => a - b)).toEqual(items);
			if (workers === 1) expect(taken).toEqual(items);
		}),
	);
});

test('a batch ends at its size and at the end of a scene, and no cue is lost', () => {
	const at = (seconds: number) => ({ startMs: seconds * 1000, endMs: seconds * 1000 + 900 });
	const batches = planBatches([0, 1, 2, 30, 31, 60].map(at), { batchCues: 2, sceneGapMs: 20_000 });
	expect(batches.map((batch) => batch.map(({ startMs }) => startMs / 1000))).toEqual([[0, 1], [2], [30, 31], [60]]);
});
