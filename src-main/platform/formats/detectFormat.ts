import { FormatError } from './FormatError.ts';
import type { FormatName } from './formats.ts';
import { JsonTokenizer } from './json/JsonTokenizer.ts';
import { readToml } from './toml/readToml.ts';
import { readYaml } from './yaml/readYaml.ts';

/** So much of a file is looked at. */
const sampleBytes = 65_536;

const endings: Record<string, FormatName> = {
	...{ json: 'json', geojson: 'json', ipynb: 'json', webmanifest: 'json', jsonl: 'jsonl', ndjson: 'jsonl', yaml: 'yaml', yml: 'yaml', toml: 'toml' },
	...{ xml: 'xml', svg: 'xml', rss: 'xml', atom: 'xml', xsd: 'xml', xsl: 'xml', xhtml: 'xml', gpx: 'xml', kml: 'xml', plist: 'xml' },
	...{ csv: 'csv', tsv: 'tsv', tab: 'tsv', xlsx: 'xlsx' },
};

/**
 * Tells the format of a file by what is in it, and where that says nothing, or says two things, by its name. Null where neither does.
 *
 * A broken file is told as what it was meant to be, so that its reader says what is wrong with it.
 */
export function detectFormat(bytes: Uint8Array, fileName = ''): FormatName | null {
	const [, ending = ''] = /\.([^./\\]+)$/.exec(fileName.toLowerCase()) ?? [];
	const named = Object.hasOwn(endings, ending) ? (endings[ending] ?? null) : null;
	if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04])) return isWorkbook(bytes) || named === 'xlsx' ? 'xlsx' : null;
	const text = sampleOf(bytes);
	if (text === undefined) return null;
	const isCut = bytes.length > sampleBytes;
	return byContent(text, isCut, named) ?? named;
}

/** After its brackets: a quote, a figure, or another bracket. */
const beginsAsJson = /^[{[][\s{[]*["\d\-}\]]/;

function byContent(text: string, isCut: boolean, named: FormatName | null): FormatName | null {
	const start = text.trimStart();
	if (start === '') return null;
	if (/^<(?:[?!]|[\p{L}_:])/u.test(start)) return 'xml';
	if (start.startsWith('{') || start.startsWith('[')) {
		const json = jsonShape(start, isCut);
		if (json === 'one') return named === 'jsonl' ? 'jsonl' : 'json';
		if (json === 'lines') return 'jsonl';
		// What calls itself JSON and breaks off is JSON that is broken, also where it happens to be YAML.
		if (named === 'json' || named === 'jsonl') return named;
		const other = byLines(start, isCut);
		// YAML reads as nothing what broken JSON has forgotten: who writes as JSON does is told where it breaks off.
		if (other === 'yaml' && named !== 'yaml' && beginsAsJson.test(start)) return 'json';
		return other ?? (named === 'yaml' || named === 'toml' ? named : 'json');
	}
	return byLines(start, isCut);
}

/** Whether a text is JSON: one value, a value a line, or neither. */
function jsonShape(text: string, isCut: boolean): 'one' | 'lines' | 'none' {
	const tokenizer = new JsonTokenizer({ several: true });
	let values = 0;
	let firstEnd = 0;
	try {
		tokenizer.feed(text);
		if (!isCut) tokenizer.end();
		for (let token = tokenizer.next(); token !== 'end' && token !== 'more'; token = tokenizer.next()) {
			if (tokenizer.depth > 0 || token === 'key') continue;
			values++;
			if (values === 1) firstEnd = tokenizer.position;
		}
	} catch (error) {
		if (!(error instanceof FormatError)) throw error;
		// What stands in itself too often is still what it is.
		if (error.code === 'tooDeep') return 'one';
		// Lines of which a later one is broken are lines all the same.
		const isNext = values > 1 || (values === 1 && /^[ \t\r]*\n\s*[{[]/.test(text.slice(firstEnd, firstEnd + 100)));
		return isNext && !text.slice(0, firstEnd).includes('\n') ? 'lines' : 'none';
	}
	return values > 1 ? 'lines' : 'one';
}

function byLines(text: string, isCut: boolean): FormatName | null {
	const whole = isCut ? text.slice(0, text.lastIndexOf('\n') + 1) : text;
	const lines = whole.split(/\r\n?|\n/).filter((line) => line.trim() !== '');
	const data = lines.filter((line) => !/^\s*#/.test(line));
	if (data.some((line) => /^\s*\[{1,2}[^\]\n]+\]{1,2}\s*(?:#.*)?$|^\s*[\w"'.\- ]+=/.test(line)) && isRead(whole, readToml)) return 'toml';
	if (/^(?:---(?:\s|$)|%YAML )/.test(text)) return 'yaml';
	// Under a section alone on its line nothing but TOML has keys with `=`, also where a later line is broken.
	if (/^\[{1,2}[\w."' -]+\]{1,2}\s*(?:#.*)?$/.test(data[0] ?? '') && data.some((line) => /^\s*[\w"'.-]+\s*=/.test(line))) return 'toml';
	const delimiter = delimiterOf(data);
	const isMapped = data.length > 0 && data.every((line) => /^\s/.test(line) || /^[-}\]]/.test(line) || /^[^,;\t]*:(?:\s|$)/.test(line));
	if (isMapped && data.some((line) => /^-(?:\s|$)|:(?:\s|$)/.test(line)) && isRead(whole, readYaml)) return 'yaml';
	if (delimiter !== undefined) return delimiter === '\t' ? 'tsv' : 'csv';
	return /^[{[]/.test(text) && isRead(whole, readYaml) ? 'yaml' : null;
}

/** The delimiter that stands equally often in every line, outside quotes; undefined where none does, or there is but one line. */
function delimiterOf(lines: string[]): string | undefined {
	// A quoted cell may hold line ends: such lines are put together again.
	const rows: string[] = [];
	let open = '';
	for (const line of lines.slice(0, 200)) {
		const row = open === '' ? line : `${open} ${line}`;
		open = (row.split('"').length - 1) % 2 === 1 && row.length < 10_000 ? row : '';
		if (open === '') rows.push(row.replace(/"(?:[^"]|"")*"/g, ''));
	}
	return ['\t', ',', ';', '|'].find((delimiter) => {
		const counts = rows.map((row) => row.split(delimiter).length - 1);
		const [first = 0] = counts;
		const odd = counts.filter((count) => count !== first).length;
		// One row in ten may be ragged.
		return first > 0 && rows.length > 1 && odd <= rows.length / 10;
	});
}

function isRead(text: string, read: (text: string) => unknown): boolean {
	try {
		read(text);
		return true;
	} catch (error) {
		if (error instanceof FormatError) return false;
		throw error;
	}
}

/** The beginning of a text; undefined for bytes that are no text. */
function sampleOf(bytes: Uint8Array): string | undefined {
	const sample = bytes.subarray(0, sampleBytes);
	if (startsWith(sample, [0xff, 0xfe])) return new TextDecoder('utf-16le').decode(sample);
	if (startsWith(sample, [0xfe, 0xff])) return new TextDecoder('utf-16be').decode(sample);
	// Latin letters in UTF-16 have a zero byte each, always on the same side; anything else with zeros is no text.
	const zeros = [0, 0];
	for (const [index, byte] of sample.entries()) if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
	const [even = 0, odd = 0] = zeros;
	if (even + odd <= Math.max(2, sample.length / 100)) return new TextDecoder().decode(sample);
	if (even + odd < sample.length / 4 || Math.min(even, odd) * 10 > Math.max(even, odd)) return undefined;
	return new TextDecoder(even > odd ? 'utf-16be' : 'utf-16le').decode(sample);
}

function startsWith(bytes: Uint8Array, mark: number[]): boolean {
	return mark.every((byte, index) => bytes[index] === byte);
}

/** The names of a ZIP's files stand in it as they are; a workbook's are under `xl/`. */
function isWorkbook(bytes: Uint8Array): boolean {
	return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes('xl/');
}
