import { expect, test } from 'vitest';
import { trainingThreads } from './trainingThreads.ts';

test.each([
	[null, null, 4, 8, 3],
	[null, null, 1, 1, 1],
	[6, 3, 4, 8, 6],
	[256, null, 4, 8, 8],
	[1, 2, 4, 8, 1],
	[null, 3, 4, 8, 3],
	[null, 64, 4, 8, 8],
])(
	'of %s threads that are asked for, where the engine is set to %s, with %i cores that do %i things at once, %i are taken',
	(asked, ofEngine, cores, most, taken) => {
		expect(trainingThreads(asked, ofEngine, cores, most)).toBe(taken);
	},
);
