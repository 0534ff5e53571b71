import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RunOrder } from '#contract/finetune.ts';
import { type FinetuneStage, makeVersion, openFinetuneStage, orderOf, reach } from './openFinetuneStage.test-support.ts';
import { runningTrainers } from './runningTrainers.test-support.ts';

let folder: string;
let stage: FinetuneStage;
let order: RunOrder;

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'homeroom-finetune-'));
	stage = await openFinetuneStage(folder);
	stage.jobs.start();
	// Long enough to be interrupted.
	order = orderOf(stage, await makeVersion(stage, 'ann'), { epochs: 12, learningRate: 0.002, evaluateEverySteps: 24 });
}, 60_000);
afterEach(async () => {
	await stage.close();
	await rm(folder, { recursive: true });
});

async function reopen(): Promise<void> {
	await stage.close();
	stage = await openFinetuneStage(folder);
	stage.jobs.start();
}

test('a run that is paused, resumed, and cut short by the end of the app ends as one that is left alone', async () => {
	const { runs } = stage.finetune;
	const alone = await reach(stage, runs.start('ann', order).id, 'completed');
	const { id } = runs.start('ann', order);
	const { run: begun } = await reach(stage, id, ({ step }) => step >= 5);
	stage.jobs.pause('ann', begun.job.id);
	const paused = await reach(stage, id, ({ job }) => job.state === 'paused');
	await expect.poll(() => runningTrainers(), { timeout: 15_000 }).toEqual([]);
	expect(() => stage.jobs.pause('ann', begun.job.id)).toThrow(expect.objectContaining({ code: 'JOB_STATE' }));
	stage.jobs.resume('ann', begun.job.id);
	await reach(stage, id, ({ step }) => step >= Math.max(paused.run.step, 5) + 15);
	await reopen();
	const ended = await reach(stage, id, 'completed');
	expect(ended.lines.map(({ code }) => code)).toEqual(expect.arrayContaining(['started', 'stopped', 'resumed', 'trained']));
	expect(ended.points.map(({ step }) => step)).toEqual(alone.points.map(({ step }) => step));
	for (const [i, { loss, validationLoss }] of ended.points.entries()) {
		expect(loss ?? 0).toBeCloseTo(alone.points[i]?.loss ?? 0, 4);
		expect(validationLoss ?? 0).toBeCloseTo(alone.points[i]?.validationLoss ?? 0, 4);
	}
	expect(ended.run.outcome).toMatchObject({ bestStep: alone.run.outcome?.bestStep, trainedTokens: alone.run.outcome?.trainedTokens });
	expect(stage.finetune.adapters.list('ann').map(({ name, version }) => [name, version])).toEqual([
		['Numbers', 2],
		['Numbers', 1],
	]);
}, 180_000);

test.runIf(process.platform === 'linux')(
	'a trainer that is killed fails its run with the reason, and the run can be taken up where it was',
	async () => {
		const { runs } = stage.finetune;
		const { id } = runs.start('ann', order);
		const { run } = await reach(stage, id, ({ step }) => step >= 12);
		expect(() => stage.jobs.retry('ann', run.job.id)).toThrow(expect.objectContaining({ code: 'JOB_STATE' }));
		const [pid = 0] = runningTrainers();
		process.kill(pid, 'SIGKILL');
		await expect
			.poll(() => stage.jobs.get('ann', run.job.id))
			.toMatchObject({ state: 'failed', failure: { code: 'TRAINING_FAILED', data: { kind: 'killed' } } });
		expect((await reach(stage, id, ({ job }) => job.state === 'failed')).lines.at(-1)).toMatchObject({ code: 'failed' });
		// Hidden meanwhile, it is there again with its work.
		runs.remove('ann', id);
		stage.jobs.retry('ann', run.job.id);
		const { lines } = await reach(stage, id, 'completed');
		expect(lines.find(({ code }) => code === 'resumed')?.data.step).toBeGreaterThanOrEqual(10);
	},
	120_000,
);

test.runIf(process.platform === 'linux')(
	'a run that is cancelled leaves no process and no files',
	async () => {
		const { runs, adapters } = stage.finetune;
		const { id } = runs.start('ann', order);
		const { run } = await reach(stage, id, ({ step }) => step >= 1);
		expect(runningTrainers()).toHaveLength(1);
		expect(() => runs.remove('ann', id)).toThrow(expect.objectContaining({ code: 'JOB_STATE' }));
		stage.jobs.cancel('ann', run.job.id);
		await expect.poll(() => [runningTrainers(), existsSync(join(stage.paths.finetune, 'runs', id))], { timeout: 15_000 }).toEqual([[], false]);
		expect(adapters.list('ann')).toEqual([]);
		const cancelled = await reach(stage, id, 'cancelled');
		expect(cancelled.run.endedAt).not.toBeNull();
		expect(cancelled.lines.at(-1)).toMatchObject({ code: 'cancelled' });
		runs.remove('ann', id);
		expect((await runs.watchAll('ann').next()).value).toEqual([]);
		expect(runs.restore('ann', id)).toMatchObject({ id });
		expect(stage.logged).toEqual([]);
	},
	60_000,
);

test('a run that is cancelled while it is paused leaves no files either', async () => {
	const { id } = stage.finetune.runs.start('ann', order);
	const { run } = await reach(stage, id, ({ step }) => step >= 1);
	stage.jobs.pause('ann', run.job.id);
	await reopen();
	const folderOfRun = join(stage.paths.finetune, 'runs', id);
	expect(existsSync(folderOfRun)).toBe(true);
	stage.jobs.cancel('ann', run.job.id);
	await expect.poll(() => existsSync(folderOfRun)).toBe(false);
	expect(stage.logged).toEqual([]);
}, 60_000);
