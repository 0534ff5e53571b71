import path from 'node:path';
import { app } from 'electron';
import type { ProgramAround } from '../update/openUpdater.ts';

/** This program, as its updater needs to know it; what that downloads lies in `folder`. */
export function programAround(folder: string): ProgramAround {
	return {
		version: app.getVersion(),
		name: app.getName(),
		isPackaged: app.isPackaged,
		appUpdateConfigPath: path.join(process.resourcesPath, 'app-update.yml'),
		userDataPath: folder,
		baseCachePath: folder,
		whenReady: () => app.whenReady(),
		relaunch: () => app.relaunch(),
		quit: () => app.quit(),
		onQuit: (handler) => app.once('quit', (_event, exitCode) => handler(exitCode)),
	};
}
