import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RepairStep } from '#contract/convertMend.ts';
import type { FormatName } from '#contract/convertOrder.ts';
import { isFailure } from '#contract/errors.ts';
import type { Model } from '#contract/library.ts';
import { openConvert } from '../openConvert.test-support.ts';

let folder: string;
let stage: ReturnType<typeof openConvert>;
let model: Model;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'homeroom-repair-'));
	stage = openConvert(folder);
	model = await stage.addModel();
	stage.pay.people.set('mia', { id: 'mia', name: 'Mia', role: 'user' });
}, 60_000);
afterAll(async () => {
	await stage.close();
	await rm(folder, { recursive: true });
});

const order = (content: string, from: FormatName, modelId = model.id) => ({ content, from, modelId, adapter: null });
const holds = () =>
	stage.db.$client
		.prepare<[string], { charged: number; closed: number }>('select charged, closed_at is not null closed from hold where holder_id = ?')
		.all('mia');

/** How it ended: the last step, or the failure. */
async function ended(steps: AsyncIterable<RepairStep>): Promise<RepairStep | string> {
	let last: RepairStep | string = 'nothing';
	try {
		for await (const step of steps) last = step;
	} catch (error) {
		if (!isFailure(error)) throw error;
		last = error.code;
	}
	return last;
}

const broken: [FormatName, string, string][] = [
	['yaml', 'a: 1\nb: @home\nc: 3\nd: 4\n', 'c: 3\nd: 4\n'],
	['json', '{"a": 1, "b": [1, 2 3], "c": "kept"}', '], "c": "kept"}'],
	['xml', '<l>\n<a>1</a>\n<b>x</c>\n<d/>\n<e/>\n</l>\n', '<e/>\n</l>\n'],
];

test.each(broken)(
	'a model that knows nothing repairs %s or is refused, touches nothing else, and is paid for',
	async (from, content, behind) => {
		stage.pay.ledger.topUp('mia', from, 99_000);
		const before = stage.pay.purses('mia')[0] ?? 0;
		const count = holds().length;
		const estimate = await stage.convert.repairs.estimate('mia', order(content, from));
		expect(estimate).toEqual({ line: expect.any(Number), tokens: expect.any(Number) });
		const end = await ended(stage.convert.repairs.repair('mia', order(content, from)));
		if (typeof end === 'string') expect(end).toBe('RECORDS_INVALID');
		else if (end.kind === 'repaired') expect(end.content.endsWith(behind)).toBe(true);
		else expect(end).toMatchObject({ kind: 'refused', line: estimate?.line });
		const [hold] = holds().slice(count);
		expect(hold).toMatchObject({ closed: 1 });
		expect(hold?.charged).toBeGreaterThan(0);
		expect(stage.pay.purses('mia')).toEqual([before - (hold?.charged ?? 0), 0]);
		expect(stage.pay.ledger.checkBooks()).toEqual([]);
	},
	120_000,
);

test('what is whole, or broken all over, or has no model, is not begun and costs nothing', async () => {
	const count = holds().length;
	const { repairs } = stage.convert;
	expect(await ended(repairs.repair('mia', order('a: 1\n', 'yaml')))).toEqual({ kind: 'refused', line: null, why: 'whole', reply: '' });
	expect(await ended(repairs.repair('mia', order(`{"a": "${'x'.repeat(9_000)}`, 'json')))).toMatchObject({ why: 'tooLong' });
	expect(await repairs.estimate('mia', order('a: 1\n', 'yaml'))).toBeNull();
	await expect(repairs.estimate('mia', order('a: "', 'yaml', ''))).rejects.toMatchObject({ code: 'NO_MODEL' });
	expect(await ended(repairs.repair('mia', order('a: "', 'yaml', '')))).toBe('NO_MODEL');
	expect(holds()).toHaveLength(count);
});
