import { expect, test } from 'vitest';
import { cueOf } from './cueOf.test-support.ts';
import { mergeCues } from './mergeCues.ts';

test('a changed cue stands where it stood, and a new one between its neighbours', () => {
	const cues = [cueOf({ id: 'a', position: 0 }), cueOf({ id: 'b', position: 1 })];
	const merged = mergeCues(cues, [cueOf({ id: 'c', position: 0.5 }), cueOf({ id: 'b', position: 1, target: '二' })]);
	expect(merged.map(({ id, target }) => [id, target])).toEqual([
		['a', null],
		['c', null],
		['b', '二'],
	]);
});
