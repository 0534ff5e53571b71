import { zipSync } from 'fflate';
import { expect, test } from 'vitest';
import writeExcelFile from 'write-excel-file/node';
import { convertBytes } from '../convertBytes.ts';
import { readJson } from '../json/readJson.ts';
import { writeJson } from '../json/writeJson.ts';
import type { Value } from '../middle.ts';
import { NoteBook } from '../NoteBook.ts';
import { reduceData } from '../reduceData.ts';
import { readWorkbook } from './readWorkbook.ts';
import { writeWorkbook } from './writeWorkbook.ts';

async function backAndForth(json: string, options = {}) {
	const notes = new NoteBook();
	const bytes = await writeWorkbook(readJson(json), notes);
	const root = await readWorkbook(bytes, new NoteBook(), options);
	const [{ root: plain } = {}] = reduceData({ documents: [{ root }] }, {}, new NoteBook()).documents;
	return { json: writeJson(plain ?? root, { indent: 0 }), notes: notes.all().map(({ code, what }) => `${code} ${what ?? ''}`.trim()) };
}

test('sheets are lists by their names, and one sheet is its list', async () => {
	const two = '{"People":[{"name":"Ann","age":7}],"Marks":[{"id":"007","ok":true}]}';
	expect(await backAndForth(two)).toEqual({ json: two, notes: [] });
	expect(await backAndForth('[{"a":"x"}]')).toEqual({ json: '[{"a":"x"}]', notes: [] });
	expect(await backAndForth('[{"a":"x"}]', { namesSheets: true })).toMatchObject({ json: '{"Sheet1":[{"a":"x"}]}' });
	expect(await backAndForth('{"a/b":[{"x":"1"}],"A b":[{"x":"2"}]}')).toEqual({
		json: '{"a b":[{"x":"1"}],"A b (2)":[{"x":"2"}]}',
		notes: ['sheetRenamed a/b', 'sheetRenamed A b'],
	});
});

test('numbers a spreadsheet would round are text, and what changes is told', async () => {
	expect(await backAndForth('[{"big":12345678901234567890,"price":1.10,"huge":1e400,"zero":-0,"fine":0.1,"neg":-5}]')).toEqual({
		json: '[{"big":"12345678901234567890","price":1.1,"huge":"1e400","zero":"-0","fine":0.1,"neg":-5}]',
		notes: ['numberAsText 12345678901234567890', 'numberForm 1.10', 'numberAsText 1e400', 'numberAsText -0'],
	});
});

test('texts are what they are: formulas, controls, line ends, escapes, zeros in front', async () => {
	const json = JSON.stringify([{ a: '=1+1', b: 'x\u0000\u0001\ufffe\ufffd', c: ' two\r\nlines ', d: '_x0041_', e: '007', f: '\ud800' }]);
	expect(await backAndForth(json)).toEqual({ json, notes: [] });
});

test('null and empty texts are empty cells, and that is told; what lies in one another has columns', async () => {
	expect(await backAndForth('[{"a":null,"b":"","c":{"d":["x"]}}]', { nested: true })).toEqual({
		json: '[{"c":{"d":["x"]}}]',
		notes: ['nullAsEmpty', 'emptyText'],
	});
});

test('dates come as ISO 8601, formulas as their last value with a note', async () => {
	const bytes = await writeExcelFile([
		{
			sheet: 'S',
			data: [
				['day', 'moment', 'sum'].map((value) => ({ value, type: String })),
				[
					{ value: new Date('2024-02-29T00:00:00Z'), type: Date, format: 'yyyy-mm-dd' },
					{ value: new Date('2024-02-29T13:05:06Z'), type: Date, format: 'yyyy-mm-dd hh:mm:ss' },
					{ value: '=SUM(A1:A3)', type: 'Formula' },
				],
			],
		},
	]).toBuffer();
	const notes = new NoteBook();
	expect(await readWorkbook(bytes, notes)).toMatchObject({
		items: [
			{
				entries: [
					{ value: { kind: 'moment', type: 'date', literal: '2024-02-29' } },
					{ value: { kind: 'moment', type: 'localDateTime', literal: '2024-02-29T13:05:06' } },
				],
			},
		],
	});
	expect(notes.all().filter(({ code }) => code === 'formula')).toMatchObject([
		{ kind: 'lost', path: 'sheet1!C2', what: expect.stringContaining('SUM(A1:A3)') },
	]);
});

test('refuses what is no workbook, and a text longer than a cell, by name', async () => {
	await expect(readWorkbook(Buffer.from('a,b\n1,2'), new NoteBook())).rejects.toMatchObject({ code: 'workbookDamaged' });
	await expect(writeWorkbook(readJson(JSON.stringify([{ a: 'x'.repeat(40_000) }])), new NoteBook())).rejects.toMatchObject({
		code: 'cellTooLong',
		path: '$["Sheet1"][1]',
	});
});

test('more cells than fit into memory are refused before any is made, read and written', async () => {
	const row: Value = { kind: 'sequence', items: Array.from({ length: 1_000 }, (): Value => ({ kind: 'null' })) };
	const wide: Value = { kind: 'sequence', items: Array.from({ length: 2_001 }, () => row) };
	await expect(writeWorkbook(wide, new NoteBook())).rejects.toMatchObject({ code: 'tooManyCells', detail: '2000000' });
	const files = { 'xl/workbook.xml': Buffer.from('<workbook/>'), 'xl/worksheets/sheet1.xml': Buffer.from('<c r="A1"/>'.repeat(2_000_001)) };
	await expect(readWorkbook(zipSync(files, { level: 1 }), new NoteBook())).rejects.toMatchObject({ code: 'tooManyCells' });
});

test.for(['xml', 'csv', 'tsv', 'xlsx'] as const)('JSON comes back from %s', async (to) => {
	const json = '[{"name":"Ann","marks":{"maths":["a","b"],"art":"c"}},{"name":"Bob, \\"B\\"","marks":{"maths":["x","y"],"art":"z"}}]';
	const { roundTrip } = await convertBytes(Buffer.from(json), { from: 'json', to, mode: 'plain', strict: false });
	expect(roundTrip).toEqual({ same: true });
});

test('numbers and truths come back from a table, which an element tells as text', async () => {
	const json = '[{"n":1.10,"t":true,"s":"1.10"}]';
	expect((await convertBytes(Buffer.from(json), { from: 'json', to: 'csv', mode: 'plain', strict: true })).roundTrip).toEqual({ same: true });
	const xml = await convertBytes(Buffer.from(json), { from: 'json', to: 'xml', mode: 'plain', strict: false });
	expect(xml.roundTrip).toMatchObject({ same: false, difference: { path: '$[0].n' } });
	expect(xml.notes.filter(({ code }) => code === 'typeToText').map(({ path }) => path)).toEqual(['$[0].n', '$[0].t']);
	const typed = await convertBytes(Buffer.from(json), { from: 'json', to: 'xml', mode: 'plain', strict: true, write: { markup: { marks: 'types' } } });
	expect(typed.roundTrip).toEqual({ same: true });
});
