import { writeJson } from '../json/writeJson.ts';
import type { Value } from '../middle.ts';
import type { NoteBook } from '../NoteBook.ts';
import type { WriteOptions } from '../options.ts';
import { conventionOf } from '../projection/markupConvention.ts';
import { PlainElements } from '../projection/PlainElements.ts';
import { dataElement } from '../projection/toMarkup.ts';
import { Flattener } from '../table/flatten.ts';
import { TableWriter } from '../table/TableWriter.ts';
import { SheetWriter } from '../workbook/SheetWriter.ts';
import { onlySheet } from '../workbook/workbookOptions.ts';
import { XmlWriter } from '../xml/writeXml.ts';
import { writeYaml } from '../yaml/writeYaml.ts';
import type { RecordFormat } from './RecordReader.ts';

/** Writes records a few at a time. What it is given is reduced to what the format holds. */
export interface RecordWriter {
	begin(notes: NoteBook): string;
	/** `areBare` are records of which every format holds all (`RecordReducer`). */
	write(records: readonly Value[], notes: NoteBook, areBare: boolean): string;
	end(): string;
}

/** The formats that records are written in one by one: a workbook cannot be read so. */
export type RecordTarget = RecordFormat | 'xlsx';

/** The writer of a format, of a workbook that of its one sheet; a table's columns were found before. */
export function recordWriter(format: RecordTarget, options: WriteOptions, columns: readonly string[]): RecordWriter {
	switch (format) {
		case 'csv':
		case 'tsv':
			return tableRecordWriter(format, options, columns);
		case 'xlsx':
			return sheetRecordWriter(columns);
		case 'jsonl':
			return {
				begin: () => '',
				write: (records) => {
					let text = '';
					for (const record of records) text += `${writeJson(record, { indent: 0 })}\n`;
					return text;
				},
				end: () => '',
			};
		case 'json':
			return jsonRecordWriter(options);
		case 'xml':
			return xmlRecordWriter(options);
		case 'yaml':
			return {
				begin: () => '',
				write: (records) => (records.length === 0 ? '' : writeYaml({ documents: [{ root: { kind: 'sequence', items: [...records] } }] }, options)),
				end: () => '',
			};
	}
}

/** A record a line, or each laid out with the indentation that is asked for. */
function jsonRecordWriter({ indent = 0 }: WriteOptions): RecordWriter {
	let separator = '\n';
	return {
		begin: () => '[',
		write: (records) => {
			let text = '';
			for (const record of records) {
				text += separator + writeJson(record, { indent });
				separator = ',\n';
			}
			return text;
		},
		end: () => '\n]\n',
	};
}

function xmlRecordWriter({ indent = 2, markup }: WriteOptions): RecordWriter {
	const convention = conventionOf(markup);
	const { rootName, itemName } = convention;
	const step = indent === 'tab' ? '\t' : ' '.repeat(indent);
	const lineEnd = `\n${step}`;
	let plain: PlainElements | undefined;
	return {
		begin: () => `<?xml version="1.0" encoding="UTF-8"?>\n<${rootName}>\n`,
		write: (records, notes, areBare) => {
			plain ??= PlainElements.by(convention, step, notes);
			const writer = new XmlWriter(notes, { indent });
			for (const [index, record] of records.entries()) {
				writer.text += step;
				const written = areBare ? plain?.written(record, lineEnd) : undefined;
				if (written !== undefined) writer.text += written;
				else
					writer.element(
						withinRecord(index, notes, () => dataElement(itemName, record, notes, markup)),
						lineEnd,
					);
				writer.text += '\n';
			}
			return writer.text;
		},
		end: () => `</${rootName}>\n`,
	};
}

/** What is noted of one record has its place among the others in its path. */
function withinRecord<T>(index: number, notes: NoteBook, make: () => T): T {
	const { pathOf } = notes;
	notes.pathOf = (path) => {
		const own = path.replace(/^\$/, `$[${index}]`);
		return pathOf?.(own) ?? own;
	};
	try {
		return make();
	} finally {
		notes.pathOf = pathOf;
	}
}

function tableRecordWriter(format: 'csv' | 'tsv', { table = {} }: WriteOptions, columns: readonly string[]): RecordWriter {
	const options = format === 'tsv' ? { delimiter: '\t', ...table } : table;
	return {
		begin: (notes) => {
			const header = table.header !== false && columns.length > 0 ? new TableWriter(notes, options).header(columns) : '';
			return (table.bom ? '\uFEFF' : '') + header;
		},
		write: (records, notes) => {
			const writer = new TableWriter(notes, options);
			const flattener = new Flattener(notes, columns);
			let text = '';
			for (const [index, record] of records.entries()) text += writer.row(flattener.row(record, index), index);
			return text;
		},
		end: () => '',
	};
}

function sheetRecordWriter(columns: readonly string[]): RecordWriter {
	let writer: SheetWriter | undefined;
	return {
		begin: (notes) => {
			writer = new SheetWriter(onlySheet, notes);
			return writer.begin() + (columns.length > 0 ? writer.header(columns) : '');
		},
		write: (records, notes) => {
			const flattener = new Flattener(notes, columns);
			let text = '';
			for (const [index, record] of records.entries()) text += writer?.row(flattener.row(record, index)) ?? '';
			return text;
		},
		end: () => writer?.end() ?? '',
	};
}
