import { expect, test } from 'vitest';
import { overlayCurves } from './overlayCurves.ts';

test('puts curves of different steps over one axis', () => {
	expect(
		overlayCurves([
			[
				{ step: 0, value: 3 },
				{ step: 10, value: 2 },
			],
			[
				{ step: 5, value: 4 },
				{ step: 10, value: null },
			],
		]),
	).toEqual({
		places: [0, 5, 10],
		values: [
			[3, null, 2],
			[null, 4, null],
		],
	});
	expect(overlayCurves([[], []])).toEqual({ places: [], values: [[], []] });
});
