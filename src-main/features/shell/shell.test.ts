import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Deployment } from '#contract/engine.ts';
import { failure } from '#contract/errors.ts';
import { temporaryDatabase } from '../../platform/database/temporaryDatabase.ts';
import { Settings } from '../settings/settings.ts';
import { Shell } from './shell.ts';

let folder: string;
let database: ReturnType<typeof temporaryDatabase>;
let settings: Settings;
let shell: Shell;
/** What is loaded, in place of an engine, whose processes have nothing to do with this. */
let loaded: Deployment[];
let changed: (() => void)[];
let unloaded: string[];
let recorded: string[];

const ada = { accountId: 'ada', role: 'admin' as const, sessionId: null, key: null };

beforeEach(() => {
	folder = mkdtempSync(path.join(os.tmpdir(), 'homeroom-shell-'));
	database = temporaryDatabase();
	settings = new Settings({ db: database.db });
	[loaded, changed, unloaded, recorded] = [[], [], [], []];
	shell = new Shell({
		settings,
		jobs: { work: () => ({ running: 0, fraction: null }), onChange: () => () => {} },
		engine: {
			deployments: () => loaded,
			everyDeployment: () => loaded,
			onChange: (listener) => {
				changed.push(listener);
				return () => {};
			},
			unload: async (_accountId, id, options) => {
				if (id === 'begun meanwhile') throw failure('MODEL_IN_USE', { name: id });
				unloaded.push(`${id} ${options?.ifUnused}`);
			},
		},
		crashFolder: path.join(folder, 'crashes'),
		version: '0.1.0',
		record: ({ act, subject, accountId }) => recorded.push(`${accountId} ${act} ${subject}`),
		log: { warn: () => {} },
	});
});
afterEach(() => {
	shell.close();
	database.remove();
	rmSync(folder, { recursive: true, force: true });
});

/** The fields of a copy that are looked at. */
const copy = (id: string, modelId: string, more: Partial<Deployment> = {}) =>
	({ id, modelId, state: 'running', activeRequests: 0, failure: null, startedAt: 1, ...more }) as Deployment;

test('memory is freed of the models that answer nobody, all of their copies, and that is on record', async () => {
	loaded = [
		copy('a1', 'a'),
		copy('a2', 'a'),
		copy('b1', 'b'),
		copy('b2', 'b', { activeRequests: 1 }),
		copy('c1', 'c', { state: 'loading' }),
		copy('begun meanwhile', 'd'),
	];
	expect(shell.standing(ada).idleModels).toBe(2);
	await shell.freeMemory('ada');
	expect([unloaded, recorded]).toEqual([['a1 true'], ['ada engine.unload a1']]);
});

test('who is not signed in at the window is told nothing of anybody, and may do nothing', () => {
	loaded = [copy('a1', 'a')];
	settings.set(ada, { language: 'zh', offline: true });
	shell.recent.remember('ada', '/home/ada/a.srt');
	expect(shell.standing(null)).toEqual({
		...{ language: 'system', tellsEnds: false, isOffline: true, mayGoOffline: false, mayFree: false },
		...{ idleModels: 0, recent: [] },
	});
	expect(shell.standing(ada)).toEqual({
		...{ language: 'zh', tellsEnds: true, isOffline: true, mayGoOffline: true, mayFree: true },
		...{ idleModels: 1, recent: [expect.objectContaining({ name: 'a.srt' })] },
	});
	expect(shell.standing({ accountId: 'vera', role: 'viewer' })).toMatchObject({ mayGoOffline: false, mayFree: false, recent: [] });
});

test('an engine that crashed is noted once, and again when it crashes again', () => {
	const tell = () => changed.forEach((listener) => void listener());
	const crash = { code: 'MODEL_WORKER_CRASHED', message: '', data: { kind: 'killed' }, lastLines: [] };
	loaded = [copy('a1', 'a', { state: 'failed', failure: crash }), copy('b1', 'b', { state: 'failed', failure: { ...crash, code: 'MODEL_TIMEOUT' } })];
	tell();
	tell();
	expect(shell.crashes.list().map(({ part, reason }) => [part, reason])).toEqual([['engine', 'killed']]);
	loaded = [copy('a1', 'a')];
	tell();
	loaded = [copy('a1', 'a', { startedAt: 2, state: 'failed', failure: crash })];
	tell();
	expect(shell.crashes.list()).toHaveLength(2);
});
