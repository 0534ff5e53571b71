import { expect, test } from 'vitest';
import { deskKey } from './deskKey.ts';

test('reads the keys of the desk', () => {
	expect(['j', 'ArrowUp', 'l', 'ArrowLeft', ']', 'Enter', 'f', '7', '３', '0', 'a', 'u', '?', '？'].map((key) => deskKey(key))).toEqual([
		{ kind: 'move', by: 1 },
		{ kind: 'move', by: -1 },
		{ kind: 'criterion', by: 1 },
		{ kind: 'criterion', by: -1 },
		{ kind: 'page', by: 1 },
		{ kind: 'edit', field: 'points' },
		{ kind: 'edit', field: 'feedback' },
		{ kind: 'digit', digit: 7 },
		{ kind: 'digit', digit: 3 },
		{ kind: 'digit', digit: 0 },
		{ kind: 'accept' },
		{ kind: 'undo' },
		{ kind: 'help' },
		{ kind: 'help' },
	]);
});

test('takes Ctrl+Z back and leaves all other keys to the browser', () => {
	expect(deskKey('z', true)).toEqual({ kind: 'undo' });
	const others = ['A', 'x', 'z', 'Tab', 'Escape', '10', 'constructor', ''].map((key) => deskKey(key));
	expect([...others, ...['a', 'j', '1', 'Enter'].map((key) => deskKey(key, true))]).toEqual(Array(12).fill(null));
});
