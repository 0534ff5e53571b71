import readXlsxFile from 'read-excel-file/universal';
import type { DocumentLimits, ReadDocument } from '../documentContract.ts';
import { DocumentRefusal } from './DocumentRefusal.ts';
import { dressNumbers, readPaddings } from './dressNumbers.ts';
import { packStored } from './packStored.ts';
import type { ZipArchive } from './ZipArchive.ts';

/**
 * Reads every sheet of a workbook, each cell as text: numbers in full, dates by ISO 8601, the last value of a formula.
 *
 * Rows that are empty are there, so that a row's place is its number; all rows of a sheet are of one length. Of how a number is dressed, zeros
 * in front are kept, and no sign of a currency or of a percentage.
 */
export async function readXlsx(archive: ZipArchive, limits: DocumentLimits): Promise<ReadDocument> {
	const files = new Map<string, Buffer>();
	for (const name of archive.names) {
		const content = /\.(xml|rels)$/i.test(name) && !/^xl\/(media|drawings|printerSettings)\//.test(name) ? archive.read(name) : null;
		if (content) files.set(name, content);
	}
	const paddings = readPaddings(files.get('xl/styles.xml')?.toString() ?? '');
	for (const [name, content] of files) if (/^xl\/worksheets\/[^/]+\.xml$/.test(name)) files.set(name, Buffer.from(dressNumbers(content.toString(), paddings)));
	const packed = packStored(files);
	const bytes = packed.buffer.slice(packed.byteOffset, packed.byteOffset + packed.byteLength);
	const sheets = await readXlsxFile<string>(bytes, { trim: false, parseNumber: plainNumber }).catch((error: unknown) => {
		throw new DocumentRefusal('damaged', error instanceof Error ? error.message : '', { cause: error });
	});
	const cells = sheets.reduce((sum, { data }) => sum + data.length * (data[0]?.length ?? 0), 0);
	if (cells > limits.cells) throw new DocumentRefusal('tooMuchInside', `${cells} cells`);
	return { kind: 'sheets', sheets: sheets.map(({ sheet, data }) => ({ name: sheet, rows: data.map((row) => row.map(cellText)) })) };
}

/** A number as a sheet holds it, to the 15 digits that a spreadsheet shows, never with an exponent where it is whole. */
function plainNumber(raw: string): string {
	if (/^-?\d{1,15}$/.test(raw)) return raw;
	const value = Number(raw);
	if (raw.trim() === '' || !Number.isFinite(value)) return raw;
	if (Number.isInteger(value) && Math.abs(value) < 1e21) return BigInt(value).toString();
	return String(Number(value.toPrecision(15)));
}

function cellText(value: unknown): string {
	if (value === null || value === undefined) return '';
	if (value instanceof Date) return dateText(value);
	if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
	return String(value);
}

/** Dates stand in a workbook without a time zone, and the library gives them as UTC; the day 0 is a time alone. */
function dateText(date: Date): string {
	if (Number.isNaN(date.getTime())) return '';
	const [day = '', time = ''] = new Date(Math.round(date.getTime() / 1000) * 1000).toISOString().replace('.000Z', '').split('T');
	if (day.startsWith('1899-12-3')) return time;
	return time === '00:00:00' ? day : `${day}T${time}`;
}
