import { expect, test } from 'vitest';
import { dragTimes } from './dragTimes.ts';

test('a dragged cue never begins before the film and never ends before it begins', () => {
	const cue = { startMs: 1000, endMs: 2000 };
	expect(dragTimes(cue, 'both', -5000)).toEqual({ startMs: 0, endMs: 1000 });
	expect(dragTimes(cue, 'start', 5000)).toEqual({ startMs: 1960, endMs: 2000 });
	expect(dragTimes(cue, 'start', -5000)).toEqual({ startMs: 0, endMs: 2000 });
	expect(dragTimes(cue, 'end', -5000)).toEqual({ startMs: 1000, endMs: 1040 });
});
