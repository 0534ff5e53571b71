import { EventEmitter } from 'node:events';
import type { MessagePort } from 'node:worker_threads';

// Stands in for `electron` where its binary cannot run: it records what the shell asks for and lets a test play the world. What it
// offers is what the shell uses, and its types are Electron's own where they are checked (src-main/platform/electron).

/** Everything that was asked for, in order: the call's name and its plain arguments. */
export const asked: { call: string; args: unknown[] }[] = [];
const record = (call: string, ...args: unknown[]) => {
	asked.push({ call, args });
};

/** What the world answers with; a test changes it. */
export const world = { agrees: true, answer: 0, isFirst: true, files: ['/models/picked.gguf'] };

/** The handlers the shell has set, by the name of the call that set them. */
export const handlers = new Map<string, unknown>();
const handle = (name: string) => (first: unknown, second?: unknown) => {
	record(name, ...(second === undefined ? [] : [first]));
	handlers.set(name, second ?? first);
};

class App extends EventEmitter {
	isPackaged = true;
	enableSandbox = () => record('app.enableSandbox');
	setPath = (name: string, path: string) => record('app.setPath', name, path);
	getPath = () => '/nowhere';
	getVersion = () => '0.1.0';
	getName = () => 'Homeroom';
	getPreferredSystemLanguages = () => ['en-GB'];
	whenReady = async () => void this.emit('ready');
	requestSingleInstanceLock = (data: unknown) => {
		record('app.requestSingleInstanceLock', data);
		return world.isFirst;
	};
	quit() {
		record('app.quit');
		let isPrevented = false;
		this.emit('before-quit', {
			preventDefault: () => {
				isPrevented = true;
			},
		});
		if (!isPrevented) this.emit('will-quit', { preventDefault: () => {} });
	}
	addRecentDocument = (file: string) => record('app.addRecentDocument', file);
	clearRecentDocuments = () => record('app.clearRecentDocuments');
	exit(code: number) {
		record('app.exit', code);
		this.emit('standInExited', code);
	}
}
export const app = new App();

/** One frame of a page. */
export class Frame {
	origin: string;
	gone = false;
	constructor(origin: string) {
		this.origin = origin;
	}
	isDestroyed = () => this.gone;
}

export class WebContents extends EventEmitter {
	mainFrame = new Frame('app://homeroom');
	setWindowOpenHandler = (handler: unknown) => handlers.set('setWindowOpenHandler', handler);
	reload = () => record('webContents.reload');
	forcefullyCrashRenderer = () => {
		record('webContents.forcefullyCrashRenderer');
		this.emit('render-process-gone', {}, { reason: 'killed', exitCode: 9 });
	};
	print = () => record('webContents.print');
}

export class BrowserWindow extends EventEmitter {
	static opened: BrowserWindow[] = [];
	webContents = new WebContents();
	constructor(options: unknown) {
		super();
		record('new BrowserWindow', options);
		BrowserWindow.opened.push(this);
		app.emit('web-contents-created', {}, this.webContents);
	}
	async loadURL(address: string) {
		record('window.loadURL', address);
		queueMicrotask(() => this.emit('ready-to-show'));
	}
	isDestroyed = () => false;
	isMinimized = () => true;
	isMaximized = () => false;
	getNormalBounds = () => ({ x: 10, y: 20, width: 1000, height: 700 });
	maximize = () => record('window.maximize');
	show = () => record('window.show');
	restore = () => record('window.restore');
	focus = () => record('window.focus');
	hide = () => record('window.hide');
	isVisible = () => true;
	isFocused = () => false;
	setProgressBar = (fraction: number) => record('window.setProgressBar', fraction);
}

/** The main process's end of a port, in Electron's form. */
export class MessagePortMain extends EventEmitter {
	readonly port: MessagePort;
	constructor(port: MessagePort) {
		super();
		this.port = port;
		port.on('close', () => this.emit('close'));
	}
	start() {
		this.port.on('message', (data) => this.emit('message', { data, ports: [] }));
	}
	postMessage = (message: unknown) => this.port.postMessage(message);
	close = () => this.port.close();
}

export const ipcMain = new EventEmitter();
export const protocol = {
	registerSchemesAsPrivileged: (schemes: unknown) => record('protocol.registerSchemesAsPrivileged', schemes),
	handle: handle('protocol.handle'),
};
export const shell = {
	openExternal: async (url: string) => record('shell.openExternal', url),
	openPath: async (path: string) => {
		record('shell.openPath', path);
		return '';
	},
};
/** As on a Linux without a password store, where secrets go to the key file. */
export const safeStorage = { isEncryptionAvailable: () => true, getSelectedStorageBackend: () => 'basic_text' };
export const dialog = {
	showErrorBox: (title: string, content: string) => record('dialog.showErrorBox', title, content),
	showMessageBox: async (_window: unknown, options: { message: string }) => {
		record('dialog.showMessageBox', options.message);
		return { response: world.agrees ? 0 : 1 };
	},
	/** Which answer is given is the world's; the question's words are what is looked at. */
	showMessageBoxSync: (...args: unknown[]) => {
		const question = args.at(-1) as { message: string; buttons: string[] };
		record('dialog.showMessageBoxSync', question.message, question.buttons);
		return world.answer;
	},
	showOpenDialog: async (_window: unknown, options: unknown) => {
		record('dialog.showOpenDialog', options);
		return { canceled: world.files.length === 0, filePaths: world.files };
	},
};
class Session extends EventEmitter {
	setPermissionRequestHandler = handle('setPermissionRequestHandler');
	setPermissionCheckHandler = handle('setPermissionCheckHandler');
	setDevicePermissionHandler = handle('setDevicePermissionHandler');
	setDisplayMediaRequestHandler = handle('setDisplayMediaRequestHandler');
	setSpellCheckerEnabled = (on: boolean) => record('setSpellCheckerEnabled', on);
	webRequest = { onBeforeRequest: handle('onBeforeRequest') };
}
export const session = { defaultSession: new Session() };
export const nativeTheme = { shouldUseDarkColors: true };
const display = { workArea: { x: 0, y: 0, width: 1920, height: 1040 } };
export const screen = { getPrimaryDisplay: () => display, getAllDisplays: () => [display] };
/** The menus as they were set last, by what shows them. */
export const menus: { window: Item[]; tray: Item[] } = { window: [], tray: [] };
interface Item {
	label?: string;
	enabled?: boolean;
	checked?: boolean;
	submenu?: Item[];
	click?: (item: Item) => void;
}
export const Menu = {
	buildFromTemplate: (template: Item[]) => template,
	setApplicationMenu: (menu: Item[]) => {
		menus.window = menu;
	},
};
export class Tray extends EventEmitter {
	constructor(image: unknown) {
		super();
		record('new Tray', image);
	}
	setContextMenu = (menu: Item[]) => {
		menus.tray = menu;
	};
	setToolTip = () => {};
	destroy = () => record('tray.destroy');
}
export class Notification extends EventEmitter {
	static isSupported = () => true;
	static shown: Notification[] = [];
	constructor(words: unknown) {
		super();
		record('new Notification', words);
		Notification.shown.push(this);
	}
	show = () => {};
}
export const nativeImage = { createFromPath: (path: string) => path };
export const powerSaveBlocker = {
	start: (kind: string) => {
		record('powerSaveBlocker.start', kind);
		return 1;
	},
	stop: (id: number) => record('powerSaveBlocker.stop', id),
};
export const powerMonitor = new EventEmitter();
export const autoUpdater = new EventEmitter();
export const crashReporter = { start: (options: unknown) => record('crashReporter.start', options) };
