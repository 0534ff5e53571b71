import { join } from 'node:path';
import pino from 'pino';
import { openDatabase } from '../../platform/database/openDatabase.ts';
import { JobRunner } from '../../platform/jobs/JobRunner.ts';
import { resolvePaths } from '../../platform/paths/paths.ts';
import { Engine } from '../engine/engine.ts';
import { LedgerStage } from '../ledger/openLedger.test-support.ts';
import { Library } from '../library/library.ts';
import { writeTestModel } from '../library/testModel.ts';
import { Convert } from './convert.ts';

/** For tests: conversion with everything real around it, on a data folder that may have been used before. The jobs are not started yet. */
export function openConvert(folder: string) {
	process.env.HOMEROOM_GPU = 'off';
	const log = pino({ level: 'silent' });
	const paths = resolvePaths({ dataFolder: folder });
	const database = openDatabase({ file: paths.database, migrationsFolder: paths.migrations, log });
	const { db } = database;
	const jobs = new JobRunner({ db, log });
	const { models: modelsFolder, uploads: uploadsFolder, downloads: downloadsFolder, demo: demoFile, inspectWorker, sumWorker } = paths;
	const library = new Library({ db, jobs, modelsFolder, uploadsFolder, downloadsFolder, demoFile, inspectWorker, sumWorker, log, isInUse: () => false });
	const settings = () => ({ threads: 1, idleUnloadMs: null });
	const engine = new Engine({ library, usableBy: () => () => true, log, node: paths.node, hostEntry: paths.engineHost, settings });
	// Ann is not metered; Mia pays.
	const pay = new LedgerStage(db, { ann: 'admin', mia: 'user' });
	const convert = new Convert({
		...{ db, jobs, engine, library, ledger: pay.ledger, log, convertWorker: paths.convertWorker },
		folder: join(folder, 'conversions'),
		promptsFolder: join(paths.resources, 'prompts'),
	});
	return {
		...{ db, jobs, convert, pay },
		/** Adds the model whose words are random. */
		async addModel() {
			const file = join(folder, 'homeroom-test-model.gguf');
			await writeTestModel(file);
			const [model] = (await library.importPath('ann', file, 'inPlace')).models;
			if (!model) throw new Error('the model was not taken in');
			return model;
		},
		/** Waits until the job of a batch is in one of these states. */
		async until(ownerId: string, conversionId: string, ...states: string[]) {
			for await (const { conversion } of convert.batches.watch(ownerId, conversionId)) if (states.includes(conversion.job?.state ?? '')) return conversion;
			throw new Error('a batch is watched for ever');
		},
		async close() {
			await jobs.close();
			await convert.close();
			await engine.close();
			database.close();
		},
	};
}
