import fc from 'fast-check';
import { expect, test } from 'vitest';
import { convertBytes } from '../convertBytes.ts';
import { FormatError } from '../FormatError.ts';
import type { Document, Element } from '../middle.ts';
import { NoteBook } from '../NoteBook.ts';
import { readXml } from './readXml.ts';
import { badNamespaces, illFormed, wellFormed } from './wellFormed.test-data.ts';
import { writeXml } from './writeXml.ts';
import { XmlScanner } from './XmlScanner.ts';

const soak = process.env.HOMEROOM_SOAK !== undefined;
const read = (text: string, options = {}) => readXml(text, new NoteBook(), options);
const rootOf = (text: string) => read(text).root as Element;

function refusalOf(text: string, options = {}): FormatError {
	try {
		read(text, options);
	} catch (error) {
		if (error instanceof FormatError) return error;
		throw error;
	}
	throw new Error(`accepted: ${JSON.stringify(text)}`);
}

test.for(Object.entries(wellFormed))('accepts %s', ([, documents]) => {
	for (const text of documents) expect({ text, root: read(text).root?.kind }).toEqual({ text, root: 'element' });
});

test.for(Object.entries(illFormed))('refuses %s with a place', ([, documents]) => {
	for (const text of documents) {
		const { offset, line, column } = refusalOf(text);
		expect({ text, placed: offset !== undefined && offset <= text.length && line !== undefined && column !== undefined }).toEqual({ text, placed: true });
	}
});

test('there are cases enough to go by', () => {
	const count = (cases: Record<string, string[]>) => Object.values(cases).flat().length;
	expect(count(wellFormed)).toBeGreaterThanOrEqual(90);
	expect(count(illFormed)).toBeGreaterThanOrEqual(150);
});

test('namespaces are checked on request; without it an undeclared prefix is told', () => {
	for (const text of badNamespaces) {
		expect(read(text).root?.kind).toBe('element');
		expect(refusalOf(text, { namespaces: true })).toBeInstanceOf(FormatError);
	}
	expect(refusalOf('<a>\n<p:b/></a>', { namespaces: true })).toMatchObject({ code: 'undeclaredPrefix', line: 2, detail: 'p' });
	const notes = new NoteBook();
	readXml('<a>\n<p:b/><p:c/><q:d xmlns:q="x" q:e="1" xml:lang="de"/></a>', notes);
	expect(notes.all()).toEqual([{ code: 'undeclaredPrefix', kind: 'convention', what: 'p', line: 2, column: 1 }]);
});

test('tells what is wrong, with its name and its place', () => {
	const cases: [text: string, failure: object][] = [
		['<a>\n  <b>\n</a>', { code: 'wrongEndTag', line: 3, column: 4 }],
		['<a>', { code: 'unclosedElement', detail: 'a' }],
		['<a b="1" b="2"/>', { code: 'duplicateAttribute', detail: 'b' }],
		['<a>x &nbsp; y</a>', { code: 'unknownEntity', detail: '&nbsp;', column: 6 }],
		['<a>x &#0; y</a>', { code: 'badReference', column: 6 }],
		['<a/>\nmore', { code: 'textOutsideRoot', line: 2 }],
		['<a/><b/>', { code: 'secondRoot' }],
		['', { code: 'noRoot' }],
		['<a>\u0007</a>', { code: 'forbiddenCharacter', detail: 'U+0007', column: 4 }],
		['<a>\n\ud800</a>', { code: 'forbiddenCharacter', detail: 'U+D800', line: 2, column: 1 }],
		['<a>\0</a>', { code: 'forbiddenCharacter', detail: 'U+0000' }],
		['<!DOCTYPE a [\n<!ENTITY e>]><a/>', { code: 'badDoctype', line: 2, column: 1 }],
		['<a>a <- b</a>', { code: 'notWellFormed', column: 7 }],
	];
	for (const [text, failure] of cases) expect({ text, failure: refusalOf(text) }).toMatchObject({ text, failure });
});

test('entities of the document are replaced by their text; bombs, loops, markup and files outside are refused', () => {
	expect(rootOf('<!DOCTYPE a [<!ENTITY c "&#169; &d;"><!ENTITY d "1 &lt; 2">]><a b="&d;">&c;</a>')).toMatchObject({
		attributes: [{ name: 'b', value: '1 < 2' }],
		content: [{ kind: 'characters', text: '© 1 < 2' }],
	});
	const bomb = Array.from({ length: 12 }, (_, index) => `<!ENTITY l${index + 1} "${`&l${index};`.repeat(10)}">`).join('');
	expect(refusalOf(`<!DOCTYPE a [<!ENTITY l0 "lol">${bomb}]><a>&l12;</a>`)).toMatchObject({ code: 'entityBomb', line: 1 });
	expect(refusalOf(`<!DOCTYPE a [<!ENTITY b "${'x'.repeat(10_000)}">]><a>${'&b;'.repeat(1000)}</a>`)).toMatchObject({ code: 'entityBomb' });
	expect(refusalOf('<!DOCTYPE a [<!ENTITY e "&f;"><!ENTITY f "&e;">]><a>&e;</a>')).toMatchObject({ code: 'entityLoop' });
	expect(refusalOf('<!DOCTYPE a [<!ENTITY e "<b/>">]><a>&e;</a>')).toMatchObject({ code: 'entityMarkup', detail: 'e' });
	expect(refusalOf('<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>')).toMatchObject({ code: 'externalEntity', detail: 'e', column: 58 });
	expect(refusalOf('<!DOCTYPE a SYSTEM "http://example.org/a.dtd"><a>&e;</a>')).toMatchObject({ code: 'unknownEntity' });
});

test('keeps what stands in a document and where', () => {
	const text = '<?xml version="1.0" standalone="yes"?>\n<!DOCTYPE a SYSTEM "x">\n<!--c--><a xmlns="u" b=\'1\'>x<![CDATA[<y>]]><?go now?><e/><f></f>&#13;</a>\n';
	expect(read(text)).toEqual({
		declaration: 'version="1.0" standalone="yes"',
		prolog: [
			{ kind: 'characters', text: '\n', at: 38 },
			{ kind: 'doctype', text: 'a SYSTEM "x"', at: 39 },
			{ kind: 'characters', text: '\n', at: 62 },
			{ kind: 'comment', text: 'c', at: 63 },
		],
		root: {
			kind: 'element',
			name: 'a',
			attributes: [
				{ name: 'xmlns', value: 'u' },
				{ name: 'b', value: '1' },
			],
			at: 71,
			content: [
				{ kind: 'characters', text: 'x', at: 90 },
				{ kind: 'cdata', text: '<y>', at: 91 },
				{ kind: 'instruction', target: 'go', text: 'now', at: 106 },
				{ kind: 'element', name: 'e', attributes: [], content: [], isEmptyTag: true, at: 116 },
				{ kind: 'element', name: 'f', attributes: [], content: [], at: 120 },
				{ kind: 'characters', text: '\r', at: 127 },
			],
		},
		epilog: [{ kind: 'characters', text: '\n', at: 136 }],
	} satisfies Document);
});

test('refuses what is deeper than any document, without a crash', () => {
	expect(refusalOf('<a>'.repeat(100_000))).toMatchObject({ code: 'tooDeep', offset: 1500 });
	expect(rootOf('<a>'.repeat(500) + '</a>'.repeat(500)).name).toBe('a');
});

test('names such as __proto__ are names like others', () => {
	expect(rootOf('<__proto__ __proto__="1"><constructor/></__proto__>')).toMatchObject({ name: '__proto__', attributes: [{ name: '__proto__', value: '1' }] });
});

test('writes what needs to be escaped and nothing else', () => {
	const notes = new NoteBook();
	const root: Element = {
		kind: 'element',
		name: 'a',
		attributes: [{ name: 'b', value: '<&>"\'\t\n\r' }],
		content: [
			{ kind: 'characters', text: '<&>"\'\t\n\r]]>' },
			{ kind: 'cdata', text: 'x]]>y' },
			{ kind: 'comment', text: 'a--b-' },
			{ kind: 'instruction', target: 'go', text: ' a?>b' },
		],
	};
	expect(writeXml({ root }, notes)).toBe(
		'<a b="&lt;&amp;>&quot;\'&#9;&#10;&#13;">&lt;&amp;>"\'\t\n&#13;]]&gt;<![CDATA[x]]]]><![CDATA[>y]]><!--a- -b- --><?go a? >b?></a>',
	);
	expect(notes.all().map(({ code, path }) => [code, path])).toEqual([
		['cdataParted', '/a'],
		['commentChanged', '/a'],
		['instructionChanged', '/a'],
	]);
});

test('lays out elements on request, and never where text would change', () => {
	const text = '<a><b><c>x</c><!--y--></b><d>x <e/></d><f> </f><g xml:space="preserve"><h/></g></a>';
	expect(writeXml(read(text), new NoteBook(), { indent: 2 })).toBe(
		'<a>\n  <b>\n    <c>x</c>\n    <!--y-->\n  </b>\n  <d>x <e/></d>\n  <f> </f>\n  <g xml:space="preserve"><h/></g>\n</a>',
	);
	expect(writeXml(read('<a>\n\t<b/>\n</a>'), new NoteBook(), { indent: 0, reflow: true })).toBe('<a><b/></a>');
	expect(writeXml(read('<a>\n\t<b/>\n</a>'), new NoteBook(), { indent: 2 })).toBe('<a>\n\t<b/>\n</a>');
});

test('leaves a document as it is laid out, and lays out what was made of data', async () => {
	const convert = async (source: string, from: 'xml' | 'json', write = {}) =>
		Buffer.from((await convertBytes(Buffer.from(source), { from, to: 'xml', write, mode: 'plain', strict: true })).bytes).toString();
	const xml = '<?xml version="1.0"?>\n<a>\n\t<b/><c>1</c>\n</a>\n';
	expect(await convert(xml, 'xml')).toBe(xml);
	expect(await convert(xml, 'xml', { indent: 1 })).toBe('<?xml version="1.0"?>\n<a>\n <b/>\n <c>1</c>\n</a>\n');
	expect(await convert('{"a":{"b":"1"}}', 'json')).toBe('<?xml version="1.0" encoding="UTF-8"?>\n<a>\n  <b>1</b>\n</a>\n');
	expect(await convert('{"a":{"b":"1"}}', 'json', { indent: 0 })).toBe('<?xml version="1.0" encoding="UTF-8"?>\n<a><b>1</b></a>\n');
});

test('says UTF-8 where another encoding was declared, and holds the controls of XML 1.1', () => {
	const notes = new NoteBook();
	expect(writeXml(read('<?xml version="1.0" encoding="ISO-8859-1"?><a/>'), notes)).toBe('<?xml version="1.0" encoding="UTF-8"?><a/>');
	expect(notes.all()).toMatchObject([{ code: 'encodingDeclared', what: 'ISO-8859-1' }]);
	expect(writeXml(read('<?xml version="1.1"?><a>&#1;\u0085</a>'), notes)).toBe('<?xml version="1.1"?><a>&#1;\n</a>');
	expect(() => writeXml({ root: { kind: 'element', name: 'a', attributes: [], content: [{ kind: 'characters', text: '\0' }] } }, notes)).toThrow(
		expect.objectContaining({ code: 'forbiddenCharacter', path: '/a', detail: 'U+0000' }),
	);
});

test('reads a document in pieces like whole', () => {
	const text = '\uFEFF<?xml version="1.0"?>\r\n<!DOCTYPE a [<!ENTITY e "x😀">]>\r\n<a b="&e;">😀\r\n<b/>&e;<![CDATA[]]>\r</a><!--z-->';
	const events = (pieces: string[]) => {
		const told: unknown[] = [];
		const scanner = new XmlScanner(
			{ open: ({ at, ...element }) => told.push(element), close: () => told.push('/'), aside: ({ at, ...aside }) => told.push(aside) },
			text,
		);
		for (const piece of pieces) scanner.feed(piece);
		scanner.end();
		return told;
	};
	expect(events([...text])).toEqual(events([text]));
});

test('plain markup that goes past the parser is told as the parser tells it, to the same place of a failure', () => {
	const told = (pieces: Iterable<string>, text: string) => {
		const events: unknown[] = [];
		try {
			const scanner = new XmlScanner(
				{
					open: ({ content, ...element }) => events.push(element),
					close: () => events.push('/'),
					aside: (aside) => events.push(aside),
					undeclaredPrefix: (prefix, at) => events.push([prefix, at]),
				},
				text,
			);
			for (const piece of pieces) scanner.feed(piece);
			scanner.end();
		} catch (error) {
			if (!(error instanceof FormatError)) throw error;
			// What text before a failure is told, and where a reference that fails began, depends on the pieces without plain markup as well.
			if ((events.at(-1) as { kind?: string }).kind === 'characters') events.pop();
			events.push(/Entity|Reference|textOutside/.test(error.code) ? error.code : [error.code, error.offset, error.detail]);
		}
		return events;
	};
	const part = fc.constantFrom(
		...['<a>', '<b>', '<é>', '<p:c>', '<a/>', '<p:c/>', '<b c="1"/>', '<b c=\'&lt;\' d = "x">', '<b c="1" c="2">', '<a b="\n">', '<b xmlns:p="u">'],
		...['</a>', '</a>', '</b>', '</b >', '</é>', '</p:c>', '<a/ >', '< a>', '<1>', '</', '<', '>', '<!--<a>-->', '<![CDATA[<a>]]>', '<?go <a>?>', ']]>'],
		...['text', ' ', '\n', '\r\n', '\r', '&amp;', '&amp;lt;', '&lt;&gt;&quot;&apos;', '&#10;', '&#x41;', '&e;', '&', 'é😀', '\u0007', '\u0085'],
	);
	const head = fc.constantFrom(
		'',
		'<?xml version="1.0"?>\n',
		'<?xml version="1.1"?>',
		'<!DOCTYPE a [<!ENTITY e "x"><!ENTITY amp "&#38;#38;">]>',
		'<!DOCTYPE a>\n<!-- > -->',
	);
	fc.assert(
		fc.property(head, fc.array(part, { maxLength: 30 }), fc.boolean(), fc.nat(20), (before, parts, isClosed, size) => {
			const text = `${before}<a>${parts.join('')}${isClosed ? '</a>' : ''}`;
			// A piece of one character holds no whole tag: all of it goes through the parser.
			const characters = told(text, text);
			fc.pre(!characters.includes('textOutsideRoot'));
			expect(told([text], text)).toEqual(characters);
			const pieces = text.match(new RegExp(`[^]{1,${size + 2}}`, 'gu')) ?? [];
			expect(told(pieces, text)).toEqual(characters);
		}),
		{ numRuns: soak ? 100_000 : 2000 },
	);
});

const seeds = [...Object.values(wellFormed).flat(), '<a xmlns:p="u"><p:b c="1">x &amp; <![CDATA[y]]><!--z--></p:b><d/>tail</a>'.repeat(1)];

test('no damaged document makes the reader crash or hang', () => {
	const piece = fc.constantFrom(
		'<',
		'>',
		'&',
		';',
		'"',
		"'",
		'/',
		'?',
		'!',
		'[',
		']',
		'-',
		'--',
		']]>',
		'<![CDATA[',
		'<!DOCTYPE',
		'<!ENTITY',
		'%',
		'\0',
		'\ud800',
		'\uFFFF',
		'xmlns:',
		'=',
		' ',
		'é',
	);
	const damage = fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(4), piece), { minLength: 1, maxLength: 6 });
	fc.assert(
		fc.property(fc.constantFrom(...seeds), damage, fc.boolean(), (seed, changes, namespaces) => {
			let text = seed;
			for (const [where, cut, added] of changes) {
				const at = Math.floor(where * text.length);
				text = text.slice(0, at) + added + text.slice(at + cut);
			}
			try {
				const notes = new NoteBook();
				const written = writeXml(readXml(text, notes, { namespaces }), notes);
				expect(writeXml(readXml(written, notes), notes)).toBe(written);
			} catch (error) {
				expect(error).toBeInstanceOf(FormatError);
			}
		}),
		{ numRuns: soak ? 100_000 : 3000 },
	);
});
