import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { layOutPaths, locateDataFolder, resolvePaths } from './paths.ts';
import { StartRefusal } from './StartRefusal.ts';

const start = { root: '/app', bundled: true, data: '/data', platform: 'linux', execPath: '/bin/node', isElectron: false } as const;

test('runs from the source with the source of its children', () => {
	expect(layOutPaths({ ...start, bundled: false })).toMatchObject({
		engineHost: '/app/src-main/features/engine/host/engineHost.ts',
		inspectWorker: '/app/src-main/features/library/inspectWorker.ts',
		sumWorker: '/app/src-main/features/library/sumWorker.ts',
		transferWorker: '/app/src-main/features/market/transfer/transferWorker.ts',
		backupWorker: '/app/src-main/features/backup/backupWorker.ts',
		sheetWorker: '/app/src-main/features/grading/sheets/sheetWorker.ts',
		documentHost: '/app/src-main/platform/documents/host/documentHost.ts',
		trainer: '/app/src-main/features/finetune/trainer/runTrainer.ts',
		migrations: '/app/resources/migrations',
		node: '/bin/node',
	});
});

test('runs from the bundle with the bundles of its children', () => {
	expect(layOutPaths(start)).toEqual({
		data: '/data',
		database: '/data/homeroom.db',
		logs: '/data/logs',
		models: '/data/models',
		uploads: '/data/uploads',
		answers: '/data/answers',
		conversions: '/data/conversions',
		downloads: '/data/downloads',
		finetune: '/data/finetune',
		crashes: '/data/crashes',
		updates: '/data/updates',
		secretsKey: '/data/secrets.key',
		resources: '/app/resources',
		migrations: '/app/resources/migrations',
		localAccess: '/data/gateway.json',
		localDoor: '/data/door.json',
		catalog: '/app/models/catalog.json',
		demo: '/app/models/homeroom-demo.gguf',
		licences: '/app/dist/licences.json',
		renderer: '/app/dist/renderer',
		engineHost: '/app/dist/main/engineHost.js',
		inspectWorker: '/app/dist/main/inspectWorker.js',
		sumWorker: '/app/dist/main/sumWorker.js',
		speechHost: '/app/dist/main/speechHost.js',
		transferWorker: '/app/dist/main/transferWorker.js',
		convertWorker: '/app/dist/main/convertWorker.js',
		backupWorker: '/app/dist/main/backupWorker.js',
		sheetWorker: '/app/dist/main/sheetWorker.js',
		documentHost: '/app/dist/main/documentHost.js',
		cMaps: '/app/resources/cmaps',
		trainer: '/app/dist/main/runTrainer.js',
		node: '/bin/node',
	});
});

test('gives a plain Node only files outside the archive of the packaged app', () => {
	const packaged = layOutPaths({ ...start, root: '/opt/my.app.asar.d/resources/app.asar', isElectron: true, execPath: '/opt/homeroom' });
	expect(packaged).toMatchObject({
		engineHost: '/opt/my.app.asar.d/resources/app.asar.unpacked/dist/main/engineHost.js',
		inspectWorker: '/opt/my.app.asar.d/resources/app.asar.unpacked/dist/main/inspectWorker.js',
		cMaps: '/opt/my.app.asar.d/resources/app.asar.unpacked/resources/cmaps',
		migrations: '/opt/my.app.asar.d/resources/app.asar.unpacked/resources/migrations',
		node: '/opt/my.app.asar.d/resources/app.asar.unpacked/node_modules/node/bin/node',
		renderer: '/opt/my.app.asar.d/resources/app.asar/dist/renderer',
	});
	expect(layOutPaths({ ...start, platform: 'win32', isElectron: true }).node).toBe(join('/app', 'node_modules', 'node', 'bin', 'node.exe'));
});

test.each<[NodeJS.Platform, NodeJS.ProcessEnv, string]>([
	['linux', {}, '/home/ann/.local/share/homeroom'],
	['linux', { XDG_DATA_HOME: '/xdg' }, '/xdg/homeroom'],
	['linux', { XDG_DATA_HOME: 'relative' }, '/home/ann/.local/share/homeroom'],
	['linux', { XDG_DATA_HOME: '' }, '/home/ann/.local/share/homeroom'],
	['darwin', { XDG_DATA_HOME: '/xdg' }, '/home/ann/Library/Application Support/Homeroom'],
	['win32', { APPDATA: '/roaming' }, '/roaming/Homeroom'],
	['win32', {}, '/home/ann/AppData/Roaming/Homeroom'],
])('keeps the data on %s with %j where programs keep theirs', (platform, env, expected) => {
	expect(locateDataFolder(platform, env, '/home/ann')).toBe(expected);
});

test('makes the folders of the data folder for this user alone, and finds what ships', () => {
	const folder = mkdtempSync(join(tmpdir(), 'homeroom-paths-'));
	const paths = resolvePaths({ dataFolder: join(folder, 'new', 'data') });
	const made = [paths.data, paths.logs, paths.models, paths.uploads, paths.downloads, paths.finetune];
	if (process.platform !== 'win32') expect(made.map((path) => statSync(path).mode & 0o777)).toEqual(made.map(() => 0o700));
	expect([paths.migrations, paths.node].map((path) => existsSync(path))).toEqual([true, true]);
	rmSync(folder, { recursive: true });
});

test('refuses in words where the data folder cannot be made', () => {
	const folder = mkdtempSync(join(tmpdir(), 'homeroom-paths-'));
	writeFileSync(join(folder, 'file'), '');
	expect(() => resolvePaths({ dataFolder: join(folder, 'file') })).toThrow(StartRefusal);
	rmSync(folder, { recursive: true });
});
