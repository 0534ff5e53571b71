import { renameSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Assignment } from '#contract/grading.ts';
import type { JobState } from '#contract/jobs.ts';
import { TestShelf } from '../engine/testShelf.test-support.ts';
import { exampleFields, exampleMapping, exampleQuestion, exampleTable, gradingOrder, openGradingStage } from './openGradingStage.test-support.ts';

type Stage = Awaited<ReturnType<typeof openGradingStage>>;
const attached = { id: 'a', scale: 1 };
const shelf = new TestShelf();
let folder: string;
let file: string;
let stage: Stage;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'homeroom-grading-'));
	file = join(folder, 'a.lora');
	stage = await openGradingStage(folder, shelf);
	stage.jobs.start();
	const { engine, model } = stage;
	await shelf.teach('a', engine, model.path, { ownerId: 'ann', modelId: model.id, name: 'Marks', file }, [
		{ role: 'user', content: 'What is light?' },
		{ role: 'assistant', content: 'the big red sun and the water' },
	]);
	await engine.load('ann', model.id, { wishes: { contextTokens: 4096, parallel: 2 } });
}, 60_000);
afterAll(async () => {
	await stage.close();
	await rm(folder, { recursive: true });
});

async function createClass(answers: number): Promise<string> {
	return (await stage.grading.create('ann', exampleFields, [exampleQuestion], { input: { text: exampleTable(answers) } }, exampleMapping)).id;
}

/** Waits until the class's job is in one of `states`. */
async function reach(assignmentId: string, ...states: JobState[]): Promise<Assignment> {
	for await (const { assignment } of stage.grading.watch('ann', assignmentId)) {
		if (assignment.job && states.includes(assignment.job.state)) return assignment;
	}
	throw new Error('the watch ended');
}

const proposals = (assignmentId: string) => stage.grading.answers('ann', assignmentId).map(({ proposal }) => proposal);

test('a class is graded with an adapter, which its grades name, and is graded otherwise without', async () => {
	const { grading, model } = stage;
	const id = await createClass(3);
	expect(grading.start('ann', id, gradingOrder(model.id, { adapter: attached }))).toMatchObject({ adapter: attached, modelId: model.id });
	expect((await reach(id, 'completed', 'failed')).job?.state).toBe('completed');
	const adapted = proposals(id);
	expect(adapted.map((proposal) => proposal?.modelName)).toEqual(Array(3).fill(`${model.name} + Marks`));
	expect(grading.start('ann', id, gradingOrder(model.id, { scope: 'all' })).adapter).toBeNull();
	await reach(id, 'completed', 'failed');
	const plain = proposals(id);
	expect(plain.map((proposal) => proposal?.modelName)).toEqual(Array(3).fill(model.name));
	expect(plain.map((proposal) => proposal?.feedback)).not.toEqual(adapted.map((proposal) => proposal?.feedback));
});

test('an adapter that cannot be used is refused before anything is queued', async () => {
	const { grading, model } = stage;
	const id = await createClass(1);
	for (const [modelId, adapter, code] of [
		['other', attached, 'ADAPTER_UNFIT'],
		[model.id, { id: 'none', scale: 1 }, 'NOT_FOUND'],
	] as const)
		expect(() => grading.estimate('ann', id, gradingOrder(modelId, { adapter }))).toThrow(expect.objectContaining({ code }));
	expect(() => grading.start('ann', id, gradingOrder(model.id, { adapter: { id: 'none', scale: 1 } }))).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
	expect(grading.get('ann', id)).toMatchObject({ job: null, adapter: null });
});

test('a job whose adapter is gone pauses with the cause, and goes on when it is back', async () => {
	const { grading, jobs, model } = stage;
	const [first, id] = [await createClass(60), await createClass(3)];
	// One class at a time: the second waits until the adapter has gone.
	const { job } = grading.start('ann', first, gradingOrder(model.id));
	grading.start('ann', id, gradingOrder(model.id, { adapter: attached }));
	renameSync(file, `${file}.away`);
	jobs.cancel('ann', job?.id ?? '');
	const paused = await reach(id, 'paused', 'failed', 'completed');
	expect(paused.job).toMatchObject({ state: 'paused', failure: { code: 'ADAPTER_MISSING', data: { name: 'Marks' } } });
	expect(stage.pay.ledger.hold(paused.job?.id ?? '')?.isOpen).toBe(false);
	renameSync(`${file}.away`, file);
	jobs.resume('ann', paused.job?.id ?? '');
	expect(await reach(id, 'failed', 'completed')).toMatchObject({ job: { state: 'completed' }, counts: { graded: 3, failed: 0 } });
});
