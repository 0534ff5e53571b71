import { expect, test } from 'vitest';
import { groupChanges } from './groupChanges.ts';

test('names each rule once, with the lines that it changed', () => {
	const change = (rule: 'comment' | 'trailingComma', line: number) => ({ rule, line, was: '', becomes: '' });
	expect(groupChanges([change('comment', 1), change('trailingComma', 2), change('comment', 1), change('comment', 4)])).toEqual([
		{ rule: 'comment', lines: [1, 4] },
		{ rule: 'trailingComma', lines: [2] },
	]);
});
