import { createRequire } from 'node:module';
import path from 'node:path';
import { deflateRawSync, deflateSync } from 'node:zlib';
import {
	Document,
	Math as Formula,
	ImageRun,
	type ISectionOptions,
	MathFraction,
	MathRun,
	MathSuperScript,
	Packer,
	Paragraph,
	Table,
	TableCell,
	TableRow,
	TextRun,
} from 'docx';
import { pino } from 'pino';
import { afterAll, expect, test } from 'vitest';
import writeXlsxFile from 'write-excel-file/node';
import { isFailure } from '#contract/errors.ts';
import { DocumentReader } from './DocumentReader.ts';
import { packStored } from './host/packStored.ts';
import { ZipArchive } from './host/ZipArchive.ts';
import { openDocumentReader } from './openDocumentReader.test-support.ts';
import { writePdf } from './writePdf.test-support.ts';

const require = createRequire(import.meta.url);
// It has no types.
const pdfmake = require('pdfmake');
pdfmake.addFonts(require('pdfmake/fonts/Roboto.js'));
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy((file: string) => file.endsWith('.ttf'));

const reader = openDocumentReader();
afterAll(() => reader.close());

/** The reason for which a file is refused. */
async function refusal(bytes: Uint8Array, fileName = 'file', by = reader): Promise<unknown> {
	const error = await by.read({ bytes, fileName }).then(
		() => 'it was read',
		(refused: unknown) => refused,
	);
	return isFailure(error, 'DOCUMENT_INVALID') ? error.data.reason : error;
}

async function docx(children: ISectionOptions['children']): Promise<Uint8Array> {
	return await Packer.toBuffer(new Document({ sections: [{ children }] }));
}

/** A ZIP archive whose one file is of `bytes` zeros, and says that it is of `toldBytes`. */
function packedZeros(name: string, bytes: number, toldBytes: number): Buffer {
	const packed = deflateRawSync(Buffer.alloc(bytes));
	const archive = packStored(new Map([[name, packed]]));
	const list = archive.lastIndexOf('PK\x01\x02');
	archive.writeUInt16LE(8, 8);
	archive.writeUInt16LE(8, list + 10);
	archive.writeUInt32LE(toldBytes, 22);
	archive.writeUInt32LE(toldBytes, list + 24);
	return archive;
}

const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64');

test('reads a Word document with its lists, tables and formulas, and tells of its pictures', async () => {
	const cell = (text: string) => new TableCell({ children: [new Paragraph(text)] });
	const bytes = await docx([
		new Paragraph('Plants make sugar.'),
		new Paragraph({ text: 'light', bullet: { level: 0 } }),
		new Paragraph({ text: 'water', bullet: { level: 0 } }),
		new Table({ rows: [new TableRow({ children: [cell('t'), cell('v')] }), new TableRow({ children: [cell('1 s'), cell('9.81')] })] }),
		new Paragraph({
			children: [
				new TextRun('So x = '),
				new Formula({
					children: [
						new MathFraction({ numerator: [new MathRun('a+b')], denominator: [new MathRun('2')] }),
						new MathRun('+'),
						new MathSuperScript({ children: [new MathRun('y')], superScript: [new MathRun('2')] }),
					],
				}),
				new TextRun('. H'),
				new TextRun({ text: '2', subScript: true }),
				new TextRun('O 光合作用'),
			],
		}),
		new Paragraph({ children: [new ImageRun({ type: 'png', data: png, transformation: { width: 10, height: 10 } })] }),
	]);
	expect(await reader.read({ bytes, fileName: 'answer.docx' })).toEqual({
		kind: 'text',
		text: 'Plants make sugar.\n\n- light\n- water\n\nt\tv\n1 s\t9.81\n\nSo x = (a+b)/2+y^2. H₂O 光合作用\n\n[picture]',
		pages: null,
		notes: [
			{ code: 'formulas', count: 1 },
			{ code: 'pictures', count: 1 },
		],
	});
});

test('reads every sheet of a workbook, ids, dates and numbers as they are written, empty rows in their places', async () => {
	const day = new Date(Date.UTC(2026, 10, 21));
	const { toBuffer } = writeXlsxFile([
		{
			sheet: '班级 1',
			data: [
				[{ value: '学号' }, { value: 'date' }, { value: 'points' }, { value: 'answer' }],
				[],
				[{ value: '0007' }, { value: day, type: Date, format: 'yyyy-mm-dd' }, { value: 0.1 + 0.2 }, { value: ' two\nlines ' }],
				[{ value: 20260000000123 }, { value: new Date(day.getTime() + 5_400_000), type: Date, format: 'dd/mm/yyyy hh:mm' }, { value: true }, null],
			],
		},
		{ sheet: 'Empty', data: [] },
	]);
	expect(await reader.read({ bytes: await toBuffer(), fileName: 'class.xlsx' })).toEqual({
		kind: 'sheets',
		sheets: [
			{
				name: '班级 1',
				rows: [
					['学号', 'date', 'points', 'answer'],
					['', '', '', ''],
					['0007', '2026-11-21', '0.3', ' two\nlines '],
					['20260000000123', '2026-11-21T01:30:00', 'TRUE', ''],
				],
			},
			{ name: 'Empty', rows: [] },
		],
	});
});

test('reads an id that its format alone writes with zeros as it is shown, and a formula that was never reckoned as empty', async () => {
	const whole = await writeXlsxFile([[{ value: 7, format: '00000' }, { value: 0.5, format: '0%' }, { value: 8 }, { value: 'end' }]], { sheet: 'x' }).toBuffer();
	const sheet = new ZipArchive(whole, 2 ** 24).read('xl/worksheets/sheet1.xml')?.toString() ?? '';
	const bytes = withFile(whole, 'xl/worksheets/sheet1.xml', sheet.replace(/<c r="C1"[^>]*>.*?<\/c>/, '<c r="C1" t="str"><f>A1&amp;"x"</f></c>'));
	expect(await reader.read({ bytes, fileName: 'class.xlsx' })).toEqual({ kind: 'sheets', sheets: [{ name: 'x', rows: [['00007', '0.5', '', 'end']] }] });
});

test('reads the text layer of a PDF, and takes one without for a picture', async () => {
	const homework = pdfmake.createPdf({
		pageSize: 'A6',
		content: [
			{ text: 'Fünf Pflänzchen', fontSize: 20 },
			{ text: 'They turn light into sugar, and what is left over is given off as oxygen; the office file flies.', margin: [0, 20] },
			'A second paragraph.',
			{ ol: ['light', 'water'] },
		],
	});
	const bytes = await writePdf(['Plants turn light into sugar.', '', 'Second page.']);
	expect(await reader.read({ bytes, fileName: 'essay.pdf' })).toEqual({
		kind: 'text',
		text: 'Plants turn light into sugar.\n\nSecond page.',
		pages: 3,
		notes: [{ code: 'pagesWithoutText', count: 1 }],
	});
	expect(await reader.read({ bytes: await homework.getBuffer(), fileName: 'homework.pdf' })).toMatchObject({
		text: 'Fünf Pflänzchen\n\nThey turn light into sugar, and what is left over is given off as oxygen; the office file flies.\n\nA second paragraph.\n1. light\n2. water',
	});
	expect(await reader.read({ bytes: await writePdf(['']), fileName: 'scan.pdf' })).toEqual({ kind: 'picture' });
	expect(await reader.read({ bytes: png, fileName: 'photo.docx' })).toEqual({ kind: 'picture' });
});

/** A PDF in a font that is not in it, with the characters of a page named by a table that is not in it either (ISO 32000-1, 9.7.5.2). */
function writeForeignPdf(cMap: string, ordering: string, hex: string): Promise<Buffer> {
	const descendant = `<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (${ordering}) /Supplement 4 >> >>`;
	const font = `<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /${cMap} /DescendantFonts [${descendant}] >>`;
	return writePdf([deflateSync(`BT /F1 12 Tf 72 770 Td <${hex}> Tj ET`)], font);
}

test.each([
	['UniGB-UCS2-H', 'GB1', '51495408', '光合'],
	['GBK-EUC-H', 'GB1', 'b9e2bacf', '光合'],
	['ETen-B5-H', 'CNS1', 'b4d3aaab', '植物'],
	['90ms-RKSJ-H', 'Japan1', '8cf58d87', '光合'],
	['KSCms-UHC-H', 'Korea1', 'c7d0bbfd', '학생'],
])('reads a PDF whose characters are named by the table %s', async (cMap, ordering, hex, text) => {
	expect(await reader.read({ bytes: await writeForeignPdf(cMap, ordering, hex), fileName: 'answer.pdf' })).toMatchObject({ kind: 'text', text });
});

test('says of a PDF whose table of characters is not here that it cannot be read, and not that it is a picture', async () => {
	const entry = path.join(import.meta.dirname, 'host/documentHost.ts');
	const bare = new DocumentReader({ node: process.execPath, entry, cMaps: '/there/is/none', log: pino({ level: 'silent' }) });
	expect(await refusal(await writeForeignPdf('UniGB-UCS2-H', 'GB1', '51495408'), 'answer.pdf', bare)).toBe('fontsMissing');
	await bare.close();
});

test('reads plain text in any encoding with line ends of one kind, and tells what is lost', async () => {
	const read = (bytes: Uint8Array) => reader.read({ bytes, fileName: 'answer.txt' });
	const plain = { kind: 'text', pages: null, notes: [] };
	expect(await read(Buffer.from('\uFEFFeins\r\nzwei\rdrei'))).toEqual({ ...plain, text: 'eins\nzwei\ndrei' });
	expect(await read(Buffer.from('b9e2bacfd7f7d3c3b0d1b9e2c4dcd7aabbafceaabbafd1a7c4dcd6b2ceefcefccad5cbaecda3', 'hex'))).toMatchObject({
		text: expect.stringContaining('光合作用把光能转化为化学能'),
	});
	expect(await read(Buffer.concat([Buffer.from('答案是光合作用。'.repeat(30)), Buffer.from([0xff])]))).toMatchObject({
		notes: [{ code: 'undecodable', count: 1 }],
	});
});

test('goes by the content of a file and not by its name', async () => {
	expect(await reader.read({ bytes: await docx([new Paragraph('x')]), fileName: 'x.pdf' })).toMatchObject({ kind: 'text', text: 'x' });
	expect(await reader.read({ bytes: Buffer.from('It is %PDF-1.7, not text'), fileName: 'x.pdf' })).toMatchObject({ kind: 'text' });
});

test('says what a file is that cannot be read', async () => {
	const cfb = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(512)]);
	const odt = packStored(new Map([['mimetype', Buffer.from('application/vnd.oasis.opendocument.text')]]));
	const files: [string, Uint8Array][] = [
		['empty', Buffer.alloc(0)],
		['oldOffice', cfb],
		['encrypted', Buffer.concat([cfb, Buffer.from('EncryptedPackage', 'utf16le')])],
		['richText', Buffer.from('{\\rtf1\\ansi Hello}')],
		['openDocument', odt],
		['archive', packStored(new Map([['homework/1.txt', Buffer.from('1')]]))],
		[
			'unknownKind',
			packStored(
				new Map([
					['[Content_Types].xml', Buffer.from('<x/>')],
					['ppt/presentation.xml', Buffer.from('<x/>')],
				]),
			),
		],
		['unknownKind', Buffer.from('7f454c4602010100'.repeat(20), 'hex')],
	];
	expect(await Promise.all(files.map(([, bytes]) => refusal(bytes)))).toEqual(files.map(([reason]) => reason));
});

test('a damaged file is told as damaged, wherever it is broken, and the next one is read', async () => {
	const whole = Buffer.from(await docx([new Paragraph('whole')]));
	const pdf = Buffer.from(await writePdf(['whole']));
	for (const bytes of [
		whole.subarray(0, whole.length / 2),
		Buffer.concat([whole.subarray(0, 400), Buffer.alloc(300), whole.subarray(700)]),
		pdf.subarray(0, 60),
	])
		expect(await refusal(bytes)).toBe('damaged');
	expect(await refusal(packStored(new Map([['word/document.xml', Buffer.from('<w:document><w:body>')]])))).toBe('damaged');
	expect(await refusal(packStored(new Map([['xl/workbook.xml', Buffer.from('no xml')]])))).toBe('damaged');
	expect(await reader.read({ bytes: whole, fileName: 'whole.docx' })).toMatchObject({ text: 'whole' });
});

test('a bomb is refused for what is in it, however small it says that it is, and the next file is read', async () => {
	const sheet = `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>`;
	const { toBuffer } = writeXlsxFile([[{ value: 'x' }]], { sheet: 'x' });
	const corner = withFile(await toBuffer(), 'xl/worksheets/sheet1.xml', sheet);
	const flood = deflateSync(Buffer.from(`BT /F1 12 Tf ${'(flood of text) Tj T* '.repeat(1_000_000)}`));
	const small = openDocumentReader({ memoryBytes: 256 * 2 ** 20, inflatedBytes: 16 * 2 ** 20, milliseconds: 60_000 });
	expect(await refusal(packedZeros('word/document.xml', 64 * 2 ** 20, 100), 'zip.docx', small)).toBe('tooMuchInside');
	expect(await refusal(packedZeros('xl/workbook.xml', 64 * 2 ** 20, 64 * 2 ** 20), 'zip.xlsx', small)).toBe('tooMuchInside');
	expect(await refusal(corner, 'corner.xlsx', small)).toBe('tooMuchInside');
	expect(await refusal(await writePdf([flood]), 'flood.pdf', small)).toBe('tooMuchInside');
	expect(await small.read({ bytes: await docx([new Paragraph('next')]), fileName: 'next.docx' })).toMatchObject({ text: 'next' });
	await small.close();
});

test('a document that takes longer than it may is given up, and those behind it are not', async () => {
	const hasty = openDocumentReader({ milliseconds: 1 });
	const bytes = await docx([new Paragraph('x')]);
	expect(await Promise.all([refusal(bytes, 'a', hasty), refusal(bytes, 'b', hasty)])).toEqual(['tooSlow', 'tooSlow']);
	expect(await hasty.read({ bytes: Buffer.from('plain'), fileName: 'c' })).toMatchObject({ text: 'plain' });
	await hasty.close();
});

test('a process that does not start is no fault of the document', async () => {
	const lost = new DocumentReader({ node: process.execPath, entry: '/there/is/none.js', cMaps: '', log: pino({ level: 'silent' }) });
	await expect(lost.read({ bytes: await docx([]), fileName: 'x' })).rejects.toThrow('did not start');
});

test('a file over the limit is not opened', async () => {
	const narrow = openDocumentReader({ fileBytes: 10 });
	await expect(narrow.read({ bytes: Buffer.alloc(11), fileName: 'x' })).rejects.toMatchObject({ code: 'TOO_LARGE', data: { limitBytes: 10 } });
});

/** The archive with another content for one of its files. */
function withFile(archive: Uint8Array, name: string, content: string): Buffer {
	const zip = new ZipArchive(archive, 2 ** 24);
	return packStored(new Map(zip.names.map((each) => [each, each === name ? Buffer.from(content) : (zip.read(each) ?? Buffer.alloc(0))])));
}
