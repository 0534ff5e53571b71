import pino from 'pino';
import type { Download } from '#contract/market.ts';
import { defaultSettings, type Settings } from '#contract/settings.ts';
import { openDatabase } from '../../platform/database/openDatabase.ts';
import { JobRunner } from '../../platform/jobs/JobRunner.ts';
import { Network } from '../../platform/network/Network.ts';
import { resolvePaths } from '../../platform/paths/paths.ts';
import { Secrets } from '../../platform/secrets/Secrets.ts';
import { Engine } from '../engine/engine.ts';
import { Library } from '../library/library.ts';
import { Market } from './market.ts';

export type MarketStage = Awaited<ReturnType<typeof openMarketStage>>;

/** For tests: the market with everything real around it, on a data folder that may have been used before. */
export async function openMarketStage(folder: string, chosen: Partial<Settings>) {
	process.env.HOMEROOM_GPU = 'off';
	const lines: string[] = [];
	const log = pino({ level: 'trace' }, { write: (line) => void lines.push(line) });
	const paths = resolvePaths({ dataFolder: folder });
	const database = openDatabase({ file: paths.database, migrationsFolder: paths.migrations, log });
	const { db } = database;
	const settings: Settings = { ...defaultSettings, proxy: 'none', ...chosen };
	const jobs = new JobRunner({ db, log });
	const { models: modelsFolder, uploads: uploadsFolder, downloads: downloadsFolder, demo: demoFile, inspectWorker, sumWorker, transferWorker } = paths;
	const stores = { home: folder, env: {}, platform: process.platform };
	const library: Library = new Library({
		...{ db, jobs, modelsFolder, uploadsFolder, downloadsFolder, demoFile, inspectWorker, sumWorker, stores, log },
		isInUse: (modelId) => engine.isInUse(modelId),
	});
	const engine = new Engine({
		db,
		library,
		usableBy: () => () => true,
		log,
		node: paths.node,
		hostEntry: paths.engineHost,
		settings: () => ({ threads: 1, idleUnloadMs: null }),
	});
	const network = new Network({ log, policy: () => settings });
	const secrets = new Secrets({ db, keyFile: paths.secretsKey, log });
	const market = new Market({
		...{ db, jobs, library, engine, network, secrets, downloadsFolder, transferWorker, log },
		settings: () => settings,
		catalogFile: paths.catalog,
	});
	jobs.start();
	return {
		...{ paths, db, jobs, library, engine, market, settings, lines },
		/** Changes settings as the person in front of the screen does. */
		change(changes: Partial<Settings>) {
			Object.assign(settings, changes);
			network.policyChanged();
			market.settingsChanged();
		},
		/** Waits for a state of the owner's downloads, as a screen sees them. */
		async until(ownerId: string, isSo: (downloads: Download[]) => boolean): Promise<Download[]> {
			const stop = new AbortController();
			for await (const downloads of market.watch(ownerId, stop.signal)) {
				if (!isSo(downloads)) continue;
				stop.abort();
				return downloads;
			}
			throw new Error('the downloads ended before that');
		},
		async close() {
			await jobs.close();
			market.close();
			await network.close();
			await engine.close();
			database.close();
		},
	};
}
