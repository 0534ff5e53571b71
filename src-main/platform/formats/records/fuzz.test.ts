import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FormatError } from '../FormatError.ts';
import { formatOf } from '../formats.ts';
import type { Value } from '../middle.ts';
import { NoteBook } from '../NoteBook.ts';
import { convertRecords } from './convertRecords.ts';
import { type RecordFormat, recordReader } from './RecordReader.ts';

const isSoak = Boolean(process.env.HOMEROOM_SOAK);
/** Of the processor, for a machine has other things to do; only a soak looks at it. */
const longestMs = isSoak ? 2000 : Number.POSITIVE_INFINITY;
const names: readonly RecordFormat[] = ['json', 'jsonl', 'csv', 'tsv', 'xml', 'yaml'];

const seeds: Record<RecordFormat, string[]> = {
	json: ['[{"a": 1.10, "b": [true, null]}, {"a": "\\u00e9\\n", "c": {"d": -0}}]', '[]', ' [1, "x", [2]] '],
	jsonl: ['{"a":1}\n{"a":[2,"x"]}\n', '1\n"a"\n\nnull\n', '{"a": 1,\n"b": 2}\n'],
	csv: ['a,b\n1,"x\ny"\n"=1",""\n', 'sep=;\na.b;a.0\n1;2\n', 'n\n', 'a\n"x""y"\n'],
	tsv: ['a\tb\n1\t2\n', '"a"\t\n'],
	xml: [
		'<?xml version="1.0"?>\n<l x="1"><i id="1">a</i><!-- c --><i><b>&lt;&#65;</b>t<![CDATA[<]]></i></l>\n',
		'<l/>',
		'<!DOCTYPE l [<!ENTITY e "x">]><l><i>&e;</i></l>',
	],
	yaml: ['- a: 1\n  b: |\n    - text\n# c\n- &x [1, {y: 2}]\n- *x\n', 'a: 1\n---\nb: 2\n...\n', '- "x\n  y"\n-\n- - 1\n'],
};
const tricks = [
	'{',
	'}',
	'[',
	']',
	'"',
	"'",
	'\\',
	':',
	',',
	'\n',
	'\r\n',
	'\t',
	'- ',
	'---\n',
	'&a ',
	'*a',
	'<',
	'>',
	'</',
	'<!--',
	']]>',
	'&',
	'\0',
	'\ufeff',
	'\ud83d',
	'é',
];
const byteTricks = [Buffer.from([0xff]), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from([0xc3])];

const mutation = fc.tuple(
	fc.constantFrom('insert' as const, 'remove' as const, 'repeat' as const),
	fc.nat(),
	fc.nat(30),
	fc.oneof(
		fc.constantFrom(...tricks).map((text) => Buffer.from(text)),
		fc.constantFrom(...byteTricks),
	),
);

function mutate(seed: string, mutations: ['insert' | 'remove' | 'repeat', number, number, Buffer][]): Buffer {
	let bytes = Buffer.from(seed);
	for (const [how, where, length, trick] of mutations) {
		const at = where % (bytes.length + 1);
		const [head, tail] = [bytes.subarray(0, at), bytes.subarray(at)];
		if (how === 'insert') bytes = Buffer.concat([head, trick, tail]);
		else if (how === 'remove') bytes = Buffer.concat([head, tail.subarray(length)]);
		else bytes = Buffer.concat([head, ...Array<Buffer>(length * 4).fill(tail.subarray(0, length)), tail]);
	}
	return bytes;
}

/** What reading came to: what was read, or the code of a refusal in words. Anything else that is thrown is a bug. */
async function orRefusal<T>(act: () => T | Promise<T>): Promise<T | { refused: string }> {
	try {
		return await act();
	} catch (error) {
		if (!(error instanceof FormatError)) throw error;
		return { refused: error.code };
	}
}

/** The records of a text that is given so many characters at a time. */
function read(text: string, from: RecordFormat, size: number): Value[] {
	const reader = recordReader(from, text, {}, new NoteBook());
	const records: Value[] = [];
	for (let at = 0; at < text.length; ) {
		// A decoder never parts the halves of a pair.
		const end = at + size + (/^[\udc00-\udfff]/.test(text.slice(at + size, at + size + 1)) ? 1 : 0);
		records.push(...reader.feed(text.slice(at, end)));
		at = end;
	}
	return [...records, ...reader.end()];
}

async function converted(source: Buffer, from: RecordFormat, to: RecordFormat): Promise<Buffer> {
	const made: Uint8Array[] = [];
	async function* whole() {
		yield source;
	}
	for await (const piece of convertRecords(whole, { from, to }, new NoteBook())) made.push(piece);
	return Buffer.concat(made);
}

/** XML looks for characters that it forbids in each piece before it is parsed: of two faults the other one may be met first. */
function told(from: RecordFormat, outcome: Value[] | { refused: string }): Value[] | { refused: string } {
	return from === 'xml' && 'refused' in outcome ? { refused: 'for one fault or another' } : outcome;
}

test.each(names)(
	'converts or refuses any mutated records of %s into what can be read, and reads the same in pieces of any size',
	async (from) => {
		await fc.assert(
			fc.asyncProperty(
				fc.constantFrom(...seeds[from]),
				fc.array(mutation, { minLength: 1, maxLength: 4 }),
				fc.constantFrom(...names),
				fc.integer({ min: 1, max: 50 }),
				async (seed, mutations, to, size) => {
					const source = mutate(seed, mutations);
					// The streams of csv-parse wait for a turn of the loop, which promises alone never come to, and are kept until then.
					await setImmediate();
					const begun = process.cpuUsage();
					const text = source.toString().replace(/^\ufeff/, '');
					expect(told(from, await orRefusal(() => read(text, from, size)))).toEqual(told(from, await orRefusal(() => read(text, from, text.length))));
					const result = await orRefusal(() => converted(source, from, to));
					// As the converter itself reads it back: what delimits its cells is known, not found out.
					if (!('refused' in result)) await formatOf(to).read(result, formatOf(to).readBack?.({}) ?? {}, new NoteBook());
					expect(process.cpuUsage(begun).user / 1000).toBeLessThan(longestMs);
				},
			),
			{ numRuns: isSoak ? 100_000 : 300 },
		);
	},
	isSoak ? 3_600_000 : 60_000,
);
