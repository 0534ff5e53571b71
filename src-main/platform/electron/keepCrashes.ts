import { app, crashReporter } from 'electron';
import type { Logger } from '../log/createLog.ts';

/** Keeps what was in the memory of a part that crashes in `folder`, and sends it to nobody. Call it before the app is ready. */
export function keepCrashImages(folder: string): void {
	app.setPath('crashDumps', folder);
	crashReporter.start({ uploadToServer: false, ignoreSystemCrashHandler: false });
}

/** Tells of each of Electron's own processes that stopped against its will, the graphics among them; Electron starts them again by itself. */
export function watchHelpers(stopped: (part: 'gpu' | 'helper', reason: string) => void, log: Pick<Logger, 'error'>): void {
	app.on('child-process-gone', (_event, { type, reason, exitCode, name }) => {
		log.error({ type, reason, exitCode, name }, 'a process of the window stopped');
		if (reason !== 'clean-exit') stopped(type === 'GPU' ? 'gpu' : 'helper', `${type} ${reason}`);
	});
}
