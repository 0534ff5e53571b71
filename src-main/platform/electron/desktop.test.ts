import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

// The wiring of the desktop shell, executed: the built program and preload run in a Node of their own against a stand-in for
// `electron` that records what is asked of it (e2e/support/driveDesktop.ts).

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../..', import.meta.url));
let dataFolder: string;
let seen: Report;

interface Report {
	asked: Asked[];
	pages: Record<string, { status: number; headers: Record<string, string>; body: string }>;
	bridge: unknown;
	calls: unknown;
	refusedPorts: Record<string, unknown>;
	permissions: unknown;
	requests: unknown;
	navigation: { wentTo: unknown; actions: unknown; mayReload: unknown; asked: Asked[] };
	downloads: unknown;
	secondStart: Asked[];
	errands: unknown;
	updates: unknown;
	shell: { recent: unknown; tray: unknown; chosen: Asked[]; errands: unknown; stopped: Asked[]; crashes: unknown };
	seat: unknown;
	recovery: string[];
	end: unknown;
}
interface Asked {
	call: string;
	args: unknown[];
}

beforeAll(async () => {
	dataFolder = await mkdtemp(path.join(os.tmpdir(), 'homeroom-desktop-'));
	const built = ['dist/main/desktop.js', 'dist/preload/preload.cjs', 'dist/renderer/index.html'].every((file) => existsSync(path.join(root, file)));
	if (!built) await run(process.execPath, ['scripts/build.mjs'], { cwd: root });
	const { stdout } = await run(process.execPath, ['e2e/support/driveDesktop.ts', dataFolder], { cwd: root, maxBuffer: 64 * 1024 * 1024, timeout: 60_000 });
	seen = JSON.parse(stdout);
});
afterAll(() => rm(dataFolder, { recursive: true, force: true }));

const argsOf = (call: string, from: readonly Asked[] = seen.asked) => from.filter((one) => one.call === call).map(({ args }) => args);

test('R6 the one window is sandboxed and isolated, and shows the page of app:// alone', () => {
	expect(argsOf('new BrowserWindow')).toEqual([
		[
			{
				width: 1280,
				height: 800,
				minWidth: 720,
				minHeight: 480,
				title: 'Homeroom',
				show: false,
				autoHideMenuBar: true,
				backgroundColor: '#17181a',
				webPreferences: {
					preload: path.join(root, 'dist', 'preload', 'preload.cjs'),
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
					devTools: false,
				},
			},
		],
	]);
	expect(argsOf('window.loadURL')).toEqual([['app://homeroom/']]);
	expect(argsOf('window.show')).toHaveLength(1);
});

test('R6 every process is sandboxed, one program at a time has the data folder, and app:// is open to no other origin', () => {
	const order = seen.asked.map(({ call }) => call);
	expect(order.slice(0, 5)).toEqual([
		'app.enableSandbox',
		'protocol.registerSchemesAsPrivileged',
		'app.setPath',
		'app.setPath',
		'app.requestSingleInstanceLock',
	]);
	expect(argsOf('app.setPath')).toEqual([
		['userData', dataFolder],
		['sessionData', path.join(dataFolder, 'window')],
		['crashDumps', path.join(dataFolder, 'crashes')],
	]);
	expect(argsOf('protocol.registerSchemesAsPrivileged')).toEqual([
		[[{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, corsEnabled: false, codeCache: true } }]],
	]);
});

test('R3 the page comes with the whole policy, and nothing but it and its files is served', () => {
	const page = seen.pages.page;
	const nonce = /<meta name="csp-nonce" content="([\w+/=]{24})"/.exec(page?.body ?? '')?.[1];
	expect(page?.headers).toEqual({
		'cache-control': 'no-store',
		'content-security-policy': `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data: blob:; media-src blob:; font-src 'self'; connect-src 'none'; frame-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'`,
		'content-type': 'text/html; charset=utf-8',
		'cross-origin-opener-policy': 'same-origin',
		'cross-origin-resource-policy': 'same-origin',
		'origin-agent-cluster': '?1',
		'permissions-policy': expect.stringMatching(/^clipboard-write=\(self\), accelerometer=\(\), .*usb=\(\)/),
		'referrer-policy': 'no-referrer',
		'x-content-type-options': 'nosniff',
		'x-frame-options': 'DENY',
	});
	expect(Object.fromEntries(Object.entries(seen.pages).map(([name, { status }]) => [name, status]))).toEqual({
		page: 200,
		'page asked by itself': 200,
		'another host': 403,
		'asked by another origin': 403,
		'asked by an opaque origin': 403,
		posted: 403,
		'a file outside': 404,
		'a file outside, encoded': 404,
		'the page by its file name': 404,
	});
});

test('R5 the page is handed a port and the path of a dropped file, and nothing else', () => {
	expect(seen.bridge).toEqual({ names: { homeroom: ['host', 'pathForFile'] }, path: '/dropped/a.gguf', heardNoise: 0 });
});

test('I3 a port is taken from the main frame of our window with our page, and from nobody else', () => {
	expect(new Set(Object.values(seen.refusedPorts).map((one) => JSON.stringify(one)))).toEqual(new Set(['["closed",0]']));
	expect(Object.keys(seen.refusedPorts)).toHaveLength(9);
});

test('the page calls the app through its port as the owner, and failures come from the closed list', () => {
	expect(seen.calls).toEqual({
		name: '',
		role: 'admin',
		host: 'desktop',
		unknown: 'NOT_FOUND',
		wrong: 'INVALID_INPUT',
		dismissed: { path: null },
		picked: { path: '/models/picked.gguf' },
		opened: { opened: true },
		refused: { opened: false },
		declined: { opened: false },
	});
});

test('R6 every permission is refused, but for copying from our own page', () => {
	expect(seen.permissions).toEqual({
		granted: ['request clipboard-sanitized-write app://homeroom true', 'check clipboard-sanitized-write app://homeroom true'],
		device: false,
		streams: null,
	});
	expect(argsOf('setSpellCheckerEnabled')).toEqual([[false]]);
});

test('R2 nothing the page asks for leaves the machine', () => {
	expect(seen.requests).toEqual(['app://homeroom/', 'app://homeroom/assets/a.js', 'blob:app://homeroom/1', 'data:image/png;base64,AA==']);
	expect(seen.downloads).toEqual(['blob:app://homeroom/1']);
});

test('R4 the window is led nowhere; a link of the three schemes is opened outside after the person saw its host', () => {
	const { asked, ...rest } = seen.navigation;
	expect(rest).toEqual({ wentTo: [], actions: ['deny'], mayReload: true });
	expect(new Set(argsOf('dialog.showMessageBox', asked).flat())).toEqual(
		new Set(['This link leads to example.org. Open it outside Homeroom?', 'This link leads to a@b.example. Open it outside Homeroom?']),
	);
	expect(new Set(argsOf('shell.openExternal', asked).flat())).toEqual(new Set(['https://example.org/', 'mailto:a@b.example']));
});

test('a packed program that names a server looks for new versions there, and not before it is told to', () => {
	expect(seen.updates).toEqual({ first: ['127.0.0.1:9', '0.1.0', 'idle', null], last: ['127.0.0.1:9', '0.1.0', 'failed', 'NETWORK_FAILED'] });
});

test('a second start brings the window to the front', () => {
	const shown = ['window.restore', 'window.show', 'window.focus'];
	expect(seen.secondStart.map(({ call }) => call)).toEqual([...shown, ...shown, ...shown, ...shown]);
});

test('what the program was started for, and what came later from a second start or the system, waits for the page in its order', () => {
	expect(seen.errands).toEqual([
		{ kind: 'screen', screen: 'grading' },
		{ kind: 'model', name: 'first.gguf', path: path.join(dataFolder, 'first.gguf') },
		{ kind: 'file', name: 'film.srt', file: 'Hello' },
		{ kind: 'model', name: 'later.gguf', path: path.join(dataFolder, 'later.gguf') },
		{ kind: 'unknownLink' },
	]);
});

test('menu and tray speak as whoever sits at the window has chosen, and do what they say with that person’s rights', () => {
	const { recent, tray, chosen, errands } = seen.shell;
	expect(recent).toEqual(['later.gguf', 'film.srt', 'first.gguf', null, 'Clear the list']);
	expect(tray).toEqual([
		['打开 Homeroom'],
		[],
		['没有正在进行的工作', false],
		['立即释放内存：空闲模型 0 个', false],
		['保持离线', true, false],
		[],
		['退出 Homeroom'],
	]);
	expect(chosen.map(({ call }) => call)).toEqual(['window.restore', 'window.show', 'window.focus', 'app.clearRecentDocuments']);
	expect(errands).toEqual([{ kind: 'screen', screen: 'grading' }, { kind: 'print' }, { kind: 'file', name: 'film.srt', file: 'Hello' }]);
});

test('a page that stops is opened anew where it was, asked after the third time in a row; what does not answer is stopped when the person says so', () => {
	const { stopped, crashes } = seen.shell;
	expect(stopped.map(({ call, args }) => [call, args[0]])).toEqual([
		['webContents.reload', undefined],
		['webContents.reload', undefined],
		['webContents.reload', undefined],
		['dialog.showMessageBoxSync', 'The window stopped several times in a row'],
		['webContents.reload', undefined],
		['dialog.showMessageBoxSync', 'The window does not answer'],
		['webContents.forcefullyCrashRenderer', undefined],
		['webContents.reload', undefined],
	]);
	expect(crashes).toEqual(['gpu GPU crashed', 'window crashed', 'window crashed', 'window crashed', 'window crashed', 'window killed']);
	expect(argsOf('crashReporter.start')).toEqual([[{ uploadToServer: false, ignoreSystemCrashHandler: false }]]);
});

test('the owner goes straight in until there is a password; who signs out is out, with the port, until somebody signs in', () => {
	expect(seen.seat).toEqual({
		fresh: [
			{ name: '', isNew: true, hasPassword: false },
			{ isSignedIn: true, isSetUp: false },
		],
		protected: [true, { isSignedIn: true, isSetUp: true }],
		left: 'closed',
		outside: [{ isSignedIn: false, isSetUp: true }, 'NOT_SIGNED_IN', 'SIGN_IN_REFUSED'],
		back: ['Ada', [{ device: 'window', isThisOne: true }]],
	});
});

test('U3 whoever starts the program with --reset-password is shown a code for the account', () => {
	expect(seen.recovery).toEqual([
		expect.stringMatching(/^ADA chooses another password with this code, once, within 7 days: [0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/),
		'There is no account called Nobody that may sign in.',
	]);
});

test('closing the window keeps where it was and closes the app in order', () => {
	expect(seen.end).toEqual({ exitCode: 0, windowState: '{"bounds":{"x":10,"y":20,"width":1000,"height":700},"isMaximized":false}' });
});
