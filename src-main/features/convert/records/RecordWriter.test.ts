import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { type RecordField, recordFields } from '#contract/convertRecords.ts';
import type { Model } from '#contract/library.ts';
import { openConvert } from '../openConvert.test-support.ts';

let folder: string;
let stage: ReturnType<typeof openConvert>;
let model: Model;
let mia: string;
let people = 0;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'homeroom-records-'));
	stage = openConvert(folder);
	model = await stage.addModel();
}, 60_000);
afterAll(async () => {
	await stage.close();
	await rm(folder, { recursive: true });
});
beforeEach(() => {
	mia = `mia ${++people}`;
	stage.pay.people.set(mia, { id: mia, name: 'Mia', role: 'user' });
});

const order = (more = {}) => ({ content: 'Ann paid 1.10. Bob did not.', modelId: model.id, adapter: null, ...more });
const fields: RecordField[] = [{ name: 'paid', type: 'truth', note: '' }];
const holdsOf = () =>
	stage.db.$client
		.prepare<[string], { charged: number; closed: number }>('select charged, closed_at is not null closed from hold where holder_id = ? order by rowid')
		.all(mia);

async function last<Step>(steps: AsyncIterable<Step>): Promise<Step | null> {
	let step: Step | null = null;
	for await (const next of steps) step = next;
	return step;
}

test('a model that knows nothing keeps to the form all the same, and what it used is charged by the price of conversion', async () => {
	stage.pay.ledger.topUp(mia, `${people}`, 99_000);
	const made = await last(stage.convert.records.records(mia, order(), fields));
	if (made?.kind !== 'made') throw new Error(JSON.stringify(made));
	const records: unknown[] = JSON.parse(made.content);
	expect(records).toHaveLength(made.records);
	for (const record of records) expect([[true], [false], [null]]).toContainEqual(Object.values(record as object));
	const [hold] = holdsOf();
	expect(hold).toMatchObject({ closed: 1 });
	expect(stage.pay.purses(mia)).toEqual([100_000 - (hold?.charged ?? 0), 0]);
	const charge = stage.db.$client.prepare('select task from hold where holder_id = ?').pluck().get(mia);
	expect(charge).toBe('convert');
	expect(stage.pay.ledger.checkBooks()).toEqual([]);
}, 120_000);

test('proposed fields can be used as they are', async () => {
	stage.pay.ledger.topUp(mia, `${people}`, 99_000);
	try {
		const proposed = await last(stage.convert.records.fields(mia, order()));
		expect(proposed?.kind === 'proposed' && recordFields.parse(proposed.fields)).toEqual(proposed?.kind === 'proposed' && proposed.fields);
	} catch (error) {
		// Words that are random may come to no name that can be used, which is said.
		expect(error).toMatchObject({ code: 'RECORDS_INVALID' });
	}
	expect(holdsOf()).toMatchObject([{ closed: 1 }]);
}, 120_000);

test('what is stopped is charged as far as it came, and nothing stays set aside', async () => {
	stage.pay.ledger.topUp(mia, `${people}`, 99_000);
	const texts: RecordField[] = Array.from({ length: 20 }, (_, at) => ({ name: `said ${at}`, type: 'text', note: '' }));
	let kind = '';
	// On a machine that is busy with other things all may be written before it is heard that it is to stop.
	for (let attempt = 0; kind !== 'writing' && attempt < 10; attempt++) {
		const stop = new AbortController();
		for await (const step of stage.convert.records.records(mia, order({ content: `Ann is ${attempt}.` }), texts, stop.signal)) {
			kind = step.kind;
			if (kind === 'writing') stop.abort();
		}
	}
	expect(kind).toBe('writing');
	await vi.waitFor(() => expect(holdsOf().every(({ closed }) => closed === 1)).toBe(true));
	const charged = holdsOf().reduce((sum, hold) => sum + hold.charged, 0);
	expect(charged).toBeGreaterThan(0);
	expect(stage.pay.purses(mia)).toEqual([100_000 - charged, 0]);
}, 120_000);

test('what cannot be paid, or has no model, is not begun', async () => {
	const tokens = stage.convert.records.estimate(mia, order({ content: 'word '.repeat(4_000) }), fields);
	expect(tokens).toBeGreaterThan(1_000);
	await expect(last(stage.convert.records.records(mia, order({ content: 'word '.repeat(4_000) }), fields))).rejects.toMatchObject({
		code: 'INSUFFICIENT_TOKENS',
	});
	expect(() => stage.convert.records.estimate(mia, order({ modelId: '' }), null)).toThrow(expect.objectContaining({ code: 'NO_MODEL' }));
	await expect(last(stage.convert.records.fields(mia, order({ modelId: '' })))).rejects.toMatchObject({ code: 'NO_MODEL' });
	expect([holdsOf(), stage.pay.purses(mia)]).toEqual([[], [1_000, 0]]);
});
