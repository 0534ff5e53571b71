import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { convertOrder } from '#contract/convertOrder.ts';
import { replyTo } from './replyTo.ts';

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'homeroom-stream-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const rows = Array.from({ length: 3_000 }, (_, at) => ({ id: at, name: `Ann ${at}, "the ${at}th"` }));
const source = () => join(folder, 'rows');
const part = () => join(folder, 'part');
const convert = (name: string, order: object, seen: number[] = []) =>
	replyTo(
		{ kind: 'file', source: source(), part: part(), sidecarPart: join(folder, 'sidecar'), name, order: convertOrder.parse(order), mostBytes: 1_000 },
		(fraction) => seen.push(fraction),
	);

test('a file that is too large to be held is converted record by record, with its progress, into the same as a small one', async () => {
	writeFileSync(source(), rows.map((row) => JSON.stringify(row)).join('\n'));
	const seen: number[] = [];
	const reply = await convert('rows.jsonl', { to: 'csv' }, seen);
	expect(reply).toMatchObject({ done: { report: { from: 'jsonl', to: 'csv', roundTrip: { isSame: true }, counts: { lost: 0 } } } });
	expect(seen.at(-1)).toBe(1);
	expect(seen).toEqual([...seen].sort((a, b) => a - b));
	const [head, ...lines] = readFileSync(part(), 'utf8').trimEnd().split(/\r?\n/);
	expect([head, lines.length, lines[7]]).toEqual(['id,name', 3_000, '7,"Ann 7, ""the 7th"""']);
	// And back, from what was made.
	writeFileSync(source(), readFileSync(part()));
	await convert('rows.csv', { to: 'json', table: { cells: 'typed' } });
	expect(JSON.parse(readFileSync(part(), 'utf8'))).toEqual(rows);
});

test('a selection that looks at one record at a time, and sorted keys, are made of a large file as of a small one', async () => {
	writeFileSync(source(), rows.map((row) => JSON.stringify(row)).join('\n'));
	const orders = [
		{ to: 'jsonl', select: '$[*].id' },
		{ to: 'csv', select: '$[?@.id >= 2990]' },
		{ to: 'json', indent: 'none', select: '$.*["name"]' },
		{ to: 'jsonl', sortKeys: true },
		{ to: 'csv', sortKeys: true, select: '$[?match(@.name, ".*9, .*")]' },
	];
	for (const order of orders) {
		expect(await convert('rows.jsonl', order)).toMatchObject({ done: { report: { roundTrip: { isSame: true } } } });
		const streamed = readFileSync(part(), 'utf8');
		const whole = {
			kind: 'file' as const,
			source: source(),
			part: part(),
			sidecarPart: join(folder, 'sidecar'),
			name: 'rows.jsonl',
			order: convertOrder.parse(order),
			mostBytes: 10_000_000,
		};
		expect(await replyTo(whole, () => undefined)).toMatchObject({ done: { report: { roundTrip: expect.any(Object) } } });
		const same = (text: string) => (order.to === 'json' ? JSON.stringify(JSON.parse(text)) : text);
		expect(same(streamed)).toBe(same(readFileSync(part(), 'utf8')));
	}
	writeFileSync(source(), `<l>${'<i><a>1</a></i>'.repeat(200)}</l>`);
	expect(await convert('rows.xml', { to: 'jsonl', select: '$[*].a' })).toMatchObject({ refused: { data: { reason: 'select' } } });
});

test('one that needs the whole of itself is refused with the limit, and a record that is broken with its line', async () => {
	writeFileSync(source(), rows.map((row) => JSON.stringify(row)).join('\n'));
	const refused: [reason: string, order: object][] = [
		['size', { to: 'toml' }],
		['exact', { to: 'yaml', mode: 'exact' }],
		['select', { to: 'csv', select: '$[0].id' }],
		['select', { to: 'csv', select: '$..id' }],
		['select', { to: 'csv', select: '$[?@.id > $[0].id]' }],
	];
	for (const [reason, order] of refused)
		expect(await convert('rows.jsonl', order)).toEqual({ refused: { code: 'CONVERT_STOPPED', data: { reason, limitBytes: 1_000 } } });
	expect(await convert('rows.jsonl', { to: 'csv', select: '$[' })).toMatchObject({ refused: { code: 'JSONPATH_INVALID' } });
	writeFileSync(source(), `${rows.map((row) => JSON.stringify(row)).join('\n')}\n{"id": }\n`);
	expect(await convert('rows.jsonl', { to: 'csv' })).toMatchObject({ refused: { code: 'CONVERT_INVALID', data: { format: 'JSON Lines', line: 3_001 } } });
});
