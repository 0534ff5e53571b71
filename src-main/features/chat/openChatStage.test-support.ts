import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { openDatabase } from '../../platform/database/openDatabase.ts';
import { JobRunner } from '../../platform/jobs/JobRunner.ts';
import { resolvePaths } from '../../platform/paths/paths.ts';
import { type AdapterShelf, Engine, noAdapters } from '../engine/engine.ts';
import { LedgerStage } from '../ledger/openLedger.test-support.ts';
import { Library } from '../library/library.ts';
import { writeTestModel } from '../library/testModel.ts';
import { Chat } from './chat.ts';

/** The real thing: a database, a library with a model that ends its answers and one that never does, and an engine. */
export async function openChatStage({ adapters = noAdapters }: { adapters?: AdapterShelf } = {}) {
	process.env.HOMEROOM_GPU = 'off';
	const folder = await mkdtemp(join(tmpdir(), 'homeroom-chat-'));
	const log = pino({ level: 'silent' });
	const paths = resolvePaths({ dataFolder: folder });
	const { db, close } = openDatabase({ file: paths.database, migrationsFolder: paths.migrations, log });
	const { models: modelsFolder, uploads: uploadsFolder, downloads: downloadsFolder, demo: demoFile, inspectWorker, sumWorker } = paths;
	const jobs = new JobRunner({ db, log });
	const library = new Library({ db, jobs, modelsFolder, uploadsFolder, downloadsFolder, demoFile, inspectWorker, sumWorker, log, isInUse: () => false });
	const engine = new Engine({
		library,
		usableBy: () => () => true,
		log,
		node: paths.node,
		hostEntry: paths.engineHost,
		settings: () => ({ threads: 1, idleUnloadMs: null }),
	});
	const addModel = async (name: string, endless: boolean) => {
		await writeTestModel(join(folder, name), { endless });
		const { models } = await library.importPath('ann', join(folder, name), 'inPlace');
		if (!models[0]) throw new Error('the model was not taken in');
		return models[0];
	};
	const [brief, endless] = [await addModel('brief.gguf', false), await addModel('endless.gguf', true)];
	await engine.load('ann', brief.id, { wishes: { contextTokens: 512, parallel: 2 } });
	await engine.load('ann', endless.id, { wishes: { contextTokens: 8192, parallel: 2 } });
	// Ann and Bob are not metered; Mia pays.
	const pay = new LedgerStage(db, { ann: 'admin', bob: 'admin', mia: 'user' });
	const { ledger } = pay;
	const chat = new Chat({ db, engine, library, ledger, adapters, log });
	return {
		pay,
		ledger,
		db,
		folder,
		library,
		engine,
		log,
		chat,
		brief,
		endless,
		async close() {
			await chat.close();
			await engine.close();
			close();
			await rm(folder, { recursive: true });
		},
	};
}

export type ChatStage = Awaited<ReturnType<typeof openChatStage>>;
