import { CsvError, type Options, type Parser, parse } from 'csv-parse';
import { FormatError } from '../FormatError.ts';
import type { Text } from '../middle.ts';

/** A cell as it stands in the file: `isQuoted` is kept as its style. */
export type RawCell = Text;

/** What a scanner tells: a row with the line on which it begins, from 1. */
export type TakeRow = (cells: RawCell[], line: number) => void;

/** One row may have so many characters: an open quote must not take in the rest of a large file. */
const longestRow = 1 << 24;

/**
 * Reads rows of CSV from chunks as they come (csv-parse, RFC 4180). `isLoose` takes a quote inside of a cell for what it is; without it that is
 * refused, so that the reader can tell of it.
 *
 * @throws FormatError with its line
 */
export class CsvScanner {
	readonly #parser: Parser;
	#line = 1;

	constructor(take: TakeRow, { delimiter, isLoose, quotesMatter }: { delimiter: string; isLoose: boolean; quotesMatter: boolean }) {
		const options: Options = {
			delimiter,
			record_delimiter: ['\r\n', '\n', '\r'],
			relax_quotes: isLoose,
			relax_column_count: true,
			skip_empty_lines: false,
			max_record_size: longestRow,
			// Which cells were quoted is asked for only where it matters: it costs a call for each.
			...(quotesMatter && {
				cast: (value: string, { quoting }: { quoting: boolean }) => (quoting ? { kind: 'text', value, style: 'double' } : { kind: 'text', value }),
			}),
			on_record: (record: (string | RawCell)[], { lines }: { lines: number }) => {
				take(
					record.map((cell) => (typeof cell === 'string' ? { kind: 'text', value: cell } : cell)),
					this.#line,
				);
				this.#line = lines + 1;
				// A row that is not as wide as the first costs the parser an error with its trace and a copy of the row: every row is the first to it.
				// The count is read-only in the types alone.
				(this.#parser.info as { records: number }).records = 0;
				return null;
			},
		};
		this.#parser = parse(options);
		// What goes wrong is thrown by the call during which it went wrong.
		this.#parser.on('error', () => {});
	}

	feed(chunk: string): void {
		this.#parser.write(chunk);
		this.#refuse();
	}

	end(): void {
		this.#parser.end();
		this.#refuse();
	}

	#refuse(): void {
		const error = this.#parser.errored;
		if (error === null) return;
		if (!(error instanceof CsvError)) throw error;
		throw new FormatError(codes[error.code] ?? 'badRow', error.message, { line: this.#line, detail: error.code });
	}
}

const codes: Record<string, string> = {
	CSV_QUOTE_NOT_CLOSED: 'quoteOpen',
	CSV_INVALID_CLOSING_QUOTE: 'looseQuote',
	INVALID_OPENING_QUOTE: 'looseQuote',
	CSV_MAX_RECORD_SIZE: 'rowTooLong',
};
