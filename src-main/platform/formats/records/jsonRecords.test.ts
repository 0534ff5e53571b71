import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FormatError } from '../FormatError.ts';
import { readJson } from '../json/readJson.ts';
import { NoteBook } from '../NoteBook.ts';
import { reduceData } from '../reduceData.ts';
import { Flattener } from '../table/flatten.ts';
import { JsonColumns } from './JsonColumns.ts';
import { JsonCopier } from './JsonCopier.ts';
import { recordReader } from './RecordReader.ts';
import { recordWriter } from './RecordWriter.ts';

type Lines = 'json' | 'jsonl';

const soak = process.env.HOMEROOM_SOAK !== undefined;

/** What is made of a source by way of values. */
function throughValues(source: string, from: Lines, to: Lines, indent: number | 'tab') {
	const notes = new NoteBook();
	const reader = recordReader(from, source, {}, notes);
	const items = [...reader.feed(source), ...reader.end()];
	const [document] = reduceData({ documents: [{ root: { kind: 'sequence', items } }] }, { repeatedKeys: true }, notes).documents;
	const records = document?.root?.kind === 'sequence' ? document.root.items : [];
	return { text: recordWriter(to, { indent }, []).write(records, notes, true), records: records.length, notes: notes.all() };
}

function copied(source: string, size: number, from: Lines, to: Lines, indent: number | 'tab') {
	const notes = new NoteBook();
	const copier = new JsonCopier(from, { to, indent }, notes);
	const made = [];
	for (let at = 0; at < source.length; at += size) made.push(copier.feed(source.slice(at, at + size)));
	made.push(copier.end());
	return { text: made.map(({ text }) => text).join(''), records: made.reduce((sum, { records }) => sum + records, 0), notes: notes.all() };
}

/** What comes of an attempt: the result, or the code and the place of its failure. */
function outcome<T>(attempt: () => T) {
	try {
		return attempt();
	} catch (error) {
		if (error instanceof FormatError) return [error.code, error.offset];
		throw error;
	}
}

const space = fc.constantFrom('', '', '', ' ', '\n', '\n  ', '\t', ' \r\n ');
const word = fc.constantFrom('""', '"a"', '"<<"', '"b\\n\\""', '"\\u0062"', '"\\/"', '"é😀"', '"\\ud800"', '"__proto__"', '"10"', '"{\\\\"');
const scalar = fc.oneof(word, fc.constantFrom('0', '-0', '1.10', '1e400', '12345678901234567890', 'true', 'false', 'null'));
const { value } = fc.letrec<{ value: string }>((tie) => ({
	value: fc.oneof(
		{ depthSize: 'small', withCrossShrink: true },
		scalar,
		fc
			.tuple(fc.array(fc.tuple(space, tie('value'), space), { maxLength: 4 }), space)
			.map(([items, empty]) => `[${items.map((item) => item.join('')).join(',') || empty}]`),
		fc
			.tuple(fc.array(fc.tuple(space, word, space, fc.constant(':'), space, tie('value'), space), { maxLength: 6 }), space)
			.map(([entries, empty]) => `{${entries.map((entry) => entry.join('')).join(',') || empty}}`),
	),
}));
const format = fc.constantFrom<Lines>('json', 'jsonl');
const indent = fc.constantFrom<number | 'tab'>(0, 2, 'tab');

test('JSON that is copied is what values of it are written as, with the same notes, in pieces of any size', () => {
	fc.assert(
		fc.property(fc.array(fc.tuple(value, space), { maxLength: 8 }), format, format, indent, fc.integer({ min: 1, max: 60 }), (parts, from, to, step, size) => {
			const records = parts.map(([record, after]) => record + after);
			const source = from === 'json' ? `[${records.join(',')}]` : records.join('\n');
			expect(copied(source, size, from, to, step)).toEqual(throughValues(source, from, to, step));
		}),
		{ numRuns: soak ? 100_000 : 1500 },
	);
});

test('what is damaged is refused at the same place', () => {
	const damage = fc.tuple(fc.nat(), fc.nat(3), fc.constantFrom('', '"', '{', ']', ',', ':', '\\', '\u0001', 'x', '1', '\\u12'));
	fc.assert(
		fc.property(
			fc.array(value, { minLength: 1, maxLength: 4 }),
			damage,
			format,
			fc.integer({ min: 1, max: 60 }),
			(records, [where, cut, added], from, size) => {
				const whole = from === 'json' ? `[${records.join(',')}]` : records.join('\n');
				const at = where % whole.length;
				const source = whole.slice(0, at) + added + whole.slice(at + cut);
				// No encoding that is decoded leaves halves of characters.
				fc.pre(source.isWellFormed());
				const read = outcome(() => throughValues(source, from, 'jsonl', 0));
				expect(outcome(() => copied(source, size, from, 'jsonl', 0))).toEqual(read);
			},
		),
		{ numRuns: soak ? 100_000 : 1500 },
	);
});

test('mappings of many keys, and of many makes, have their repeated keys told', () => {
	const wide = `{${Array.from({ length: 300 }, (_, at) => `"k${at}":${at}`).join(',')},"k70":1,"k3":2,"k299":3}`;
	const many = Array.from({ length: 12_000 }, (_, at) => `{"a":1,"b${at}":2,"a":3}`);
	const { text, notes } = copied(`${wide}\n${wide}\n`, 1000, 'jsonl', 'jsonl', 0);
	expect(text).toBe(`${wide}\n${wide}\n`);
	expect(notes.map(({ path, what }) => [path, what])).toEqual(['0', '1'].flatMap((record) => ['k70', 'k3', 'k299'].map((key) => [`$[${record}].${key}`, key])));
	const told = copied(many.join('\n'), 5000, 'jsonl', 'jsonl', 0).notes;
	expect([told.length, told.at(-1)]).toEqual([1001, { code: 'more', kind: 'convention', what: '11000', became: 'duplicateKey' }]);
});

test('the columns that are found in tokens are those of values', () => {
	const columnsOf = (source: string, size: number) => {
		const flattener = new Flattener(new NoteBook());
		const columns = new JsonColumns('jsonl', flattener);
		let records = 0;
		for (let at = 0; at < source.length; at += size) records += columns.feed(source.slice(at, at + size));
		return { records: records + columns.end(), columns: flattener.columns };
	};
	expect(columnsOf('{"a":1,"a":2}{"a":{"b":[1,{"c":[]}],"d":{}}}[]3{}[[],{"x.y":{"0":1}}]', 5)).toEqual({
		records: 6,
		columns: ['a', 'a', 'a.b.0', 'a.b.1.c', 'a.d', 'value', 'value.0', 'value.1.x\\.y.\\0'],
	});
	fc.assert(
		fc.property(fc.array(value, { maxLength: 8 }), fc.integer({ min: 1, max: 60 }), (records, size) => {
			const flattener = new Flattener(new NoteBook());
			for (const record of records) flattener.survey(readJson(record));
			expect(columnsOf(records.join('\n'), size)).toEqual({ records: records.length, columns: flattener.columns });
		}),
		{ numRuns: soak ? 100_000 : 1500 },
	);
});
