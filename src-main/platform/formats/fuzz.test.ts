import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyPlain } from './anyReading.test-support.ts';
import { convertBytes } from './convertBytes.ts';
import { detectFormat } from './detectFormat.ts';
import { FormatError } from './FormatError.ts';
import { type FormatName, formatOf } from './formats.ts';
import jsonSuite from './json/suite.test-data.json' with { type: 'json' };
import type { Reading } from './middle.ts';
import { NoteBook } from './NoteBook.ts';
import yamlSuite from './yaml/suite.test-data.json' with { type: 'json' };

const isSoak = Boolean(process.env.HOMEROOM_SOAK);
const inputs = isSoak ? 100_000 : 1500;
/** Of the processor, for a machine has other things to do; only a soak looks at it. */
const longestMs = isSoak ? 2000 : Number.POSITIVE_INFINITY;

const json = Object.values(jsonSuite.cases as Record<string, { text?: string }>).flatMap(({ text }) => text ?? []);
const yaml = Object.values(yamlSuite.cases as Record<string, { yaml: string }>).map((held) => held.yaml);

const seeds: Record<Exclude<FormatName, 'xlsx'>, string[]> = {
	json,
	jsonl: ['{"a":1}\n{"a":[2,"x"]}\n', '1\n"a"\n\nnull\n', ...json.slice(0, 40)],
	yaml,
	toml: ['# c\na = 1\n[b.c]\nd = [1, {x = "\\u00e9"}]\n[[e]]\nf = 1979-05-27T07:32:00Z # end\n', "a.b.'c' = '''\nx'''\nd = 0x1F\n", 'x = """\n a \\\n  b"""\n'],
	xml: [
		'<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY e "x"><!ATTLIST a b CDATA "1">]>\n<a b="&e;&#10;"><!-- c --><b xmlns:p="u"><p:c/>t<![CDATA[<]]></b><?pi x?></a>\n',
		'<l><i id="1">a</i><i>b</i>mixed<j/></l>',
	],
	csv: ['a,b\n1,"x\ny"\n"=1",""\n', 'a.b;a.c\n1;2\n', 'n\n'],
	tsv: ['a\tb\n1\t2\n', '"a"\t\n'],
};

const tricks = [
	'{',
	'}',
	'[',
	']',
	'"',
	"'",
	'\\',
	'\\u',
	':',
	',',
	'\n',
	'\r',
	'\t',
	' ',
	'-',
	'- ',
	'? ',
	'&a ',
	'*a',
	'!',
	'!!binary ',
	'|',
	'>',
	'%',
	'#',
	'---\n',
	'...\n',
	'<',
	'>',
];
tricks.push(
	'<!--',
	']]>',
	'&',
	';',
	'&#0;',
	'=',
	'"""',
	"'''",
	'\0',
	'\ufeff',
	'\ud800',
	'\u0085',
	'1e999',
	'0x',
	'.',
	'<<',
	'__proto__',
	'[[',
	']]',
	'9'.repeat(400),
	'['.repeat(2000),
);

const mutation = fc.tuple(fc.constantFrom('insert', 'remove', 'repeat', 'swap', 'byte'), fc.nat(), fc.nat(40), fc.constantFrom(...tricks), fc.nat(255));

function mutate(seed: string, mutations: [string, number, number, string, number][]): Uint8Array {
	let bytes = Buffer.from(seed);
	for (const [how, where, length, trick, byte] of mutations) {
		const at = bytes.length === 0 ? 0 : where % (bytes.length + 1);
		const [head, tail] = [bytes.subarray(0, at), bytes.subarray(at)];
		if (how === 'insert') bytes = Buffer.concat([head, Buffer.from(trick), tail]);
		else if (how === 'remove') bytes = Buffer.concat([head, tail.subarray(length)]);
		else if (how === 'repeat') bytes = Buffer.concat([head, ...Array<Buffer>(3).fill(tail.subarray(0, length)), tail]);
		else if (how === 'swap') bytes = Buffer.concat([tail, head]);
		else bytes = Buffer.concat([head, Buffer.from([byte]), tail.subarray(1)]);
	}
	return bytes;
}

test.each(Object.keys(seeds) as (keyof typeof seeds)[])(
	'reads or refuses any mutated %s, and writes what it read',
	async (from) => {
		const targets = Object.keys(seeds) as FormatName[];
		await fc.assert(
			fc.asyncProperty(
				fc.constantFrom(...seeds[from]),
				fc.array(mutation, { minLength: 1, maxLength: 5 }),
				fc.constantFrom(...targets),
				fc.constantFrom('plain' as const, 'exact' as const),
				async (seed, mutations, to, mode) => {
					const source = mutate(seed, mutations);
					detectFormat(source);
					const begun = process.cpuUsage();
					const read = await orRefusal(() => formatOf(from).read(source, {}, new NoteBook()));
					if (read) expect(sizeOf(read.reading)).toBeLessThanOrEqual(20 * source.length + 1000);
					const converted = read && (await orRefusal(() => convertBytes(source, { from, to, mode, strict: false })));
					if (converted && mode === 'exact' && ['json', 'yaml', 'xml'].includes(to)) expect(converted.roundTrip).toEqual({ same: true });
					expect(process.cpuUsage(begun).user / 1000).toBeLessThan(longestMs);
				},
			),
			{ numRuns: inputs },
		);
	},
	isSoak ? 3_600_000 : 60_000,
);

test('leads plain data through every pair of formats of data and back', async () => {
	await fc.assert(
		fc.asyncProperty(anyPlain, fc.constantFrom<FormatName>('json', 'yaml'), fc.constantFrom<FormatName>('json', 'yaml'), async (root, from, to) => {
			const source = await formatOf(from).write({ documents: [{ root }] }, {}, new NoteBook());
			const there = await convertBytes(source, { from, to, mode: 'plain', strict: true });
			const back = await convertBytes(there.bytes, { from: to, to: from, mode: 'plain', strict: true });
			expect(Buffer.from(back.bytes).toString()).toBe(Buffer.from(source).toString());
		}),
		{ numRuns: isSoak ? 20_000 : 300 },
	);
});

/** What was made, undefined where it was refused in words; anything else that is thrown is a bug. */
async function orRefusal<T>(act: () => Promise<T>): Promise<T | undefined> {
	try {
		return await act();
	} catch (error) {
		if (error instanceof FormatError) return undefined;
		throw error;
	}
}

/** Values and characters in a reading: what it takes of memory, whatever the machine. */
function sizeOf({ documents }: Reading): number {
	let size = 0;
	const open: unknown[] = [...documents];
	for (let next = open.pop(); next !== undefined; next = open.pop()) {
		size++;
		if (typeof next === 'string') size += next.length;
		else if (typeof next === 'object' && next !== null && !(next instanceof Uint8Array))
			for (const held of Object.values(next)) if (typeof held !== 'number' && held !== undefined) open.push(held);
	}
	// A value is an object, its kind, and what it holds.
	return size / 8;
}
