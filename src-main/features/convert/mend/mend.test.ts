import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { expect, test } from 'vitest';
import { mend } from './mend.ts';
import { mendJson } from './mendJson.ts';
import { mendTable } from './mendTable.ts';
import { mendXml } from './mendXml.ts';

const rulesOf = (edits: { all: { rule: string }[] }) => [...new Set(edits.all.map(({ rule }) => rule))].sort();

const brokenJson: [source: string, mended: string, rules: string[]][] = [
	['{"a": [1, 2,],}', '{"a": [1, 2]}', ['trailingComma']],
	["{'a': 'it\\'s \"so\"'}", '{"a": "it\'s \\"so\\""}', ['badEscape', 'singleQuote']],
	['{a: True, b: None, c: NaN}', '{"a": true, "b": null, "c": null}', ['foreignLiteral', 'unquotedKey']],
	['{"a": 1 // one\n, /* two */ "b": 2}', '{"a": 1 \n,  "b": 2}', ['comment']],
	['{“a”: ‘b’}', '{"a": "b"}', ['smartQuote']],
	['{"a": [1, {"b": 2}', '{"a": [1, {"b": 2}]}', ['missingBracket']],
	['{"a": 1}}', '{"a": 1}', ['strayBracket']],
	['{"a": 1 "b": 2,, "c" 3}', '{"a": 1 ,"b": 2, "c" : 3}', ['doubleComma', 'missingColon', 'missingComma']],
	['{"a": "x\ny\tz"}', '{"a": "x\\ny\\tz"}', ['rawNewline']],
	['\ufeff```json\n[1]\n```', '[1]\n', ['byteOrderMark', 'codeFence']],
	['[.5, +1, 0x1F, 1_000, 007, 1.10]', '[0.5, 1, 31, 1000, "007", 1.10]', ['numberForm', 'unquotedText']],
	['{"a": "no end\n"b": 2}', '{"a": "no end"\n,"b": 2}', ['missingComma', 'openQuote']],
	['{"a":1}\n{"a":2}', '[{"a":1}\n, {"a":2}]', ['severalValues']],
	['{"a": , "b":}', '{"a": null, "b":null}', ['missingValue']],
	['', 'null', ['missingValue']],
];

test.each(brokenJson)('mends %j', (source, mended, rules) => {
	const edits = mendJson(source);
	expect([edits.result(), rulesOf(edits)]).toEqual([mended, rules]);
	expect(() => JSON.parse(mended)).not.toThrow();
});

test('leaves right JSON as it is, and makes JSON of anything', () => {
	fc.assert(fc.property(fc.json(), (json) => mendJson(json).all.length === 0 && mendJson(json).result() === json));
	const scraps = fc.array(fc.constantFrom('{', '}', '[', ']', ',', ':', '"', "'", 'a', '1', '\\', '\n', ' ', '//', '/*', '“', '`', '.', '-', '#', ';', '='), {
		maxLength: 30,
	});
	fc.assert(
		fc.property(
			fc.oneof(
				fc.string({ unit: 'binary' }),
				scraps.map((parts) => parts.join('')),
			),
			(text) => {
				JSON.parse(mendJson(text).result());
			},
		),
		{ numRuns: 3_000 },
	);
	JSON.parse(mendJson(`${'['.repeat(2_000)}1,]`).result());
});

test('mends each line of JSON Lines on its own', async () => {
	const mended = await mend('{"a": 1}\n\n{a: 2,}\n{"a": [3\n{"a": 1.10}\n', 'jsonl', null);
	expect(mended).toMatchObject({ content: '{"a": 1}\n\n{"a": 2}\n{"a": [3]}\n{"a": 1.10}\n', isWhole: true });
	expect(mended.changes.map(({ rule, line }) => [rule, line])).toEqual([
		['unquotedKey', 3],
		['trailingComma', 3],
		['missingBracket', 4],
		['missingBracket', 4],
	]);
});

function parseXml(text: string): void {
	const parser = new SaxesParser({ xmlns: false });
	parser.on('error', (error) => {
		throw error;
	});
	parser.write(text).close();
}

const brokenXml: [source: string, mended: string, rules: string[]][] = [
	['<a><b>1</a>', '<a><b>1</b></a>', ['unclosedTag']],
	['<a>R&D &nbsp; 1 < 2</a>', '<a>R&amp;D &#160; 1 &lt; 2</a>', ['strayAmpersand', 'strayLess']],
	['<a b=1 c>x</A>', '<a b="1" c="c">x</a>', ['unclosedTag', 'unquotedAttribute']],
	['<p>a<br>b<img src="x"></p>', '<p>a<br/>b<img src="x"/></p>', ['voidTag']],
	['<a/><b/>', '<root><a/><b/></root>', ['severalRoots']],
	[' <?xml version="1.0"?><a x="1" x="2"/>', '<?xml version="1.0"?><a x="1" />', ['attributeTwice', 'beforeDeclaration']],
	['<a>\u0001x</b></a>', '<a>x</a>', ['controlCharacter', 'strayTag']],
];

test.each(brokenXml)('mends %j', (source, mended, rules) => {
	const edits = mendXml(source);
	expect([edits.result(), rulesOf(edits)]).toEqual([mended, rules]);
	expect(() => parseXml(mended)).not.toThrow();
});

test('leaves right XML as it is', () => {
	const right =
		'<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY e "x">]>\n<!-- c --><a xmlns:p="urn:p" p:b=\'1 &amp; "2"\'>t<![CDATA[<&]]><b/><?pi x?>&#x41;</a>\n';
	expect(mendXml(right).all).toEqual([]);
});

test('mends the rows and quotes of a table', () => {
	const edits = mendTable('id,name,note\n1,Ann\n2,Bo,a, b\n3,5" disk,x\n4,"open,y\n', ',');
	expect(edits.result()).toBe('id,name,note\n1,Ann,\n2,Bo,"a, b"\n3,"5"" disk",x\n4,"open,y",\n');
	expect(rulesOf(edits)).toEqual(['longRow', 'openQuote', 'shortRow', 'strayQuote']);
	expect(mendTable('a;b\r\n"x;\r\ny";"2"""\r\n', ';').all).toEqual([]);
});

test('mends YAML where its reader breaks off, and says whether it can be read then', async () => {
	const source = 'a: 1\nb:\n\tc: 2\nd: note: this\ne: @home\nf: “x”\ng: "open\n';
	const mended = await mend(source, 'yaml', null);
	expect(mended.content).toBe('a: 1\nb:\n  c: 2\nd: "note: this"\ne: "@home"\nf: “x”\ng: "open"\n');
	expect(mended).toMatchObject({ isWhole: true, total: 4 });
	expect(mended.changes[0]).toEqual({ rule: 'tabIndent', line: 3, was: '\tc: 2', becomes: '  c: 2' });
	expect(await mend('- a\nb: 1\n', 'yaml', null)).toMatchObject({ isWhole: false });
	expect(await mend('{"a": 1,}', 'json', null)).toMatchObject({ content: '{"a": 1}', total: 1, isWhole: true });
});
