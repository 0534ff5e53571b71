import fc from 'fast-check';
import { expect, test } from 'vitest';
import { convertBytes } from '../convertBytes.ts';
import { NoteBook } from '../NoteBook.ts';
import type { RecordsOrder } from './chosenRecords.ts';
import { convertRecords } from './convertRecords.ts';
import { firstRecordDifference, type ReadableOrder } from './firstRecordDifference.ts';
import type { RecordFormat } from './RecordReader.ts';

const isSoak = process.env.HOMEROOM_SOAK !== undefined;
const size = 7;

async function* pieces(bytes: Uint8Array, length = size): AsyncGenerator<Uint8Array> {
	for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

async function streamed(source: string, order: RecordsOrder): Promise<Uint8Array> {
	const made: Uint8Array[] = [];
	for await (const piece of convertRecords(() => pieces(Buffer.from(source)), order, new NoteBook())) made.push(piece);
	return Buffer.concat(made);
}

async function check(source: string, order: ReadableOrder, edit: (result: string) => string = (result) => result) {
	const result = edit(Buffer.from(await streamed(source, order)).toString());
	return firstRecordDifference({ source: pieces(Buffer.from(source)), result: pieces(Buffer.from(result), 5) }, order);
}

const lines = '{"a":1,"b":"x"}\n{"a":2.50,"b":"y"}\n{"a":3,"b":"z"}\n';

test.each<RecordFormat>(['json', 'jsonl', 'yaml', 'csv', 'tsv'])('records come back from %s as they were', async (to) => {
	expect(await check(lines, { from: 'jsonl', to })).toBeUndefined();
});

test('the first record that comes back otherwise is told, wherever the result was changed', async () => {
	const order: ReadableOrder = { from: 'jsonl', to: 'csv' };
	expect(await check(lines, { from: 'jsonl', to: 'xml' })).toEqual({ path: '$[0].a', was: '1', became: '"1"' });
	expect(await check(lines, order, (result) => result.replace('2.50', '2.5'))).toEqual({ path: '$[1].a', was: '2.50', became: '2.5' });
	expect(await check(lines, order, (result) => result.replace('3,z\r\n', ''))).toMatchObject({ path: '$[2]' });
	expect(await check(lines, order, (result) => `${result}4,w\r\n`)).toEqual({ path: '$[3]', was: 'nothing', became: 'more records' });
	expect(await check(lines, { from: 'jsonl', to: 'json' }, (result) => result.slice(0, -4))).toMatchObject({ path: '$', was: '' });
});

test('records that are chosen are compared with those, and elements with the data they were led into', async () => {
	expect(await check(lines, { from: 'jsonl', to: 'json', choose: (records) => records.slice(1) })).toBeUndefined();
	expect(await check('<l><i x="1">a</i><i><b/></i></l>', { from: 'xml', to: 'json' })).toBeUndefined();
	expect(await check('- a: 0x1F\n- &x {b: 1}\n', { from: 'yaml', to: 'json' })).toMatchObject({ path: '$[1]' });
});

const scalar = fc.constantFrom(
	'0',
	'-0',
	'1.10',
	'1e400',
	'true',
	'null',
	'""',
	'"1"',
	'"true"',
	'" x "',
	'"=1"',
	'"a\\nb"',
	'"\\ud800"',
	'"\\u0000"',
	'"[]"',
	'"no"',
);
const key = fc.constantFrom('a', 'b', 'c.d', '0', '', '<<', '@x');
const { value } = fc.letrec<{ value: string }>((tie) => ({
	value: fc.oneof(
		{ depthSize: 'small', withCrossShrink: true },
		scalar,
		fc.array(tie('value'), { maxLength: 3 }).map((items) => `[${items.join(',')}]`),
		fc.array(fc.tuple(key, tie('value')), { maxLength: 3 }).map((entries) => `{${entries.map(([name, held]) => `${JSON.stringify(name)}:${held}`).join(',')}}`),
	),
}));
const record = fc
	.array(fc.tuple(key, value), { minLength: 1, maxLength: 3 })
	.map((entries) => `{${entries.map(([name, held]) => `${JSON.stringify(name)}:${held}`).join(',')}}`);

test(
	'what is said of records that come one by one is what is said of the whole',
	async () => {
		const format = fc.constantFrom<RecordFormat>('json', 'jsonl', 'yaml', 'csv', 'tsv', 'xml');
		await fc.assert(
			fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 4 }), format, async (records, to) => {
				const source = `[${records.join(',')}]`;
				const whole = await convertBytes(Buffer.from(source), { from: 'json', to, mode: 'plain', strict: false });
				expect((await check(source, { from: 'json', to })) === undefined).toBe(whole.roundTrip.same);
			}),
			{ numRuns: isSoak ? 20_000 : 400 },
		);
	},
	isSoak ? 3_600_000 : 60_000,
);
