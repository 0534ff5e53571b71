import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { samplingShape } from '#contract/engine.ts';
import type { Target } from '#contract/finetune.ts';
import phrases from '../../../resources/finetune/phrases.json' with { type: 'json' };
import { type FinetuneStage, openFinetuneStage, orderOf, reach } from './openFinetuneStage.test-support.ts';

let folder: string;
let stage: FinetuneStage;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'homeroom-lesson-'));
	stage = await openFinetuneStage(folder, { demo: true });
	stage.jobs.start();
}, 60_000);
afterAll(async () => {
	await stage.close();
	await rm(folder, { recursive: true });
});

const ask = (english: string) => `Translate into Chinese: ${english}`;

/** How many of the phrases are translated word for word. */
async function known(adapter: { file: string; scale: number } | null): Promise<number> {
	const { engine, model } = stage;
	await engine.ensureRunning('ann', model.id);
	const answer = async (english: string) => {
		const turns = [{ role: 'user' as const, content: ask(english) }];
		const sampling = samplingShape.parse({ temperature: 0, repeatPenalty: 1 });
		let text = '';
		for await (const piece of engine.generate({ modelId: model.id, ownerId: 'ann', turns, sampling, maxTokens: 48, adapter }))
			if (piece.type === 'text') text += piece.text;
		return text.trim();
	};
	let right = 0;
	for (const { english, chinese } of phrases) if ((await answer(english)) === chinese) right++;
	return right;
}

test('an adapter teaches the demonstration model thirty new phrases, and it forgets nearly nothing', async () => {
	const { finetune, model } = stage;
	expect(phrases).toHaveLength(30);
	expect(await known(null)).toBe(0);
	const rows = phrases.map(({ english, chinese }) => JSON.stringify({ prompt: ask(english), completion: chinese }));
	const { versions } = await finetune.datasets.create('ann', 'Phrases', { from: 'file', file: { text: rows.join('\n') } });
	const targets: Target[] = ['q', 'k', 'v', 'o', 'gate', 'up', 'down'];
	const settings = { rank: 32, alpha: 64, targets, epochs: 30, learningRate: 0.003, packing: true, validationFraction: 0, evaluateEverySteps: 100 };
	const order = orderOf(stage, versions[0]?.id ?? '', settings);
	const { id } = finetune.runs.start('ann', { ...order, modelId: model.id });
	const { run } = await reach(stage, id, 'completed', 'failed');
	const { file, scale } = finetune.adapters.open('ann', { id: run.adapterId ?? '', scale: 1 }, model.id);
	expect(await known({ file, scale })).toBeGreaterThanOrEqual(27);
	expect(run.outcome?.forgetting).toBeLessThanOrEqual(1.1);
}, 300_000);
