import { expect, test } from 'vitest';
import { axisTicks } from './axisTicks.ts';
import { formatBytes, formatNumber } from './format.ts';

const mib = 1_048_576;

test('bytes are counted in round steps of the unit that they are written in', () => {
	const ticks = axisTicks({ low: 0, high: 131 * mib }, 2, 1024);
	expect(ticks.map((bytes) => formatBytes(bytes, 'en'))).toEqual(['0 B', '100 MiB', '200 MiB']);
	expect(axisTicks({ low: 0, high: 1.4 * 1024 * mib }, 2, 1024).map((bytes) => formatBytes(bytes, 'en'))).toEqual(['0 B', '1 GiB', '2 GiB']);
});

test('nothing lies beyond the first and the last, and none is written twice', () => {
	expect(axisTicks({ low: 0.98, high: 1.14 }, 5).map((value) => formatNumber(value, 'en', 2))).toEqual(['0.95', '1', '1.05', '1.1', '1.15']);
	for (const [low, high] of [
		[0, 1],
		[0, 312],
		[2.31, 2.34],
		[3, 3],
		[0, 0],
		[0.1, 0.3],
	] as const) {
		const ticks = axisTicks({ low, high }, 4);
		expect(ticks[0]).toBeLessThanOrEqual(low);
		expect(ticks.at(-1)).toBeGreaterThanOrEqual(high - 1e-9);
		expect(new Set(ticks).size).toBe(ticks.length);
		expect(ticks.length).toBeLessThanOrEqual(7);
	}
});
