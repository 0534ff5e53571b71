import { expect, test } from 'vitest';
import { benchKey } from './benchKey.ts';

const none = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };

test('letters are text while one types, and what needs Ctrl or a function key works there too', () => {
	expect(benchKey({ ...none, key: 'a' }, true)).toBe(null);
	expect(benchKey({ ...none, key: 's' }, true)).toBe(null);
	expect(benchKey({ ...none, key: 's' }, false)).toEqual({ kind: 'split' });
	expect(benchKey({ ...none, key: 'Enter' }, true)).toBe(null);
	expect(benchKey({ ...none, key: 'Enter', metaKey: true }, true)).toEqual({ kind: 'approveAndGoOn' });
	expect(benchKey({ ...none, key: 'F8' }, true)).toEqual({ kind: 'next', filter: 'doubtful' });
});

test('a key with Ctrl is never the letter alone, and Shift turns undo into redo and a step into a choice of several', () => {
	expect(benchKey({ ...none, key: 'a', ctrlKey: true }, false)).toBe(null);
	expect(benchKey({ ...none, key: 'Z', ctrlKey: true, shiftKey: true }, false)).toEqual({ kind: 'redo' });
	expect(benchKey({ ...none, key: '？', shiftKey: true }, false)).toEqual({ kind: 'help' });
	expect(benchKey({ ...none, key: 'ArrowDown', shiftKey: true }, false)).toEqual({ kind: 'move', by: 1, extends: true });
	expect(benchKey({ ...none, key: 'ArrowDown', shiftKey: true }, true)).toBe(null);
});
