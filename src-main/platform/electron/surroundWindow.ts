import { app, type BrowserWindow, Menu, Notification, nativeImage, powerSaveBlocker, Tray } from 'electron';
import type { Logger } from '../log/createLog.ts';
import { type MenuActs, menuTemplate } from './menuTemplate.ts';
import { runningWords, type TrayActs, type TrayState, trayTemplate } from './trayTemplate.ts';
import { say, speakAs } from './words.ts';

/** What stands around the window, as it is now. */
export interface Surroundings extends Omit<TrayState, 'running' | 'fraction'> {
	language: 'system' | 'en' | 'zh';
	recent: readonly { id: string; name: string }[];
}

/** The taskbar's own words for work of which it is not known how far it is, and for no work. */
const indeterminate = 2;
const none = -1;
/** Progress is told often; menus are for hands. */
const refreshMs = 250;

/**
 * Keeps menu, tray, taskbar and the machine's sleep in step with the app: what runs is counted in the tray and drawn on the taskbar or dock, and
 * while something runs the machine does not fall asleep (its screen may).
 *
 * @param options.onChange calls its listener after each change of `surroundings` or `work`, also too often.
 * @returns how to take all of it away.
 */
export function surroundWindow(options: {
	window: () => BrowserWindow | null;
	surroundings(): Surroundings;
	work(): { running: number; fraction: number | null };
	onChange(listener: () => void): () => void;
	acts: MenuActs & Omit<TrayActs, 'quit'>;
	trayIcon: string;
	log: Pick<Logger, 'error'>;
}): () => void {
	const { window, acts, log } = options;
	speakAs(() => options.surroundings().language);
	const tray = openTray(options.trayIcon, acts, log);
	let awake: number | null = null;
	let shown = '';
	let drawn = none;
	const stayAwake = (isWorking: boolean) => {
		if (isWorking && awake === null) awake = powerSaveBlocker.start('prevent-app-suspension');
		if (isWorking || awake === null) return;
		powerSaveBlocker.stop(awake);
		awake = null;
	};
	const refresh = () => {
		const surroundings = options.surroundings();
		const work = options.work();
		const state = { ...surroundings, ...work, fraction: work.fraction === null ? null : Math.floor(work.fraction * 100) / 100 };
		stayAwake(work.running > 0);
		const bar = work.running === 0 ? none : (work.fraction ?? indeterminate);
		if (bar !== drawn) window()?.setProgressBar(bar);
		drawn = bar;
		// A menu that is made anew closes where it is open.
		if (JSON.stringify(state) === shown) return;
		shown = JSON.stringify(state);
		const { platform } = process;
		Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate({ platform, isPackaged: app.isPackaged, say, recent: surroundings.recent, acts })));
		tray?.setContextMenu(Menu.buildFromTemplate(trayTemplate(state, say, { ...acts, quit: () => app.quit() })));
		tray?.setToolTip(`Homeroom: ${runningWords(state, say)}`);
	};
	const refreshSafely = () => {
		try {
			refresh();
		} catch (error) {
			log.error({ err: error }, 'menu and tray could not be brought up to date');
		}
	};
	let waiting: NodeJS.Timeout | null = null;
	const stopListening = options.onChange(() => {
		waiting ??= setTimeout(() => {
			waiting = null;
			refreshSafely();
		}, refreshMs).unref();
	});
	refreshSafely();
	return () => {
		stopListening();
		if (waiting) clearTimeout(waiting);
		stayAwake(false);
		tray?.destroy();
	};
}

/** Tells of something outside of the window, where the system lets it; `onClick` follows it up. */
export function tell(words: { title: string; body: string }, onClick: () => void): void {
	if (!Notification.isSupported()) return;
	const notification = new Notification(words);
	notification.on('click', onClick);
	notification.show();
}

/** null where this desktop has none; the menu has all that is in it but what runs. */
function openTray(icon: string, acts: Pick<TrayActs, 'show'>, log: Pick<Logger, 'error'>): Tray | null {
	try {
		const tray = new Tray(nativeImage.createFromPath(icon));
		tray.on('click', () => acts.show());
		return tray;
	} catch (error) {
		log.error({ err: error }, 'there is no tray here');
		return null;
	}
}
