import { decodeSource } from './decodeSource.ts';
import { FormatError } from './FormatError.ts';
import { readJsonLines, writeJsonLines } from './json/jsonLines.ts';
import { readJson } from './json/readJson.ts';
import { writeJson } from './json/writeJson.ts';
import type { Reading } from './middle.ts';
import { NoteBook } from './NoteBook.ts';
import type { ReadOptions, WriteOptions } from './options.ts';
import { type Place, placesIn } from './placeAt.ts';
import type { Holdings } from './reduceData.ts';
import { readTableText } from './table/readTableText.ts';
import { writtenBack } from './table/tableOptions.ts';
import { writeTableText } from './table/writeTableText.ts';
import { readToml } from './toml/readToml.ts';
import { writeToml } from './toml/writeToml.ts';
import { declaredEncoding } from './xml/declaredEncoding.ts';
import { readXml } from './xml/readXml.ts';
import { layoutOf, writeXml } from './xml/writeXml.ts';
import { readYaml } from './yaml/readYaml.ts';
import { momentType } from './yaml/schema.ts';
import { writeYaml } from './yaml/writeYaml.ts';

export type FormatName = 'json' | 'jsonl' | 'yaml' | 'xml' | 'csv' | 'tsv' | 'toml' | 'xlsx';

/** A source read: the middle, the encoding it was in (empty for binary formats), and where its offsets stand. */
export interface Read {
	reading: Reading;
	encoding: string;
	placeOf?: (at: number) => Place;
}

/** A format: what it is called outside, what it can hold, and its two ways. */
export interface Format {
	extension: string;
	mime: string;
	/** What it holds of data, or `toMarkup` can make elements of. */
	holds: Holdings;
	/** It holds elements, which are led into data and back (`toData`, `toMarkup`). */
	isMarkup?: boolean;
	/** It can hold the envelope of `exact`. */
	holdsEnvelope?: boolean;
	/** A source that is read whole may be so large; its values take 50 times as much memory, those of YAML 250 times. What is larger is streamed or refused. */
	wholeBytes: number;
	/** Records can be read and written one after another, in bounded memory (`records/`). */
	canStream: boolean;
	/** Records can at least be written so, though not read. */
	canStreamInto?: boolean;
	/** How what was written by these options is to be read so that it is again what it was; as usual where it is left out. */
	readBack?(options: WriteOptions): ReadOptions;
	/** @throws FormatError with its place */
	read(source: Uint8Array, options: ReadOptions, notes: NoteBook): Promise<Read>;
	/** Writes what `holds` allows; what was reduced to that before is noted already. */
	write(reading: Reading, options: WriteOptions, notes: NoteBook): Promise<Uint8Array>;
}

const mebibyte = 2 ** 20;

/** Every format by its name: adding one is a line here. */
export const formats: Record<FormatName, Format> = {
	json: {
		extension: 'json',
		wholeBytes: 32 * mebibyte,
		mime: 'application/json',
		holds: { repeatedKeys: true },
		holdsEnvelope: true,
		canStream: true,
		...textual(
			(text) => ({ documents: [{ root: readJson(text) }] }),
			({ documents: [first] }, options) => `${first?.root ? writeJson(first.root, options) : 'null'}\n`,
		),
	},
	jsonl: {
		extension: 'jsonl',
		wholeBytes: 32 * mebibyte,
		mime: 'application/jsonl',
		holds: { repeatedKeys: true },
		holdsEnvelope: true,
		canStream: true,
		...textual(readJsonLines, writeJsonLines),
	},
	toml: {
		extension: 'toml',
		wholeBytes: 8 * mebibyte,
		mime: 'application/toml',
		holds: { comments: true, nonFinite: true, moments: true, writtenNumbers: true },
		canStream: false,
		...textual(readToml, (reading, _options, notes) => writeToml(reading, notes)),
	},
	yaml: {
		extension: 'yaml',
		wholeBytes: 8 * mebibyte,
		mime: 'application/yaml',
		holds: {
			comments: true,
			anchors: true,
			tags: true,
			nonFinite: true,
			// A time without a date is none of its timestamps.
			moments: ({ literal }) => momentType(literal) !== null,
			binary: true,
			complexKeys: true,
			documents: true,
			writtenNumbers: true,
		},
		holdsEnvelope: true,
		canStream: true,
		...textual(readYaml, writeYaml),
	},
	xml: {
		extension: 'xml',
		wholeBytes: 16 * mebibyte,
		mime: 'application/xml',
		holds: { comments: true, nonFinite: true, moments: true, binary: true },
		isMarkup: true,
		holdsEnvelope: true,
		canStream: true,
		...textual(
			(text, options, notes) => ({ documents: [readXml(text, notes, options)] }),
			({ documents: [first = { root: undefined }] }, options, notes) => writeXml(first, notes, layoutOf(first, options)),
			declaredEncoding,
		),
	},
	csv: table('csv', 'text/csv', ','),
	tsv: table('tsv', 'text/tab-separated-values', '\t'),
	xlsx: {
		extension: 'xlsx',
		wholeBytes: 16 * mebibyte,
		mime: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
		holds: { moments: true, binary: true },
		canStream: false,
		canStreamInto: true,
		readBack: () => ({ workbook: { nested: true } }),
		// The libraries of workbooks are large and seldom needed.
		async read(bytes, { workbook }, notes) {
			const { readWorkbook } = await import('./workbook/readWorkbook.ts');
			return { reading: { documents: [{ root: await readWorkbook(bytes, notes, workbook) }] }, encoding: '' };
		},
		async write({ documents: [first] }, _options, notes) {
			const { writeWorkbook } = await import('./workbook/writeWorkbook.ts');
			return writeWorkbook(first?.root ?? { kind: 'null' }, notes);
		},
	},
};

/** A table in text. What separates its cells is found out, but in TSV. */
function table(extension: string, mime: string, delimiter: string): Format {
	const usual = delimiter === ',' ? {} : { delimiter };
	return {
		extension,
		mime,
		wholeBytes: 16 * mebibyte,
		holds: { nonFinite: true, moments: true, binary: true },
		canStream: true,
		readBack: ({ table: options }) => ({
			table: {
				...writtenBack,
				delimiter,
				...(options?.delimiter !== undefined && { delimiter: options.delimiter }),
				...(options?.header !== undefined && { header: options.header }),
				...(options?.nullWord && { nullWord: options.nullWord }),
			},
		}),
		...textual(
			(text, options, notes) => ({ documents: [{ root: readTableText(text, notes, { ...usual, ...options.table }) }] }),
			({ documents: [first] }, options, notes) => writeTableText(first?.root ?? { kind: 'null' }, notes, { delimiter, ...options.table }),
		),
	};
}

/** @throws FormatError for a name that no format has */
export function formatOf(name: FormatName): Format {
	if (Object.hasOwn(formats, name)) return formats[name];
	throw new FormatError('formatUnknown', `No format is called ${name}.`, { detail: name });
}

/** @throws FormatError `tooLarge` for a source that is not to be read whole */
export function refuseTooLarge(source: Uint8Array, { wholeBytes }: Format): void {
	if (source.length <= wholeBytes) return;
	const detail = `${wholeBytes / mebibyte} MB`;
	throw new FormatError('tooLarge', `A file of this format is read whole, and may have ${detail}.`, { detail });
}

/** Reads what a format has just written, for comparing it with what it was made of. */
export async function readAgain(format: Format, bytes: Uint8Array, options: WriteOptions = {}): Promise<Reading> {
	const { reading } = await format.read(bytes, format.readBack?.(options) ?? {}, new NoteBook());
	return reading;
}

/** The two ways of a format that is text: its encoding is found, also by what `encodingIn` it says, and its failures get their line. */
function textual(
	readText: (text: string, options: ReadOptions, notes: NoteBook) => Reading,
	writeText: (reading: Reading, options: WriteOptions, notes: NoteBook) => string,
	encodingIn: (bytes: Uint8Array) => string | undefined = () => undefined,
): Pick<Format, 'read' | 'write'> {
	return {
		async read(bytes, options, notes) {
			const { text, encoding } = await decodeSource(bytes, options.encoding ?? encodingIn(bytes), notes);
			const placeOf = placesIn(text);
			notes.placeOf = placeOf;
			notes.source = text;
			try {
				return { reading: readText(text, options, notes), encoding, placeOf };
			} catch (error) {
				throw error instanceof FormatError ? error.placed(placeOf) : error;
			}
		},
		async write(reading, options, notes) {
			return new TextEncoder().encode(writeText(reading, options, notes));
		},
	};
}
