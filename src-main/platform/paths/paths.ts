import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { followMoved } from './MovedData.ts';
import { StartRefusal } from './StartRefusal.ts';

/** Every place the app reads from or writes to, absolute. The first group is the person's own and writable; the second ships with the app. */
export interface Paths {
	data: string;
	database: string;
	logs: string;
	/** Models that Homeroom stored itself. */
	models: string;
	/** Files on their way in from a browser. */
	uploads: string;
	/** Files of students that are no class yet; emptied at each start. */
	answers: string;
	/** Files that are converted, and results that are kept. */
	conversions: string;
	/** Parts of downloads that are not finished. */
	downloads: string;
	/** Runs of fine-tuning that are not over, and adapters. */
	finetune: string;
	/** What stopped against its will, and the reports of it; nothing there is sent to anybody. */
	crashes: string;
	/** The way back from an update: the database as it was before, and programs. */
	updates: string;
	/** Where the gateway is, with a key for the command line of this user; there while it is open. */
	localAccess: string;
	/** The way into the running app for the command line of this user (LocalDoor.ts); there while it runs. */
	localDoor: string;
	/** The key that seals secrets where the system keeps none. */
	secretsKey: string;

	resources: string;
	migrations: string;
	/** The models that Homeroom knows of by itself. */
	catalog: string;
	/** The demonstration model that ships. */
	demo: string;
	/** Whose code Homeroom is made with, as the build lists it. */
	licences: string;
	/** The built renderer. */
	renderer: string;
	/** The program of an engine host, for `node`. */
	engineHost: string;
	/** The program that looks into a model file, for `node`. */
	inspectWorker: string;
	/** The program that reads and copies whole model files and sums them up, for a thread. */
	sumWorker: string;
	/** The program that downloads a file, for a thread. */
	transferWorker: string;
	/** The program that converts, for a thread. */
	convertWorker: string;
	/** The program that writes and unpacks backups, for a thread. */
	backupWorker: string;
	/** The program that writes what is given out of a class, for a thread. */
	sheetWorker: string;
	/** The program that reads documents, for `node`. */
	documentHost: string;
	/** The program that recognises speech, for `node`. */
	speechHost: string;
	/** The tables of characters that PDFs count on (CMaps). */
	cMaps: string;
	/** The program that trains adapters, for `node`. */
	trainer: string;
	/** A plain Node executable. */
	node: string;
}

/**
 * Finds every path of the app, from its source or its bundle, and makes the folders of the data folder, for this user alone (0700).
 *
 * @param options.dataFolder where the data lives; the platform's own place for it when left out (locateDataFolder). Where it was moved, it is followed.
 * @throws StartRefusal where the data folder cannot be made, or was moved to a place that is not there.
 */
export function resolvePaths(options: { dataFolder?: string | undefined }): Paths {
	const here = fileURLToPath(import.meta.url);
	const paths = layOutPaths({
		root: findRoot(dirname(here)),
		bundled: !here.endsWith('.ts'),
		data: followMoved(resolve(options.dataFolder ?? locateDataFolder(process.platform, process.env, homedir()))),
		platform: process.platform,
		execPath: process.execPath,
		isElectron: process.versions.electron !== undefined,
	});
	makeFolders([paths.data, paths.logs, paths.models, paths.uploads, paths.downloads, paths.finetune]);
	return paths;
}

/** Lays out all paths from what is known of this start; touches nothing. `root` is the folder of the app's package.json. */
export function layOutPaths(start: { root: string; bundled: boolean; data: string; platform: NodeJS.Platform; execPath: string; isElectron: boolean }): Paths {
	const { root, bundled, data } = start;
	const resources = join(root, 'resources');
	// A plain Node cannot look into app.asar; what it runs is packed beside it.
	const outside = (path: string) => path.replace(/([\\/])app\.asar(?=[\\/])/, '$1app.asar.unpacked');
	const program = (source: string, bundle: string) => outside(bundled ? join(root, 'dist', 'main', bundle) : join(root, 'src-main', source));
	return {
		data,
		database: join(data, 'homeroom.db'),
		logs: join(data, 'logs'),
		models: join(data, 'models'),
		uploads: join(data, 'uploads'),
		answers: join(data, 'answers'),
		conversions: join(data, 'conversions'),
		downloads: join(data, 'downloads'),
		finetune: join(data, 'finetune'),
		crashes: join(data, 'crashes'),
		updates: join(data, 'updates'),
		localAccess: join(data, 'gateway.json'),
		localDoor: join(data, 'door.json'),
		secretsKey: join(data, 'secrets.key'),
		resources,
		migrations: outside(join(resources, 'migrations')),
		catalog: join(root, 'models', 'catalog.json'),
		demo: outside(join(root, 'models', 'homeroom-demo.gguf')),
		licences: join(root, 'dist', 'licences.json'),
		renderer: join(root, 'dist', 'renderer'),
		engineHost: program('features/engine/host/engineHost.ts', 'engineHost.js'),
		inspectWorker: program('features/library/inspectWorker.ts', 'inspectWorker.js'),
		sumWorker: program('features/library/sumWorker.ts', 'sumWorker.js'),
		transferWorker: program('features/market/transfer/transferWorker.ts', 'transferWorker.js'),
		convertWorker: program('features/convert/convertWorker.ts', 'convertWorker.js'),
		backupWorker: program('features/backup/backupWorker.ts', 'backupWorker.js'),
		sheetWorker: program('features/grading/sheets/sheetWorker.ts', 'sheetWorker.js'),
		documentHost: program('platform/documents/host/documentHost.ts', 'documentHost.js'),
		speechHost: program('platform/speech/host/speechHost.ts', 'speechHost.js'),
		cMaps: outside(join(resources, 'cmaps')),
		trainer: program('features/finetune/trainer/runTrainer.ts', 'runTrainer.js'),
		node: start.isElectron ? outside(join(root, 'node_modules', 'node', 'bin', start.platform === 'win32' ? 'node.exe' : 'node')) : start.execPath,
	};
}

/** The platform's convention for a program's data: XDG on Linux, Application Support on macOS, %APPDATA% on Windows. */
export function locateDataFolder(platform: NodeJS.Platform, env: NodeJS.ProcessEnv, home: string): string {
	if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Homeroom');
	if (platform === 'win32') return join(env.APPDATA || join(home, 'AppData', 'Roaming'), 'Homeroom');
	const shared = env.XDG_DATA_HOME;
	// The convention says that a relative path there is to be ignored.
	return join(shared && isAbsolute(shared) ? shared : join(home, '.local', 'share'), 'homeroom');
}

const packageJson = z.object({ name: z.string() });

function findRoot(from: string): string {
	for (let folder = from; ; folder = dirname(folder)) {
		if (isRoot(folder)) return folder;
		if (folder === dirname(folder)) throw new Error(`no package.json of homeroom above ${from}`);
	}
}

function isRoot(folder: string): boolean {
	try {
		return packageJson.parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))).name === 'homeroom';
	} catch {
		return false;
	}
}

function makeFolders(folders: readonly string[]): void {
	for (const folder of folders) {
		try {
			makeFolder(folder);
		} catch (error) {
			throw new StartRefusal(
				'dataFolderUnusable',
				`Homeroom cannot make its data folder ${folder}. Check that the disk is there and that you may write to it, or start with another one: --data FOLDER.`,
				error,
			);
		}
	}
}

/** Level by level: Node's own recursive mkdir never ends in a place like /proc, where a parent is there and yet takes no folder. */
function makeFolder(folder: string): void {
	if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
	if (dirname(folder) !== folder) makeFolder(dirname(folder));
	mkdirSync(folder, { mode: 0o700 });
}
