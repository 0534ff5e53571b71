import { expect, test } from 'vitest';
import { splitTime } from './splitTime.ts';

test('a cue is split where the film stands only if that is within it, not at its edges', () => {
	const cue = { startMs: 1000, endMs: 3000 };
	expect([0, 1000, 1001, 2999, 3000].map((filmMs) => splitTime(cue, filmMs))).toEqual([null, null, 1001, 2999, null]);
});
