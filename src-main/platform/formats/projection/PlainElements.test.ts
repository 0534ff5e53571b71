import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readJson } from '../json/readJson.ts';
import { NoteBook } from '../NoteBook.ts';
import { XmlWriter } from '../xml/writeXml.ts';
import { conventionOf, type MarkupConvention } from './markupConvention.ts';
import { PlainElements } from './PlainElements.ts';
import { dataElement } from './toMarkup.ts';

const soak = process.env.HOMEROOM_SOAK !== undefined;

/** So many notes of a code are quoted. */
const mostOfACode = 1000;

/** A book that quotes no more numbers that became texts, as after some hundred records. */
function fullBook(): NoteBook {
	const notes = new NoteBook();
	notes.countMore('typeToText', mostOfACode);
	return notes;
}

function throughElements(records: string[], step: string, by: MarkupConvention) {
	const notes = fullBook();
	const texts = records.map((record) => {
		const writer = new XmlWriter(notes, { indent: step.length });
		writer.element(dataElement('item', readJson(record), notes, by), `\n${step}`);
		return writer.text;
	});
	return { texts, notes: notes.all() };
}

function straight(records: string[], step: string, by: MarkupConvention) {
	const notes = fullBook();
	const plain = PlainElements.by(conventionOf(by), step, notes);
	let plainCount = 0;
	const texts = records.map((record) => {
		const value = readJson(record);
		const written = plain?.written(value, `\n${step}`);
		if (written !== undefined) {
			plainCount++;
			return written;
		}
		const writer = new XmlWriter(notes, { indent: step.length });
		writer.element(dataElement('item', value, notes, by), `\n${step}`);
		return writer.text;
	});
	return { texts, notes: notes.all(), plainCount };
}

const key = fc.constantFrom('a', 'b', 'c', 'long-name', 'x1', 'é', '', '@a', '#text', '#content', '?pi', 'a b', '_x', 'a_x0041_', 'p:a', '1');
const scalar = fc.constantFrom('""', '" "', '"text"', '"a<b&c]]>"', '"\\r\\n\\t"', '"é😀"', '"\\ud800"', '"\\u0000"', '"]"', '1', '-0', '1.10', 'true', 'null');
const { value } = fc.letrec<{ value: string }>((tie) => ({
	value: fc.oneof(
		{ depthSize: 'small', withCrossShrink: true },
		scalar,
		fc.array(tie('value'), { maxLength: 3 }).map((items) => `[${items.join(',')}]`),
		fc.array(fc.tuple(key, tie('value')), { maxLength: 4 }).map((entries) => `{${entries.map(([name, held]) => `${JSON.stringify(name)}:${held}`).join(',')}}`),
	),
}));
/** Records as most are: of few keys, all of them names. */
const { tame } = fc.letrec<{ tame: string }>((tie) => ({
	tame: fc.oneof(
		{ depthSize: 'small', withCrossShrink: true },
		scalar,
		fc.array(tie('tame'), { maxLength: 3 }).map((items) => `[${items.join(',')}]`),
		fc
			.uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c'), tie('tame')), { selector: ([name]) => name, maxLength: 3 })
			.map((entries) => `{${entries.map(([name, held]) => `"${name}":${held}`).join(',')}}`),
	),
}));

test('records that are written straight away are what elements of them are written as, with the same notes', () => {
	const by = fc.constantFrom<MarkupConvention>({}, {}, { marks: 'none' }, { listsOf: ['a'] }, { attributePrefix: 'b' }, { textKey: '_' });
	fc.assert(
		fc.property(fc.array(fc.oneof(value, tame), { maxLength: 8 }), fc.constantFrom('', '  '), by, (records, step, convention) => {
			const { plainCount, ...made } = straight(records, step, convention);
			expect(made).toEqual(throughElements(records, step, convention));
		}),
		{ numRuns: soak ? 200_000 : 3000 },
	);
});

test('a record of a register is written straight away, also where it has marks', () => {
	const record = '{"id":1,"name":"Zoë & Co","none":null,"one":[7],"several":[1,{"at":"x"},{}],"empty":[],"inner":{"a":"","b":{}}}';
	expect(straight([record, record], '  ', {})).toEqual({ ...throughElements([record, record], '  ', {}), plainCount: 2 });
	const otherwise = ['{"a":[[1]]}', '{"a b":1}', '{"a":1,"a":2}', '{"l":[{"m":[1]},{"m":[1,2]}]}', '[1]', '{}', '{"a":"\\u0001"}'];
	expect(straight(otherwise, '  ', {}).plainCount).toBe(0);
});
