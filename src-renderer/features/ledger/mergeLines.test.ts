import { expect, test } from 'vitest';
import type { StatementLine } from '#contract/ledger.ts';
import { addLines, type LinesRead, mergeLines } from './mergeLines.ts';

function line(id: string, tokens = -1): StatementLine {
	return {
		id,
		at: 0,
		kind: 'work',
		tokens,
		reserved: 0,
		isMetered: true,
		task: 'chat',
		modelName: null,
		subjectId: null,
		promptTokens: 0,
		completionTokens: 0,
		charges: 1,
		note: null,
	};
}

function read(ids: string, cursor: string | null = null): LinesRead {
	return { lines: [...ids].map((id) => line(id)), cursor };
}

const idsOf = ({ lines, cursor }: LinesRead) => `${lines.map(({ id }) => id).join('')}|${cursor ?? ''}`;

test('puts what is new before what was read, and keeps the place where the rest begins', () => {
	expect([
		idsOf(mergeLines(null, read('abc', '3'))),
		idsOf(mergeLines(read('bcdefg', '7'), read('abc', '3'))),
		idsOf(mergeLines(read('abc', '3'), read('abc', '3'))),
		idsOf(mergeLines(read(''), read('a'))),
		idsOf(mergeLines(read('ab'), read(''))),
	]).toEqual(['abc|3', 'abcdefg|7', 'abc|3', 'a|', '|']);
});

test('starts again where more has come than a page holds', () => {
	expect(idsOf(mergeLines(read('defg', '7'), read('abc', '3')))).toBe('abc|3');
});

test('takes a line that has changed as it is now', () => {
	const now: LinesRead = { lines: [line('a', -9), line('b')], cursor: '2' };
	expect(mergeLines(read('abc', '3'), now)).toEqual({ lines: [line('a', -9), line('b'), line('c')], cursor: '3' });
});

test('adds a page without what stands there already', () => {
	expect(idsOf(addLines(read('abc', '3'), read('cde', null)))).toBe('abcde|');
});
