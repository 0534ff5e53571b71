import { expect, test } from 'vitest';
import { cueOf } from './cueOf.test-support.ts';
import { turnedAct } from './turnedAct.ts';

const [first, second] = [cueOf({ id: 'a', position: 0, target: '一', isApproved: true }), cueOf({ id: 'b', position: 1, target: '二' })];
const turn = (changed: (typeof first)[], removed: string[] = []) => turnedAct([first, second], { changed, removed });

test('what was turned back is told by what it changed, with its cues in their order', () => {
	expect(turn([])).toBe(null);
	expect(
		turn([
			{ ...second, target: 'B' },
			{ ...first, target: 'A', isApproved: false },
		]),
	).toEqual({ what: 'texts', cueIds: ['a', 'b'] });
	expect(turn([{ ...first, isApproved: false }])).toEqual({ what: 'approvals', cueIds: ['a'] });
	expect(turn([{ ...second, target: null, endMs: 900 }])).toEqual({ what: 'times', cueIds: ['b'] });
});

test('a cue that is new or gone tells of a split or a merge', () => {
	expect(turn([{ ...first, endMs: 2000, target: '一二' }], ['b'])).toEqual({ what: 'cues', cueIds: ['a'] });
	expect(turn([{ ...second, id: 'c', position: 0.5 }, first])).toEqual({ what: 'cues', cueIds: ['a', 'c'] });
});
