import { expect, test } from 'vitest';
import { peaksOf } from './peaksOf.ts';

test('of every 20 ms the largest sample is kept, whichever its sign, as a share of the largest of all', () => {
	const samples = Float32Array.from([0, -0.5, 0.25, 0, 0, 0, -2, 0.5]);
	expect([...peaksOf(samples, 150)]).toEqual([0.25, 0, 1]);
	expect([...peaksOf(new Float32Array(2), 150)]).toEqual([0]);
	expect([...peaksOf(new Float32Array(0), 8000)]).toEqual([]);
});
