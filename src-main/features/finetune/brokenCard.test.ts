import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { deviceFor } from './deviceFor.ts';
import { makeVersion, openFinetuneStage, orderOf, reach } from './openFinetuneStage.test-support.ts';

/** A trainer whose driver breaks it wherever it may use a card; else the real one. */
const brokenByCards = (trainer: string) => `
const first = await new Promise((resolve) => process.once('message', resolve));
const order = JSON.parse(first);
if (order.device === 'auto') {
	process.send(JSON.stringify({ type: 'started', totalSteps: 4, fromStep: 0, device: 'Card', onProcessor: null, examples: 11, heldOut: 1 }), () => process.abort());
} else {
	import(${JSON.stringify(pathToFileURL(trainer).href)});
	setTimeout(() => process.emit('message', first), 1500);
}
`;

const gpus = [{ name: 'Card', totalBytes: 8e9, freeBytes: 8e9 }];

test('where a card breaks the trainer, estimate and run go on with the processor and say so', async () => {
	const folder = await mkdtemp(join(tmpdir(), 'homeroom-broken-card-'));
	const trainer = join(folder, 'broken.mjs');
	await writeFile(trainer, brokenByCards(join(import.meta.dirname, 'trainer/runTrainer.ts')));
	const stage = await openFinetuneStage(folder, { trainer });
	try {
		stage.pretended.gpus = gpus;
		stage.jobs.start();
		const order = orderOf(stage, await makeVersion(stage, 'ann'), { epochs: 1 });
		const events = await Array.fromAsync(stage.finetune.runs.estimate('ann', order, new AbortController().signal));
		expect(events.at(-1)).toMatchObject({ type: 'estimate', estimate: { kind: 'fits', vramBytes: null, notes: expect.arrayContaining(['cardFailed']) } });
		const { id } = stage.finetune.runs.start('ann', order);
		const { lines } = await reach(stage, id, ({ adapterId }) => adapterId !== null);
		const codes = lines.map(({ code }) => code);
		expect(codes.filter((code) => code === 'started' || code === 'cardFailed' || code === 'failed')).toEqual(['started', 'cardFailed', 'started']);
	} finally {
		await stage.close();
		await rm(folder, { recursive: true });
	}
}, 240_000);

test('a training may use a card where the engine has found one, and the run is not kept off it', () => {
	expect(deviceFor({ computeOn: 'automatic' }, { gpus })).toBe('auto');
	expect(deviceFor({ computeOn: 'automatic' }, { gpus: [] })).toBe('processor');
	expect(deviceFor({ computeOn: 'processor' }, { gpus })).toBe('processor');
});
