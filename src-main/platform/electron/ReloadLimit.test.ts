import { expect, test } from 'vitest';
import { ReloadLimit } from './ReloadLimit.ts';

test('a window that stops now and then is opened again each time, one that stops in a circle three times', () => {
	const limit = new ReloadLimit();
	expect([0, 60_000, 120_000, 180_000, 240_000].map((at) => limit.mayReload(at))).toEqual([true, true, true, true, true]);
	expect([300_000, 300_100, 300_200].map((at) => limit.mayReload(at))).toEqual([true, true, false]);
	expect(limit.mayReload(440_000)).toBe(true);
});

test('after the person asked for it, it counts anew', () => {
	const limit = new ReloadLimit();
	for (let at = 0; at < 4; at++) limit.mayReload(at);
	limit.forget();
	expect([5, 6, 7, 8].map((at) => limit.mayReload(at))).toEqual([true, true, true, false]);
});
