import { writeJson } from '../json/writeJson.ts';
import type { Value } from '../middle.ts';
import type { NoteBook } from '../NoteBook.ts';
import type { WriteOptions } from '../options.ts';
import { conventionOf } from '../projection/markupConvention.ts';
import { dataElement } from '../projection/toMarkup.ts';
import { Flattener } from '../table/flatten.ts';
import { TableWriter } from '../table/TableWriter.ts';
import { XmlWriter } from '../xml/writeXml.ts';
import { writeYaml } from '../yaml/writeYaml.ts';
import type { RecordFormat } from './RecordReader.ts';

/** Writes records a few at a time. What it is given is reduced to what the format holds. */
export interface RecordWriter {
	begin(notes: NoteBook): string;
	write(records: readonly Value[], notes: NoteBook): string;
	end(): string;
}

/** The writer of a format; a table's columns were found before. */
export function recordWriter(format: RecordFormat, options: WriteOptions, columns: readonly string[]): RecordWriter {
	switch (format) {
		case 'csv':
		case 'tsv':
			return tableRecordWriter(format, options, columns);
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
	const { rootName, itemName } = conventionOf(markup);
	const step = indent === 'tab' ? '\t' : ' '.repeat(indent);
	return {
		begin: () => `<?xml version="1.0" encoding="UTF-8"?>\n<${rootName}>\n`,
		write: (records, notes) => {
			const writer = new XmlWriter(notes, { indent });
			for (const record of records) {
				writer.text += step;
				writer.element(dataElement(itemName, record, notes, markup), `\n${step}`);
				writer.text += '\n';
			}
			return writer.text;
		},
		end: () => `</${rootName}>\n`,
	};
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
