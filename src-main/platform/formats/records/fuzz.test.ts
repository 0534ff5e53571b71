import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FormatError } from '../FormatError.ts';
import { formatOf } from '../formats.ts';
import { NoteBook } from '../NoteBook.ts';
import { convertRecords } from './convertRecords.ts';
import type { RecordFormat } from './RecordReader.ts';

const isSoak = Boolean(process.env.HOMEROOM_SOAK);
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
		else bytes = Buffer.concat([head, ...Array<Buffer>(length * 20).fill(tail.subarray(0, length)), tail]);
	}
	return bytes;
}

/** What records become, the source given in pieces; undefined where it was refused in words with a line. Anything else that is thrown is a bug. */
async function converted(source: Buffer, size: number, from: RecordFormat, to: RecordFormat): Promise<string | undefined> {
	async function* pieces() {
		for (let at = 0; at < source.length; at += size) yield source.subarray(at, at + size);
	}
	const made: Buffer[] = [];
	try {
		for await (const piece of convertRecords(pieces, { from, to }, new NoteBook())) made.push(Buffer.from(piece));
		return Buffer.concat(made).toString();
	} catch (error) {
		if (!(error instanceof FormatError)) throw error;
		return undefined;
	}
}

test.each(names)(
	'converts or refuses any mutated records of %s, the same in pieces of any size, into what can be read',
	async (from) => {
		await fc.assert(
			fc.asyncProperty(
				fc.constantFrom(...seeds[from]),
				fc.array(mutation, { minLength: 1, maxLength: 4 }),
				fc.constantFrom(...names),
				fc.integer({ min: 1, max: 50 }),
				async (seed, mutations, to, size) => {
					const source = mutate(seed, mutations);
					const whole = await converted(source, 1 << 20, from, to);
					expect(await converted(source, size, from, to)).toBe(whole);
					if (whole !== undefined) await formatOf(to).read(Buffer.from(whole), {}, new NoteBook());
				},
			),
			{ numRuns: isSoak ? 20_000 : 300 },
		);
	},
	isSoak ? 3_600_000 : 60_000,
);
