import { join } from 'node:path';
import pino from 'pino';
import { type ProjectFields, projectFields, type SubtitleProject, type TranslateOrder, translateOrder } from '#contract/subtitles.ts';
import { openDatabase } from '../../platform/database/openDatabase.ts';
import { temporaryDatabase } from '../../platform/database/temporaryDatabase.ts';
import { JobRunner } from '../../platform/jobs/JobRunner.ts';
import { resolvePaths } from '../../platform/paths/paths.ts';
import { Recogniser } from '../../platform/speech/Recogniser.ts';
import { Engine } from '../engine/engine.ts';
import { LedgerStage } from '../ledger/openLedger.test-support.ts';
import { Library } from '../library/library.ts';
import { writeTestModel } from '../library/testModel.ts';
import { Subtitles } from './subtitles.ts';

const log = pino({ level: 'silent' });

/** For tests: projects over a real database, with everything real around them, on a data folder; left out: one that has no model. */
export function openSubtitlesStage(folder?: string, { speechHost = join(import.meta.dirname, '../../platform/speech/host/speechHost.ts') } = {}) {
	process.env.HOMEROOM_GPU = 'off';
	const paths = resolvePaths({ dataFolder: folder ?? join(import.meta.dirname, 'no-such-folder') });
	const database = folder === undefined ? temporaryDatabase() : openDatabase({ file: paths.database, migrationsFolder: paths.migrations, log });
	const { db } = database;
	const jobs = new JobRunner({ db, log });
	const { models: modelsFolder, uploads: uploadsFolder, downloads: downloadsFolder, demo: demoFile, inspectWorker, sumWorker } = paths;
	const library = new Library({ db, jobs, modelsFolder, uploadsFolder, downloadsFolder, demoFile, inspectWorker, sumWorker, log, isInUse: () => false });
	// Accounts that may use no model.
	const barred = new Set<string>();
	const engine = new Engine({
		library,
		usableBy: (accountId) => () => !barred.has(accountId),
		log,
		node: paths.node,
		hostEntry: paths.engineHost,
		settings: () => ({ threads: 1, idleUnloadMs: null }),
	});
	// Ann and Bob are not metered; Mia pays.
	const pay = new LedgerStage(db, { ann: 'admin', bob: 'admin', mia: 'user' });
	const clock = { now: 1_000 };
	const promptsFolder = join(paths.resources, 'prompts');
	const recogniser = new Recogniser({ node: process.execPath, entry: speechHost, log });
	const make = (runner = jobs) =>
		new Subtitles({ db, engine, library, jobs: runner, ledger: pay.ledger, recogniser, promptsFolder, log, now: () => clock.now++ });
	const subtitles = make();
	return {
		...{ db, jobs, library, engine, pay, barred, subtitles, clock },
		/** What another start of the app makes. */
		makeAnew: () => make(new JobRunner({ db, log })),
		create(text: string | Uint8Array, more: Partial<ProjectFields> = {}, fileName = 'film.srt', ownerId = 'ann'): Promise<SubtitleProject> {
			const bytes = typeof text === 'string' ? Buffer.from(text) : text;
			return subtitles.create(ownerId, fieldsOf(more), { bytes, fileName });
		},
		/** Takes the test model in, with weights that follow from the seed. */
		async addModel(seed = 1): Promise<string> {
			const file = join(folder ?? '', `model-${seed}.gguf`);
			const known = library.list().find(({ path }) => path === file);
			if (known) return known.id;
			await writeTestModel(file, { seed });
			const [model] = (await library.importPath('ann', file, 'inPlace')).models;
			if (!model) throw new Error('the model was not taken in');
			return model.id;
		},
		/** What app.ts has the ledger do at a start. */
		recover: () => pay.ledger.recover((hold) => subtitles.isAlive(hold)),
		async close() {
			await jobs.close();
			await engine.close();
			if ('remove' in database && typeof database.remove === 'function') database.remove();
			else database.close();
		},
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
