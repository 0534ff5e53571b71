import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NoteBook } from '../NoteBook.ts';
import type { ReadOptions } from '../options.ts';
import { XmlRecordReader } from '../records/XmlRecordReader.ts';
import { readXml } from '../xml/readXml.ts';
import type { MarkupConvention } from './markupConvention.ts';
import { recordMaker } from './toData.ts';

const soak = process.env.HOMEROOM_SOAK !== undefined;

/** The children of the root, made data by way of elements. */
function throughElements(source: string, by: MarkupConvention) {
	const notes = new NoteBook();
	const { root } = readXml(source, new NoteBook());
	notes.placeOf = undefined;
	const maker = recordMaker(notes, by);
	const elements = root?.kind === 'element' ? root.content.filter((part) => part.kind === 'element') : [];
	return { records: elements.map((element) => maker.record(element)), areBare: maker.areBare, notes: notes.all() };
}

function read(source: string, markup: MarkupConvention) {
	const notes = new NoteBook();
	const options: ReadOptions = { markup };
	const reader = new XmlRecordReader(source, options, notes);
	const records = [...reader.feed(source)];
	const { areBare } = reader;
	return { records: [...records, ...reader.end()], areBare, notes: notes.all() };
}

const marks = ['data:type="null"', 'data:type="number"', 'data:type="list"', 'data:list="only"', 'data:list="none"', 'data:list="empty"', 'data:map="true"'];
const attribute = fc.constantFrom('x="1"', "y='a b'", 'p:z=""', 'xml:space="preserve"', 'data:escaped="true"', ...marks, ...marks);
const attributes = fc.oneof(
	{ weight: 3, arbitrary: fc.constant('') },
	fc.uniqueArray(attribute, { selector: (one) => one.split('=')[0], maxLength: 2 }).map((all) => all.map((one) => ` ${one}`).join('')),
);
const name = fc.constantFrom('a', 'a', 'b', 'c', 'p:a', '_x0041_', 'é');
const words = fc.constantFrom('', '', ' ', '1', 'text', 'a &amp; b &lt;', '\r\n', '&#65;', '<!-- c -->', '<![CDATA[<]]>', '<?p i?>', '_x0041_', '1.10', 'true');
const space = fc.constantFrom('', '', '\n  ', '\t');
const { element } = fc.letrec<{ element: string }>((tie) => ({
	element: fc.oneof(
		{ depthSize: 'small', withCrossShrink: true },
		fc.tuple(name, attributes, words).map(([called, with_, held]) => `<${called}${with_}>${held}</${called}>`),
		fc.tuple(name, attributes).map(([called, with_]) => `<${called}${with_}/>`),
		fc
			.tuple(name, attributes, fc.array(fc.tuple(space, fc.oneof({ weight: 6, arbitrary: tie('element') }, words)), { maxLength: 5 }), space)
			.map(([called, with_, parts, last]) => `<${called}${with_}>${parts.map(([before, part]) => before + part).join('')}${last}</${called}>`),
	),
}));
const record = fc.tuple(element, fc.boolean()).map(([made, hasMarks]) => (hasMarks ? made.replace(/^<[^ />]+/, '$& xmlns:data="urn:homeroom:data"') : made));

test('records that are read straight from their tags are what elements of them become, with the same notes', () => {
	const by = fc.constantFrom<MarkupConvention>(
		{},
		{},
		{},
		{ types: true },
		{ textKey: 'a' },
		{ attributePrefix: '' },
		{ listsOf: ['b'] },
		{ siblings: 'order' },
	);
	fc.assert(
		fc.property(fc.array(record, { maxLength: 6 }), by, (records, convention) => {
			const source = `<list>\n${records.join('\n')}\n</list>`;
			const { notes, ...made } = read(source, convention);
			const { notes: told, ...expected } = throughElements(source, convention);
			expect(made).toEqual({ ...expected, areBare: made.areBare });
			expect(notes.map(({ code, path, what }) => [code, path, what])).toEqual(told.map(({ code, path, what }) => [code, path, what]));
			if (made.areBare) expect(expected.areBare).toBe(true);
		}),
		{ numRuns: soak ? 200_000 : 3000 },
	);
});

test('a list in one place and a single element in another of the same path are both lists', () => {
	const source = '<l><r><g><m>1</m></g><g><m>2</m><m>3</m></g></r><r><g><m>4</m></g></r></l>';
	const { records } = read(source, {});
	expect(records).toEqual(throughElements(source, {}).records);
	expect(JSON.stringify(records)).toContain('"items"');
});
