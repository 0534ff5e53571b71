import readXlsxFile from 'read-excel-file/universal';
import { DocumentRefusal } from '../../documents/host/DocumentRefusal.ts';
import { dressNumbers, readPaddings } from '../../documents/host/dressNumbers.ts';
import { packStored } from '../../documents/host/packStored.ts';
import { ZipArchive } from '../../documents/host/ZipArchive.ts';
import { FormatError } from '../FormatError.ts';
import type { Entry, Moment, Value } from '../middle.ts';
import type { NoteBook } from '../NoteBook.ts';
import type { Cell } from '../table/flatten.ts';
import { TableRows } from '../table/TableRows.ts';
import { tooManyCells, type WorkbookReadOptions, workbookLimits } from './workbookOptions.ts';
import { type SheetPart, workbookParts } from './workbookParts.ts';

/** A number as the sheet holds it. */
class RawNumber {
	readonly literal: string;
	constructor(literal: string) {
		this.literal = literal;
	}
}

/**
 * Reads the sheets of an XLSX workbook, or the one that the options choose: its records by the names in the first row, with numbers by the digits
 * that the file holds, dates by ISO 8601 and truths as such. Of a formula its last value is taken, and that is told. A cell with nothing in it is
 * missing.
 *
 * @throws FormatError for what is no workbook, is damaged, or holds more than can be taken, and `sheetUnknown` with the names that there are
 */
export async function readWorkbook(bytes: Uint8Array, notes: NoteBook, options: WorkbookReadOptions = {}): Promise<Value> {
	const sheets = await readSheets(bytes, notes, options);
	const entries = sheets.map(({ name, rows }): Entry => ({ key: { kind: 'text', value: name }, value: recordsOf(rows, notes, options) }));
	const [only] = entries;
	return only !== undefined && entries.length === 1 && !options.namesSheets ? only.value : { kind: 'mapping', entries };
}

async function readSheets(bytes: Uint8Array, notes: NoteBook, options: WorkbookReadOptions): Promise<{ name: string; rows: Cell[][] }[]> {
	const { packed, is1904, isRead } = unpackSafely(bytes, notes, options);
	const sheets = await readXlsxFile<RawNumber>(packed, { trim: false, parseNumber: (literal) => new RawNumber(literal) }).catch((error: unknown) => {
		throw new FormatError('workbookDamaged', error instanceof Error ? error.message : 'The workbook cannot be read.');
	});
	// Rows are filled up to the widest, which a single cell far to the right makes of all.
	refuseMore(sheets.reduce((sum, { data }) => sum + data.length * (data[0]?.length ?? 0), 0));
	return sheets
		.filter(({ sheet }) => isRead(sheet))
		.map(({ sheet, data }) => ({ name: sheet, rows: data.map((row) => row.map((value) => cellOf(value, is1904))) }));
}

/** With these begins what a cell holds (ECMA-376 part 1, 18.3.1.96 and 18.3.1.53); an empty sheet may have cells, but none of them. */
const valueTags = ['<v>', '<v ', '<is>', '<is '];
/** So many sheets are named to whoever asked for one that there is not. */
const mostNamed = 20;

interface Unpacked {
	packed: ArrayBuffer;
	is1904: boolean;
	/** Whether the sheet of this name is wanted. */
	isRead(name: string): boolean;
}

/** The parts of a workbook that are read, unpacked within the limit and handed on in an archive that can be nothing else. */
function unpackSafely(bytes: Uint8Array, notes: NoteBook, options: WorkbookReadOptions): Unpacked {
	try {
		const archive = new ZipArchive(bytes, workbookLimits.inflatedBytes);
		const files = new Map<string, Buffer>();
		for (const name of archive.names) {
			const content = /\.(xml|rels)$/i.test(name) && !/^xl\/(media|drawings|printerSettings)\//.test(name) ? archive.read(name) : null;
			if (content) files.set(name, content);
		}
		if (!files.has('xl/workbook.xml')) throw new FormatError('notWorkbook', 'This is no workbook in the format XLSX.');
		refuseMore([...files].reduce((sum, [name, content]) => sum + (isSheet(name) ? cellsIn(content) : 0), 0));
		const paddings = readPaddings(files.get('xl/styles.xml')?.toString() ?? '');
		const { sheets, is1904 } = workbookParts(files.get('xl/workbook.xml')?.toString() ?? '', files.get('xl/_rels/workbook.xml.rels')?.toString() ?? '');
		const chosen = chooseSheet(sheets, options, notes, ({ file }) => valueTags.some((tag) => files.get(file)?.includes(tag)));
		const isRead = (name: string) => chosen === undefined || name === chosen;
		for (const [file, content] of files) {
			if (!isSheet(file)) continue;
			const sheet = content.toString();
			const name = sheets.find((each) => each.file === file)?.name ?? file;
			if (isRead(name)) tellCells(sheet, name, notes);
			files.set(file, Buffer.from(dressNumbers(sheet, paddings)));
		}
		for (const { name, isHidden } of sheets) if (isHidden && isRead(name)) notes.add({ code: 'hiddenSheet', kind: 'convention', path: name });
		const packed = packStored(files);
		return { packed: packed.buffer.slice(packed.byteOffset, packed.byteOffset + packed.byteLength), is1904, isRead };
	} catch (error) {
		if (!(error instanceof DocumentRefusal)) throw error;
		const codes = { encrypted: 'workbookEncrypted', tooMuchInside: 'workbookTooLarge' } as const;
		const code = error.reason === 'encrypted' || error.reason === 'tooMuchInside' ? codes[error.reason] : 'workbookDamaged';
		throw new FormatError(code, error.message, { ...(error.message !== '' && { detail: error.message }) });
	}
}

/** The name of the one sheet that is to be read, and told which others that leaves out; undefined: all of them are. */
function chooseSheet(
	sheets: readonly SheetPart[],
	{ sheet: wished, oneSheet }: WorkbookReadOptions,
	notes: NoteBook,
	hasValues: (sheet: SheetPart) => boolean,
): string | undefined {
	if (wished !== undefined) {
		const found = sheets.find(({ name }) => name === wished) ?? sheets.find(({ name }) => name.trim() === wished);
		if (found) return found.name;
		const names = sheets.slice(0, mostNamed).map(({ name }) => name);
		throw new FormatError('sheetUnknown', [...names, ...(sheets.length > mostNamed ? ['…'] : [])].join(', '), { detail: wished });
	}
	if (!oneSheet || sheets.length < 2) return undefined;
	const filled = sheets.filter(hasValues);
	const chosen = filled.find(({ isHidden }) => !isHidden) ?? filled[0] ?? sheets[0];
	for (const { name } of filled) if (name !== chosen?.name) notes.add({ code: 'sheetLeft', kind: 'lost', path: name });
	return chosen?.name;
}

/** Tells of formulas, of which the last value is there at best, of cells that hold an error, and of cells that are one on the sheet. */
function tellCells(sheet: string, name: string, notes: NoteBook): void {
	for (const [, attributes = '', content = ''] of sheet.matchAll(/<c\b([^>]*[^/>])>(.*?)<\/c>/gs)) {
		const path = `${name}!${/\sr="([A-Z]+\d+)"/.exec(attributes)?.[1] ?? ''}`;
		const value = /<v(?:\s[^>]*)?>([^<]*)<\/v>/.exec(content)?.[1] ?? '';
		const [, formula] = /<f\b[^>]*?(?:\/>|>([^<]*)<\/f>)/.exec(content) ?? [];
		if (/<f\b/.test(content)) notes.add({ code: value === '' ? 'formulaUnreckoned' : 'formula', kind: 'lost', path, what: `=${formula ?? ''}` });
		if (/\st="e"/.test(attributes) && value !== '') notes.add({ code: 'cellError', kind: 'changed', path, what: value, became: `"${value}"` });
	}
	for (const [, range = ''] of sheet.matchAll(/<mergeCell\s[^>]*?ref="([A-Z\d:]+)"/g))
		notes.add({ code: 'mergedCells', kind: 'lost', path: `${name}!${range}` });
}

function cellOf(value: unknown, is1904: boolean): Cell {
	if (value === null || value === undefined) return undefined;
	if (value instanceof RawNumber) return isJsonNumber.test(value.literal) ? { kind: 'number', literal: value.literal } : { kind: 'text', value: value.literal };
	if (value instanceof Date) return momentOf(value, is1904);
	return typeof value === 'boolean' ? { kind: 'boolean', value } : { kind: 'text', value: String(value) };
}

const isJsonNumber = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/;

/** Dates stand in a workbook without a time zone, and the library gives them as UTC; the day 0 is a time alone. */
function momentOf(date: Date, is1904: boolean): Moment | undefined {
	if (Number.isNaN(date.getTime())) return undefined;
	const [day = '', time = ''] = new Date(Math.round(date.getTime() / 1000) * 1000).toISOString().replace('.000Z', '').split('T');
	if (is1904 ? day === '1904-01-01' : day.startsWith('1899-12-3')) return { kind: 'moment', type: 'time', literal: time };
	return time === '00:00:00' ? { kind: 'moment', type: 'date', literal: day } : { kind: 'moment', type: 'localDateTime', literal: `${day}T${time}` };
}

function recordsOf(rows: Cell[][], notes: NoteBook, options: WorkbookReadOptions): Value {
	const table = new TableRows({ ...options }, notes);
	return { kind: 'sequence', items: rows.flatMap((row, index) => table.typedRecord(row, index + 1) ?? []) };
}

function isSheet(name: string): boolean {
	return /^xl\/worksheets\/[^/]+\.xml$/.test(name);
}

/** How many cells a sheet has, before any is made. */
function cellsIn(sheet: Buffer): number {
	let cells = 0;
	for (let at = sheet.indexOf('<c '); at !== -1; at = sheet.indexOf('<c ', at + 3)) cells++;
	return cells;
}

function refuseMore(cells: number): void {
	if (cells > workbookLimits.cells) throw tooManyCells(cells);
}
