import { app, BrowserWindow, dialog, nativeTheme, screen } from 'electron';
import type { Logger } from 'pino';
import { placeWindow, smallestWindow } from './placeWindow.ts';
import { readWindowState, writeWindowState } from './windowFile.ts';
import { words } from './words.ts';

/** The page's own background (src-renderer/app/palette.ts), so that nothing flashes before it is there. */
const background = { light: '#f7f6f3', dark: '#17181a' };

/**
 * Opens the app's one window, where it was last time, and shows `address` in it once its first picture is ready.
 *
 * The page is sandboxed and isolated: all it gets is what the preload hands over.
 */
export function openWindow(options: { address: string; preload: string; stateFile: string; log: Logger }): BrowserWindow {
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
	window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
		log.error({ reason, exitCode }, 'the page stopped');
		if (reason !== 'clean-exit' && !window.isDestroyed()) window.webContents.reload();
	});
	void window.loadURL(options.address).catch((error) => log.error({ err: error }, 'the page could not be shown'));
	return window;
}

function isLeaving(window: BrowserWindow): boolean {
	const say = words();
	const asked = { type: 'question', title: 'Homeroom', message: say.leave, detail: say.leaveDetail } as const;
	return dialog.showMessageBoxSync(window, { ...asked, buttons: [say.leaveNow, say.stay], defaultId: 1, cancelId: 1, noLink: true }) === 0;
}
