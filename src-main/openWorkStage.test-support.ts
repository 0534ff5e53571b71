import { join } from 'node:path';
import pino from 'pino';
import type { Model } from '#contract/library.ts';
import { Engine } from './features/engine/engine.ts';
import { LedgerStage } from './features/ledger/openLedger.test-support.ts';
import { Library } from './features/library/library.ts';
import { writeTestModel } from './features/library/testModel.ts';
import { openDatabase } from './platform/database/openDatabase.ts';
import { temporaryDatabase } from './platform/database/temporaryDatabase.ts';
import { JobRunner } from './platform/jobs/JobRunner.ts';
import { resolvePaths } from './platform/paths/paths.ts';

/**
 * For tests: what work with models stands on, all of it real, on a data folder that may have been used before; left out: a database of its own
 * and no model. The jobs are not started yet.
 */
export function openWorkStage(folder?: string) {
	process.env.HOMEROOM_GPU = 'off';
	const log = pino({ level: 'silent' });
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
	return {
		...{ db, log, paths, promptsFolder: join(paths.resources, 'prompts'), jobs, library, engine, pay, barred },
		/** Takes the test model in, with weights that follow from the seed, or finds it where it was. */
		async addModel(seed = 1): Promise<Model> {
			const file = join(folder ?? '', `model-${seed}.gguf`);
			const known = library.list().find(({ path }) => path === file);
			if (known) return known;
			await writeTestModel(file, { seed });
			const [model] = (await library.importPath('ann', file, 'inPlace')).models;
			if (!model) throw new Error('the model was not taken in');
			return model;
		},
		async close() {
			await jobs.close();
			await engine.close();
			if ('remove' in database && typeof database.remove === 'function') database.remove();
			else database.close();
		},
	};
}
