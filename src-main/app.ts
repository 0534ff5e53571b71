import path from 'node:path';
import { composeBelongings } from './composeBelongings.ts';
import { Accounts } from './features/accounts/accounts.ts';
import { accountsHandlers } from './features/accounts/handlers.ts';
import { ownerOf } from './features/accounts/ownerOf.ts';
import { wasUsed } from './features/accounts/wasUsed.ts';
import { Audit } from './features/audit/audit.ts';
import { auditHandlers } from './features/audit/handlers.ts';
import { Backup } from './features/backup/backup.ts';
import { backupHandlers } from './features/backup/handlers.ts';
import { openAfterSwap } from './features/backup/openAfterSwap.ts';
import { AnswerCache, modelIdentity } from './features/cache/cache.ts';
import { cacheHandlers } from './features/cache/handlers.ts';
import { Chat, chatTexts } from './features/chat/chat.ts';
import { chatHandlers } from './features/chat/handlers.ts';
import { Convert } from './features/convert/convert.ts';
import { convertHandlers } from './features/convert/handlers.ts';
import { Deleted } from './features/deleted/deleted.ts';
import { deletedHandlers } from './features/deleted/handlers.ts';
import { type AdapterShelf, Engine } from './features/engine/engine.ts';
import { engineHandlers } from './features/engine/handlers.ts';
import { datasetTexts, Finetune } from './features/finetune/finetune.ts';
import { finetuneHandlers } from './features/finetune/handlers.ts';
import { apiRoutes } from './features/gateway/api/apiRoutes.ts';
import { HealthCheck } from './features/gateway/api/HealthCheck.ts';
import { KeyedJobs } from './features/gateway/api/KeyedJobs.ts';
import { Gateway } from './features/gateway/gateway.ts';
import { gatewayHandlers } from './features/gateway/handlers.ts';
import { LocalAccess } from './features/gateway/LocalAccess.ts';
import { metricsRoute } from './features/gateway/metricsRoute.ts';
import { Grading, gradingTexts } from './features/grading/grading.ts';
import { gradingHandlers } from './features/grading/handlers.ts';
import { jobsHandlers } from './features/jobs/handlers.ts';
import { ledgerHandlers } from './features/ledger/handlers.ts';
import { Ledger } from './features/ledger/ledger.ts';
import { libraryHandlers } from './features/library/handlers.ts';
import { Library } from './features/library/library.ts';
import { marketHandlers } from './features/market/handlers.ts';
import { Market } from './features/market/market.ts';
import { monitorHandlers } from './features/monitor/handlers.ts';
import { Monitor } from './features/monitor/monitor.ts';
import { outboundHandlers } from './features/outbound/handlers.ts';
import { Outbound } from './features/outbound/outbound.ts';
import { backendHandlers } from './features/routes/backendHandlers.ts';
import { Backends } from './features/routes/backends/Backends.ts';
import { routesHandlers } from './features/routes/handlers.ts';
import { Routes } from './features/routes/routes.ts';
import { searchHandlers } from './features/search/handlers.ts';
import { Search } from './features/search/search.ts';
import { settingsHandlers } from './features/settings/handlers.ts';
import { Settings } from './features/settings/settings.ts';
import { shellHandlers } from './features/shell/handlers.ts';
import { Shell } from './features/shell/shell.ts';
import { subtitlesHandlers } from './features/subtitles/handlers.ts';
import { Subtitles, subtitleTexts } from './features/subtitles/subtitles.ts';
import { systemHandlers } from './features/system/handlers.ts';
import type { HostServices } from './features/system/system.ts';
import { updatesHandlers } from './features/updates/handlers.ts';
import { Updates } from './features/updates/updates.ts';
import { lockDataFolder } from './platform/database/lockDataFolder.ts';
import { openDatabase } from './platform/database/openDatabase.ts';
import { copyDatabase } from './platform/database/snapshotDatabase.ts';
import { DocumentReader } from './platform/documents/DocumentReader.ts';
import { JobRunner } from './platform/jobs/JobRunner.ts';
import type { Logger } from './platform/log/createLog.ts';
import { Network } from './platform/network/Network.ts';
import type { Paths } from './platform/paths/paths.ts';
import { LocalDoor } from './platform/process/LocalDoor.ts';
import type { Gate } from './platform/rpc/guard.ts';
import { serveCalls } from './platform/rpc/serveCalls.ts';
import { Secrets } from './platform/secrets/Secrets.ts';
import { Recogniser } from './platform/speech/Recogniser.ts';
import { takeout } from './takeout.ts';

export type App = ReturnType<typeof createApp>;

/**
 * Puts the whole app together for a host: desktop.ts shows it in a window, serve.ts to a browser.
 *
 * The features reach one another only through what is passed here. `close` stops the work first (jobs go on at the next start),
 * then the engines, then the database; nothing may be called after it.
 *
 * @param options.opensGateway false: not even where an administrator has switched it on, as for one command of the command line.
 */
export function createApp(options: { paths: Paths; log: Logger; host: HostServices; opensGateway?: boolean }) {
	const { paths, log, host, opensGateway = true } = options;
	const lock = lockDataFolder(paths.data);
	const open = () => openDatabase({ file: paths.database, migrationsFolder: paths.migrations, log });
	const { opened: database, swapped } = openAfterSwap({ dataFolder: paths.data, open, log });
	const { db } = database;
	const search = new Search({ db, sources: [...chatTexts(db), ...gradingTexts(db), ...subtitleTexts(db), ...datasetTexts(db)], log });
	// Before the features, so that nothing changes unnoticed.
	search.start();

	const secrets = new Secrets({ db, keyFile: paths.secretsKey, keychain: host.keychain, log });
	const audit: Audit = new Audit({ db, secrets, log, nameOf, wasUsed: () => wasUsed(db) });
	/** What an id stands for, whichever of these it is of; null where it is gone. */
	function nameOf(id: string): string | null {
		if (routes.has(id)) return routes.get(id).name;
		return accounts.people.nameOf(id) ?? library.nameOf(id) ?? accounts.keys.nameOf(id) ?? backends.find(id)?.name ?? null;
	}
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
		removed: () => cache.modelsAre(library.list().map(({ id }) => id)),
	});
	const engine = new Engine({
		library,
		usableBy,
		db,
		log,
		speedOf: (modelId) => monitor.speedOf(modelId),
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
	const cache: AnswerCache = new AnswerCache({
		db,
		log,
		settings: () => {
			const { keepAnswers, keepAnswersDays, keepAnswersBytes, repeatCharge } = settings.get(null);
			return { isOn: keepAnswers, keepMs: keepAnswersDays * 24 * 60 * 60 * 1000, mostBytes: keepAnswersBytes, repeatCharge };
		},
		identify: (modelId) => modelIdentity(library.get(modelId)),
	});
	const monitor = new Monitor({
		db,
		log,
		version: host.version,
		dataFolder: paths.data,
		logFolder: paths.logs,
		nameOf: (by, key) => {
			if (by === 'account') return accounts.people.nameOf(key);
			if (by === 'key') return accounts.keys.nameOf(key);
			if (by !== 'model') return null;
			return routes.has(key) ? routes.get(key).name : library.nameOf(key);
		},
		deployments: () => engine.everyDeployment(),
		kept: () => cache.size(),
	});
	const outbound = new Outbound({ db, log, nameOf: (accountId) => accounts.people.nameOf(accountId) });
	const onConnection = outbound.record.bind(outbound);
	const network = new Network({
		log,
		policy: () => {
			const { offline, proxy } = settings.get(null);
			return { offline, proxy };
		},
		onConnection,
	});
	const backends: Backends = new Backends({ db, secrets, network, routesTo: (backendId) => routes.leadingTo(backendId) });
	// What a model of this machine said is kept under its digest, what one elsewhere said under its server and name.
	const kept = { ...cache.over(engine), deployments: engine.deployments.bind(engine) };
	const routes: Routes = new Routes({ db, engine: kept, library, backends, keepElsewhere: cache.elsewhere.bind(cache), log });
	/** What answers, counted by what for, and what it is called: models and routes alike. */
	const answering = (task: string) => ({ engine: monitor.counting(routes, task), library: routes });
	const chat = new Chat({ db, ...answering('chat'), ledger, adapters, log });
	const documents = new DocumentReader({ node: paths.node, entry: paths.documentHost, cMaps: paths.cMaps, log });
	const promptsFolder = path.join(paths.resources, 'prompts');
	const grading = new Grading({
		db,
		...answering('grading'),
		loaded: (ownerId) => engine.deployments(ownerId),
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
		...{ db, jobs, ...answering('convert'), ledger, adapters, promptsFolder, log },
		folder: paths.conversions,
		convertWorker: paths.convertWorker,
	});
	const recogniser = new Recogniser({ node: paths.node, entry: paths.speechHost, log });
	const subtitles = new Subtitles({ db, ...answering('subtitles'), jobs, ledger, recogniser, adapters, promptsFolder, log });
	// Fine-tuning measures what a model says now: nothing that was said before will do.
	const { generate } = monitor.counting(engine, 'finetune');
	const trained = {
		generate,
		encodeChats: engine.encodeChats.bind(engine),
		encodeText: engine.encodeText.bind(engine),
		ensureRunning: engine.ensureRunning.bind(engine),
		machine: engine.machine.bind(engine),
		mayUse: engine.mayUse.bind(engine),
	};
	const finetune: Finetune = new Finetune({
		db,
		jobs,
		engine: trained,
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

	const deleted = new Deleted({
		sources: [...chat.deleted, ...grading.deleted, ...subtitles.deleted, ...finetune.deleted, ...convert.deleted],
		forgetAnswers: (ownerId) => cache.clear(ownerId),
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
		onConnection,
		catalogFile: paths.catalog,
		log,
	});
	const backup = new Backup({
		...{ db, jobs, log, version: host.version, restart: host.restart },
		...{ dataFolder: paths.data, migrationsFolder: paths.migrations, worker: paths.backupWorker },
		steward: () => ownerOf(db),
		lostSecrets: () => secrets.lost(),
	});
	const localAccess = new LocalAccess({ keys: accounts.keys, owner: () => ownerOf(db), file: paths.localAccess, log });
	const gateway = new Gateway({
		...{ db, ledger, secrets, log, pagePort: host.pagePort },
		door: accounts,
		keys: accounts.keys,
		hasPassword: (accountId) => accounts.own(accountId).hasPassword,
		models: answering('api').engine,
		record: (request) => monitor.recordRequest(request),
		recordStranger: (request) => monitor.recordRefusal(request),
		listModels: () => [...library.names().filter(({ kind }) => kind === 'model'), ...routes.names()],
		opened: (open) => localAccess.follow(open),
	});
	const health = new HealthCheck({ db, databaseFile: paths.database, dataFolder: paths.data, log });
	const keyedJobs = new KeyedJobs({ db, ledger, keys: accounts.keys, jobs });
	const doors = { accounts, settings, library, engine, convert, grading, subtitles, jobs, keyedJobs, routes, health, gate, log, version: host.version };
	gateway.registerRoutes((server) => metricsRoute(server, () => monitor.metricsText()));
	gateway.registerRoutes((server) => apiRoutes(server, { ...gateway.tools, ...doors }));
	const belongings = composeBelongings({
		...{
			db,
			accounts,
			ledger,
			search,
			keepers: {
				answersKept: cache,
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
	const shell = new Shell({ jobs, engine, settings, crashFolder: paths.crashes, version: host.version, record: (entry) => audit.record(entry), log });
	/** Ends all work, which goes on at the next start; nothing can be begun after it. */
	const stopWork = async () => {
		await gateway.close();
		await Promise.all([jobs.close(), chat.close(), convert.close(), documents.close()]);
		await backup.close();
		market.close();
		finetune.close();
		await network.close();
		routes.close();
		await engine.close();
	};
	let stopped: Promise<void> | null = null;
	const stopWorkOnce = () => {
		stopped ??= stopWork();
		return stopped;
	};
	const updates = new Updates({
		updater: host.openUpdater?.(network) ?? null,
		version: host.version,
		folder: paths.updates,
		database: paths.database,
		isAgreed: () => settings.get(null).lookForUpdates === true && !settings.get(null).offline,
		stopWork: stopWorkOnce,
		copyDatabase: (to) => copyDatabase(db.$client, to),
		leave: host.leave,
		log,
	});
	const made = { accounts, chat, grading, subtitles, finetune, everything: belongings.export };
	const exportFiles = (accountId: string) => takeout(made, accountId, new Date());
	settings.onChange(() => {
		network.policyChanged();
		market.settingsChanged();
	});

	accounts.onChange(() => finetune.adapters.lookAnew());

	if (swapped) audit.record({ accountId: null, act: 'dataReplaced', subject: null, detail: `act=${swapped.act}`, origin: 'app', result: 'ok' });
	library.recover();
	chat.recover();
	finetune.recover();
	belongings.recover();
	// Chat has settled its own; the classes and films that go on, which those of deleted people do not, keep theirs.
	ledger.recover((hold) => grading.isAlive(hold) || subtitles.isAlive(hold));
	jobs.start();
	finetune.start();
	backup.start();
	if (opensGateway) void gateway.start();

	const router = {
		accounts: accountsHandlers(accounts, { ...belongings, exportFiles }),
		audit: auditHandlers(audit),
		backends: backendHandlers(backends),
		backup: backupHandlers(backup),
		cache: cacheHandlers(cache),
		chat: chatHandlers(chat, paths.uploads),
		convert: convertHandlers(convert),
		deleted: deletedHandlers(deleted),
		engine: engineHandlers(engine),
		finetune: finetuneHandlers(finetune),
		gateway: gatewayHandlers(gateway),
		grading: gradingHandlers(grading),
		jobs: jobsHandlers(jobs),
		ledger: ledgerHandlers(ledger),
		library: libraryHandlers(library, usableBy),
		market: marketHandlers(market),
		monitor: monitorHandlers(monitor),
		outbound: outboundHandlers(outbound),
		routes: routesHandlers(routes),
		search: searchHandlers(search),
		settings: settingsHandlers(settings),
		shell: shellHandlers(shell, host),
		subtitles: subtitlesHandlers(subtitles),
		system: systemHandlers(host, paths),
		updates: updatesHandlers(updates, host.showProgram),
	};

	const localDoor = new LocalDoor({
		file: paths.localDoor,
		// The command line asks a gateway for all else.
		serve: serveCalls({ router: { backup: router.backup, jobs: router.jobs }, gate, log }),
		principal: () => {
			const accountId = ownerOf(db);
			return accountId === null ? null : { accountId, role: 'admin', sessionId: null, key: null };
		},
		origin: 'commandLine',
		log,
	});

	return {
		router,
		gate,
		accounts,
		shell,
		log,
		/** The restored data that this start has put in place; null: none. */
		swapped,
		/** Opens a gateway for the command line alone, with a key of the machine's owner. */
		async openForCommandLine() {
			return { ...(await gateway.openAside()), key: localAccess.freshKey() };
		},
		async close() {
			localDoor.close();
			updates.close();
			health.close();
			shell.close();
			await stopWorkOnce();
			cache.close();
			monitor.close();
			search.close();
			database.close();
			lock.release();
		},
	};
}
