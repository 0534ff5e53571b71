import { expect, test } from 'vitest';
import type { ConvertNote } from '#contract/convertReport.ts';
import { groupNotes } from './groupNotes.ts';

const note = (code: string, kind: ConvertNote['kind'], line: number): ConvertNote => ({ code, kind, line, column: 1, path: null, what: null, became: null });

test('puts what says the same together, with what was lost before the rest', () => {
	const notes = [note('attribute', 'convention', 1), note('comment', 'lost', 2), note('attribute', 'convention', 3), note('comment', 'lost', 4)];
	expect(groupNotes(notes).map(({ code, notes: own }) => [code, own.map(({ line }) => line)])).toEqual([
		['comment', [2, 4]],
		['attribute', [1, 3]],
	]);
});
