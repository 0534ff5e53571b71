import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { writeCsv } from './writeCsv.ts';

test('a table is read back cell by cell, with a byte order mark, and no text in it is a formula', () => {
	const text = writeCsv(
		['name', 'tokens'],
		[
			['=1+1', -5],
			['two\nlines, "quoted"', null],
			['＋cmd', 0],
			['光', 7],
		],
	);
	expect(text.startsWith('\uFEFFname,tokens\r\n')).toBe(true);
	expect(parse(text, { bom: true })).toEqual([
		['name', 'tokens'],
		["'=1+1", '-5'],
		['two\nlines, "quoted"', ''],
		["'＋cmd", '0'],
		['光', '7'],
	]);
});
