import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { createRouterClient } from '@orpc/server';
import { app, type BrowserWindow, dialog, session, shell } from 'electron';
import { z } from 'zod';
import { isFailure } from '#contract/errors.ts';
import { type App, createApp } from './app.ts';
import { answerPorts } from './platform/electron/answerPorts.ts';
import { keychain } from './platform/electron/keychain.ts';
import { lockDown } from './platform/electron/lockDown.ts';
import { setMenu } from './platform/electron/menu.ts';
import { modelFilesIn } from './platform/electron/modelFilesIn.ts';
import { openExternalSafe } from './platform/electron/openExternalSafe.ts';
import { openWindow } from './platform/electron/openWindow.ts';
import { announcePageProtocol, pageOrigin, servePage } from './platform/electron/pageProtocol.ts';
import { words } from './platform/electron/words.ts';
import { openRendererFiles } from './platform/http/rendererFiles.ts';
import { createLog, type Logger } from './platform/log/createLog.ts';
import { locateDataFolder, type Paths, resolvePaths } from './platform/paths/paths.ts';
import { StartRefusal } from './platform/paths/StartRefusal.ts';
import type { CallContext } from './platform/rpc/guard.ts';
import { serveCalls } from './platform/rpc/serveCalls.ts';

// The desktop host: shows the app in a window of Electron. usage: homeroom [--data DIR] [--reset-password NAME] [MODEL.gguf …]
// --reset-password shows a code with which the account NAME chooses another password.

/** How long closing may take before the program ends all the same. */
const closeMs = 15_000;
/** What a second start hands to the first. */
const handedOver = z.object({ files: z.array(z.string()), forgetful: z.string().nullable().default(null) });
/** `npm run dev -- --desktop` shows the page from Vite's server instead; never in a packaged app. */
const developedPage = app.isPackaged ? undefined : process.env.HOMEROOM_DEV_PAGE;
const origins: readonly [string, ...string[]] = developedPage ? [developedPage, developedPage.replace('http', 'ws')] : [pageOrigin];

let window: BrowserWindow | null = null;

app.enableSandbox();
announcePageProtocol();
try {
	const { values } = parseArgs({ args: process.argv.slice(1), strict: false, options: { data: { type: 'string' }, 'reset-password': { type: 'string' } } });
	const wished = typeof values.data === 'string' ? path.resolve(values.data) : undefined;
	const paths = resolvePaths({ dataFolder: wished ?? locateDataFolder(process.platform, process.env, app.getPath('home')) });
	// Both hosts keep their data in one place; Chromium's own files lie in a folder below it.
	app.setPath('userData', paths.data);
	app.setPath('sessionData', path.join(paths.data, 'window'));
	const files = modelFilesIn(process.argv.slice(1), process.cwd());
	const forgetful = typeof values['reset-password'] === 'string' ? values['reset-password'] : null;
	if (app.requestSingleInstanceLock({ files, forgetful })) await run(paths, { files, forgetful });
	else app.quit();
} catch (error) {
	dialog.showErrorBox(words().couldNotStart, error instanceof StartRefusal ? error.message : String(error instanceof Error ? error.message : error));
	app.exit(1);
}

async function run(paths: Paths, wishes: z.infer<typeof handedOver>): Promise<void> {
	const { log, close: closeLog } = createLog({ folder: paths.logs });
	process.on('unhandledRejection', (error) => log.error({ err: error }, 'a rejection that nobody handled'));
	process.on('uncaughtException', (error) => {
		log.fatal({ err: error }, 'a fault that nobody handled');
		dialog.showErrorBox('Homeroom', words().fault);
		app.quit();
	});
	// The keychain is there from now on, and jobs that go on at the start may need it.
	await app.whenReady();
	const homeroom = createApp({
		paths,
		log,
		host: {
			kind: 'desktop',
			version: app.getVersion(),
			pickModelFile,
			openLink: async (url) => window !== null && (await openExternalSafe(window, url)),
			showDataFolder: async () => {
				await shell.openPath(paths.data);
			},
			keychain,
		},
	});
	closeInOrder(async () => {
		await homeroom.close();
		await closeLog();
	}, log);
	app.on('window-all-closed', () => app.quit());
	const seat = homeroom.accounts.openSeat();
	const heed = async ({ files, forgetful }: typeof wishes) => {
		if (forgetful !== null) await showRecovery(homeroom, forgetful);
		await importModels(homeroom, { principal: seat.principal(), seat, log }, files);
	};
	app.on('second-instance', (_event, _args, _folder, data) => {
		if (window?.isMinimized()) window.restore();
		window?.focus();
		const read = handedOver.safeParse(data);
		if (read.success) void heed(read.data);
	});
	answerPorts({
		window: () => window,
		origin: origins[0],
		serve: serveCalls({ router: homeroom.router, gate: homeroom.gate, log }),
		seat,
		onChange: (listener) => homeroom.accounts.onChange(listener),
		log,
	});

	lockDown({ session: session.defaultSession, origins, log, onLink: (url) => window && void openExternalSafe(window, url) });
	if (!developedPage) servePage(await openRendererFiles(paths.renderer));
	setMenu();
	window = openWindow({
		address: `${origins[0]}/`,
		preload: path.join(paths.renderer, '..', 'preload', 'preload.cjs'),
		stateFile: path.join(paths.data, 'window.json'),
		log,
	});
	window.on('closed', () => {
		window = null;
	});
	await heed(wishes);
}

/** Takes model files into the library as the window's own page would; what goes wrong is shown. */
async function importModels(homeroom: App, caller: Pick<CallContext, 'principal' | 'seat' | 'log'>, files: readonly string[]): Promise<void> {
	const context: CallContext = { ...caller, gate: homeroom.gate, origin: 'window', requestId: randomUUID() };
	const client = createRouterClient(homeroom.router, { context });
	for (const file of files) {
		try {
			await client.library.importPath({ path: file });
		} catch (error) {
			if (!isFailure(error, 'MODEL_EXISTS')) dialog.showErrorBox(words().couldNotImport(path.basename(file)), error instanceof Error ? error.message : '');
		}
	}
}

/** Shows whoever started the program on this data folder a code for another password of the account. */
async function showRecovery(homeroom: App, name: string): Promise<void> {
	if (window === null) return;
	const say = words();
	const recovery = homeroom.accounts.recoveryCode(name);
	await dialog.showMessageBox(window, { message: recovery ? say.recovery(name, recovery.code) : say.noSuchAccount(name) });
}

async function pickModelFile(): Promise<string | null> {
	if (window === null) return null;
	const say = words();
	const { canceled, filePaths } = await dialog.showOpenDialog(window, {
		title: say.pickModel,
		properties: ['openFile'],
		filters: [{ name: say.modelFiles, extensions: ['gguf'] }],
	});
	return canceled ? null : (filePaths[0] ?? null);
}

/** Holds the program's end back until `close` is done, but never longer than `closeMs`. */
function closeInOrder(close: () => Promise<void>, log: Logger): void {
	let isClosing = false;
	app.on('will-quit', (event) => {
		event.preventDefault();
		if (isClosing) return;
		isClosing = true;
		setTimeout(() => app.exit(1), closeMs).unref();
		close().then(
			() => app.exit(0),
			(error: unknown) => {
				log.error({ err: error }, 'could not close in order');
				app.exit(1);
			},
		);
	});
}
