import { beforeEach, expect, test, vi } from 'vitest';
import type { DraftStep } from '#contract/grading.ts';
import { draftedRubric } from '#contract/rubric.ts';
import { holdsOf, newPayer, stageOfTests } from './gradingTests.test-support.ts';

const stage = stageOfTests();
let mia: string;
beforeEach(() => {
	mia = newPayer(stage());
});

const order = (more = {}) => ({ modelId: stage().model.id, adapter: null, subject: 'Physics', gradeLevel: '', question: 'What is light?', key: '', ...more });

async function lastStep(steps: AsyncIterable<DraftStep>): Promise<DraftStep | null> {
	let last: DraftStep | null = null;
	for await (const step of steps) last = step;
	return last;
}

test('a model that knows nothing drafts a whole rubric all the same, the same one each time, and what it used is charged', async () => {
	stage().pay.ledger.topUp(mia, mia, 99_000);
	const first = await lastStep(stage().grading.drafts.write(mia, order()));
	if (first?.kind !== 'drafted') throw new Error(JSON.stringify(first));
	expect(draftedRubric.parse(first.rubric)).toEqual(first.rubric);
	expect(first.modelName).toBe(stage().model.name);
	const [hold] = holdsOf(stage(), mia);
	expect(hold).toMatchObject({ closed: 1 });
	expect(hold?.charged).toBeGreaterThan(0);
	expect(stage().pay.purses(mia)).toEqual([100_000 - (hold?.charged ?? 0), 0]);
	expect(await lastStep(stage().grading.drafts.write(mia, order()))).toEqual(first);
	expect(holdsOf(stage(), mia)[1]?.charged).toBe(hold?.charged);
	expect(stage().pay.ledger.checkBooks()).toEqual([]);
}, 120_000);

test('what is stopped is charged as far as it came, and nothing stays set aside', async () => {
	stage().pay.ledger.topUp(mia, mia, 99_000);
	let last: DraftStep | null = null;
	// On a machine that is busy with other things a draft may be whole before it hears that it is to stop.
	for (let attempt = 0; last?.kind !== 'writing' && attempt < 10; attempt++) {
		const stop = new AbortController();
		for await (const step of stage().grading.drafts.write(mia, order({ question: `What is sound no. ${attempt}?` }), stop.signal)) {
			last = step;
			if (step.kind === 'writing') stop.abort();
		}
	}
	expect(last?.kind).toBe('writing');
	await vi.waitFor(() => expect(holdsOf(stage(), mia).every(({ closed }) => closed === 1)).toBe(true));
	const charged = holdsOf(stage(), mia).map((hold) => hold.charged);
	expect(charged.at(-1)).toBeGreaterThan(0);
	expect(stage().pay.purses(mia)).toEqual([100_000 - charged.reduce((sum, each) => sum + each, 0), 0]);
}, 120_000);

test('what cannot be paid is not begun, and what the balance does not last for is charged and says so', async () => {
	const tokens = stage().grading.drafts.estimate(mia, order());
	const refused = expect.objectContaining({ code: 'INSUFFICIENT_TOKENS' });
	stage().pay.ledger.topUp(mia, `${mia} a`, tokens - 1 - 1000);
	await expect(lastStep(stage().grading.drafts.write(mia, order()))).rejects.toEqual(refused);
	expect([holdsOf(stage(), mia), stage().pay.purses(mia)]).toEqual([[], [tokens - 1, 0]]);
	stage().pay.ledger.topUp(mia, `${mia} b`, 1);
	// The test model writes more than a rubric usually takes.
	await expect(lastStep(stage().grading.drafts.write(mia, order()))).rejects.toEqual(refused);
	const [hold] = holdsOf(stage(), mia);
	expect(hold).toMatchObject({ closed: 1 });
	expect(hold?.charged).toBeGreaterThan(tokens / 2);
	expect(stage().pay.purses(mia)).toEqual([tokens - (hold?.charged ?? 0), 0]);
}, 120_000);

test('without a model, or with a question that is too long for it, it says so and costs nothing', async () => {
	expect(() => stage().grading.drafts.estimate(mia, order({ modelId: '' }))).toThrow(expect.objectContaining({ code: 'NO_MODEL' }));
	await expect(lastStep(stage().grading.drafts.write(mia, order({ modelId: '' })))).rejects.toMatchObject({ code: 'NO_MODEL' });
	stage().pay.ledger.topUp(mia, mia, 99_000);
	const long = order({ question: 'why '.repeat(20_000) });
	await expect(lastStep(stage().grading.drafts.write(mia, long))).rejects.toMatchObject({
		code: 'QUESTION_TOO_LONG',
		data: { contextTokens: expect.any(Number) },
	});
	stage().barred.add(mia);
	await expect(lastStep(stage().grading.drafts.write(mia, order()))).rejects.toMatchObject({ code: 'NOT_FOUND', data: { what: 'model' } });
	expect(stage().pay.purses(mia)).toEqual([100_000, 0]);
}, 120_000);
