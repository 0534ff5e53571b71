import { expect, test } from 'vitest';
import { pointAt } from './exampleRun.test-support.ts';
import { thinPoints } from './thinPoints.ts';

test('keeps what was measured, both ends, and every so manieth of the rest', () => {
	const points = Array.from({ length: 1000 }, (_, index) => pointAt(index, index === 333 ? { validationLoss: 2 } : {}));
	expect(thinPoints(points, 10).map(({ step }) => step)).toEqual([0, 100, 200, 300, 333, 400, 500, 600, 700, 800, 900, 999]);
	expect(thinPoints(points.slice(0, 10), 10)).toEqual(points.slice(0, 10));
});
