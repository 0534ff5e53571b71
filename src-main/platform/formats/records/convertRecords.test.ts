import { expect, test } from 'vitest';
import { NoteBook } from '../NoteBook.ts';
import type { RecordsOrder } from './chosenRecords.ts';
import { convertRecords, type RecordsControl, type RecordsProgress } from './convertRecords.ts';
import type { RecordFormat } from './RecordReader.ts';

/** A source in chunks of so many bytes, also through the middle of characters. */
function chunked(source: string | Uint8Array, bytes: number): () => AsyncIterable<Uint8Array> {
	const whole = typeof source === 'string' ? Buffer.from(source) : source;
	return async function* () {
		for (let at = 0; at < whole.length; at += bytes) yield whole.subarray(at, at + bytes);
	};
}

async function convert(source: string | Uint8Array, order: RecordsOrder, bytes = 7, control: RecordsControl = {}) {
	const notes = new NoteBook();
	const parts: Uint8Array[] = [];
	for await (const part of convertRecords(chunked(source, bytes), order, notes, control)) parts.push(part);
	return { text: Buffer.concat(parts).toString(), notes: notes.all() };
}

const sources: Record<RecordFormat, string> = {
	jsonl: '{"id":"007","name":"Zoë 😀"}\n{"id":"8","name":"a, \\"b\\""}\n',
	json: '[\n{"id":"007","name":"Zoë 😀"},\n{"id":"8","name":"a, \\"b\\""}\n]\n',
	csv: 'id,name\r\n007,Zoë 😀\r\n"8","a, ""b"""\r\n',
	tsv: 'id\tname\r\n007\tZoë 😀\r\n"8"\t"a, ""b"""\r\n',
	xml: '<?xml version="1.0" encoding="UTF-8"?>\n<root>\n  <item>\n    <id>007</id>\n    <name>Zoë 😀</name>\n  </item>\n  <item>\n    <id>8</id>\n    <name>a, "b"</name>\n  </item>\n</root>\n',
	yaml: '- id: "007"\n  name: Zoë 😀\n- id: "8"\n  name: a, "b"\n',
};
const names = Object.keys(sources) as RecordFormat[];

test.for(names.flatMap((from) => names.map((to) => [from, to] as const)))('%s becomes %s record by record', async ([from, to]) => {
	const { text, notes } = await convert(sources[from], { from, to, write: to === 'json' ? { indent: 0 } : {} });
	const normal = from === 'yaml' || to !== 'yaml' ? text : text.replaceAll("'007'", '"007"').replaceAll("'8'", '"8"');
	expect({ text: normal, notes }).toEqual({ text: sources[to], notes: [] });
});

test('a source of many pieces is converted like a small one, with its numbers as written', async () => {
	const rows = Array.from({ length: 30_000 }, (_, index) => `{"n":${index}.10,"s":"${'é'.repeat(index % 20)}","l":[${index}]}`);
	const { text } = await convert(rows.join('\n'), { from: 'jsonl', to: 'csv', write: { table: { lineEnd: '\n' } } }, 100_000);
	const lines = text.split('\n');
	expect([lines.length, lines[0], lines[1], lines[30_000]]).toEqual([30_002, 'n,s,l.0', '0.10,"",0', `29999.10,${'é'.repeat(19)},29999`]);
	const back = await convert(text, { from: 'csv', to: 'jsonl', read: { table: { types: 'unquoted', nested: true, empty: 'missing' } } }, 100_000);
	expect(back.text).toBe(`${rows.join('\n')}\n`);
});

test('columns are found in all records in a first pass, or given', async () => {
	const source = '{"a":"x"}\n{"b":{"c":"y"}}\n';
	expect((await convert(source, { from: 'jsonl', to: 'csv', write: { table: { lineEnd: '\n' } } })).text).toBe('a,b.c\nx,\n,y\n');
	const given = await convert(source, { from: 'jsonl', to: 'csv', write: { table: { lineEnd: '\n', columns: ['a'] } } });
	expect(given).toEqual({ text: 'a\nx\n\n', notes: [{ code: 'columnUnknown', kind: 'lost', path: '$[1]', what: 'b.c', line: 2, column: 11 }] });
});

test('notes and errors tell the line and the record, also far into the source', async () => {
	const many = '{"a":"x"}\n'.repeat(50_000);
	const { notes } = await convert(`${many}{"a":"=1"}\n`, { from: 'jsonl', to: 'csv' }, 65_536);
	expect(notes).toEqual([{ code: 'formulaEscaped', kind: 'changed', path: '$[50000]', what: '=1', became: "'=1" }]);
	await expect(convert(`${many}{"a":x}\n`, { from: 'jsonl', to: 'json' }, 65_536)).rejects.toMatchObject({
		code: 'unexpectedCharacter',
		line: 50_001,
		column: 6,
	});
	await expect(convert(`<l>\n${'<p/>\n'.repeat(50_000)}<q></p></l>`, { from: 'xml', to: 'json' }, 65_536)).rejects.toMatchObject({
		code: 'wrongEndTag',
		line: 50_002,
	});
	await expect(convert(`a,b\n${'1,2\n'.repeat(50_000)}3,"4`, { from: 'csv', to: 'json' }, 65_536)).rejects.toMatchObject({ code: 'quoteOpen', line: 50_002 });
	await expect(convert(`${'- a: 1\n'.repeat(50_000)}- a: [1\n`, { from: 'yaml', to: 'json' }, 65_536)).rejects.toMatchObject({ line: 50_002 });
	await expect(convert('{"a":1}', { from: 'json', to: 'csv' })).rejects.toMatchObject({ code: 'noRecords', line: 1, column: 1 });
	await expect(convert(Buffer.concat([Buffer.from(many), Buffer.from([0x22, 0xff])]), { from: 'jsonl', to: 'json' }, 65_536)).rejects.toMatchObject({
		code: 'brokenBytes',
		line: 50_001,
		column: 2,
	});
	const told = (await convert('{"n":1}\n{"n":2}\n', { from: 'jsonl', to: 'xml' })).notes.map(({ code, path }) => `${code} ${path}`);
	expect(told).toEqual(['typeToText $[0].n', 'typeToText $[1].n']);
});

test('a single value may be long, and what is too long for one is refused by its place', async () => {
	const long = 'x\\"'.repeat(200_000);
	for (const from of ['json', 'yaml'] as const) {
		expect((await convert(`[{"a":"${long}"}]`, { from, to: 'jsonl' }, 65_536)).text).toBe(`{"a":"${long}"}\n`);
	}
	const tooLong = `[1,\n"${'x'.repeat(20_000_000)}"]`;
	await expect(convert(tooLong, { from: 'json', to: 'jsonl' }, 65_536)).rejects.toMatchObject({ code: 'tokenTooLong', line: 2 });
});

test('encodings with a mark and without are read as they are', async () => {
	const utf16 = Buffer.from('\uFEFFid,name\n1,é😀\n', 'utf16le');
	expect((await convert(utf16, { from: 'csv', to: 'jsonl' })).text).toBe('{"id":"1","name":"é😀"}\n');
	const latin = Buffer.from('id,name\n1,déjà vu\n2,même\n', 'latin1');
	const { text, notes } = await convert(latin, { from: 'csv', to: 'jsonl' }, 1000);
	expect(text).toBe('{"id":"1","name":"déjà vu"}\n{"id":"2","name":"même"}\n');
	expect(notes).toMatchObject([{ code: 'encodingGuessed', what: 'windows-1252' }]);
});

test('XML records stand where they are told, and what stands around them is told', async () => {
	const rss = '<rss version="2"><channel><title>T</title><item><t>1</t></item><!--c--><item><t>2</t><t>3</t></item></channel></rss>';
	const { text, notes } = await convert(rss, { from: 'xml', to: 'jsonl', read: { recordsAt: '/rss/channel/item' } });
	expect(text).toBe('{"t":"1"}\n{"t":["2","3"]}\n');
	expect(notes.map(({ code, what }) => [code, what])).toEqual([
		['attribute', 'version="2"'],
		['element', '<title>'],
		['characters', 'T'],
		['comment', 'c'],
	]);
	const lists = await convert(rss, { from: 'xml', to: 'jsonl', read: { recordsAt: '/rss/channel/item', markup: { listsOf: ['t'] } } });
	expect(lists.text).toBe('{"t":["1"]}\n{"t":["2","3"]}\n');
});

test('YAML streams give a record for each document, and items keep block texts with dashes in them', async () => {
	expect((await convert('---\na: 1\n---\na: 2\n', { from: 'yaml', to: 'jsonl' })).text).toBe('{"a":1}\n{"a":2}\n');
	const item = '- text: |\n    one\n    - two\n  # inside\n  b: 1.10\n';
	const { text } = await convert(item.repeat(5000), { from: 'yaml', to: 'jsonl' }, 10_000);
	expect(text).toBe('{"text":"one\\n- two\\n","b":1.10}\n'.repeat(5000));
});

test('what is taken sets the pace, an abort ends it, and progress counts bytes', async () => {
	const rows = '{"a":"x"}\n'.repeat(200_000);
	let given = 0;
	async function* source() {
		for (let at = 0; at < rows.length; at += 65_536) {
			given = at;
			yield Buffer.from(rows.slice(at, at + 65_536));
		}
	}
	const abort = new AbortController();
	const told: RecordsProgress[] = [];
	const result = convertRecords(source, { from: 'jsonl', to: 'json' }, new NoteBook(), { signal: abort.signal, onProgress: (progress) => told.push(progress) });
	await result.next();
	await result.next();
	expect(given).toBeLessThan(200_000);
	expect(told).toEqual([{ pass: 1, passes: 1, readBytes: 16_384, records: 1638 }]);
	abort.abort(new Error('enough'));
	await expect(result.next()).rejects.toThrow('enough');
	expect(given).toBeLessThan(300_000);
});

test('sources without a record are empty results', async () => {
	expect((await convert('[]', { from: 'json', to: 'csv' })).text).toBe('');
	expect((await convert('', { from: 'jsonl', to: 'json' })).text).toBe('[\n]\n');
	expect((await convert('<l/>', { from: 'xml', to: 'yaml' })).text).toBe('');
	expect((await convert('', { from: 'csv', to: 'xml' })).text).toBe('<?xml version="1.0" encoding="UTF-8"?>\n<root>\n</root>\n');
});
