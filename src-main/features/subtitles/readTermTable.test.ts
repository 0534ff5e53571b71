import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type TermFields, termFields, termKind } from '#contract/glossary.ts';
import { readTermTable } from './readTermTable.ts';
import { writeTermTable } from './writeTermTable.ts';

const read = (text: string) => readTermTable(Buffer.from(text));
const termOf = (source: string, target: string, more: Partial<TermFields> = {}) => termFields.parse({ source, target, ...more });

test('columns are found by their names, in any order, and a row that is no term is told by its number', async () => {
	const { terms, problems } = await read('Note;Translation;Term;Type\n\nthe heroine;Ada;Ada;person\n;nobody;;\nx;Schiff;ship;vessel\n;noch eins;SHIP;\n');
	expect(terms).toEqual([
		{ row: 3, fields: termOf('Ada', 'Ada', { kind: 'person', note: 'the heroine' }) },
		{ row: 5, fields: termOf('ship', 'Schiff', { note: 'x' }) },
	]);
	expect(problems).toEqual([
		{ row: 4, code: 'sourceMissing', detail: 'nobody' },
		{ row: 5, code: 'unknownKind', detail: 'vessel' },
		{ row: 6, code: 'repeated', detail: 'SHIP' },
	]);
});

test('a title above the names is no term, and neither is a source without a translation', async () => {
	const { terms, problems } = await read('Our glossary 2024;\n\nsource;target\nthe station;\nship;Schiff\n');
	expect(terms).toEqual([{ row: 5, fields: termOf('ship', 'Schiff') }]);
	expect(problems).toEqual([{ row: 4, code: 'targetMissing', detail: 'the station' }]);
});

test('a row with more cells than the header is left out: a comma without quotes has cut it', async () => {
	const { terms, problems } = await read('source,target\nship,Schiff, groß\nAda,Ada,\n');
	expect(terms.map(({ fields }) => fields.source)).toEqual(['Ada']);
	expect(problems).toEqual([{ row: 2, code: 'raggedRow', detail: 'ship, Schiff,  groß' }]);
});

test('a table without names is source and translation, and one named by languages too', async () => {
	expect((await read('Ada\tAda Byron\nship\tSchiff\n')).terms.map(({ fields }) => [fields.source, fields.target])).toEqual([
		['Ada', 'Ada Byron'],
		['ship', 'Schiff'],
	]);
	expect((await read('en,zh_CN\nship,船\n')).terms).toEqual([{ row: 2, fields: termOf('ship', '船') }]);
});

test('a term over the limits, or with letters that could not be read, is left out and told', async () => {
	const { terms, problems } = await readTermTable(
		Buffer.concat([Buffer.from(`source,target\n${'x'.repeat(201)},y\ncaf`), Buffer.from([0xef, 0xbf, 0xbd]), Buffer.from(',y\n')]),
	);
	expect(terms).toEqual([]);
	expect(problems.map(({ row, code }) => [row, code])).toEqual([
		[2, 'tooLong'],
		[3, 'undecodable'],
	]);
});

test('what is no table is refused', async () => {
	await expect(read('')).rejects.toMatchObject({ code: 'CSV_INVALID', data: { reason: 'empty' } });
	await expect(readTermTable(Buffer.from('PK\u0003\u0004 a workbook'))).rejects.toMatchObject({ code: 'CSV_INVALID' });
});

test('property: a glossary that was written is read as it was', async () => {
	// A term that stays as it is has itself as its translation in a table.
	const text = (maxLength: number) => fc.string({ unit: 'grapheme', maxLength: maxLength / 8 }).map((raw) => raw.replace(/[\uFFFD\p{Cc}]/gu, '').trim());
	const one = fc.record({
		source: text(200).filter((source) => source !== '' && source.length <= 200 && !source.startsWith("'")),
		target: text(200).filter((target) => target !== '' && target.length <= 200 && !target.startsWith("'")),
		kind: fc.constantFrom(...termKind.options),
		gender: fc.constantFrom('unknown' as const, 'feminine' as const, 'masculine' as const, 'neuter' as const),
		note: text(500).filter((note) => note.length <= 500 && !note.startsWith("'")),
	});
	const list = fc.uniqueArray(one, { selector: ({ source }) => source.normalize('NFKC').toLowerCase(), comparator: 'IsStrictlyEqual', minLength: 1 });
	await fc.assert(
		fc.asyncProperty(list, async (terms) => {
			const { terms: found, problems } = await read(writeTermTable(terms));
			const repeated = problems.filter(({ code }) => code === 'repeated').length;
			expect(problems.length).toBe(repeated);
			expect(found.length + repeated).toBe(terms.length);
			for (const { row, fields } of found) expect(fields).toEqual(terms[row - 2]);
		}),
	);
});
