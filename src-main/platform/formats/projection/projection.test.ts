import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readJson } from '../json/readJson.ts';
import { writeJson } from '../json/writeJson.ts';
import type { Document, Value } from '../middle.ts';
import { NoteBook } from '../NoteBook.ts';
import { reduceData } from '../reduceData.ts';
import { readXml } from '../xml/readXml.ts';
import { writeXml } from '../xml/writeXml.ts';
import type { MarkupConvention } from './markupConvention.ts';
import { toData } from './toData.ts';
import { toMarkup } from './toMarkup.ts';

const runs = process.env.HOMEROOM_SOAK === undefined ? 300 : 20_000;

function xmlOf(data: string, convention: MarkupConvention = {}, indent?: number) {
	const notes = new NoteBook();
	const text = writeXml(toMarkup({ root: readJson(data) }, notes, convention), notes, indent === undefined ? {} : { indent });
	return { text, codes: codesOf(notes) };
}

function dataOf(xml: string, convention: MarkupConvention = {}) {
	const notes = new NoteBook();
	return { json: written(toData(readXml(xml, notes), notes, convention)), codes: codesOf(notes) };
}

/** As JSON, which holds no comments. */
function written(document: Document): string {
	const [{ root } = {}] = reduceData({ documents: [document] }, {}, new NoteBook()).documents;
	return writeJson(root as Value, { indent: 0 });
}

function codesOf(notes: NoteBook): string[] {
	return [...new Set(notes.all().map(({ code, kind }) => `${kind} ${code}`))];
}

/** What markup says by its own, without marks: the body of the root. */
const body = (xml: string) => xml.replace(/^<\?xml[^>]*>\n/, '').trim();

test('brings the rows of the convention to data', () => {
	const rows: [xml: string, json: string, codes: string[]][] = [
		['<a>text</a>', '{"a":"text"}', []],
		['<a/>', '{"a":""}', []],
		['<a b="1"><c>2</c></a>', '{"a":{"@b":"1","c":"2"}}', []],
		['<a b="1">text</a>', '{"a":{"@b":"1","#text":"text"}}', []],
		['<r><c>1</c><c>2</c></r>', '{"r":{"c":["1","2"]}}', []],
		['<p>one <b>two</b> three</p>', '{"p":{"#content":["one ",{"b":"two"}," three"]}}', ['convention mixedContent']],
		['<a><?go now?><b/></a>', '{"a":{"?go":"now","b":""}}', ['convention instruction']],
		['<a><!--hi--><b/></a>', '{"a":{"b":""}}', []],
		['<a><![CDATA[1 < 2]]></a>', '{"a":"1 < 2"}', ['changed cdata']],
		['<p:a xmlns:p="urn:p" p:b="1"/>', '{"p:a":{"@xmlns:p":"urn:p","@p:b":"1"}}', []],
		['<a>\n <b> x </b>\n</a>', '{"a":{"b":" x "}}', []],
		['<a xml:space="preserve"> <b/></a>', '{"a":{"@xml:space":"preserve","#content":[" ",{"b":""}]}}', ['convention mixedContent']],
		['<a><b/><c/><b/></a>', '{"a":{"b":["",""],"c":""}}', ['lost siblingOrder']],
		['<!DOCTYPE a><a/>', '{"a":""}', ['lost doctype']],
		['<?xml version="1.0" standalone="yes"?><a/>', '{"a":""}', ['lost declaration']],
		['<p:a/>', '{"p:a":""}', ['convention undeclaredPrefix']],
	];
	for (const [xml, json, codes] of rows) expect({ xml, ...dataOf(xml) }).toEqual({ xml, json, codes });
});

test('text stays text unless types are asked for, and then keeps its digits', () => {
	const xml = '<r><id>007</id><n>1.10</n><t>true</t><h>0x1F</h><e/><big>12345678901234567890</big><z>-0</z></r>';
	expect(dataOf(xml).json).toBe('{"r":{"id":"007","n":"1.10","t":"true","h":"0x1F","e":"","big":"12345678901234567890","z":"-0"}}');
	expect(dataOf(xml, { types: true }).json).toBe('{"r":{"id":"007","n":1.10,"t":true,"h":"0x1F","e":"","big":12345678901234567890,"z":-0}}');
});

test('one child has the shape of several: by what the document repeats elsewhere, or as asked', () => {
	expect(dataOf('<l><p><t>1</t></p><p><t>1</t><t>2</t></p></l>').json).toBe('{"l":{"p":[{"t":["1"]},{"t":["1","2"]}]}}');
	expect(dataOf('<l><p>1</p></l>').json).toBe('{"l":{"p":"1"}}');
	expect(dataOf('<l><p>1</p></l>', { listsOf: ['/l/p'] }).json).toBe('{"l":{"p":["1"]}}');
	expect(dataOf('<l><p>1</p></l>', { listsOf: ['p'] }).json).toBe('{"l":{"p":["1"]}}');
});

test('siblings between which others stand keep their order on request', () => {
	expect(dataOf('<a><b>1</b><c/><b>2</b></a>', { siblings: 'order' })).toEqual({ json: '{"a":{"#content":[{"b":"1"},{"c":""},{"b":"2"}]}}', codes: [] });
});

test('comments stay beside what they stand above, become a key on request, or are told as lost', () => {
	const xml = '<!--top--><a><!--one--><b/><b/><!--two--></a>';
	const notes = new NoteBook();
	const data = toData(readXml(xml, notes), notes);
	expect(writeXml(toMarkup(data, notes), notes).replaceAll('\n', '')).toContain('<!--top--><a><!--one--><b/><b/><!--two--></a>');
	expect(dataOf(xml, { comments: 'key' }).json).toBe('{"#comment":"top","a":{"#comment":["one","two"],"b":["",""]}}');
	expect(dataOf(xml, { comments: 'drop' }).codes).toEqual(['lost comment']);
});

test('prefixes and declarations go on request, and what goes is told', () => {
	expect(dataOf('<p:a xmlns:p="urn:p" p:b="1"><p:c/></p:a>', { namespaces: 'strip' })).toEqual({ json: '{"a":{"@b":"1","c":""}}', codes: ['lost namespace'] });
});

test('makes markup of data by the same convention, with marks only where the elements would say something else', () => {
	const rows: [json: string, xml: string, codes: string[]][] = [
		['{"a":"x"}', '<a>x</a>', []],
		['{"a":{"@b":"1","c":["1","2"]}}', '<a b="1"><c>1</c><c>2</c></a>', []],
		['{"a":{"b":["1"]}}', '<a xmlns:data="urn:homeroom:data"><b data:list="only">1</b></a>', []],
		['{"a":{"b":[],"c":null}}', '<a xmlns:data="urn:homeroom:data"><b data:list="empty"/><c data:type="null"/></a>', []],
		[
			'{"a":{"first name":"x","2nd":"y","":"z"}}',
			'<a><first_x0020_name>x</first_x0020_name><_x0032_nd>y</_x0032_nd><_x_>z</_x_></a>',
			['convention nameEscaped'],
		],
		['{"a":1.10}', '<a>1.10</a>', ['changed typeToText']],
		['["1"]', '<root data:type="list" data:root="added" xmlns:data="urn:homeroom:data"><item>1</item></root>', ['convention rootAdded']],
		['{"a":"\\u0000"}', '<a data:escaped="true" xmlns:data="urn:homeroom:data">_x0000_</a>', ['convention forbiddenCharacter']],
		['{"a":"\\ud800"}', '<a data:escaped="true" xmlns:data="urn:homeroom:data">_xD800_</a>', ['convention forbiddenCharacter']],
		['{"p":{"#content":["one ",{"b":"two"}]}}', '<p>one <b>two</b></p>', []],
		['{"a":{"b":"1","@c":"2"}}', '<a c="2"><b>1</b></a>', ['changed attributeOrder']],
		['{"a":{"__proto__":"1","constructor":"2"}}', '<a><__proto__>1</__proto__><constructor>2</constructor></a>', []],
	];
	for (const [json, xml, codes] of rows) {
		const made = xmlOf(json);
		expect({ json, xml: body(made.text), codes: made.codes }).toEqual({ json, xml, codes });
	}
});

test('without marks says what will be read as something else', () => {
	expect(xmlOf('{"a":{"b":["1"],"c":[],"d":null,"e":{},"f":[["1"]]}}', { marks: 'none' }).codes.toSorted()).toEqual([
		'changed emptyList',
		'changed listAsItems',
		'changed mappingAsText',
		'changed nullAsEmpty',
		'changed oneItemList',
	]);
	expect(xmlOf('{"a":"\\u0001"}', { marks: 'none' })).toMatchObject({ codes: ['lost forbiddenCharacter'] });
});

const key = fc.oneof(
	{ weight: 3, arbitrary: fc.constantFrom('a', 'b', 'item', 'root', 'x y', '1', '', 'p:q', '_x0041_', '_x_', '名', 'xmlns', '__proto__') },
	{ weight: 1, arbitrary: fc.string({ maxLength: 4, unit: 'binary' }) },
);
const special = fc.constantFrom('@a', '@a b', '@', '@xmlns', '@xmlns:p', '#text', '#content', '#comment', '#cdata', '?pi', '?xml', '#doctype', '#');
const words = fc.oneof(fc.constantFrom('', ' ', '\r\n', 'a<b>&"\'', ']]>', '\0', '\ud800', '_x0041_', '--'), fc.string({ maxLength: 6, unit: 'binary' }));
const anyText = words.map((value): Value => ({ kind: 'text', value }));
const scalars = fc.oneof(
	anyText,
	fc.constantFrom<Value>({ kind: 'null' }, { kind: 'boolean', value: true }, { kind: 'number', literal: '1.10' }, { kind: 'number', literal: '-inf' }),
	fc.constant<Value>({ kind: 'moment', type: 'date', literal: '2024-02-29' }),
	fc.uint8Array({ maxLength: 5 }).map((bytes): Value => ({ kind: 'binary', bytes })),
);

/** Data of any shape; keys of one mapping are different where nothing else is asked. */
function dataWith(keys: fc.Arbitrary<string>, leaves: fc.Arbitrary<Value>): fc.Arbitrary<Value> {
	return fc.letrec<{ value: Value }>((tie) => ({
		value: fc.oneof(
			{ depthSize: 'small', withCrossShrink: true },
			leaves,
			fc.array(tie('value'), { maxLength: 3 }).map((items): Value => ({ kind: 'sequence', items })),
			fc
				.uniqueArray(fc.tuple(keys, tie('value')), { maxLength: 3, selector: ([name]) => name })
				.map((entries): Value => ({ kind: 'mapping', entries: entries.map(([name, value]) => ({ key: { kind: 'text', value: name }, value })) })),
		),
	})).value;
}

/** Without places, as values are compared. */
function bare(value: Value): unknown {
	if (value.kind === 'sequence') return value.items.map(bare);
	if (value.kind === 'mapping') return { map: value.entries.map(({ key: name, value: inner }) => [bare(name), bare(inner)]) };
	const { at, ...rest } = value;
	return rest;
}

function backAndForth(root: Value, convention: MarkupConvention, indent: number | undefined) {
	const notes = new NoteBook();
	const text = writeXml(toMarkup({ root }, notes, convention), notes, indent === undefined ? {} : { indent });
	return { text, codes: codesOf(notes), back: toData(readXml(text, new NoteBook(), { namespaces: true }), new NoteBook(), convention).root as Value };
}

test('any data is itself again by the marks, with its types', () => {
	fc.assert(
		fc.property(dataWith(key, scalars), fc.constantFrom(undefined, 0, 2), (root, indent) => {
			const { text, back } = backAndForth(root, { marks: 'types' }, indent);
			expect({ text, back: bare(back) }).toEqual({ text, back: bare(root) });
		}),
		{ numRuns: runs },
	);
});

test('any data of texts is itself again by the marks of its structure', () => {
	fc.assert(
		fc.property(dataWith(key, fc.oneof(anyText, fc.constant<Value>({ kind: 'null' }))), fc.constantFrom(undefined, 2), (root, indent) => {
			const { text, back } = backAndForth(root, {}, indent);
			expect({ text, back: bare(back) }).toEqual({ text, back: bare(root) });
		}),
		{ numRuns: runs },
	);
});

test('data with keys of the convention in any place is itself again, or a note says what is not', () => {
	fc.assert(
		fc.property(dataWith(fc.oneof(key, special), scalars), (root) => {
			const { text, back, codes } = backAndForth(root, { marks: 'types', comments: 'key', cdata: 'key' }, undefined);
			if (!codes.some((code) => code.startsWith('changed') || code.startsWith('lost'))) expect({ text, back: bare(back) }).toEqual({ text, back: bare(root) });
		}),
		{ numRuns: runs },
	);
});

const xmlText = fc.stringMatching(/^[ \n\ta-z<&>"'\]é😀-]{0,6}$/u);
const xmlName = fc.constantFrom('a', 'b', 'c-d', 'p:q', '_x0041_', '名');
const safeComment = xmlText.map((value) => value.replaceAll('-', ''));

/** Elements with everything that may stand in them; runs of characters do not touch, as no reader could tell them apart. */
const anyElement = fc.letrec<{ element: string }>((tie) => ({
	element: fc
		.tuple(
			xmlName,
			fc.uniqueArray(fc.tuple(fc.constantFrom('b', 'xml:lang', 'p:r'), xmlText), { maxLength: 2, selector: ([name]) => name }),
			fc.array(
				fc
					.oneof(
						{ depthSize: 'small' },
						safeComment.map((value) => `<!--${value}-->`),
						fc.constant('<?go now?>'),
						xmlText.map((value) => `<![CDATA[${value.replaceAll(']', '')}]]>`),
						tie('element'),
					)
					.chain((part) => xmlText.map((value) => part + value.replace(/[&<]/g, (found) => (found === '<' ? '&lt;' : '&amp;')).replaceAll(']]>', ']]&gt;'))),
				{ maxLength: 4 },
			),
			fc.boolean(),
		)
		.map(([name, attributes, content, isEmpty]) => {
			const written = attributes.map(
				([attribute, value]) =>
					` ${attribute}="${value.replace(/[&<"\n\t]/g, (found) => ({ '&': '&amp;', '<': '&lt;', '"': '&quot;', '\n': '&#10;', '\t': '&#9;' })[found] ?? found)}"`,
			);
			const inside = content.join('');
			return inside === '' && isEmpty ? `<${name}${written.join('')}/>` : `<${name}${written.join('')}>${inside}</${name}>`;
		}),
})).element;

test('any markup is byte for byte itself again: through the middle, and through data that keeps the whole', () => {
	fc.assert(
		fc.property(
			anyElement,
			fc.constantFrom('', '<?xml version="1.0" encoding="utf-8"?>\n<!--x-->\n<!DOCTYPE a [<!ENTITY e "x">]>\n<?go?>'),
			(element, prolog) => {
				const xml = prolog + element;
				const notes = new NoteBook();
				const read = readXml(xml, notes);
				expect(writeXml(read, notes)).toBe(xml);
				const whole = toData(read, notes, { whole: true });
				// Through JSON, so that nothing is carried beside the data.
				const again = readJson(writeJson(whole.root as Value));
				expect(writeXml(toMarkup({ root: again }, notes, { whole: true }), notes)).toBe(xml);
				expect(codesOf(notes).filter((code) => code !== 'convention undeclaredPrefix')).toEqual([]);
			},
		),
		{ numRuns: runs },
	);
});
