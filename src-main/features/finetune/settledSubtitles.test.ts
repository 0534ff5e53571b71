import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openSubtitlesStage, srtOf } from '../subtitles/openSubtitlesStage.test-support.ts';
import { openFinetuneStage, orderOf, reach } from './openFinetuneStage.test-support.ts';

test('what a translator approved becomes a dataset, and an adapter learns from it', async () => {
	const folder = await mkdtemp(join(tmpdir(), 'homeroom-finetune-'));
	const films = openSubtitlesStage();
	const stage = await openFinetuneStage(folder, { cuesOf: (...order) => films.subtitles.settledTurns(...order) });
	stage.jobs.start();
	try {
		const { datasets, runs } = stage.finetune;
		const { id } = await films.create(srtOf(Array.from({ length: 30 }, (_, at) => `The ${at} word`)));
		const source = { from: 'cues' as const, projectIds: [id] };
		await expect(datasets.create('ann', 'Film', source)).rejects.toMatchObject({ code: 'DATASET_INVALID', data: { reason: 'nothingApproved' } });
		const changes = films.subtitles.cues('ann', id).cues.map((cue, at) => ({ cueId: cue.id, target: `Das Wort ${at}`, isApproved: true }));
		films.subtitles.edit('ann', id, changes);
		const [version] = (await datasets.create('ann', 'Film', source)).versions;
		expect(version).toMatchObject({ form: 'cues', origin: 'Film', exampleCount: 6, refusedCount: 0 });
		const order = { ...orderOf(stage, version?.id ?? '', { rowTokens: 4096, rowsPerStep: 3, epochs: 1 }), task: 'translation' as const };
		const { run } = await reach(stage, runs.start('ann', order).id, 'completed', 'failed');
		expect(run).toMatchObject({ job: { state: 'completed', failure: null }, stage: 'done', dataset: { title: 'Film', number: 1 } });
		expect(stage.finetune.adapters.list('ann')).toMatchObject([{ id: run.adapterId, name: 'Numbers', fileState: 'present' }]);
	} finally {
		await Promise.all([films.close(), stage.close()]);
		await rm(folder, { recursive: true });
	}
}, 300_000);
