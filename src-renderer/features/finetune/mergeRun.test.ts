import { expect, test } from 'vitest';
import { exampleRun, pointAt } from './exampleRun.test-support.ts';
import { mergeRun } from './mergeRun.ts';

test('adds the points and lines that came; a step that is taken again counts as it was the last time', () => {
	const line = (seq: number) => ({ seq, at: seq, code: 'saved' as const, data: {} });
	const before = { run: exampleRun, points: [pointAt(1, { loss: 4 }), pointAt(2, { loss: 3 })], lines: [line(1)] };
	const added = mergeRun(before, { run: { ...exampleRun, step: 3 }, points: [pointAt(3, { loss: 2 })], lines: [] });
	expect(added).toEqual({ run: { ...exampleRun, step: 3 }, points: [...before.points, pointAt(3, { loss: 2 })], lines: [line(1)] });
	const again = mergeRun(added, { run: exampleRun, points: [pointAt(2, { loss: 2.9 }), pointAt(3, { loss: 2.1 })], lines: [line(2)] });
	expect(again.points.map(({ step, loss }) => [step, loss])).toEqual([
		[1, 4],
		[2, 2.9],
		[3, 2.1],
	]);
	expect(again.lines).toEqual([line(1), line(2)]);
});
