import { isFailure } from '#contract/errors.ts';
import type { LinkedScreen } from '#contract/linkedScreens.ts';
import type { JobRunner } from '../../platform/jobs/JobRunner.ts';
import type { Logger } from '../../platform/log/createLog.ts';
import type { AuditRecord, Principal } from '../../platform/rpc/guard.ts';
import type { Engine } from '../engine/engine.ts';
import type { Settings } from '../settings/settings.ts';
import { CrashNotes } from './CrashNotes.ts';
import { Errands } from './Errands.ts';
import { RecentFiles } from './RecentFiles.ts';
import { readHandedOver } from './readHandedOver.ts';
import { WorkWatch } from './WorkWatch.ts';

/** What the menu, the tray and the taskbar show to whoever sits at the window. */
export interface Standing {
	language: 'system' | 'en' | 'zh';
	/** Whether the end of jobs is told outside of the window. */
	tellsEnds: boolean;
	isOffline: boolean;
	mayGoOffline: boolean;
	mayFree: boolean;
	/** Models in memory that nobody uses now. */
	idleModels: number;
	recent: { id: string; name: string }[];
}

/** What the app does for the host around its page: the desktop shell wires it to the system, and a page in a browser has a part of it. */
export class Shell {
	readonly errands = new Errands();
	readonly work: WorkWatch;
	readonly recent: RecentFiles;
	readonly crashes: CrashNotes;
	readonly #settings: Settings;
	readonly #engine: Pick<Engine, 'deployments' | 'everyDeployment' | 'unload' | 'onChange'>;
	readonly #record: (entry: AuditRecord) => void;
	readonly #stopNoting: () => void;

	constructor(options: {
		jobs: Pick<JobRunner, 'work' | 'onChange'>;
		engine: Pick<Engine, 'deployments' | 'everyDeployment' | 'unload' | 'onChange'>;
		settings: Settings;
		crashFolder: string;
		version: string;
		/** Writes into the audit log. */
		record(entry: AuditRecord): void;
		log: Pick<Logger, 'warn'>;
	}) {
		this.work = new WorkWatch(options.jobs);
		this.recent = new RecentFiles(options.settings);
		this.crashes = new CrashNotes({ folder: options.crashFolder, version: options.version, log: options.log });
		this.#settings = options.settings;
		this.#engine = options.engine;
		this.#record = options.record;
		this.#stopNoting = this.#noteEngineCrashes();
	}

	/** Opens what the arguments of a start name, relative to `folder`, once the window's page can. */
	open(args: readonly string[], folder: string): void {
		this.errands.add(...readHandedOver(args, folder));
	}

	goTo(screen: LinkedScreen): void {
		this.errands.add({ kind: 'screen', screen });
	}

	/** Opens a file of the account's list again. Throws NOT_FOUND. */
	reopen(accountId: string, id: string): void {
		this.errands.add({ kind: 'file', path: this.recent.pathOf(accountId, id) });
	}

	/** How things stand for whoever sits at the window; with null nobody is signed in there, and nothing of anybody's is told. */
	standing(who: Pick<Principal, 'accountId' | 'role'> | null): Standing {
		const { language, tellEnds, offline } = this.#settings.get(who?.accountId ?? null);
		return {
			language,
			tellsEnds: tellEnds && who !== null,
			isOffline: offline,
			mayGoOffline: who?.role === 'admin',
			mayFree: who !== null && who.role !== 'viewer',
			idleModels: who ? this.#idle(who.accountId).length : 0,
			recent: who ? this.recent.list(who.accountId) : [],
		};
	}

	/** Calls `listener` after each change of how things stand or what runs; also when nothing of it is seen. Returns how to stop that. */
	onChange(listener: () => void): () => void {
		const sources = [this.work, this.recent, this.#settings, this.#engine];
		const stops = sources.map((source) => source.onChange(listener));
		return () => {
			for (const stop of stops) stop();
		};
	}

	/** Takes the models that nobody uses out of memory; one that somebody begins to use meanwhile stays. */
	async freeMemory(accountId: string): Promise<void> {
		for (const id of this.#idle(accountId)) {
			try {
				await this.#engine.unload(accountId, id, { ifUnused: true });
				this.#record({ accountId, act: 'engine.unload', subject: id, origin: 'window', result: 'ok' });
			} catch (error) {
				if (!isFailure(error, 'MODEL_IN_USE') && !isFailure(error, 'NOT_FOUND')) throw error;
			}
		}
	}

	close(): void {
		this.#stopNoting();
		this.work.close();
	}

	/** One deployment of each model that is loaded and that no copy of answers anything. */
	#idle(accountId: string): string[] {
		const copies = Map.groupBy(this.#engine.deployments(accountId), ({ modelId }) => modelId);
		return [...copies.values()].flatMap((views) => {
			const isIdle = views.every(({ state, activeRequests }) => state === 'running' && activeRequests === 0);
			return isIdle && views[0] ? [views[0].id] : [];
		});
	}

	/** The engine says itself why a copy of a model failed; each is noted once. */
	#noteEngineCrashes(): () => void {
		const noted = new Set<string>();
		return this.#engine.onChange(() => {
			const failed = this.#engine.everyDeployment().filter(({ failure }) => failure?.code === 'MODEL_WORKER_CRASHED');
			const keys = new Set(failed.map(({ id, startedAt }) => `${id} ${startedAt}`));
			for (const key of noted) if (!keys.has(key)) noted.delete(key);
			for (const { id, startedAt, failure } of failed) {
				const key = `${id} ${startedAt}`;
				if (noted.has(key)) continue;
				noted.add(key);
				this.crashes.add('engine', typeof failure?.data.kind === 'string' ? failure.data.kind : '');
			}
		});
	}
}
