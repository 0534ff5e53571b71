import { readFileSync } from 'node:fs';
import { CancellationToken } from 'builder-util-runtime';
import { AppImageUpdater } from 'electron-updater/out/AppImageUpdater.js';
import type { AppUpdater } from 'electron-updater/out/AppUpdater.js';
import { MacUpdater } from 'electron-updater/out/MacUpdater.js';
import { NsisUpdater } from 'electron-updater/out/NsisUpdater.js';
import { parse } from 'yaml';
import { z } from 'zod';
import { failure, isFailure } from '#contract/errors.ts';
import type { Network } from '../network/Network.ts';
import type { InstalledAs } from './installedAs.ts';
import { NetworkExecutor } from './NetworkExecutor.ts';

/** What electron-updater asks of the program around it. */
export interface ProgramAround {
	readonly version: string;
	readonly name: string;
	readonly isPackaged: boolean;
	/** Where the build wrote from which server updates come (app-update.yml). */
	readonly appUpdateConfigPath: string;
	readonly userDataPath: string;
	readonly baseCachePath: string;
	whenReady(): Promise<void>;
	relaunch(): void;
	quit(): void;
	onQuit(handler: (exitCode: number) => void): void;
}

/** A version that is newer than this one. */
export interface NewVersion {
	version: string;
	/** Of the package that would be downloaded; null where the server does not say. */
	sizeBytes: number | null;
}

/** Looks for, fetches and installs new versions of the program. It does nothing by itself. */
export interface Updater {
	/** Name and port of the server that is asked. */
	readonly host: string;
	/** The file of this program, where that is what it is installed from, too, as an AppImage is; else null. */
	readonly program: string | null;
	/** null: this is the newest. Rejects with the failure of the network. */
	look(): Promise<NewVersion | null>;
	/** Downloads what `look` has found, and answers with the file. Rejects with the failure, or with the reason of `signal`. */
	fetch(onProgress: (fraction: number) => void, signal: AbortSignal): Promise<string>;
	/** Ends the program and installs what was fetched; call it once everything is closed. */
	install(): void;
}

const config = z.object({ provider: z.literal('generic'), url: z.url({ protocol: /^https?$/ }) });

/** Opens the updater of a program; null where its build names no server. Nothing is asked before `look`. */
export function openUpdater(form: InstalledAs, around: ProgramAround, network: Pick<Network, 'request'>): Updater | null {
	const host = hostOf(around.appUpdateConfigPath);
	if (host === null) return null;
	const updater = make(form, around);
	// The property is set by its own constructor where it runs in Electron's network; its type keeps others from setting it.
	(updater as unknown as { httpExecutor: NetworkExecutor }).httpExecutor = new NetworkExecutor(network);
	// A part of the old package and ranges of the new one: more to go wrong than it saves here.
	Object.assign(updater, { autoDownload: false, autoInstallOnAppQuit: false, disableDifferentialDownload: true, disableWebInstaller: true });
	Object.assign(updater, { allowDowngrade: false, allowPrerelease: false, logger: null });
	updater.on('error', () => {
		// Each call rejects with it, too.
	});
	return {
		host,
		program: form === 'AppImage' ? (process.env.APPIMAGE ?? null) : null,
		async look() {
			const found = await updater.checkForUpdates().catch((error: unknown) => {
				throw isFailure(error) ? error : failure('SERVER_CONFUSED', { host, what: 'no list of versions' }, error);
			});
			if (!found?.isUpdateAvailable) return null;
			return { version: found.updateInfo.version, sizeBytes: found.updateInfo.files[0]?.size ?? null };
		},
		async fetch(onProgress, signal) {
			const stop = new CancellationToken();
			const onAbort = () => stop.cancel();
			const tell = ({ percent }: { percent: number }) => onProgress(percent / 100);
			signal.addEventListener('abort', onAbort, { once: true });
			updater.on('download-progress', tell);
			try {
				signal.throwIfAborted();
				const [file] = await updater.downloadUpdate(stop);
				if (file === undefined) throw new Error('the updater named no file');
				return file;
			} catch (error) {
				signal.throwIfAborted();
				throw isFailure(error) ? error : failure('SERVER_CONFUSED', { host, what: 'no package' }, error);
			} finally {
				signal.removeEventListener('abort', onAbort);
				updater.off('download-progress', tell);
			}
		},
		install: () => updater.quitAndInstall(false, true),
	};
}

function make(form: InstalledAs, around: ProgramAround): AppUpdater {
	if (form === 'AppImage') return new AppImageUpdater(null, around);
	return form === 'nsis' ? new NsisUpdater(null, around) : new MacUpdater(undefined, around);
}

function hostOf(file: string): string | null {
	try {
		return new URL(config.parse(parse(readFileSync(file, 'utf8'))).url).host;
	} catch {
		return null;
	}
}
