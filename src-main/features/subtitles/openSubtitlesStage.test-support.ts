import { join } from 'node:path';
import { type ProjectFields, projectFields, type SubtitleProject, type TranslateOrder, translateOrder } from '#contract/subtitles.ts';
import { openWorkStage } from '../../openWorkStage.test-support.ts';
import { JobRunner } from '../../platform/jobs/JobRunner.ts';
import { Recogniser } from '../../platform/speech/Recogniser.ts';
import { Subtitles } from './subtitles.ts';

/** For tests: projects over a real database, with everything real around them, on a data folder; left out: one that has no model. */
export function openSubtitlesStage(folder?: string, { speechHost = join(import.meta.dirname, '../../platform/speech/host/speechHost.ts') } = {}) {
	const work = openWorkStage(folder);
	const { db, log, jobs, library, engine, pay, barred, promptsFolder } = work;
	const clock = { now: 1_000 };
	const recogniser = new Recogniser({ node: process.execPath, entry: speechHost, log });
	const make = (runner = jobs) =>
		new Subtitles({ db, engine, library, jobs: runner, ledger: pay.ledger, recogniser, promptsFolder, log, now: () => clock.now++ });
	const subtitles = make();
	return {
		...{ db, jobs, library, engine, pay, barred, subtitles, clock, close: work.close },
		/** What another start of the app makes. */
		makeAnew: () => make(new JobRunner({ db, log })),
		create(text: string | Uint8Array, more: Partial<ProjectFields> = {}, fileName = 'film.srt', ownerId = 'ann'): Promise<SubtitleProject> {
			const bytes = typeof text === 'string' ? Buffer.from(text) : text;
			return subtitles.intake.create(ownerId, fieldsOf(more), { bytes, fileName });
		},
		/** Takes the test model in, with weights that follow from the seed. */
		addModel: async (seed = 1): Promise<string> => (await work.addModel(seed)).id,
		/** What app.ts has the ledger do at a start. */
		recover: () => pay.ledger.recover((hold) => subtitles.isAlive(hold)),
	};
}

export function fieldsOf(more: Partial<ProjectFields> = {}): ProjectFields {
	return { ...projectFields.parse({ title: 'Film', targetLanguage: 'de' }), ...more };
}

/** To translate with a model what has no translation, or as `more` says. */
export function orderOf(modelId: string, more: Partial<TranslateOrder> = {}): TranslateOrder {
	return { ...translateOrder.parse({ modelId }), ...more };
}

/** An SRT file of these texts, each three seconds after the one before. */
export function srtOf(texts: readonly string[]): string {
	const time = (seconds: number) => new Date(seconds * 1000).toISOString().slice(11, 23).replace('.', ',');
	return texts.map((text, at) => `${at + 1}\n${time(at * 3)} --> ${time(at * 3 + 2.5)}\n${text}\n\n`).join('');
}
