import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeVersion, openFinetuneStage, orderOf, reach } from './openFinetuneStage.test-support.ts';

/** Measures for as long as it is let, takes a step after it, then goes on measuring. */
const slowTrainer = `
const say = (event) => process.send(JSON.stringify(event));
const measure = (fraction) => say({ type: 'progress', stage: 'evaluating', fraction });
process.on('message', () => {});
say({ type: 'started', totalSteps: 3, fromStep: 0, device: 'processor', onProcessor: 'cardTooSmall', examples: 11, heldOut: 1 });
setTimeout(() => measure(0.25), 500);
setTimeout(() => say({ type: 'evaluation', step: 0, validationLoss: 2, forgetting: 1, best: false }), 1500);
setTimeout(() => measure(0.75), 2500);
`;

test('a run that is measured says how far that is, no longer than it goes on, that it begins anew where nothing of it was kept, and why no card computes', async () => {
	const folder = await mkdtemp(join(tmpdir(), 'homeroom-measured-'));
	const trainer = join(folder, 'slowTrainer.mjs');
	await writeFile(trainer, slowTrainer);
	let stage = await openFinetuneStage(folder, { trainer });
	try {
		stage.jobs.start();
		const { id, job } = stage.finetune.runs.start('ann', orderOf(stage, await makeVersion(stage, 'ann')));
		await reach(stage, id, ({ measuring }) => measuring === 0.25);
		const between = await reach(stage, id, ({ measuring, now }) => measuring === null && now.validationLoss !== null);
		expect(between.run).toMatchObject({ step: 0, now: { validationLoss: 2 } });
		await reach(stage, id, ({ measuring }) => measuring === 0.75);
		await stage.close();
		stage = await openFinetuneStage(folder, { trainer });
		stage.jobs.start();
		await reach(stage, id, ({ measuring }) => measuring === 0.25);
		stage.jobs.cancel('ann', job.id);
		const { lines } = await reach(stage, id, ({ job, measuring }) => job.state === 'cancelled' && measuring === null);
		expect(lines.map(({ code }) => code)).toEqual(expect.arrayContaining(['prepared', 'started', 'cardTooSmall', 'restarted', 'cancelled']));
	} finally {
		await stage.close();
		await rm(folder, { recursive: true });
	}
}, 60_000);
