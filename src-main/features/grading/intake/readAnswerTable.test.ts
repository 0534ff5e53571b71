import { stringify } from 'csv-stringify/sync';
import { Document, Packer, Paragraph } from 'docx';
import { afterAll, expect, test } from 'vitest';
import writeXlsxFile from 'write-excel-file/node';
import { openDocumentReader } from '../../../platform/documents/openDocumentReader.test-support.ts';
import { readAnswerTable } from './readAnswerTable.ts';

const documents = openDocumentReader();
afterAll(() => documents.close());

const rows = [
	['学号', 'Name', 'Answer'],
	['007', 'Zoë', 'Light, then\nsugar'],
	['008', 'Ann', '植物'],
];
const workbook = async (...sheets: [name: string, rows: string[][]][]) =>
	await writeXlsxFile(sheets.map(([sheet, data]) => ({ sheet, data: data.map((row) => row.map((value) => (value === '' ? null : { value }))) }))).toBuffer();

test('a workbook and a CSV of the same class are the same table', async () => {
	const csv = await readAnswerTable({ input: { bytes: Buffer.from(stringify(rows)) } }, documents);
	const xlsx = await readAnswerTable({ input: { bytes: await workbook(['Class', rows]) }, fileName: 'class.xlsx' }, documents);
	expect(csv).toMatchObject({ encoding: 'utf-8', delimiter: ',', sheets: [], sheet: null });
	expect(xlsx).toEqual({ ...csv, encoding: '', delimiter: '', written: null, sheets: ['Class'], sheet: 'Class' });
});

test('takes the first sheet with rows under its header, or the one that is asked for, and counts its rows as the program does', async () => {
	const bytes = await workbook(['Notes', [['only a title']]], ['5A', [['', '', ''], ['', '', ''], ...rows, ['', '', ''], ['009', 'Bo', 'x']]], ['5B', rows]);
	const read = async (sheet?: string) => await readAnswerTable({ input: { bytes }, sheet }, documents);
	const chosen = await read();
	expect([chosen.sheet, chosen.sheets, chosen.header, chosen.rows.map(({ row }) => row)]).toEqual(['5A', ['Notes', '5A', '5B'], rows[0], [4, 5, 7]]);
	expect((await read('5B')).rows.map(({ row }) => row)).toEqual([2, 3]);
	await expect(read('5C')).rejects.toMatchObject({ code: 'NOT_FOUND', data: { what: 'sheet' } });
});

test('says what is wrong with a file that is no table', async () => {
	const bytes = await Packer.toBuffer(new Document({ sections: [{ children: [new Paragraph('x')] }] }));
	await expect(readAnswerTable({ input: { bytes } }, documents)).rejects.toMatchObject({ code: 'CSV_INVALID', data: { reason: 'document' } });
	await expect(readAnswerTable({ input: { bytes: await workbook(['Empty', []]) } }, documents)).rejects.toMatchObject({
		code: 'CSV_INVALID',
		data: { reason: 'empty' },
	});
	const old = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(512)]);
	await expect(readAnswerTable({ input: { bytes: old }, fileName: 'class.xls' }, documents)).rejects.toMatchObject({
		code: 'DOCUMENT_INVALID',
		data: { fileName: 'class.xls', reason: 'oldOffice' },
	});
	const wide = await workbook(['Wide', [Array.from({ length: 501 }, (_, index) => `c${index}`), ['x']]]);
	await expect(readAnswerTable({ input: { bytes: wide } }, documents)).rejects.toMatchObject({ code: 'CSV_INVALID', data: { row: 1 } });
});

test.each([
	['webPage', 'marks.xls', '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><body><table><tr><td>Name</td></tr></table></body></html>'],
	['webPage', 'marks.csv', '\ufeff\n<!DOCTYPE html>\n<table><tr><td>Name</td></tr></table>'],
	['webPage', 'marks.xls', '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook></Workbook>'],
	['webPage', 'marks.xlsx', '<table><tr><td>Name</td></tr></table>'],
	['notWorkbook', 'marks.xlsx', 'this is no workbook'],
	['notWorkbook', 'marks.xls', '\u0001\u0002\u0003 junk'],
	['notWorkbook', 'marks.xlsx', 'a,b\n\u0001\u0002'],
	['notText', 'marks.csv', `\u0001\u0000,b\n${'\u0007Å\u0002x'.repeat(100)}`],
] as const)('says that it is %s, and what to do, of a %s which is none', async (reason, fileName, text) => {
	await expect(readAnswerTable({ input: { bytes: Buffer.from(text) }, fileName }, documents)).rejects.toMatchObject({ code: 'CSV_INVALID', data: { reason } });
});

test('reads a table of text that is called .xlsx, whatever its encoding and however many lines a cell has', async () => {
	const bytes = Buffer.from('\ufeff姓名,答案\n陈晨,"光、\n水"\n', 'utf16le');
	const read = await readAnswerTable({ input: { bytes }, fileName: 'class.xlsx' }, documents);
	expect([read.header, read.rows.map(({ cells }) => cells)]).toEqual([['姓名', '答案'], [['陈晨', '光、\n水']]]);
});

test('reads a table of text that is called .xls, and answers that are tags', async () => {
	const read = await readAnswerTable({ input: { bytes: Buffer.from('Name\tAnswer\nAnn\t<table>\n') }, fileName: 'class.xls' }, documents);
	expect([read.columns, read.rows[0]?.cells]).toEqual([
		['Name', 'Answer'],
		['Ann', '<table>'],
	]);
});

test('a header below a title is found in a workbook as in CSV, another row can be chosen, and what stands above it is kept', async () => {
	const titled = [['Springfield', '', ''], ['', '', ''], ...rows];
	const bytes = await workbook(['Class', titled]);
	const [csv, xlsx] = [{ bytes: Buffer.from(stringify(titled)) }, { bytes }];
	for (const input of [csv, xlsx]) {
		const read = await readAnswerTable({ input }, documents);
		expect([read.headerRow, read.header, read.above, read.rows.map(({ row }) => row)]).toEqual([3, rows[0], [{ row: 1, cells: titled[0] }], [4, 5]]);
		const chosen = await readAnswerTable({ input, headerRow: 4 }, documents);
		expect([chosen.headerRow, chosen.header, chosen.above.map(({ row }) => row), chosen.rows.map(({ row }) => row)]).toEqual([4, rows[1], [1, 3], [5]]);
	}
	await expect(readAnswerTable({ input: csv, headerRow: 9 }, documents)).rejects.toMatchObject({ code: 'CSV_INVALID', data: { reason: 'empty' } });
});
