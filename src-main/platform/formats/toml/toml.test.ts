import { parse } from 'smol-toml';
import { expect, test } from 'vitest';
import { firstDifference } from '../firstDifference.ts';
import { writeJson } from '../json/writeJson.ts';
import { NoteBook } from '../NoteBook.ts';
import { reduceData } from '../reduceData.ts';
import { readToml } from './readToml.ts';
import { writeToml } from './writeToml.ts';

/** Something of everything that toml.io/en/v1.0.0 has. */
const full = `# top
title = "TOML \\u00e9 \\"x\\"" # end
10 = 'raw \\n'
9 = 1.10
"quoted.key" = 0x1F
site."google.com" = true
big = 9223372036854775807
sep = 1_000.5
e = 5e+22
none = nan
less = -inf
at = 1979-05-27T07:32:00.999999-07:00
local = 1979-05-27 07:32:00
day = 1979-05-27
time = 07:32:00.5
long = """
one
two \\
   three"""
quotes = '''it's ''two'' quotes'''''
list = [
	# first
	1, # one
	2,
	# last
]
mixed = [[1, 2], ["a", {x = 1, y = {z = []}}]]

# about a
[a] # end of a
b.c = 1
b.d = 2

[a.e]

[[f]]
x = 1

[[f.g]]
y = 2

[[f]]
x = 3
# the end
`;

test('reads what smol-toml reads, value for value', () => {
	const [document] = reduceData(readToml(full), {}, new NoteBook()).documents;
	const expected = JSON.parse(
		JSON.stringify(parse(full, { integersAsBigInt: true }), (_key, value: unknown) =>
			typeof value === 'number' && !Number.isFinite(value) ? null : typeof value === 'bigint' ? Number(value) : value,
		),
	);
	const dates = { at: '1979-05-27T07:32:00.999999-07:00', local: '1979-05-27 07:32:00', day: '1979-05-27', time: '07:32:00.5' };
	expect(JSON.parse(writeJson(document?.root ?? { kind: 'null' }))).toEqual({ ...expected, ...dates });
});

test('keeps digits, comments, dates and the order of keys when it is written again', () => {
	const notes = new NoteBook();
	const written = writeToml(readToml(full), notes);
	expect(notes.all()).toEqual([]);
	expect(firstDifference(readToml(full), readToml(written))).toBeUndefined();
	expect(written.split('\n').slice(0, 7)).toEqual([
		'# top',
		'title = "TOML é \\"x\\"" # end',
		'10 = "raw \\\\n"',
		'9 = 1.10',
		'"quoted.key" = 0x1F',
		'site = { "google.com" = true }',
		'big = 9223372036854775807',
	]);
});

test('says what TOML has no word for', () => {
	const notes = new NoteBook();
	const text = (value: string) => ({ kind: 'text' as const, value });
	const root = {
		kind: 'mapping' as const,
		entries: [
			{ key: text('a'), value: { kind: 'null' as const } },
			{ key: text('b'), value: { kind: 'number' as const, literal: '12345678901234567890' } },
			{ key: text('c'), value: { kind: 'sequence' as const, items: [{ kind: 'null' as const }, text('\ud800')] } },
			{ key: text('d'), value: text('1') },
			{ key: text('d'), value: text('2') },
		],
	};
	expect(writeToml({ documents: [{ root }] }, notes)).toBe('b = "12345678901234567890"\nc = ["", "\ufffd"]\nd = "2"\n');
	expect(notes.all().map(({ code, kind, path }) => `${code} ${kind} ${path}`)).toEqual([
		'null lost $.a',
		'duplicateKey lost $.d',
		'numberTooLarge changed $.b',
		'null lost $.c[0]',
		'loneSurrogate lost $.c[1]',
	]);
});

test('says where a text is no TOML, and refuses depth by name', () => {
	expect(() => readToml('a = 1\nb = \n')).toThrow(expect.objectContaining({ code: 'tomlSyntax', line: 2 }));
	expect(() => readToml('a = 1\na = 2\n')).toThrow(expect.objectContaining({ code: 'tomlSyntax', line: 2 }));
	expect(() => readToml(`a = ${'['.repeat(100_000)}`)).toThrow(expect.objectContaining({ code: 'tooDeep' }));
	expect(() => readToml(`${'a.'.repeat(100_000)}a = 1`)).toThrow(expect.objectContaining({ code: 'tooDeep' }));
	expect(() => readToml(`[${'a.'.repeat(100_000)}a]\nb = 1`)).toThrow(expect.objectContaining({ code: 'tooDeep' }));
});
