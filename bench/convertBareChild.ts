// Reads and writes the records of a file by the bare libraries, as a short script would, in a process of its own.
import { createReadStream, createWriteStream, readFileSync, writeFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parse as csvParser } from 'csv-parse';
import { stringify as csvWriter } from 'csv-stringify';
import { SaxesParser } from 'saxes';
import { parse as parseYaml, stringify as stringifyYaml } from 'yaml';

const [from, to, source = '', result = ''] = process.argv.slice(2);
const started = performance.now();
if (from === 'csv') await fromCsv();
else if (from === 'xml') await fromXml();
else if (to === 'csv') await pipeline(Readable.from(read() as object[]), csvWriter({ header: true }), createWriteStream(result));
else writeFileSync(result, written(read()));
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

function written(records: unknown): string {
	if (to === 'yaml') return stringifyYaml(records, { lineWidth: 0 });
	if (to === 'jsonl') return (records as unknown[]).map((one) => JSON.stringify(one)).join('\n');
	if (to === 'xml') return (records as object[]).map((one) => `<item>${elements(one)}</item>\n`).join('');
	return JSON.stringify(records);
}

function elements(held: object): string {
	let text = '';
	for (const [name, value] of Object.entries(held)) {
		const inside = typeof value === 'object' && value !== null ? elements(value) : String(value).replace(/[<&>]/g, (found) => `&#${found.charCodeAt(0)};`);
		const tag = /^\d/.test(name) ? 'item' : name;
		text += `<${tag}>${inside}</${tag}>`;
	}
	return text;
}

async function fromCsv(): Promise<void> {
	const rows = createReadStream(source).pipe(csvParser({ columns: true }));
	await pipeline(
		rows,
		async function* (records) {
			for await (const one of records) yield `${JSON.stringify(one)}\n`;
		},
		createWriteStream(result),
	);
}

/** Records are the children of the root; what is in them becomes an object by the names of its elements. */
async function fromXml(): Promise<void> {
	const parser = new SaxesParser();
	const open: Record<string, unknown>[] = [];
	let text = '';
	let lines: string[] = [];
	parser.on('opentag', () => {
		open.push({});
		text = '';
	});
	parser.on('text', (found) => {
		text += found;
	});
	parser.on('closetag', ({ name }) => {
		const held = open.pop() ?? {};
		const parent = open.at(-1);
		if (open.length === 1) lines.push(JSON.stringify(held));
		else if (parent) parent[name] = Object.keys(held).length > 0 ? held : text;
		text = '';
	});
	const write = createWriteStream(result);
	for await (const chunk of createReadStream(source, 'utf8')) {
		parser.write(chunk);
		write.write(`${lines.join('\n')}\n`);
		lines = [];
	}
	parser.close();
	await new Promise<void>((done) => write.end(done));
}
