import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import type { Assignment } from '#contract/grading.ts';
import type { JobState } from '#contract/jobs.ts';
import { writeTestModel } from '../library/testModel.ts';
import { holdsOf, newPayer, stageOfTests } from './gradingTests.test-support.ts';
import { exampleFields, exampleMapping, exampleQuestion, exampleTable, gradingOrder } from './openGradingStage.test-support.ts';

const stage = stageOfTests(3);
let mia: string;
beforeEach(() => {
	mia = newPayer(stage());
});

function createClass(answers: number, question = exampleQuestion): Promise<Assignment> {
	return stage().grading.create(mia, exampleFields, [question], { input: { text: exampleTable(answers) } }, exampleMapping);
}

/** Gives Mia so many tokens in all. */
function give(tokens: number): void {
	const { ledger } = stage().pay;
	ledger.topUp(mia, `${mia} ${tokens} ${Math.random()}`, tokens - ledger.balance(mia).available);
}

function start(assignmentId: string): string {
	const { job } = stage().grading.start(mia, assignmentId, gradingOrder(stage().model.id));
	if (!job) throw new Error('nothing was started');
	return job.id;
}

async function reach(assignmentId: string, ...states: JobState[]): Promise<Assignment> {
	for await (const { assignment } of stage().grading.watch(mia, assignmentId)) if (assignment.job && states.includes(assignment.job.state)) return assignment;
	throw new Error('the watch ended');
}

const chargedOf = (assignmentId: string) =>
	stage()
		.grading.answers(mia, assignmentId)
		.map(({ proposal }) => proposal?.charged ?? 0);
const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

test('each answer of a class is charged with its grade, from what was set aside for all, and the rest goes back', async () => {
	give(100_000);
	const { id } = await createClass(6);
	const { answers, tokens } = stage().grading.estimate(mia, id, gradingOrder(stage().model.id));
	expect([answers, tokens > 1000]).toEqual([6, true]);
	const jobId = start(id);
	expect(stage().pay.purses(mia)).toEqual([100_000 - tokens, tokens]);
	await reach(id, 'completed');
	for (const { proposal } of stage().grading.answers(mia, id)) expect(proposal?.charged).toBe(2 * (proposal?.tokens ?? 0) + 20);
	expect(stage().pay.purses(mia)).toEqual([100_000 - sum(chargedOf(id)), 0]);
	const filter = { from: null, until: null, task: 'grading', modelId: stage().model.id, kind: null, cursor: null, limit: 5 } as const;
	expect(stage().pay.ledger.statement(mia, filter).lines).toMatchObject([{ id: jobId, subjectId: id, charges: 6, tokens: -sum(chargedOf(id)), reserved: 0 }]);
	expect(stage().grading.estimate(mia, id, gradingOrder(stage().model.id))).toEqual({ answers: 0, tokens: 0, least: 0 });
	expect(() => stage().grading.estimate(mia, id, gradingOrder(''))).toThrow(expect.objectContaining({ code: 'NO_MODEL' }));
	expect(stage().pay.ledger.checkBooks()).toEqual([]);
}, 60_000);

test('a class that cannot be paid for is refused before anything is queued', async () => {
	const { id } = await createClass(6);
	const { least } = stage().grading.estimate(mia, id, gradingOrder(stage().model.id));
	give(least - 1);
	const before = [stage().jobs.list(mia), stage().grading.answers(mia, id)];
	const refused = expect.objectContaining({ code: 'INSUFFICIENT_TOKENS', data: { needed: least, available: least - 1 } });
	expect(() => start(id)).toThrow(refused);
	expect([stage().jobs.list(mia), stage().grading.answers(mia, id)]).toEqual(before);
	expect([stage().grading.get(mia, id).job, stage().pay.purses(mia), holdsOf(stage(), mia)]).toEqual([null, [least - 1, 0], []]);
});

test('what a class is estimated to cost follows what the model used for the last one, from a little above', async () => {
	give(100_000);
	const { id } = await createClass(6);
	const first = stage().grading.estimate(mia, id, gradingOrder(stage().model.id));
	start(id);
	await reach(id, 'completed');
	const cost = sum(chargedOf(id));
	const { id: next } = await createClass(6);
	const then = stage().grading.estimate(mia, next, gradingOrder(stage().model.id));
	expect(Math.abs(then.tokens - cost)).toBeLessThan(Math.abs(first.tokens - cost));
	expect([then.tokens >= cost, then.tokens < 1.3 * cost]).toEqual([true, true]);
}, 60_000);

test('a class begins with less than it is likely to cost, keeps what it grades and pauses itself when that is used up', async () => {
	const { id } = await createClass(6);
	const { tokens, least } = stage().grading.estimate(mia, id, gradingOrder(stage().model.id));
	give(Math.ceil(tokens / 2));
	expect([least < tokens / 2, stage().pay.purses(mia)[0] < tokens]).toEqual([true, true]);
	start(id);
	const paused = await reach(id, 'paused', 'completed', 'failed');
	expect(paused).toMatchObject({ job: { state: 'paused', failure: { code: 'INSUFFICIENT_TOKENS' } }, counts: { failed: 0 } });
	expect(paused.counts.graded).toBeGreaterThanOrEqual(1);
	expect(stage().pay.ledger.checkBooks()).toEqual([]);
}, 120_000);

test('where the balance runs out in the middle the job pauses itself, keeps what is graded, and goes on when there is more', async () => {
	const { id } = await createClass(6);
	// The test model writes more than a grade usually takes: this is enough for four or five.
	give(stage().grading.estimate(mia, id, gradingOrder(stage().model.id)).tokens + 1000);
	const jobId = start(id);
	const paused = await reach(id, 'paused', 'completed', 'failed');
	expect(paused.job).toMatchObject({ state: 'paused', failure: { code: 'INSUFFICIENT_TOKENS' } });
	expect(paused.counts.graded).toBeGreaterThanOrEqual(3);
	expect(paused.counts).toMatchObject({ failed: 0, students: 6 });
	expect(
		stage()
			.grading.answers(mia, id)
			.map(({ status }) => status),
	).not.toContain('running');

	expect([holdsOf(stage(), mia), stage().pay.purses(mia)[1]]).toMatchObject([[{ id: jobId, closed: 1 }], 0]);
	give(10);
	const refused = expect.objectContaining({ code: 'INSUFFICIENT_TOKENS', data: { needed: expect.any(Number), available: 10 } });
	expect(() => stage().jobs.resume(mia, jobId)).toThrow(refused);
	expect([stage().grading.get(mia, id).job?.state, holdsOf(stage(), mia).length]).toEqual(['paused', 1]);
	give(20_000);
	stage().jobs.resume(mia, jobId);
	expect((await reach(id, 'completed')).counts.graded).toBe(6);
	const holds = holdsOf(stage(), mia);
	expect(holds).toMatchObject([{ id: jobId }, { id: `${jobId}#2`, closed: 1 }]);
	const charged = sum(holds.map((hold) => hold.charged));
	expect(charged).toBeGreaterThanOrEqual(sum(chargedOf(id)));
	expect(stage().pay.ledger.balance(mia)).toMatchObject({ reserved: 0, usedThisMonth: charged });
	expect(stage().pay.ledger.checkBooks()).toEqual([]);
}, 120_000);

test('a class that paused for want of tokens goes on without limit once its account is unmetered', async () => {
	const { id } = await createClass(6);
	give(stage().grading.estimate(mia, id, gradingOrder(stage().model.id)).tokens + 1000);
	const jobId = start(id);
	await reach(id, 'paused');
	give(0);
	stage().pay.ledger.setAllowance(mia, { isMetered: false, allowance: null });
	stage().jobs.resume(mia, jobId);
	expect((await reach(id, 'completed')).counts.graded).toBe(6);
	expect(stage().pay.purses(mia)).toEqual([0, 0]);
}, 120_000);

test('a class whose owner may not use the model any more pauses itself, marks nothing as failed, and goes on when they may', async () => {
	give(100_000);
	const { id } = await createClass(30);
	const jobId = start(id);
	for await (const { assignment } of stage().grading.watch(mia, id)) if (assignment.counts.graded >= 2) break;
	stage().barred.add(mia);
	const paused = await reach(id, 'paused', 'completed', 'failed');
	expect(paused).toMatchObject({ job: { state: 'paused', failure: { code: 'NOT_FOUND' } }, counts: { failed: 0 } });
	expect(stage().pay.purses(mia)[1]).toBe(0);
	stage().barred.delete(mia);
	stage().jobs.resume(mia, jobId);
	expect((await reach(id, 'completed')).counts).toMatchObject({ graded: 30, failed: 0 });
}, 120_000);

test('a class is not taken up again after its model was removed, and nothing of it is marked as failed', async () => {
	give(100_000);
	const file = join(stage().folder, 'another-test-model.gguf');
	await writeTestModel(file, { seed: 2 });
	const [gone] = (await stage().library.importPath('ann', file, 'inPlace')).models;
	if (!gone) throw new Error('the model was not taken in');
	const { id } = await createClass(30);
	const { job } = stage().grading.start(mia, id, gradingOrder(gone.id));
	for await (const { assignment } of stage().grading.watch(mia, id)) if (assignment.counts.graded >= 1) break;
	stage().jobs.pause(mia, job?.id ?? '');
	await vi.waitFor(() =>
		expect(
			stage()
				.grading.answers(mia, id)
				.some(({ status }) => status === 'running'),
		).toBe(false),
	);
	const running = stage()
		.engine.deployments('ann')
		.find(({ modelId }) => modelId === gone.id);
	await stage().engine.unload('ann', running?.id ?? '');
	await stage().library.remove([gone.id], false);
	expect(() => stage().jobs.resume(mia, job?.id ?? '')).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
	expect(stage().grading.get(mia, id)).toMatchObject({ job: { state: 'paused' }, counts: { failed: 0 } });
}, 120_000);

test.each(['pause', 'cancel'] as const)(
	'what answers in flight have used at a %s is charged, although no grade came',
	async (end) => {
		give(100_000);
		const { id } = await createClass(30);
		const generate = stage().engine.generate.bind(stage().engine);
		const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
		const watched = vi.spyOn(stage().engine, 'generate').mockImplementation(async function* (request, signal) {
			for await (const piece of generate(request, signal)) {
				begin();
				yield piece;
			}
		});
		const jobId = start(id);
		await begun;
		stage().jobs[end](mia, jobId);
		watched.mockRestore();
		await vi.waitFor(() =>
			expect(
				stage()
					.grading.answers(mia, id)
					.some(({ status }) => status === 'running'),
			).toBe(false),
		);
		if (end === 'cancel') await vi.waitFor(() => expect(holdsOf(stage(), mia)).toMatchObject([{ closed: 1 }]));
		await vi.waitFor(() => expect(holdsOf(stage(), mia)[0]?.charged).toBeGreaterThan(sum(chargedOf(id))));
		expect(stage().pay.ledger.checkBooks()).toEqual([]);
		if (end === 'pause') stage().jobs.cancel(mia, jobId);
		expect(stage().pay.purses(mia)).toEqual([100_000 - (holdsOf(stage(), mia)[0]?.charged ?? 0), 0]);
	},
	60_000,
);

test('a job that is paused holds nothing and pays for what it did; cancelled, it pays for no more', async () => {
	give(100_000);
	const { id } = await createClass(12);
	const jobId = start(id);
	for await (const { assignment } of stage().grading.watch(mia, id)) if (assignment.counts.graded >= 2) break;
	stage().jobs.pause(mia, jobId);
	for await (const _ of stage().grading.watch(mia, id))
		if (
			!stage()
				.grading.answers(mia, id)
				.some(({ status }) => status === 'running')
		)
			break;
	await vi.waitFor(() => expect(holdsOf(stage(), mia)).toMatchObject([{ id: jobId, closed: 1 }]));
	stage().jobs.cancel(mia, jobId);
	const charged = holdsOf(stage(), mia)[0]?.charged ?? 0;
	expect(charged).toBeGreaterThanOrEqual(sum(chargedOf(id)));
	expect(stage().pay.ledger.balance(mia)).toMatchObject({ available: 100_000 - charged, reserved: 0, usedThisMonth: charged });
	expect(holdsOf(stage(), mia)).toMatchObject([{ id: jobId, closed: 1 }]);
	stage().recover();
	expect(stage().pay.records.filter(({ subject }) => subject === mia)).toEqual([]);
}, 60_000);

test('L8 what a job has set aside that is not there any more goes back at the start of the app', () => {
	const work = { accountId: mia, task: 'grading', modelId: null, modelName: null, subjectId: null, tokens: 300 } as const;
	stage().pay.ledger.reserve({ ...work, requestId: `of no job ${mia}` });
	stage().recover();
	expect(stage().pay.purses(mia)).toEqual([1000, 0]);
	expect(stage().pay.records.at(-1)).toMatchObject({ act: 'recovered', subject: mia });
});

test('answers that fail cost nothing where nothing was used, and a job that is done again has another hold', async () => {
	give(1_000_000);
	const { id } = await createClass(2, { ...exampleQuestion, text: 'why '.repeat(5000) });
	const jobId = start(id);
	await reach(id, 'failed');
	const [first] = holdsOf(stage(), mia);
	expect(first).toMatchObject({ id: jobId, charged: 0, closed: 1 });
	stage().jobs.retry(mia, jobId);
	for await (const _ of stage().grading.watch(mia, id)) if (holdsOf(stage(), mia)[1]?.closed) break;
	expect(holdsOf(stage(), mia)).toEqual([first, { id: `${jobId}#2`, charged: 0, released: first?.released, closed: 1 }]);

	give(0);
	const refused = expect.objectContaining({ code: 'INSUFFICIENT_TOKENS', data: { needed: expect.any(Number), available: 0 } });
	expect(() => stage().jobs.retry(mia, jobId)).toThrow(refused);
	expect(stage().grading.get(mia, id).job?.state).toBe('failed');
	expect([holdsOf(stage(), mia).length, stage().pay.ledger.checkBooks()]).toEqual([2, []]);
}, 60_000);
