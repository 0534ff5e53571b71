// Reads and writes the records of a file by the bare libraries, as a short script would, in a process of its own. What it writes says the same as
// the app's result, but for the digits of numbers, which `JSON.parse` does not keep.
import { createReadStream, createWriteStream, readFileSync, writeFileSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { parse as csvParser } from 'csv-parse';
import { stringify as stringifyCsv } from 'csv-stringify/sync';
import { type SaxesAttributePlain, SaxesParser } from 'saxes';
import { parse as parseYaml, stringify as stringifyYaml } from 'yaml';

const [from, to, source = '', result = ''] = process.argv.slice(2);
const started = performance.now();
if (from === 'csv') await fromCsv();
else if (from === 'xml') await fromXml();
else writeFileSync(result, written(read() as object[]));
process.stdout.write(JSON.stringify({ seconds: (performance.now() - started) / 1000, peakBytes: process.resourceUsage().maxRSS * 1024 }));

/** V8 has no string over half a gigabyte: what is larger is read a line at a time, which these files are written in. */
function read(): unknown {
	const bytes = readFileSync(source);
	if (from === 'yaml') return parseYaml(bytes.toString(), { maxAliasCount: -1 });
	if (from === 'json' && bytes.length < 2 ** 29) return JSON.parse(bytes.toString());
	const records: unknown[] = [];
	for (let start = 0; start < bytes.length; ) {
		const newline = bytes.indexOf(10, start);
		const end = newline === -1 ? bytes.length : newline;
		const line = bytes.subarray(start, end).toString().replace(/,$/, '');
		if (line.startsWith('{')) records.push(JSON.parse(line));
		start = end + 1;
	}
	return records;
}

function written(records: object[]): string {
	switch (to) {
		case 'yaml':
			return stringifyYaml(records, { lineWidth: 0 });
		case 'jsonl':
			return `${records.map((one) => JSON.stringify(one)).join('\n')}\n`;
		case 'xml':
			return `<?xml version="1.0" encoding="UTF-8"?>\n<root>\n${records.map((one) => element('item', one, '  ')).join('')}</root>\n`;
		case 'csv':
			return table(records);
		default:
			return `[\n${records.map((one) => JSON.stringify(one)).join(',\n')}\n]\n`;
	}
}

/** What lies in a record has a column named by its path. */
function table(records: object[]): string {
	const rows = records.map((one) => {
		const row: Record<string, unknown> = {};
		flatten(one, '', row);
		return row;
	});
	const columns = new Set<string>();
	for (const row of rows) for (const name of Object.keys(row)) columns.add(name);
	return stringifyCsv(rows, { header: true, columns: [...columns], record_delimiter: 'windows', escape_formulas: true, cast: { boolean: String } });
}

function flatten(held: object, path: string, row: Record<string, unknown>): void {
	for (const [name, value] of Object.entries(held)) {
		if (typeof value === 'object' && value !== null) flatten(value, `${path}${name}.`, row);
		else row[path + name] = value;
	}
}

/** Items of a list are elements of one name, and nothing is an empty one that says so. */
function element(name: string, value: unknown, indent: string): string {
	if (Array.isArray(value)) return value.map((item) => element(name, item, indent)).join('');
	if (value === null) return `${indent}<${name} data:type="null"/>\n`;
	if (typeof value !== 'object') return `${indent}<${name}>${String(value).replace(/[<&\r]/g, (found) => `&#${found.charCodeAt(0)};`)}</${name}>\n`;
	let inside = '';
	for (const [key, held] of Object.entries(value)) inside += element(key, held, `${indent}  `);
	const declaration = indent === '  ' ? ' xmlns:data="urn:homeroom:data"' : '';
	return `${indent}<${name}${declaration}>\n${inside}${indent}</${name}>\n`;
}

async function fromCsv(): Promise<void> {
	const rows = createReadStream(source).pipe(csvParser({ columns: true }));
	await pipeline(
		rows,
		async function* (records) {
			let separator = '[\n';
			for await (const one of records) {
				yield separator + JSON.stringify(one);
				separator = ',\n';
			}
			yield '\n]\n';
		},
		createWriteStream(result),
	);
}

/** Records are the children of the root. What is in them is an object by the names of its elements, of which several are a list. */
async function fromXml(): Promise<void> {
	const parser = new SaxesParser();
	const open: { held: Record<string, unknown>; isNull: boolean }[] = [];
	let text = '';
	let records: string[] = [];
	parser.on('opentag', ({ attributes }: { attributes: Record<string, SaxesAttributePlain['value']> }) => {
		open.push({ held: {}, isNull: attributes['data:type'] === 'null' });
		text = '';
	});
	parser.on('text', (found) => {
		text += found;
	});
	parser.on('closetag', ({ name }) => {
		const closed = open.pop();
		const parent = open.at(-1)?.held;
		if (closed === undefined || parent === undefined) return;
		const value = closed.isNull ? null : Object.keys(closed.held).length > 0 ? closed.held : text;
		if (open.length === 1) records.push(JSON.stringify(value));
		else {
			const present = parent[name];
			if (present === undefined) parent[name] = value;
			else if (Array.isArray(present)) present.push(value);
			else parent[name] = [present, value];
		}
		text = '';
	});
	await pipeline(
		createReadStream(source, 'utf8'),
		async function* (chunks) {
			let separator = '[\n';
			for await (const chunk of chunks) {
				parser.write(chunk);
				if (records.length === 0) continue;
				yield separator + records.join(',\n');
				records = [];
				separator = ',\n';
			}
			parser.close();
			yield '\n]\n';
		},
		createWriteStream(result),
	);
}
