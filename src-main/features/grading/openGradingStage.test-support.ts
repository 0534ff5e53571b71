import { join } from 'node:path';
import pino from 'pino';
import type { AssignmentFields } from '#contract/grading.ts';
import { openDatabase } from '../../platform/database/openDatabase.ts';
import { JobRunner } from '../../platform/jobs/JobRunner.ts';
import { resolvePaths } from '../../platform/paths/paths.ts';
import { type AdapterShelf, Engine, noAdapters } from '../engine/engine.ts';
import { LedgerStage } from '../ledger/openLedger.test-support.ts';
import { Library } from '../library/library.ts';
import { writeTestModel } from '../library/testModel.ts';
import { Grading } from './grading.ts';

/** For tests: grading with everything real around it, on a data folder that may have been used before. The jobs are not started yet. */
export async function openGradingStage(folder: string, adapters: AdapterShelf = noAdapters) {
	process.env.HOMEROOM_GPU = 'off';
	const log = pino({ level: 'silent' });
	const paths = resolvePaths({ dataFolder: folder });
	const database = openDatabase({ file: paths.database, migrationsFolder: paths.migrations, log });
	const { db } = database;
	const jobs = new JobRunner({ db, log });
	// Accounts that may use no model.
	const barred = new Set<string>();
	const { models: modelsFolder, uploads: uploadsFolder, downloads: downloadsFolder, demo: demoFile, inspectWorker, sumWorker } = paths;
	const library = new Library({ db, jobs, modelsFolder, uploadsFolder, downloadsFolder, demoFile, inspectWorker, sumWorker, log, isInUse: () => false });
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
	const { ledger } = pay;
	const grading = new Grading({ db, engine, library, jobs, ledger, adapters, promptsFolder: join(paths.resources, 'prompts'), log });
	const modelFile = join(folder, 'homeroom-test-model.gguf');
	const known = library.list().find(({ path }) => path === modelFile);
	if (!known) await writeTestModel(modelFile);
	const model = known ?? (await library.importPath('ann', modelFile, 'inPlace')).models[0];
	if (!model) throw new Error('the model was not taken in');
	return {
		db,
		log,
		library,
		engine,
		jobs,
		pay,
		grading,
		model,
		barred,
		/** What app.ts has the ledger do at a start. */
		recover() {
			pay.ledger.recover((hold) => grading.isAlive(hold));
		},
		async close() {
			await jobs.close();
			await engine.close();
			database.close();
		},
	};
}

export const exampleFields: AssignmentFields = {
	title: 'Light: what is it?',
	subject: 'Physics',
	question: 'What is light?',
	key: 'An electromagnetic wave.',
	gradeLevel: 'Year 8',
	feedbackLanguage: 'auto',
};

/** A table of so many answers, the ids of which begin with zeros. */
export function exampleTable(answers: number): string {
	const rows = Array.from(
		{ length: answers },
		(_, index) => `${String(index + 1).padStart(4, '0')},Student ${index + 1},"Light is a wave, number ${index + 1}."`,
	);
	return ['id,name,answer', ...rows].join('\r\n');
}

export const exampleMapping = { studentId: 'id', studentName: 'name', answer: 'answer' };
