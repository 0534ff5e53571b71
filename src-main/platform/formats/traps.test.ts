import { describe, expect, test } from 'vitest';
import { type ConvertOrder, convertBytes } from './convertBytes.ts';
import type { FormatName } from './formats.ts';

type Order = Partial<ConvertOrder> & { compact?: boolean };

async function convert(source: string | Uint8Array, from: FormatName, to: FormatName, { compact = true, ...order }: Order = {}) {
	const bytes = typeof source === 'string' ? Buffer.from(source) : source;
	const write = { ...(compact && to !== 'yaml' && { indent: 0 }), ...order.write };
	const converted = await convertBytes(bytes, { mode: 'plain', strict: false, ...order, from, to, write });
	return { ...converted, text: Buffer.from(converted.bytes).toString(), codes: converted.notes.map(({ code, kind }) => `${code} ${kind}`) };
}

async function refusal(source: string | Uint8Array, from: FormatName, to: FormatName = 'json', order: Order = {}) {
	return convert(source, from, to, order).then(
		() => undefined,
		(error) => error,
	);
}

describe('numbers', () => {
	const source = '[9007199254740993,12345678901234567890,1e400,-0,1.10,1.0]';

	test.each<FormatName>(['json', 'yaml', 'xml'])('2^53, 1e400, -0 and 1.10 keep their digits in %s', async (to) => {
		const there = await convert(source, 'json', to);
		for (const digits of JSON.parse(`["9007199254740993","12345678901234567890","1e400","-0","1.10","1.0"]`)) expect(there.text).toContain(digits);
		expect((await convert(there.text, to, 'json', { mode: 'exact' })).text).toContain('1e400');
	});

	test('in exact mode they come back from XML as numbers', async () => {
		const xml = await convert(source, 'json', 'xml', { mode: 'exact' });
		expect((await convert(xml.text, 'xml', 'json', { mode: 'exact' })).text).toBe(`${source}\n`);
	});

	test('TOML has no integer beyond 64 bits and says so', async () => {
		const toml = await convert('{"a":12345678901234567890,"b":1.10}', 'json', 'toml');
		expect(toml).toMatchObject({ text: 'a = "12345678901234567890"\nb = 1.10\n', codes: ['numberTooLarge changed'], roundTrip: { same: false } });
	});

	test('.nan and .inf are lost in JSON aloud, and kept in exact mode', async () => {
		expect(await convert('[.nan, -.inf]', 'yaml', 'json')).toMatchObject({ text: '[null,null]\n', codes: ['nonFinite lost', 'nonFinite lost'] });
		const exact = await convert('[.nan, -.inf]', 'yaml', 'json', { mode: 'exact' });
		expect((await convert(exact.text, 'json', 'yaml', { mode: 'exact' })).text).toBe('- .nan\n- -.inf\n');
	});
});

describe('words of YAML', () => {
	const words = [
		'no',
		'Yes',
		'on',
		'off',
		'y',
		'N',
		'1:30',
		'190:20:30',
		'012',
		'0o14',
		'0x1F',
		'1_000',
		'1e3',
		'.5',
		'null',
		'~',
		'',
		'2001-12-14',
		'<<',
		'=',
		'.inf',
		'true',
	];

	test('the Norway problem: a text that some YAML takes for something else is quoted', async () => {
		const { text } = await convert(JSON.stringify(words), 'json', 'yaml');
		for (const yamlVersion of ['1.1', '1.2'] as const) {
			expect(JSON.parse((await convert(text, 'yaml', 'json', { read: { yamlVersion } })).text), yamlVersion).toEqual(words);
		}
	});

	test('1.2 reads them as texts where 1.1 had truth, sexagesimals and octals', async () => {
		const source = '[no, on, 1:30, 012, 0o14, 0b11, 1_000, 2001-12-14]';
		expect((await convert(source, 'yaml', 'json')).text).toBe('["no","on","1:30",12,12,"0b11","1_000","2001-12-14"]\n');
		expect((await convert(source, 'yaml', 'json', { read: { yamlVersion: '1.1' } })).text).toBe('[false,true,90,10,"0o14",3,1000,"2001-12-14"]\n');
		expect((await convert(`%YAML 1.1\n---\n${source}`, 'yaml', 'json')).text).toBe('[false,true,90,10,"0o14",3,1000,"2001-12-14"]\n');
	});

	test('<< stays a key and is told; it is merged when asked for', async () => {
		const source = 'a: &a {x: 1, y: 2}\nb:\n  <<: *a\n  y: 3\n';
		const kept = await convert(source, 'yaml', 'json');
		expect(kept.text).toBe('{"a":{"x":1,"y":2},"b":{"<<":{"x":1,"y":2},"y":3}}\n');
		expect(kept.codes).toContain('mergeKey convention');
		expect((await convert(source, 'yaml', 'json', { read: { mergeKeys: 'apply' } })).text).toBe('{"a":{"x":1,"y":2},"b":{"x":1,"y":3}}\n');
	});

	test('no document is left out', async () => {
		expect(await convert('a: 1\n---\nb: 2\n---\n', 'yaml', 'json')).toMatchObject({ text: '[{"a":1},{"b":2},null]\n', codes: ['documents convention'] });
		expect((await convert('', 'yaml', 'json')).codes).toEqual(['emptyDocument changed']);
	});

	test('keys that are no texts are told', async () => {
		expect(await convert('1: a\n[k, 2]: b\nnull: c\n', 'yaml', 'json')).toMatchObject({
			text: '{"1":"a","[\\"k\\",2]":"b","null":"c"}\n',
			codes: ['keyToText changed', 'complexKey changed', 'keyToText changed'],
		});
	});
});

describe('keys', () => {
	test('10 before 9 stays so, unless they are to be sorted', async () => {
		expect((await convert('{"10":1,"9":2,"b":3,"a":4}', 'json', 'yaml')).text).toBe('"10": 1\n"9": 2\nb: 3\na: 4\n');
		expect((await convert('{"10":1,"9":2,"b":3,"a":4}', 'json', 'json', { write: { sortKeys: true } })).text).toBe('{"10":1,"9":2,"a":4,"b":3}\n');
	});

	test('duplicates are kept and told with their line', async () => {
		const { text, notes } = await convert('{"a":1,\n"a":2}', 'json', 'json');
		expect(text).toBe('{"a":1,"a":2}\n');
		expect(notes).toEqual([{ code: 'duplicateKey', kind: 'convention', line: 2, column: 1, path: '$.a', what: 'a' }]);
	});

	test('duplicates that YAML forbids are no matter of convention, and strict refuses them', async () => {
		const { text, notes } = await convert('{"a":1,"a":2}', 'json', 'yaml');
		expect([text, notes.map(({ code, kind }) => `${code} ${kind}`)]).toEqual(['a: 1\na: 2\n', ['duplicateKey changed']]);
		await expect(convert('{"a":1,"a":2}', 'json', 'yaml', { strict: true })).rejects.toMatchObject({ code: 'lossRefused' });
	});

	test.each<FormatName>(['json', 'yaml', 'toml', 'xml'])('__proto__ and constructor are keys like any other in %s', async (to) => {
		const source = '{"__proto__":{"polluted":"yes"},"constructor":"x"}';
		const there = await convert(source, 'json', to);
		expect((await convert(there.text, to, 'json', { read: { markup: {} } })).text).toContain('"polluted":"yes"');
		expect(there.roundTrip).toEqual({ same: true });
		expect(({} as Record<string, unknown>).polluted).toBeUndefined();
	});
});

describe('what was made to break readers', () => {
	test('a billion laughs of aliases are refused when they are to be written out, and kept as aliases otherwise', async () => {
		const laughs = ['a: &a [lol, lol, lol, lol, lol, lol, lol, lol, lol]'];
		for (const letter of 'bcdefghij') {
			const previous = String.fromCharCode(letter.charCodeAt(0) - 1);
			laughs.push(`${letter}: &${letter} [${Array(9).fill(`*${previous}`).join(', ')}]`);
		}
		const source = `${laughs.join('\n')}\n`;
		expect(await refusal(source, 'yaml')).toMatchObject({ code: 'aliasBomb' });
		expect((await convert(source, 'yaml', 'yaml')).roundTrip).toEqual({ same: true });
	});

	test('an alias in itself and one of nothing are refused with their line', async () => {
		expect(await refusal('a: &a\n  - *a\n', 'yaml')).toMatchObject({ code: 'aliasCycle', detail: 'a' });
		expect(await refusal('a: 1\nb: *c\n', 'yaml')).toMatchObject({ code: 'aliasUnknown', line: 2, column: 4, detail: 'c' });
	});

	test('a billion laughs of entities and entities from outside are refused', async () => {
		const laughs = `<!DOCTYPE a [<!ENTITY a "lol">${[...'bcdefghijk'].map((letter) => `<!ENTITY ${letter} "${`&${String.fromCharCode(letter.charCodeAt(0) - 1)};`.repeat(10)}">`).join('')}]><a>&k;</a>`;
		for (const source of [laughs, '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'])
			expect(await refusal(source, 'xml')).toMatchObject({ name: 'FormatError' });
	});

	const deep: [FormatName, string][] = [
		['json', '['.repeat(100_000)],
		['jsonl', '{"a":'.repeat(100_000)],
		['yaml', '['.repeat(100_000)],
		['yaml', '- '.repeat(100_000)],
		['yaml', '{a: '.repeat(100_000)],
		['yaml', `${'? '.repeat(100_000)}a`],
		['yaml', Array.from({ length: 3000 }, (_value, level) => `${' '.repeat(level)}a:\n`).join('')],
		['toml', `a = ${'['.repeat(100_000)}`],
		['xml', '<a>'.repeat(100_000)],
	];

	test.each(deep)('100,000 levels of %s are refused by name', async (from, source) => {
		expect(await refusal(source, from)).toMatchObject({ code: 'tooDeep', detail: '500' });
	});

	test('a result that has become too deep to be read again is said to be no round trip', async () => {
		const { roundTrip } = await convert(`{"b":1,"a":${'{"a":'.repeat(499)}1${'}'.repeat(500)}`, 'json', 'xml');
		expect(roundTrip).toMatchObject({ same: false, difference: { path: '$', was: '' } });
	});

	test.each<FormatName>(['json', 'yaml', 'xml'])('500 levels go from JSON into %s and back', async (to) => {
		const source = `${'['.repeat(500)}${']'.repeat(500)}`;
		const there = await convert(source, 'json', to, { mode: 'exact' });
		expect((await convert(there.bytes, to, 'json', { mode: 'exact' })).text).toBe(`${source}\n`);
	});
});

test('a source that is too large to be read whole is refused with the size that is not', async () => {
	expect(await refusal(new Uint8Array(2 ** 23 + 1), 'yaml')).toMatchObject({ code: 'tooLarge', detail: '8 MB' });
});

describe('characters', () => {
	test('NUL and halves of surrogate pairs go from JSON into YAML and XML and back', async () => {
		const source = '["\\u0000","\\ud800","a\\udfff","\\u001b\\r\\n\\u2028\\ufeff"]';
		for (const to of ['yaml', 'xml'] as const) {
			const there = await convert(source, 'json', to, { mode: 'exact' });
			expect(JSON.parse((await convert(there.bytes, to, 'json', { mode: 'exact' })).text), to).toEqual(JSON.parse(source));
		}
	});

	test('a byte order mark and UTF-16 are read, said and not written', async () => {
		for (const [encoding, bytes] of [
			['utf-8', Buffer.from('\ufeff{"a":"é"}')],
			['utf-16le', Buffer.from('\ufeff{"a":"é"}', 'utf16le')],
			['utf-16be', Buffer.from('\ufeff{"a":"é"}', 'utf16le').swap16()],
		] as const) {
			expect(await convert(bytes, 'json', 'yaml')).toMatchObject({ encoding, text: 'a: é\n', notes: [] });
		}
	});

	test('a time without a date is no timestamp of YAML: it is written as text, and told', async () => {
		const there = await convert('at=07:32:00\nday=1979-05-27\nlocal=1979-05-27T07:32:00\n', 'toml', 'yaml');
		expect(there).toMatchObject({ codes: ['moment changed'], text: expect.stringContaining('at: "07:32:00"\n') });
		expect((await convert(there.text, 'yaml', 'json')).text).toBe('{"at":"07:32:00","day":"1979-05-27","local":"1979-05-27T07:32:00"}\n');
	});

	test('an encoding that was guessed is said, and UTF-32 is refused by name', async () => {
		const latin = await convert(Buffer.from('{"names":["Núñez","Peña","Señor"]}', 'latin1'), 'json', 'json');
		expect(latin).toMatchObject({ encoding: 'windows-1252', codes: ['encodingGuessed convention'], text: '{"names":["Núñez","Peña","Señor"]}\n' });
		expect(await refusal(Buffer.from([0xff, 0xfe, 0, 0, 0x5b, 0, 0, 0]), 'json')).toMatchObject({ code: 'encodingUnsupported', detail: 'UTF-32' });
		expect(await refusal('[]', 'json', 'json', { read: { encoding: 'klingon' } })).toMatchObject({ code: 'encodingUnknown', detail: 'klingon' });
	});
});

describe('tables', () => {
	test('007, 1.0 and true stay texts, and a line end in a cell stays in it', async () => {
		expect((await convert('id,v,t\n007,1.0,"a\nb"\n', 'csv', 'json')).text).toBe('[{"id":"007","v":"1.0","t":"a\\nb"}]\n');
	});

	test('what lies in one another goes into dotted columns and comes back', async () => {
		const source = '[{"a":{"b":1.10,"c":["x","y"]},"d":null},{"a":{"b":2},"e":true}]';
		const there = await convert(source, 'json', 'csv');
		expect(there.text.split(/\r?\n/)[0]).toBe('a.b,a.c.0,a.c.1,d,e');
	});

	test('a formula is escaped for spreadsheets and told', async () => {
		const { text, codes } = await convert('[{"a":"=cmd|x"}]', 'json', 'csv');
		expect(text).toContain("'=cmd|x");
		expect(codes).toContain('formulaEscaped changed');
	});
});

test('strict refuses what is lost with its place, and lets through what is not', async () => {
	const strict = { strict: true };
	expect(await refusal('a: 1 # why\n', 'yaml', 'json', strict)).toMatchObject({ code: 'lossRefused', line: 1, path: '$.a' });
	expect((await convert('a: 1\n', 'yaml', 'json', strict)).text).toBe('{"a":1}\n');
	expect((await convert('a: 1 # why\n', 'yaml', 'json', { mode: 'exact', ...strict })).roundTrip).toEqual({ same: true });
});

test('null, empty and missing stay three things', async () => {
	const source = '[{"a":null},{"a":""},{},{"a":[]},{"a":{}}]';
	for (const to of ['yaml', 'xml'] as const) {
		const there = await convert(source, 'json', to, { mode: 'exact' });
		expect((await convert(there.bytes, to, 'json', { mode: 'exact' })).text).toBe(`${source}\n`);
	}
});

test('keys that are no texts become such in tables too, whatever they are', async () => {
	const { text, codes } = await convert('? !!binary aGk=\n: 1\n? 2001-12-14\n: 2\n? [!!binary aGk=, .inf]\n: 3\n? .nan\n: 4\n? true\n: 5\n', 'yaml', 'csv');
	expect(text).toBe('aGk=,2001-12-14,"[""aGk="",null]",nan,true\r\n1,2,3,4,5\r\n');
	expect(codes).toContain('complexKey changed');
});
