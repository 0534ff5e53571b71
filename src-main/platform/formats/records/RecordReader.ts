import { detectDelimiter } from '../../csv/detectDelimiter.ts';
import { withoutHint } from '../../csv/withoutHint.ts';
import { FormatError } from '../FormatError.ts';
import { JsonTokenizer } from '../json/JsonTokenizer.ts';
import { ValueBuilder } from '../json/ValueBuilder.ts';
import type { Value } from '../middle.ts';
import type { NoteBook } from '../NoteBook.ts';
import type { ReadOptions } from '../options.ts';
import { CsvScanner } from '../table/CsvScanner.ts';
import { quotesMatter } from '../table/readTableText.ts';
import { TableRows } from '../table/TableRows.ts';
import { XmlRecordReader } from './XmlRecordReader.ts';
import { YamlRecordReader } from './YamlRecordReader.ts';

/** Reads records out of a source that comes in chunks: gives those that are whole already, and at the end the rest. */
export interface RecordReader {
	/** The records that were read last are bare (`RecordReducer`). */
	readonly areBare: boolean;
	feed(chunk: string): Value[];
	end(): Value[];
}

/** The formats that are read and written record by record. */
export type RecordFormat = 'csv' | 'tsv' | 'jsonl' | 'json' | 'xml' | 'yaml';

/** The reader of a format. `head` is the beginning of the source, by which a table's delimiter and the version of XML are found. */
export function recordReader(format: RecordFormat, head: string, options: ReadOptions, notes: NoteBook): RecordReader {
	switch (format) {
		case 'csv':
		case 'tsv':
			return new TableRecordReader(format, head, options, notes);
		case 'jsonl':
			return new JsonRecordReader(true);
		case 'json':
			return new JsonRecordReader(false);
		case 'xml':
			return new XmlRecordReader(head, options, notes);
		case 'yaml':
			return new YamlRecordReader(options);
	}
}

/** Of a source of JSON that begins with something else than a list. */
export function noArray(offset: number): FormatError {
	return new FormatError('noRecords', 'The source is no array of records.', { offset, detail: '[' });
}

/** The items of a JSON array, or JSON values one after another. */
class JsonRecordReader implements RecordReader {
	readonly areBare = true;
	readonly #tokenizer: JsonTokenizer;
	readonly #builder = new ValueBuilder();
	/** The tokenizer is inside of the array whose items are the records. */
	#isInside: boolean;

	constructor(isLines: boolean) {
		this.#tokenizer = new JsonTokenizer({ several: isLines });
		this.#isInside = isLines;
	}

	feed(chunk: string): Value[] {
		this.#tokenizer.feed(chunk);
		return this.#take();
	}

	end(): Value[] {
		this.#tokenizer.end();
		return this.#take();
	}

	#take(): Value[] {
		const tokenizer = this.#tokenizer;
		const records: Value[] = [];
		for (let token = tokenizer.next(); token !== 'more' && token !== 'end'; token = tokenizer.next()) {
			if (!this.#isInside) {
				if (token !== 'beginArray') throw noArray(tokenizer.at);
				this.#isInside = true;
			} else {
				// The end of the array itself closes nothing that the builder has open.
				const record = this.#builder.take(token, tokenizer);
				if (record !== undefined) records.push(record);
			}
		}
		return records;
	}
}

/** The rows of CSV or TSV. A quote inside of a cell is taken for what it is. */
class TableRecordReader implements RecordReader {
	readonly areBare = true;
	readonly #scanner: CsvScanner;
	#records: Value[] = [];
	/** How much is still to come of the line that says which delimiter there is, which is no row. */
	#hint = 0;

	constructor(format: 'csv' | 'tsv', head: string, { table = {} }: ReadOptions, notes: NoteBook) {
		const { text, hint } = withoutHint(head);
		this.#hint = head.length - text.length;
		const rows = new TableRows(table, notes);
		const delimiter = table.delimiter ?? hint ?? (format === 'tsv' ? '\t' : detectDelimiter(text));
		this.#scanner = new CsvScanner(
			(cells, line) => {
				const record = rows.record(cells, line);
				if (record) this.#records.push(record);
			},
			{ delimiter, isLoose: true, quotesMatter: quotesMatter(table) },
		);
	}

	feed(chunk: string): Value[] {
		this.#scanner.feed(this.#hint > 0 ? chunk.slice(this.#hint) : chunk);
		this.#hint = Math.max(0, this.#hint - chunk.length);
		return this.#take();
	}

	end(): Value[] {
		this.#scanner.end();
		return this.#take();
	}

	#take(): Value[] {
		const records = this.#records;
		this.#records = [];
		return records;
	}
}
