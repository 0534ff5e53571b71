import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { DraftStep } from '#contract/grading.ts';
import { draftedRubric } from '#contract/rubric.ts';
import { openGradingStage } from './openGradingStage.test-support.ts';

type Stage = Awaited<ReturnType<typeof openGradingStage>>;
let folder: string;
let stage: Stage;
let mia: string;
let people = 0;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'homeroom-draft-'));
	stage = await openGradingStage(folder);
}, 60_000);
afterAll(async () => {
	await stage.close();
	await rm(folder, { recursive: true });
});
beforeEach(() => {
	mia = `mia ${++people}`;
	stage.pay.people.set(mia, { id: mia, name: 'Mia', role: 'user' });
});

const order = (more = {}) => ({ modelId: stage.model.id, adapter: null, subject: 'Physics', gradeLevel: '', question: 'What is light?', key: '', ...more });
const holdsOf = () => {
	const rows = stage.db.$client.prepare<[string], { charged: number; released: number; closed: number }>(
		'select charged, released, closed_at is not null closed from hold where holder_id = ? order by rowid',
	);
	return rows.all(mia);
};

async function lastStep(steps: AsyncIterable<DraftStep>): Promise<DraftStep | null> {
	let last: DraftStep | null = null;
	for await (const step of steps) last = step;
	return last;
}

test('a model that knows nothing drafts a whole rubric all the same, the same one each time, and what it used is charged', async () => {
	stage.pay.ledger.topUp(mia, `${people}`, 99_000);
	const first = await lastStep(stage.grading.drafts.write(mia, order()));
	if (first?.kind !== 'drafted') throw new Error(JSON.stringify(first));
	expect(draftedRubric.parse(first.rubric)).toEqual(first.rubric);
	expect(first.modelName).toBe(stage.model.name);
	const [hold] = holdsOf();
	expect(hold).toMatchObject({ closed: 1 });
	expect(hold?.charged).toBeGreaterThan(0);
	expect(stage.pay.purses(mia)).toEqual([100_000 - (hold?.charged ?? 0), 0]);
	expect(await lastStep(stage.grading.drafts.write(mia, order()))).toEqual(first);
	expect(holdsOf()[1]?.charged).toBe(hold?.charged);
	expect(stage.pay.ledger.checkBooks()).toEqual([]);
}, 120_000);

test('what is stopped is charged as far as it came, and nothing stays set aside', async () => {
	stage.pay.ledger.topUp(mia, `${people}`, 99_000);
	const stop = new AbortController();
	let last: DraftStep | null = null;
	for await (const step of stage.grading.drafts.write(mia, order({ question: 'What is sound?' }), stop.signal)) {
		last = step;
		if (step.kind === 'writing') stop.abort();
	}
	expect(last?.kind).toBe('writing');
	await vi.waitFor(() => expect(holdsOf()).toMatchObject([{ closed: 1 }]));
	expect(holdsOf()[0]?.charged).toBeGreaterThan(0);
	expect(stage.pay.purses(mia)).toEqual([100_000 - (holdsOf()[0]?.charged ?? 0), 0]);
}, 120_000);

test('what cannot be paid is not begun, and what the balance does not last for is charged and says so', async () => {
	const tokens = stage.grading.drafts.estimate(mia, order());
	const refused = expect.objectContaining({ code: 'INSUFFICIENT_TOKENS' });
	stage.pay.ledger.topUp(mia, `${people} a`, tokens - 1 - 1000);
	await expect(lastStep(stage.grading.drafts.write(mia, order()))).rejects.toEqual(refused);
	expect([holdsOf(), stage.pay.purses(mia)]).toEqual([[], [tokens - 1, 0]]);
	stage.pay.ledger.topUp(mia, `${people} b`, 1);
	// The test model writes more than a rubric usually takes.
	await expect(lastStep(stage.grading.drafts.write(mia, order()))).rejects.toEqual(refused);
	const [hold] = holdsOf();
	expect(hold).toMatchObject({ closed: 1 });
	expect(hold?.charged).toBeGreaterThan(tokens / 2);
	expect(stage.pay.purses(mia)).toEqual([tokens - (hold?.charged ?? 0), 0]);
}, 120_000);

test('without a model, or with a question that is too long for it, it says so and costs nothing', async () => {
	expect(() => stage.grading.drafts.estimate(mia, order({ modelId: '' }))).toThrow(expect.objectContaining({ code: 'NO_MODEL' }));
	await expect(lastStep(stage.grading.drafts.write(mia, order({ modelId: '' })))).rejects.toMatchObject({ code: 'NO_MODEL' });
	stage.pay.ledger.topUp(mia, `${people}`, 99_000);
	const long = order({ question: 'why '.repeat(20_000) });
	await expect(lastStep(stage.grading.drafts.write(mia, long))).rejects.toMatchObject({
		code: 'QUESTION_TOO_LONG',
		data: { contextTokens: expect.any(Number) },
	});
	stage.barred.add(mia);
	await expect(lastStep(stage.grading.drafts.write(mia, order()))).rejects.toMatchObject({ code: 'NOT_FOUND', data: { what: 'model' } });
	expect(stage.pay.purses(mia)).toEqual([100_000, 0]);
}, 120_000);
