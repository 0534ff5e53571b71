import { app, BrowserWindow, dialog, nativeTheme, screen } from 'electron';
import type { Logger } from 'pino';
import { placeWindow, smallestWindow } from './placeWindow.ts';
import { ReloadLimit } from './ReloadLimit.ts';
import { readWindowState, writeWindowState } from './windowFile.ts';
import { say } from './words.ts';

/** The page's own background (src-renderer/app/palette.ts), so that nothing flashes before it is there. */
const background = { light: '#f7f6f3', dark: '#17181a' };

/**
 * Opens the app's one window, where it was last time, and shows `address` in it once its first picture is ready.
 *
 * The page is sandboxed and isolated: all it gets is what the preload hands over. A page that stops is opened anew where it was, unless it stops
 * again and again; then, and where it does not answer, the person is asked.
 *
 * @param options.stopped is told why the page stopped, in Electron's word.
 */
export function openWindow(options: { address: string; preload: string; stateFile: string; log: Logger; stopped(reason: string): void }): BrowserWindow {
	const { stateFile, log } = options;
	const saved = readWindowState(stateFile);
	const workAreas = [screen.getPrimaryDisplay(), ...screen.getAllDisplays()].map(({ workArea }) => workArea);
	const window = new BrowserWindow({
		...placeWindow(saved, workAreas),
		minWidth: smallestWindow.width,
		minHeight: smallestWindow.height,
		title: 'Homeroom',
		show: false,
		autoHideMenuBar: true,
		backgroundColor: nativeTheme.shouldUseDarkColors ? background.dark : background.light,
		webPreferences: {
			preload: options.preload,
			sandbox: true,
			contextIsolation: true,
			nodeIntegration: false,
			nodeIntegrationInSubFrames: false,
			nodeIntegrationInWorker: false,
			webSecurity: true,
			allowRunningInsecureContent: false,
			experimentalFeatures: false,
			webviewTag: false,
			navigateOnDragDrop: false,
			spellcheck: false,
			devTools: !app.isPackaged,
		},
	});
	if (saved?.isMaximized) window.maximize();
	window.once('ready-to-show', () => window.show());
	window.on('close', () => {
		try {
			writeWindowState(stateFile, { bounds: window.getNormalBounds(), isMaximized: window.isMaximized() });
		} catch (error) {
			log.warn({ err: error }, 'where the window is could not be kept');
		}
	});
	// Where a page wants to stay, Electron stays without a word.
	window.webContents.on('will-prevent-unload', (event) => {
		if (isLeaving(window)) event.preventDefault();
	});
	keepGoing(window, options);
	void window.loadURL(options.address).catch((error) => log.error({ err: error }, 'the page could not be shown'));
	return window;
}

/** Opens the page anew where it was when it stopped, and asks where it does not answer. */
function keepGoing(window: BrowserWindow, { log, stopped }: Parameters<typeof openWindow>[0]): void {
	const limit = new ReloadLimit();
	const reload = () => {
		if (!window.isDestroyed()) window.webContents.reload();
	};
	window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
		log.error({ reason, exitCode }, 'the page stopped');
		if (reason === 'clean-exit' || window.isDestroyed()) return;
		stopped(reason);
		if (limit.mayReload()) reload();
		else if (ask(window, say('ask.broken'), say('ask.brokenDetail'), say('ask.reload'), say('ask.quit'))) {
			limit.forget();
			reload();
		} else app.quit();
	});
	let isAsking = false;
	window.webContents.on('unresponsive', () => {
		if (isAsking) return;
		isAsking = true;
		log.warn('the page does not answer');
		// What stopped it is opened anew as any page that stopped.
		if (ask(window, say('ask.frozen'), say('ask.frozenDetail'), say('ask.reload'), say('ask.wait'))) window.webContents.forcefullyCrashRenderer();
		isAsking = false;
	});
}

function isLeaving(window: BrowserWindow): boolean {
	return ask(window, say('ask.leave'), say('ask.leaveDetail'), say('ask.leaveNow'), say('ask.stay'));
}

/** Asks, and waits; whether the first of the two answers was chosen. The second is the one that keeps everything as it is. */
function ask(window: BrowserWindow, message: string, detail: string, act: string, keep: string): boolean {
	const asked = { type: 'question', title: 'Homeroom', message, detail } as const;
	return dialog.showMessageBoxSync(window, { ...asked, buttons: [act, keep], defaultId: 1, cancelId: 1, noLink: true }) === 0;
}
