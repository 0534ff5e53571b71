import { FormatError } from '../FormatError.ts';
import type { Value } from '../middle.ts';
import type { ReadOptions } from '../options.ts';
import { readYaml } from '../yaml/readYaml.ts';
import type { RecordReader } from './RecordReader.ts';

/** One record may have so many characters. */
const longestRecord = 1 << 24;

/** So many characters of whole records are read at once: the parser has much to set up. */
const piece = 1 << 15;

/**
 * The items of a YAML sequence in block style, or the documents of a stream, one after another. An item begins at a dash in the first column,
 * where nothing inside of an item can stand; aliases reach no further than the piece they stand in.
 *
 * @throws FormatError with its offset; `noRecords` for a document that is no sequence
 */
export class YamlRecordReader implements RecordReader {
	readonly areBare = false;
	readonly #options: ReadOptions;
	#text = '';
	#start = 0;
	#scanned = 0;
	/** So much text is looked through: of a record that is not whole twice as much as the last time. */
	#enough = piece;

	constructor(options: ReadOptions) {
		this.#options = options;
	}

	feed(chunk: string): Value[] {
		this.#text += chunk;
		if (this.#text.length < this.#enough) return [];
		const cut = this.#lastBegin();
		if (cut === undefined) {
			this.#enough = Math.min(2 * this.#text.length, longestRecord);
			if (this.#text.length <= longestRecord) return [];
			throw new FormatError('recordTooLong', `A record has more than ${longestRecord} characters.`, { offset: this.#start, detail: String(longestRecord) });
		}
		const records = this.#read(this.#text.slice(0, cut));
		this.#text = this.#text.slice(cut);
		this.#start += cut;
		this.#scanned = 0;
		this.#enough = piece;
		return records;
	}

	end(): Value[] {
		const records = this.#read(this.#text);
		this.#text = '';
		return records;
	}

	/** Where the last record begins that does not begin the text; comments above it are its own. */
	#lastBegin(): number | undefined {
		let found: number | undefined;
		const begin = /\n((?:#[^\n]*\n)*)(?=-[ \t\r\n]|---[ \t\r\n])/g;
		begin.lastIndex = Math.max(0, this.#scanned - 4);
		for (let match = begin.exec(this.#text); match !== null; match = begin.exec(this.#text)) found = match.index + 1;
		this.#scanned = this.#text.length;
		return found;
	}

	#read(text: string): Value[] {
		try {
			const { documents } = readYaml(text, this.#options);
			return documents.flatMap(({ root }) => {
				if (root?.kind === 'sequence') return root.items;
				if (root === undefined) return [];
				if (documents.length > 1 || this.#start > 0) return [root];
				throw new FormatError('noRecords', 'The source is no sequence of records.', { offset: 0, detail: '-' });
			});
		} catch (error) {
			if (!(error instanceof FormatError)) throw error;
			throw new FormatError(error.code, error.message, { ...error.failure, offset: this.#start + (error.offset ?? 0) });
		}
	}
}
