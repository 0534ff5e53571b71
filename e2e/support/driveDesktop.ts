import { readFileSync, writeFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import path from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import vm from 'node:vm';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { createORPCClient, safe } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { Client } from '#contract/contract.ts';
import { app, asked, BrowserWindow, Frame, handlers, ipcMain, MessagePortMain, menus, session, WebContents, world } from './electronStandIn.ts';

// Runs the built desktop program and its built preload against the stand-in for `electron`, plays the world, and prints what
// happened as one JSON object. usage: node driveDesktop.ts DATA_FOLDER

const standIn = new URL('./electronStandIn.ts', import.meta.url).href;
registerHooks({
	resolve: (specifier, context, next) =>
		specifier === 'electron' ? { url: standIn, format: 'module-typescript', shortCircuit: true } : next(specifier, context),
});

const dist = fileURLToPath(new URL('../../dist', import.meta.url));
const dataFolder = process.argv[2] ?? '';
process.argv = ['homeroom', '.', '--data', dataFolder, path.join(dataFolder, 'first.gguf')];
writeFileSync(path.join(dataFolder, 'film.srt'), 'Hello');
// As a program that was installed and whose build names a server for new versions.
writeFileSync(path.join(dataFolder, 'app-update.yml'), 'provider: generic\nurl: http://127.0.0.1:9/homeroom/\nupdaterCacheDirName: homeroom\n');
Object.assign(process, { resourcesPath: dataFolder });
process.env.APPIMAGE = path.join(dataFolder, 'Homeroom.AppImage');
// macOS hands over what the program was started for before it is ready.
app.once('ready', () => app.emit('open-url', { preventDefault: () => {} }, 'homeroom://grading'));
await import(pathToFileURL(path.join(dist, 'main', 'desktop.js')).href);
const window = BrowserWindow.opened[0];
if (!window) throw new Error('no window was opened');
await until(() => asked.some(({ call }) => call === 'window.show'));

const report = {
	asked: [...asked],
	pages: await askForPages(),
	bridge: null as unknown,
	calls: null as unknown,
	refusedPorts: await offerForeignPorts(),
	permissions: askForPermissions(),
	requests: askForTheNetwork(),
	navigation: await navigate(),
	downloads: download(),
	updates: null as unknown,
	secondStart: null as unknown,
	errands: null as unknown,
	shell: null as unknown,
	seat: null as unknown,
	recovery: null as unknown,
	end: null as unknown,
};
const page = openPreload();
report.bridge = page.bridge;
report.calls = await callThrough(await page.connect());
report.updates = await lookForUpdates(await page.connect());
asked.length = 0;
app.emit('second-instance', {}, [], '/', { args: ['film.srt', '--data', 'elsewhere.d'], folder: dataFolder });
app.emit('second-instance', {}, [], '/', { args: 7 });
app.emit('open-file', { preventDefault: () => {} }, path.join(dataFolder, 'later.gguf'));
app.emit('open-url', { preventDefault: () => {} }, 'homeroom://models/../../evil');
report.secondStart = [...asked];
report.errands = await takeErrands(await page.connect());
report.shell = await chooseInMenus(page);
asked.length = 0;
report.seat = await signInAndOut(page);
app.emit('second-instance', {}, [], '/', { args: [], folder: '/', forgetful: 'ADA' });
app.emit('second-instance', {}, [], '/', { args: [], folder: '/', forgetful: 'Nobody' });
await until(() => asked.filter(({ call }) => call === 'dialog.showMessageBox').length === 2);
report.recovery = asked.filter(({ call }) => call === 'dialog.showMessageBox').map(({ args }) => args[0]);
asked.length = 0;
window.emit('close');
app.emit('window-all-closed');
report.end = {
	exitCode: await new Promise((resolve) => app.once('standInExited', resolve)),
	windowState: readFileSync(path.join(dataFolder, 'window.json'), 'utf8'),
};
process.stdout.write(`${JSON.stringify(report)}\n`, () => process.exit(0));

async function until(isSo: () => boolean): Promise<void> {
	while (!isSo()) await turn();
}

async function askForPages(): Promise<unknown> {
	// What `protocol.handle` was given is a function from a request to its answer.
	const answer = handlers.get('protocol.handle') as (request: Request) => Promise<Response>;
	const pages: Record<string, unknown> = {};
	const ask = async (name: string, address: string, init: { method?: string; initiatorOrigin?: string } = {}) => {
		const request = Object.assign(
			new Request(address, init.method ? { method: init.method } : {}),
			init.initiatorOrigin ? { initiatorOrigin: init.initiatorOrigin } : {},
		);
		const response = await answer(request);
		pages[name] = { status: response.status, headers: Object.fromEntries(response.headers), body: (await response.text()).slice(0, 2000) };
	};
	await ask('page', 'app://homeroom/');
	await ask('page asked by itself', 'app://homeroom/', { initiatorOrigin: 'app://homeroom' });
	await ask('another host', 'app://elsewhere/');
	await ask('asked by another origin', 'app://homeroom/', { initiatorOrigin: 'https://evil.example' });
	await ask('asked by an opaque origin', 'app://homeroom/', { initiatorOrigin: 'null' });
	await ask('posted', 'app://homeroom/', { method: 'POST' });
	await ask('a file outside', 'app://homeroom/../main/desktop.js');
	await ask('a file outside, encoded', 'app://homeroom/..%2fmain%2fdesktop.js');
	await ask('the page by its file name', 'app://homeroom/index.html');
	return pages;
}

/** Evaluates the built preload as Electron would, with nothing but `electron`'s three parts to require. */
function openPreload() {
	const exposed: Record<string, unknown> = {};
	const listeners: ((event: unknown) => void)[] = [];
	const handedIn: { channel: string; message: unknown; ports: MessagePort[] }[] = [];
	const handedOut: MessagePort[] = [];
	const fakeWindow = {
		addEventListener: (_type: string, listener: (event: unknown) => void) => listeners.push(listener),
		postMessage: (message: { type: string }, _origin: string, ports: MessagePort[]) => {
			if (message.type === 'homeroom:port') handedOut.push(...ports);
		},
	};
	const electron = {
		contextBridge: { exposeInMainWorld: (name: string, api: object) => Object.assign(exposed, { [name]: api }) },
		ipcRenderer: { postMessage: (channel: string, message: unknown, ports: MessagePort[]) => handedIn.push({ channel, message, ports }) },
		webUtils: { getPathForFile: (file: { name: string }) => `/dropped/${file.name}` },
	};
	const require = (name: string) => {
		if (name !== 'electron') throw new Error(`a sandboxed preload may not require ${name}`);
		return electron;
	};
	const source = readFileSync(path.join(dist, 'preload', 'preload.cjs'), 'utf8');
	vm.runInNewContext(source, { require, exports: {}, module: { exports: {} }, window: fakeWindow, location: { origin: 'app://homeroom' }, MessageChannel });
	const say = (data: unknown, from: { source?: unknown; origin?: string } = {}) => {
		for (const listener of listeners) listener({ data, source: fakeWindow, origin: 'app://homeroom', ports: [], ...from });
	};
	for (const noise of [null, 7, 'homeroom:connect', {}, { type: 'homeroom:port' }]) say(noise);
	say({ type: 'homeroom:connect' }, { source: {} });
	say({ type: 'homeroom:connect' }, { origin: 'https://evil.example' });
	const heardNoise = handedIn.length;
	const api = exposed.homeroom as { pathForFile(file: unknown): string };
	return {
		bridge: {
			names: Object.fromEntries(Object.entries(exposed).map(([name, value]) => [name, Object.keys(Object(value))])),
			path: api.pathForFile({ name: 'a.gguf' }),
			heardNoise,
		},
		async connect(): Promise<MessagePort> {
			say({ type: 'homeroom:connect' });
			const given = handedIn.at(-1);
			if (given?.channel !== 'homeroom:connect') throw new Error('the preload handed in no port');
			ipcMain.emit(given.channel, {
				sender: window?.webContents,
				senderFrame: window?.webContents.mainFrame,
				ports: given.ports.map((port) => new MessagePortMain(port)),
			});
			const port = handedOut.at(-1);
			if (!port) throw new Error('the preload handed out no port');
			return port;
		},
	};
}

async function callThrough(port: MessagePort): Promise<unknown> {
	const client: Client = createORPCClient(new RPCLink({ port }));
	const me = await client.accounts.me();
	const info = await client.system.info();
	const [unknown] = await safe((client as unknown as { nothing: { here(): Promise<unknown> } }).nothing.here());
	const [wrong] = await safe(client.accounts.rename({ name: '' }));
	// A frame that is no frame must neither be answered under someone else's id nor end anything.
	for (const noise of ['hello', '', 7, null, { i: '1' }, new Uint8Array([1, 255])]) port.postMessage(noise);
	world.files = [];
	const dismissed = await client.system.pickModelFile();
	world.files = ['/models/picked.gguf'];
	const picked = await client.system.pickModelFile();
	world.agrees = true;
	const opened = await client.system.openLink({ url: 'https://example.org/' });
	const refused = await client.system.openLink({ url: 'file:///etc/passwd' });
	world.agrees = false;
	const declined = await client.system.openLink({ url: 'https://example.org/' });
	world.agrees = true;
	await client.system.showDataFolder();
	port.close();
	return { name: me.name, role: me.role, host: info.host, unknown: codeOf(unknown), wrong: codeOf(wrong), dismissed, picked, opened, refused, declined };
}

/** How looking for a new version stands before anybody agreed, and when it is asked for where no server answers. */
async function lookForUpdates(port: MessagePort): Promise<unknown> {
	const client: Client = createORPCClient(new RPCLink({ port }));
	const told: unknown[] = [];
	for await (const { server, version, state } of await client.updates.watch()) {
		told.push([server, version, state.kind, state.kind === 'failed' ? state.failure.code : null]);
		if (told.length === 1) await client.updates.look();
		if (state.kind === 'failed') break;
	}
	port.close();
	return { first: told[0], last: told.at(-1) };
}

/** Takes what came from outside of the window, as its page does. */
async function takeErrands(port: MessagePort): Promise<unknown> {
	const client: Client = createORPCClient(new RPCLink({ port }));
	const taken: unknown[] = [];
	for await (const ids of await client.shell.errands()) {
		for (const id of ids) {
			const errand = await client.shell.takeErrand({ id });
			taken.push(errand.kind === 'file' ? { ...errand, file: await errand.file.text() } : errand);
		}
		break;
	}
	port.close();
	return taken;
}

/** Chooses in the menu and the tray, lets the page stop in every way, and closes the window while something runs. */
async function chooseInMenus(page: ReturnType<typeof openPreload>): Promise<unknown> {
	const port = await page.connect();
	const client: Client = createORPCClient(new RPCLink({ port }));
	asked.length = 0;
	const find = (items: typeof menus.window, label: string): (typeof menus.window)[number] | undefined =>
		items.find((item) => item.label === label) ?? items.flatMap((item) => find(item.submenu ?? [], label) ?? [])[0];
	const recentOf = () => find(menus.window, 'Open recent')?.submenu?.map(({ label }) => label);
	await until(() => recentOf()?.length === 5);
	const recent = recentOf();
	find(menus.window, 'Grading')?.click?.({});
	find(menus.window, 'Print…')?.click?.({});
	find(menus.window, 'film.srt')?.click?.({});
	// Each is a call of its own, and none waits for another.
	await client.shell.recentFiles();
	find(menus.window, 'Clear the list')?.click?.({});
	await until(() => recentOf()?.length === 1);
	await client.settings.set({ language: 'zh' });
	await until(() => find(menus.window, '文件') !== undefined);
	const tray = menus.tray.map(({ label, enabled, checked }) => [label, enabled, checked].filter((part) => part !== undefined));
	find(menus.tray, '保持离线')?.click?.({ checked: true });
	await until(() => find(menus.tray, '保持离线')?.checked === true);
	await client.settings.set({ language: 'en', offline: false });
	await until(() => find(menus.window, 'File') !== undefined);
	const chosen = [...asked];
	asked.length = 0;
	const errands = await takeErrands(await page.connect());
	asked.length = 0;

	for (let stop = 0; stop < 4; stop++) window?.webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 });
	window?.webContents.emit('unresponsive');
	app.emit('child-process-gone', {}, { type: 'GPU', reason: 'crashed', exitCode: 5 });
	const stopped = [...asked];
	asked.length = 0;
	const crashes = (await client.shell.crashes()).map(({ part, reason }) => `${part} ${reason}`).sort();
	port.close();
	return { recent, tray, chosen, errands, stopped, crashes };
}

/** The owner takes a name and a password, leaves, is not let in with another password, and comes back with the right one. */
async function signInAndOut(page: ReturnType<typeof openPreload>): Promise<unknown> {
	const seen: Record<string, unknown> = {};
	const open = async () => {
		const port = await page.connect();
		const closed = new Promise((resolve) => port.once('close', () => resolve('closed')));
		const client: Client = createORPCClient(new RPCLink({ port }));
		return { port, closed, client };
	};
	const first = await open();
	seen.fresh = [await first.client.accounts.me().then(({ name, isNew, hasPassword }) => ({ name, isNew, hasPassword })), await first.client.accounts.door()];
	await first.client.accounts.rename({ name: 'Ada' });
	await first.client.accounts.changePassword({ current: null, next: 'a stone in the shoe' });
	seen.protected = [(await first.client.accounts.me()).hasPassword, await first.client.accounts.door()];
	await first.client.accounts.signOut();
	seen.left = await first.closed;
	const second = await open();
	const [refused] = await safe(second.client.accounts.me());
	const [wrong] = await safe(second.client.accounts.signIn({ name: 'Ada', password: 'not this one' }));
	seen.outside = [await second.client.accounts.door(), codeOf(refused), codeOf(wrong)];
	await second.client.accounts.signIn({ name: 'ada', password: 'a stone in the shoe' });
	seen.back = [(await second.client.accounts.me()).name, (await second.client.accounts.sessions()).map(({ device, isThisOne }) => ({ device, isThisOne }))];
	second.port.close();
	return seen;
}

/** Offers a port from everywhere but the page; each must be closed without an answer. */
async function offerForeignPorts(): Promise<unknown> {
	const own = window?.webContents;
	const gone = new Frame('app://homeroom');
	gone.gone = true;
	const other = new WebContents();
	const senders: Record<string, unknown> = {
		'a sub-frame': { sender: own, senderFrame: new Frame('app://homeroom') },
		'a destroyed frame': { sender: own, senderFrame: gone },
		'no frame': { sender: own, senderFrame: null },
		'a second window': { sender: other, senderFrame: other.mainFrame },
	};
	const seen: Record<string, unknown> = {};
	const offer = async (name: string, sender: unknown) => {
		const { port1, port2 } = new MessageChannel();
		let answers = 0;
		port1.on('message', () => answers++);
		const closed = new Promise((resolve) => port1.once('close', () => resolve('closed')));
		ipcMain.emit('homeroom:connect', Object.assign({ ports: [new MessagePortMain(port2)] }, sender));
		port1.postMessage('{"i":"1","p":{"u":"/accounts/me","b":{}}}');
		seen[name] = [await closed, answers];
	};
	for (const [name, sender] of Object.entries(senders)) await offer(name, sender);
	if (own) {
		for (const origin of ['https://evil.example', 'null', 'file://', 'app://elsewhere', 'http://127.0.0.1:5173']) {
			own.mainFrame.origin = origin;
			await offer(`our frame showing ${origin}`, { sender: own, senderFrame: own.mainFrame });
		}
		own.mainFrame.origin = 'app://homeroom';
	}
	return seen;
}

function askForPermissions(): unknown {
	const request = handlers.get('setPermissionRequestHandler') as (
		contents: unknown,
		permission: string,
		callback: (granted: boolean) => void,
		details: object,
	) => void;
	const check = handlers.get('setPermissionCheckHandler') as (contents: unknown, permission: string, origin: string, details: object) => boolean;
	const device = handlers.get('setDevicePermissionHandler') as () => boolean;
	const display = handlers.get('setDisplayMediaRequestHandler') as (request: object, callback: (streams: unknown) => void) => void;
	const granted: string[] = [];
	const all =
		'ar background-sync clipboard-read clipboard-sanitized-write deprecated-sync-clipboard-read display-capture fileSystem fullscreen geolocation hid idle-detection keyboardLock local-fonts local-network-access loopback-network media midi midiSysex notifications openExternal persistent-storage pointerLock screen-wake-lock sensors serial speaker-selection storage-access usb vr web-printing window-management unknown';
	for (const permission of all.split(' ')) {
		for (const [origin, isMainFrame] of [
			['app://homeroom', true],
			['app://homeroom', false],
			['https://evil.example', true],
			['app://homeroom.evil.example', true],
		] as const) {
			request(null, permission, (isGranted) => isGranted && granted.push(`request ${permission} ${origin} ${isMainFrame}`), {
				isMainFrame,
				requestingUrl: `${origin}/`,
			});
			if (check(null, permission, `${origin}/`, { isMainFrame })) granted.push(`check ${permission} ${origin} ${isMainFrame}`);
		}
	}
	let streams: unknown = 'not answered';
	display({}, (given) => {
		streams = given;
	});
	return { granted, device: device(), streams };
}

function askForTheNetwork(): unknown {
	const before = handlers.get('onBeforeRequest') as (details: { url: string }, callback: (answer: { cancel: boolean }) => void) => void;
	const addresses = [
		'app://homeroom/',
		'app://homeroom/assets/a.js',
		'blob:app://homeroom/1',
		'data:image/png;base64,AA==',
		'https://evil.example/',
		'http://127.0.0.1:4600/',
		'ws://127.0.0.1:1/',
		'app://homeroom.evil.example/',
		'app://elsewhere/',
		'file:///etc/passwd',
		'ftp://a.example/',
		'blob:https://evil.example/1',
	];
	const through: string[] = [];
	for (const url of addresses) before({ url }, ({ cancel }) => !cancel && through.push(url));
	return through;
}

/** Tries to lead the window elsewhere in every way; counts what got through and what the person was asked. */
async function navigate(): Promise<unknown> {
	asked.length = 0;
	const contents = window?.webContents;
	const open = handlers.get('setWindowOpenHandler') as (details: { url: string }) => { action: string };
	const links = [
		'https://example.org/',
		'mailto:a@b.example',
		'javascript:alert(1)',
		'data:text/html,1',
		'file:///etc/passwd',
		'smb://a/b',
		'ms-msdt:/id',
		'search-ms:q',
		'calculator:',
		'custom:a',
		'about:blank',
		'app://elsewhere/',
		'app://homeroom/index.html',
	];
	const wentTo: string[] = [];
	const actions = new Set<string>();
	const happen = (event: string, details: object) => {
		let isDenied = false;
		contents?.emit(event, {
			...details,
			preventDefault: () => {
				isDenied = true;
			},
		});
		return isDenied;
	};
	for (const url of links) {
		if (!happen('will-frame-navigate', { url, isMainFrame: true })) wentTo.push(url);
		await turn();
		if (!happen('will-frame-navigate', { url, isMainFrame: false })) wentTo.push(`frame ${url}`);
		if (!happen('will-redirect', { url })) wentTo.push(`redirect ${url}`);
		await turn();
		actions.add(open({ url }).action);
		await turn();
	}
	if (!happen('will-attach-webview', {})) wentTo.push('a web view');
	const mayReload = !happen('will-frame-navigate', { url: 'app://homeroom/#/chat', isMainFrame: true });
	return { wentTo, actions: [...actions], mayReload, asked: [...asked] };
}

function download(): unknown {
	const went: string[] = [];
	for (const url of ['blob:app://homeroom/1', 'https://evil.example/a.exe', 'data:text/plain,a', 'blob:https://evil.example/1']) {
		let isDenied = false;
		session.defaultSession.emit(
			'will-download',
			{
				preventDefault: () => {
					isDenied = true;
				},
			},
			{ getURL: () => url },
		);
		if (!isDenied) went.push(url);
	}
	return went;
}

function codeOf(error: unknown): unknown {
	return typeof error === 'object' && error !== null && 'code' in error ? error.code : error;
}
