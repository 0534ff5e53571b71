import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Run } from '#contract/finetune.ts';
import { modelFile } from '../library/schema.ts';
import { type FinetuneStage, makeVersion, openFinetuneStage, orderOf, reach } from './openFinetuneStage.test-support.ts';
import { runningTrainers } from './runningTrainers.test-support.ts';

let folder: string;
let stage: FinetuneStage;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'homeroom-finetune-'));
	stage = await openFinetuneStage(folder);
	stage.jobs.start();
}, 60_000);
afterAll(async () => {
	await stage.close();
	await rm(folder, { recursive: true });
});

test('a run trains an adapter, compares it on what was held out and checks that it still refuses', async () => {
	const { finetune, paths } = stage;
	const versionId = await makeVersion(stage, 'ann');
	const { id } = finetune.runs.start('ann', orderOf(stage, versionId));
	const { run, points, lines } = await reach(stage, id, 'completed', 'failed');
	expect(run.job).toMatchObject({ state: 'completed', failure: null });
	expect(run).toMatchObject({ stage: 'done', step: 12, totalSteps: 12, dataset: { title: 'Numbers', number: 1 } });
	expect(points.map(({ step }) => step)).toEqual(Array.from({ length: 13 }, (_, step) => step));
	expect(points.at(-1)?.loss).toBeLessThan(points[1]?.loss ?? 0);
	expect(run.outcome).toMatchObject({ before: { examples: 1 }, after: { examples: 1 }, safety: { prompts: 6, dropped: false } });
	expect(run.outcome?.validationLoss).toBeLessThan(run.outcome?.firstValidationLoss ?? 0);
	expect(lines.map(({ code }) => code)).toEqual(expect.arrayContaining(['prepared', 'lowered', 'started', 'best', 'trained', 'comparing', 'checking']));
	expect(lines.at(-1)).toMatchObject({ code: 'done' });
	expect(finetune.runs.comparisons('ann', id)).toMatchObject([{ expected: expect.stringContaining('It is the number') }]);
	const [adapter] = finetune.adapters.list('ann');
	expect(adapter).toMatchObject({ id: run.adapterId, name: 'Numbers', version: 1, rank: 2, fileState: 'present', outcome: run.outcome, mine: true });
	expect(existsSync(join(paths.finetune, 'runs', id))).toBe(false);
	expect(readdirSync(join(paths.finetune, 'work'))).toEqual([]);
	expect(stage.logged).toEqual([]);
}, 120_000);

test('what a run would take is told from two real steps, and nothing of that is left behind', async () => {
	const { finetune, paths } = stage;
	const versionId = await makeVersion(stage, 'ann');
	const events = await Array.fromAsync(finetune.runs.estimate('ann', orderOf(stage, versionId, { rowTokens: 1024 })));
	expect(events.at(-1)).toEqual({
		type: 'estimate',
		estimate: expect.objectContaining({
			...{ kind: 'fits', examples: 11, heldOut: 1, tooLong: 0, totalSteps: 12, notes: ['rowTokensToLongest', 'fewExamples'] },
			settings: expect.objectContaining({ rowTokens: expect.toSatisfy((tokens: number) => tokens < 128 && tokens % 16 === 0) }),
		}),
	});
	const [told] = events.flatMap((event) => (event.type === 'estimate' ? [event.estimate] : []));
	// What is measured on the way takes its time, too.
	expect(told?.totalMs).toBeGreaterThan((told?.stepMs ?? 0) * (told?.totalSteps ?? 0));
	const fractions = events.flatMap((event) => (event.type === 'progress' ? [event.fraction] : []));
	expect([fractions, fractions.every((fraction) => fraction >= 0 && fraction <= 1)]).toEqual([fractions.toSorted((a, b) => a - b), true]);
	expect(events.filter(({ type }) => type === 'progress')).toContainEqual(expect.objectContaining({ stage: 'loading' }));
	expect(readdirSync(join(paths.finetune, 'work'))).toEqual([]);
}, 60_000);

test('where every example is longer than a row, that is said with their lengths', async () => {
	const { finetune } = stage;
	const lines = Array.from({ length: 4 }, (_, i) => JSON.stringify({ prompt: `Say ${i}`, completion: 'a long answer '.repeat(40) }));
	const { versions } = await finetune.datasets.create('ann', 'Long', { from: 'file', file: { text: lines.join('\n') } });
	const order = orderOf(stage, versions[0]?.id ?? '', { rowTokens: 32, validationFraction: 0 });
	const refused = { code: 'EXAMPLES_TOO_LONG', data: { reason: 'row', examples: 4, rowTokens: 32, longestTokens: expect.toSatisfy((tokens) => tokens > 32) } };
	await expect(Array.fromAsync(finetune.runs.estimate('ann', order))).rejects.toMatchObject(refused);
	await expect(reach(stage, finetune.runs.start('ann', order).id, 'completed')).rejects.toThrow('EXAMPLES_TOO_LONG');
}, 60_000);

test('a model that was found damaged is not trained on', async () => {
	const { finetune, library, db } = stage;
	const order = orderOf(stage, await makeVersion(stage, 'ann'));
	const mend = (badBlocks: number[]) => db.update(modelFile).set({ badBlocks, checkedAt: 1 }).where(eq(modelFile.modelId, order.modelId)).run();
	mend([0]);
	expect(library.get(order.modelId).fileState).toBe('damaged');
	expect(() => finetune.runs.start('ann', order)).toThrow(expect.objectContaining({ code: 'MODEL_DAMAGED' }));
	await expect(Array.fromAsync(finetune.runs.estimate('ann', order))).rejects.toMatchObject({ code: 'MODEL_DAMAGED' });
	mend([]);
	expect(library.get(order.modelId).fileState).toBe('present');
}, 60_000);

test('a run that does not fit says what it needs, before it starts and when memory is gone by then', async () => {
	const { finetune, pretended } = stage;
	const order = orderOf(stage, await makeVersion(stage, 'ann'));
	const { totalRamBytes } = await stage.engine.machine();
	// A few megabytes more than what is left to the rest of the system: room for the model, and none for a training.
	pretended.freeRamBytes = Math.ceil(Math.max(2 ** 30, totalRamBytes * 0.05)) + 8 * 2 ** 20;
	const estimate = (await Array.fromAsync(finetune.runs.estimate('ann', order))).at(-1);
	expect(estimate).toMatchObject({ estimate: { kind: 'tooBig', totalSteps: 0 } });
	const { id } = finetune.runs.start('ann', order);
	await expect(reach(stage, id, 'completed')).rejects.toThrow('TRAINING_TOO_BIG');
	delete pretended.freeRamBytes;
	const { job } = (await finetune.runs.watchAll('ann').next()).value?.find((run: Run) => run.id === id) ?? expect.fail();
	expect(job).toMatchObject({ state: 'failed', failure: { code: 'TRAINING_TOO_BIG', data: { freeBytes: expect.any(Number) } } });
	stage.jobs.retry('ann', job.id);
	await reach(stage, id, ({ step }) => step > 0);
	stage.jobs.cancel('ann', job.id);
}, 60_000);

test.runIf(process.platform === 'linux')(
	'estimates are made one after another, whoever asks for them, and one that nobody waits for any more is not made',
	async () => {
		const { finetune } = stage;
		const order = orderOf(stage, await makeVersion(stage, 'ann'));
		let most = 0;
		const looking = setInterval(() => {
			most = Math.max(most, runningTrainers().length);
		}, 10);
		const gone = new AbortController();
		const asked = Array.from({ length: 3 }, (_, i) => Array.fromAsync(finetune.runs.estimate('ann', order, i === 1 ? gone.signal : undefined)));
		const left = expect(asked[1]).rejects.toThrow('nobody waits');
		gone.abort(new Error('nobody waits'));
		await left;
		const told = (await Promise.all(asked.filter((_, i) => i !== 1))).map((events) => events.at(-1));
		clearInterval(looking);
		expect(told).toMatchObject(Array.from({ length: 2 }, () => ({ type: 'estimate', estimate: { kind: 'fits' } })));
		expect(most).toBe(1);
	},
	120_000,
);
