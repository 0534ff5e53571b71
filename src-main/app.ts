import path from 'node:path';
import { composeBelongings } from './composeBelongings.ts';
import { Accounts } from './features/accounts/accounts.ts';
import { accountsHandlers } from './features/accounts/handlers.ts';
import { wasUsed } from './features/accounts/wasUsed.ts';
import { Audit } from './features/audit/audit.ts';
import { auditHandlers } from './features/audit/handlers.ts';
import { Chat } from './features/chat/chat.ts';
import { chatHandlers } from './features/chat/handlers.ts';
import { Convert } from './features/convert/convert.ts';
import { convertHandlers } from './features/convert/handlers.ts';
import { type AdapterShelf, Engine } from './features/engine/engine.ts';
import { engineHandlers } from './features/engine/handlers.ts';
import { Finetune } from './features/finetune/finetune.ts';
import { finetuneHandlers } from './features/finetune/handlers.ts';
import { Grading } from './features/grading/grading.ts';
import { gradingHandlers } from './features/grading/handlers.ts';
import { jobsHandlers } from './features/jobs/handlers.ts';
import { ledgerHandlers } from './features/ledger/handlers.ts';
import { Ledger } from './features/ledger/ledger.ts';
import { libraryHandlers } from './features/library/handlers.ts';
import { Library } from './features/library/library.ts';
import { marketHandlers } from './features/market/handlers.ts';
import { Market } from './features/market/market.ts';
import { settingsHandlers } from './features/settings/handlers.ts';
import { Settings } from './features/settings/settings.ts';
import { subtitlesHandlers } from './features/subtitles/handlers.ts';
import { Subtitles } from './features/subtitles/subtitles.ts';
import { systemHandlers } from './features/system/handlers.ts';
import type { HostServices } from './features/system/system.ts';
import { lockDataFolder } from './platform/database/lockDataFolder.ts';
import { openDatabase } from './platform/database/openDatabase.ts';
import { DocumentReader } from './platform/documents/DocumentReader.ts';
import { JobRunner } from './platform/jobs/JobRunner.ts';
import type { Logger } from './platform/log/createLog.ts';
import { Network } from './platform/network/Network.ts';
import type { Paths } from './platform/paths/paths.ts';
import type { Gate } from './platform/rpc/guard.ts';
import { Secrets } from './platform/secrets/Secrets.ts';
import { Recogniser } from './platform/speech/Recogniser.ts';

export type App = ReturnType<typeof createApp>;

/**
 * Puts the whole app together for a host: desktop.ts shows it in a window, serve.ts to a browser.
 *
 * The features reach one another only through what is passed here. `close` stops the work first (jobs go on at the next start),
 * then the engines, then the database; nothing may be called after it.
 */
export function createApp(options: { paths: Paths; log: Logger; host: HostServices }) {
	const { paths, log, host } = options;
	const lock = lockDataFolder(paths.data);
	const database = openDatabase({ file: paths.database, migrationsFolder: paths.migrations, log });
	const { db } = database;

	const secrets = new Secrets({ db, keyFile: paths.secretsKey, keychain: host.keychain, log });
	const audit: Audit = new Audit({ db, secrets, log, nameOf: (accountId) => accounts.people.nameOf(accountId), wasUsed: () => wasUsed(db) });
	const accounts: Accounts = new Accounts({
		db,
		secrets,
		log,
		commonPasswords: path.join(paths.resources, 'passwords', 'common.txt'),
		record: (entry) => audit.record(entry),
	});
	const usableBy = (accountId: string) => accounts.people.usableBy(accountId);
	const gate: Gate = {
		mayUseModel: ({ accountId }, modelId) => usableBy(accountId)(modelId),
		record: (entry) => audit.recordCall(entry),
		refuseUnrecorded: () => audit.refuseUnrecorded(),
	};
	const settings = new Settings({ db });
	const jobs = new JobRunner({ db, log });
	const library: Library = new Library({
		db,
		jobs,
		modelsFolder: paths.models,
		uploadsFolder: paths.uploads,
		downloadsFolder: paths.downloads,
		inspectWorker: paths.inspectWorker,
		sumWorker: paths.sumWorker,
		demoFile: paths.demo,
		log,
		isInUse: (modelId) => engine.isInUse(modelId),
		isTrained: (modelId) => finetune.isInUse(modelId),
	});
	const engine = new Engine({
		library,
		usableBy,
		db,
		log,
		node: paths.node,
		hostEntry: paths.engineHost,
		settings: () => {
			const { engineThreads, idleUnloadMinutes } = settings.get(null);
			return { threads: engineThreads, idleUnloadMs: idleUnloadMinutes === null ? null : idleUnloadMinutes * 60_000 };
		},
	});
	const ledger = new Ledger({
		db,
		log,
		people: accounts.people,
		record: (entry) => audit.record(entry),
	});
	const adapters: AdapterShelf = { open: (...order) => finetune.adapters.open(...order) };
	const chat = new Chat({ db, engine, library, ledger, adapters, log });
	const documents = new DocumentReader({ node: paths.node, entry: paths.documentHost, cMaps: paths.cMaps, log });
	const promptsFolder = path.join(paths.resources, 'prompts');
	const grading = new Grading({
		db,
		engine,
		library,
		jobs,
		ledger,
		adapters,
		documents,
		answersFolder: paths.answers,
		promptsFolder,
		sheetWorker: paths.sheetWorker,
		log,
	});
	const convert = new Convert({
		...{ db, jobs, engine, library, ledger, adapters, promptsFolder, log },
		folder: paths.conversions,
		convertWorker: paths.convertWorker,
	});
	const recogniser = new Recogniser({ node: paths.node, entry: paths.speechHost, log });
	const subtitles = new Subtitles({ db, engine, library, jobs, ledger, recogniser, adapters, promptsFolder, log });
	const finetune: Finetune = new Finetune({
		db,
		jobs,
		engine,
		engineThreads: () => settings.get(null).engineThreads,
		library,
		usableBy,
		nameOf: (accountId) => accounts.people.nameOf(accountId),
		marksOf: (ownerId, assignmentIds) => grading.markedTurns(ownerId, assignmentIds),
		cuesOf: (ownerId, projectIds) => subtitles.settledTurns(ownerId, projectIds),
		chatsOf: (ownerId, conversationIds) => chat.branchTurns(ownerId, conversationIds),
		gradeForm: Grading.form,
		folder: paths.finetune,
		uploadsFolder: paths.uploads,
		resources: paths.resources,
		node: paths.node,
		trainer: paths.trainer,
		log,
	});

	const network = new Network({
		log,
		policy: () => {
			const { offline, proxy } = settings.get(null);
			return { offline, proxy };
		},
	});
	const market = new Market({
		db,
		jobs,
		library,
		engine,
		network,
		secrets,
		settings: () => settings.get(null),
		downloadsFolder: paths.downloads,
		transferWorker: paths.transferWorker,
		catalogFile: paths.catalog,
		log,
	});
	const belongings = composeBelongings({
		...{
			db,
			accounts,
			ledger,
			keepers: {
				conversations: chat,
				gradings: grading,
				comments: grading.comments,
				conversions: convert,
				subtitles,
				datasets: finetune.datasets,
				finetune,
				jobs,
				settings,
			},
		},
		stop: async (accountId) => {
			await Promise.all([chat.stopAllOf(accountId), jobs.cancelAllOf(accountId)]);
		},
		record: (entry) => audit.record(entry),
	});
	settings.onChange(() => {
		network.policyChanged();
		market.settingsChanged();
	});

	accounts.onChange(() => finetune.adapters.lookAnew());

	library.recover();
	chat.recover();
	finetune.recover();
	belongings.recover();
	// Chat has settled its own; the classes and films that go on, which those of deleted people do not, keep theirs.
	ledger.recover((hold) => grading.isAlive(hold) || subtitles.isAlive(hold));
	jobs.start();
	finetune.start();

	const router = {
		accounts: accountsHandlers(accounts, belongings),
		audit: auditHandlers(audit),
		chat: chatHandlers(chat),
		convert: convertHandlers(convert),
		engine: engineHandlers(engine),
		finetune: finetuneHandlers(finetune),
		grading: gradingHandlers(grading),
		jobs: jobsHandlers(jobs),
		ledger: ledgerHandlers(ledger),
		library: libraryHandlers(library, usableBy),
		market: marketHandlers(market),
		settings: settingsHandlers(settings),
		subtitles: subtitlesHandlers(subtitles),
		system: systemHandlers(host, paths),
	};

	return {
		router,
		gate,
		accounts,
		log,
		async close() {
			await Promise.all([jobs.close(), chat.close(), convert.close(), documents.close()]);
			market.close();
			finetune.close();
			await network.close();
			await engine.close();
			database.close();
			lock.release();
		},
	};
}
