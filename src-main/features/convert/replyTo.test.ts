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
	replyTo({ kind: 'file', source: source(), part: part(), name, order: convertOrder.parse(order), mostBytes: 1_000 }, (fraction) => seen.push(fraction));

test('a file that is too large to be held is converted record by record, with its progress, into the same as a small one', async () => {
	writeFileSync(source(), rows.map((row) => JSON.stringify(row)).join('\n'));
	const seen: number[] = [];
	const reply = await convert('rows.jsonl', { to: 'csv' }, seen);
	expect(reply).toMatchObject({ done: { report: { from: 'jsonl', to: 'csv', roundTrip: null, counts: { lost: 0 } } } });
	expect(seen.at(-1)).toBe(1);
	expect(seen).toEqual([...seen].sort((a, b) => a - b));
	const [head, ...lines] = readFileSync(part(), 'utf8').trimEnd().split(/\r?\n/);
	expect([head, lines.length, lines[7]]).toEqual(['id,name', 3_000, '7,"Ann 7, ""the 7th"""']);
	// And back, from what was made.
	writeFileSync(source(), readFileSync(part()));
	await convert('rows.csv', { to: 'json', table: { cells: 'typed' } });
	expect(JSON.parse(readFileSync(part(), 'utf8'))).toEqual(rows);
});

test('one that needs the whole of itself is refused with the limit, and a record that is broken with its line', async () => {
	writeFileSync(source(), rows.map((row) => JSON.stringify(row)).join('\n'));
	for (const order of [{ to: 'toml' }, { to: 'csv', select: '$[*].id' }, { to: 'yaml', mode: 'exact' }])
		expect(await convert('rows.jsonl', order)).toEqual({ refused: { code: 'CONVERT_STOPPED', data: { reason: 'size', limitBytes: 1_000 } } });
	writeFileSync(source(), `${rows.map((row) => JSON.stringify(row)).join('\n')}\n{"id": }\n`);
	expect(await convert('rows.jsonl', { to: 'csv' })).toMatchObject({ refused: { code: 'CONVERT_INVALID', data: { format: 'JSON Lines', line: 3_001 } } });
});
