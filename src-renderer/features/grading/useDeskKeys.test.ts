import { expect, test } from 'vitest';
import { deskKey } from './useDeskKeys.ts';

test('reads the keys of the desk and leaves all others alone', () => {
	expect(['j', 'ArrowUp', 'Enter', '7', 'a'].map(deskKey)).toEqual([
		{ kind: 'move', by: 1 },
		{ kind: 'move', by: -1 },
		{ kind: 'edit', typed: '' },
		{ kind: 'edit', typed: '7' },
		{ kind: 'accept' },
	]);
	expect(['A', 'x', 'Tab', 'Escape', '１', '10'].map(deskKey)).toEqual([null, null, null, null, null, null]);
});
