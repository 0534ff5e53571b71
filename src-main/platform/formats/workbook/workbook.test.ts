import { unzipSync, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import writeExcelFile from 'write-excel-file/node';
import { convertBytes } from '../convertBytes.ts';
import { readJson } from '../json/readJson.ts';
import { writeJson } from '../json/writeJson.ts';
import { NoteBook } from '../NoteBook.ts';
import { convertRecords } from '../records/convertRecords.ts';
import { reduceData } from '../reduceData.ts';
import type { Cell } from '../table/flatten.ts';
import { readWorkbook } from './readWorkbook.ts';
import { SheetWriter } from './SheetWriter.ts';
import { workbookLimits } from './workbookOptions.ts';
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
	expect(notes.all().filter(({ code }) => code === 'formulaUnreckoned')).toMatchObject([
		{ kind: 'lost', path: 'S!C2', what: expect.stringContaining('SUM(A1:A3)') },
	]);
});

/** A workbook of one written sheet, with parts of it replaced. */
async function patched(replace: Record<string, (xml: string) => string>): Promise<Uint8Array> {
	const files = unzipSync(await writeWorkbook(readJson('{"Marks & co":[{"a":"x","b":"y","c":"z"},{"a":"1"}],"Kept":[{"k":"v"}]}'), new NoteBook()));
	for (const [name, change] of Object.entries(replace)) {
		const before = Buffer.from(files[name] ?? []).toString();
		const after = change(before);
		expect(after).not.toBe(before);
		files[name] = Buffer.from(after);
	}
	return zipSync(files);
}

test('an error is carried as text, a formula without a result, merged cells and a hidden sheet are told by the name of their sheet', async () => {
	const bytes = await patched({
		'xl/worksheets/sheet1.xml': (xml) =>
			xml
				.replace(/<c r="A2".*?<\/c>/, '<c r="A2" t="e"><v>#DIV/0!</v></c>')
				.replace(/<c r="B2".*?<\/c>/, '<c r="B2"><f>C2*2</f></c>')
				.replace('</sheetData>', '</sheetData><mergeCells count="1"><mergeCell ref="A3:B3"/></mergeCells>'),
		'xl/workbook.xml': (xml) => xml.replace(/(<sheet [^>]*name="Kept")/, '$1 state="hidden"'),
	});
	const notes = new NoteBook();
	expect(writeJson(await readWorkbook(bytes, notes), { indent: 0 })).toBe('{"Marks & co":[{"a":"#DIV/0!","c":"z"},{"a":"1"}],"Kept":[{"k":"v"}]}');
	expect(notes.all().map(({ code, kind, path, what }) => [code, kind, path, what])).toEqual([
		['cellError', 'changed', 'Marks & co!A2', '#DIV/0!'],
		['formulaUnreckoned', 'lost', 'Marks & co!B2', '=C2*2'],
		['mergedCells', 'lost', 'Marks & co!A3:B3', undefined],
		['hiddenSheet', 'convention', 'Kept', undefined],
	]);
});

test.for([
	['1900', (xml: string) => `${xml} `, '1899-12-31'],
	['1904', (xml: string) => xml.replace(/<workbookPr/, '<workbookPr date1904="1"'), '1904-01-02'],
] as const)('a time of day is a time alone where days are counted from %s', async ([_from, change, nextDay]) => {
	const made = await writeExcelFile([
		{
			sheet: 'S',
			data: [[{ value: 'at', type: String }], [{ value: 0.5, type: Number, format: 'h:mm:ss' }], [{ value: 1.5, type: Number, format: 'yyyy-mm-dd hh:mm:ss' }]],
		},
	]).toBuffer();
	const files = unzipSync(made);
	files['xl/workbook.xml'] = Buffer.from(change(Buffer.from(files['xl/workbook.xml'] ?? []).toString()));
	expect(await readWorkbook(zipSync(files), new NoteBook())).toMatchObject({
		items: [
			{ entries: [{ value: { type: 'time', literal: '12:00:00' } }] },
			{ entries: [{ value: nextDay.startsWith('1899') ? { type: 'time' } : { type: 'localDateTime', literal: `${nextDay}T12:00:00` } }] },
		],
	});
});

test('refuses what is no workbook, and a text longer than a cell, by name', async () => {
	await expect(readWorkbook(Buffer.from('a,b\n1,2'), new NoteBook())).rejects.toMatchObject({ code: 'workbookDamaged' });
	expect(() => writeWorkbook(readJson(JSON.stringify([{ a: 'x'.repeat(40_000) }])), new NoteBook())).toThrow(
		expect.objectContaining({ code: 'cellTooLong', failure: expect.objectContaining({ path: '$["Sheet1"][1]' }) }),
	);
});

test('more cells than fit into memory are refused before any is read', async () => {
	const files = { 'xl/workbook.xml': Buffer.from('<workbook/>'), 'xl/worksheets/sheet1.xml': Buffer.from('<c r="A1"/>'.repeat(2_000_001)) };
	await expect(readWorkbook(zipSync(files, { level: 1 }), new NoteBook())).rejects.toMatchObject({ code: 'tooManyCells' });
});

test('a sheet ends where XLSX does', () => {
	const writer = new SheetWriter('S', new NoteBook());
	for (let row = 0; row < workbookLimits.rows; row++) writer.row([]);
	expect(() => writer.row([])).toThrow(expect.objectContaining({ code: 'tooManyRows' }));
	const row: Cell[] = Array.from({ length: workbookLimits.columns + 1 }, () => undefined);
	expect(() => new SheetWriter('S', new NoteBook()).row(row)).toThrow(expect.objectContaining({ code: 'tooManyColumns' }));
	expect(new SheetWriter('S', new NoteBook()).row([...row.slice(0, 16_383), { kind: 'number', literal: '1.50' }])).toBe(
		'<row r="1"><c r="XFD1" s="5"><v>1.5</v></c></row>',
	);
});

test('more records than a sheet has rows are refused before any is written', async () => {
	const lines = Buffer.from('1\n'.repeat(workbookLimits.rows));
	async function* source() {
		for (let at = 0; at < lines.length; at += 65_536) yield lines.subarray(at, at + 65_536);
	}
	const result = convertRecords(source, { from: 'jsonl', to: 'xlsx' }, new NoteBook());
	await expect(result.next()).rejects.toMatchObject({ code: 'tooManyRows' });
});

test('records that come one by one are the sheet that the whole would be', async () => {
	const record = '{"name":"Zoë & <b>","day":"=1+1","n":1.50,"big":12345678901234567890,"deep":{"a":[true,null]},"none":""}';
	const lines = `${record}\n{"later":"\\u0001","name":"x"}\n`.repeat(300);
	async function* source() {
		for (let at = 0; at < lines.length; at += 1000) yield Buffer.from(lines.slice(at, at + 1000));
	}
	const [notes, told] = [new NoteBook(), new NoteBook()];
	const made: Uint8Array[] = [];
	for await (const piece of convertRecords(source, { from: 'jsonl', to: 'xlsx' }, notes)) made.push(piece);
	const whole = writeWorkbook(readJson(`[${lines.trim().replaceAll('\n', ',')}]`), told);
	expect(unpacked(Buffer.concat(made))).toEqual(unpacked(whole));
	const sorted = (book: NoteBook) =>
		book
			.all()
			.map(({ code, path }) => `${code} ${path}`)
			.sort();
	expect(sorted(notes)).toEqual(sorted(told));
});

function unpacked(bytes: Uint8Array): Record<string, string> {
	return Object.fromEntries(Object.entries(unzipSync(bytes)).map(([name, content]) => [name, Buffer.from(content).toString()]));
}

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

test('of several sheets the wished one is read, or for a result of one table the first that is seen and has values, and the others are told', async () => {
	const bytes = await patched({ 'xl/workbook.xml': (xml) => `${xml} ` });
	const read = async (options: object, source = bytes) => {
		const notes = new NoteBook();
		const json = writeJson(await readWorkbook(source, notes, options), { indent: 0 });
		return [json, notes.all().map(({ code, kind, path }) => [code, kind, path])];
	};
	const [marks, kept] = ['[{"a":"x","b":"y","c":"z"},{"a":"1"}]', '[{"k":"v"}]'];
	expect(await read({ oneSheet: true })).toEqual([marks, [['sheetLeft', 'lost', 'Kept']]]);
	expect(await read({ oneSheet: true, sheet: 'Kept' })).toEqual([kept, []]);
	expect(await read({ sheet: 'Marks & co' })).toEqual([marks, []]);
	await expect(read({ sheet: 'Marks' })).rejects.toMatchObject({ code: 'sheetUnknown', message: 'Marks & co, Kept' });
	const hidden = await patched({ 'xl/workbook.xml': (xml) => xml.replace(/(<sheet [^>]*name="Marks &amp; co")/, '$1 state="hidden"') });
	expect(await read({ oneSheet: true }, hidden)).toEqual([kept, [['sheetLeft', 'lost', 'Marks & co']]]);
	const empty = await patched({ 'xl/worksheets/sheet1.xml': (xml) => xml.replace(/<sheetData>.*<\/sheetData>/s, '<sheetData></sheetData>') });
	expect(await read({ oneSheet: true }, empty)).toEqual([kept, []]);
});
