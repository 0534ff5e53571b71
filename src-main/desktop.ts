import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { createRouterClient } from '@orpc/server';
import { app, type BrowserWindow, dialog, session, shell } from 'electron';
import { z } from 'zod';
import { endOf } from '#contract/jobEnd.ts';
import type { LinkedScreen } from '#contract/linkedScreens.ts';
import { type App, createApp } from './app.ts';
import { answerPorts, type WindowSeat } from './platform/electron/answerPorts.ts';
import { guardQuit } from './platform/electron/guardQuit.ts';
import { keepCrashImages, watchHelpers } from './platform/electron/keepCrashes.ts';
import { keychain } from './platform/electron/keychain.ts';
import { lockDown } from './platform/electron/lockDown.ts';
import { openExternalSafe } from './platform/electron/openExternalSafe.ts';
import { openWindow } from './platform/electron/openWindow.ts';
import { announcePageProtocol, pageOrigin, servePage } from './platform/electron/pageProtocol.ts';
import { print, savePdf } from './platform/electron/printing.ts';
import { programAround } from './platform/electron/programAround.ts';
import { surroundWindow, tell } from './platform/electron/surroundWindow.ts';
import { say } from './platform/electron/words.ts';
import { openRendererFiles } from './platform/http/rendererFiles.ts';
import { createLog, type Logger } from './platform/log/createLog.ts';
import { locateDataFolder, type Paths, resolvePaths } from './platform/paths/paths.ts';
import { StartRefusal } from './platform/paths/StartRefusal.ts';
import { serveCalls } from './platform/rpc/serveCalls.ts';
import { installedAs } from './platform/update/installedAs.ts';

// The desktop host: shows the app in a window of Electron. usage: homeroom [--data DIR] [--reset-password NAME] [FILE …]
// --reset-password shows a code with which the account NAME chooses another password.

/** How long closing may take before the program ends all the same. */
const closeMs = 15_000;
const shownMs = 1_000;
/** What a second start hands to the first. */
const handedOver = z.object({ args: z.array(z.string()), folder: z.string(), forgetful: z.string().nullable().default(null) });
/** `npm run dev -- --desktop` shows the page from Vite's server instead; never in a packaged app. */
const developedPage = app.isPackaged ? undefined : process.env.HOMEROOM_DEV_PAGE;
const origins: readonly [string, ...string[]] = developedPage ? [developedPage, developedPage.replace('http', 'ws')] : [pageOrigin];
/** What is offered to be opened from the menu; any other file can be dropped. */
const openedEndings = ['gguf', 'srt', 'vtt', 'ass', 'csv', 'xlsx', 'json', 'yaml', 'xml', 'docx', 'pdf', 'txt'];

let window: BrowserWindow | null = null;
/** Opens what the system hands over; until the app is there it waits. macOS hands files and links over by events, maybe before anything else. */
let open: App['shell']['open'] = (args) => void early.push(...args);
const early: string[] = [];

app.enableSandbox();
announcePageProtocol();
app.on('open-file', (event, file) => {
	event.preventDefault();
	open([file], '/');
});
app.on('open-url', (event, link) => {
	event.preventDefault();
	open([link], '/');
});
try {
	const { values } = parseArgs({ args: process.argv.slice(1), strict: false, options: { data: { type: 'string' }, 'reset-password': { type: 'string' } } });
	const wished = typeof values.data === 'string' ? path.resolve(values.data) : undefined;
	const paths = resolvePaths({ dataFolder: wished ?? locateDataFolder(process.platform, process.env, app.getPath('home')) });
	// Both hosts keep their data in one place; Chromium's own files lie in a folder below it.
	app.setPath('userData', paths.data);
	app.setPath('sessionData', path.join(paths.data, 'window'));
	const forgetful = typeof values['reset-password'] === 'string' ? values['reset-password'] : null;
	const wishes = { args: process.argv.slice(1), folder: process.cwd(), forgetful };
	if (app.requestSingleInstanceLock(wishes)) await run(paths, wishes);
	else app.quit();
} catch (error) {
	dialog.showErrorBox(say('ask.couldNotStart'), error instanceof StartRefusal ? error.message : String(error instanceof Error ? error.message : error));
	app.exit(1);
}

async function run(paths: Paths, wishes: z.infer<typeof handedOver>): Promise<void> {
	const { log, close: closeLog } = createLog({ folder: paths.logs });
	let noteFault = (_error: unknown) => {};
	let isFaulty = false;
	process.on('unhandledRejection', (error) => log.error({ err: error }, 'a rejection that nobody handled'));
	process.on('uncaughtException', (error) => {
		log.fatal({ err: error }, 'a fault that nobody handled');
		noteFault(error);
		dialog.showErrorBox('Homeroom', say('ask.fault'));
		isFaulty = true;
		app.quit();
	});
	// Windows shows notices of a program that says which one it is (electron-builder.yml).
	if (process.platform === 'win32') app.setAppUserModelId('org.homeroom.desktop');
	keepCrashImages(paths.crashes);
	// The keychain is there from now on, and jobs that go on at the start may need it.
	await app.whenReady();
	// A program that is not packed replaces nothing, and needs none of the code that would.
	const form = app.isPackaged ? installedAs(process.platform, process.env) : null;
	const updater = form && (await import('./platform/update/openUpdater.ts')).openUpdater.bind(null, form, programAround(paths.updates));
	let lastAct: () => void | Promise<void> = () => {};
	const homeroom = createApp({
		paths,
		log,
		host: {
			kind: 'desktop',
			version: app.getVersion(),
			pickModelFile: async () => (await pickFiles(say('ask.pickModel'), say('ask.modelFiles'), ['gguf'], false))[0] ?? null,
			openLink: async (url) => window !== null && (await openExternalSafe(window, url)),
			showDataFolder: async () => {
				await shell.openPath(paths.data);
			},
			keychain,
			print: () => window && print(window, log),
			savePdf: async (name) => window !== null && (await savePdf(window, name)),
			openUpdater: (network) => updater?.(network) ?? null,
			leave: (act) => {
				lastAct = act;
				app.quit();
			},
			showProgram: async (file) => {
				shell.showItemInFolder(file);
				// The file manager is asked, and not waited for.
				await setTimeout(shownMs);
			},
			restart: () => {
				app.relaunch();
				app.quit();
			},
		},
	});
	let clear = () => {};
	closeInOrder(async () => {
		clear();
		await homeroom.close();
		try {
			await lastAct();
		} catch (error) {
			log.error({ err: error }, 'what was to be done at the end was not done');
			dialog.showErrorBox('Homeroom', say('ask.lastActFailed'));
		}
		await closeLog();
	}, log);
	app.on('window-all-closed', () => app.quit());
	noteFault = (error) => homeroom.shell.crashes.add('app', error instanceof Error ? error.name : 'unknown');
	watchHelpers((part, reason) => homeroom.shell.crashes.add(part, reason), log);
	const seat = homeroom.accounts.openSeat();
	open = (args, folder) => {
		homeroom.shell.open(args, folder);
		show();
	};
	const heed = async ({ args, folder, forgetful }: typeof wishes) => {
		homeroom.shell.open(args, folder);
		if (forgetful !== null) await showRecovery(homeroom, forgetful);
	};
	app.on('second-instance', (_event, _args, _folder, data) => {
		show();
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
	window = openWindow({
		address: `${origins[0]}/`,
		preload: path.join(paths.renderer, '..', 'preload', 'preload.cjs'),
		stateFile: path.join(paths.data, 'window.json'),
		log,
		stopped: (reason) => homeroom.shell.crashes.add('window', reason),
	});
	clear = surround(homeroom, seat, paths, log);
	guardQuit(window, () => !isFaulty && homeroom.shell.work.now().running > 0);
	window.on('closed', () => {
		window = null;
	});
	app.on('activate', show);
	// The program is known to macOS and Linux by its package; Windows is told by the program itself. What stands after -- is no option.
	if (app.isPackaged && process.platform === 'win32') app.setAsDefaultProtocolClient('homeroom', process.execPath, ['--']);
	homeroom.shell.open(early, '/');
	await heed(wishes);
}

/** Puts menu, tray and taskbar around the window, for whoever sits at it; what they do there is theirs, with their rights, as from the page. */
function surround(homeroom: App, seat: WindowSeat, paths: Paths, log: Logger): () => void {
	const own = createRouterClient(homeroom.router, {
		context: () => ({ principal: seat.principal(), seat, gate: homeroom.gate, origin: 'window', requestId: randomUUID(), log }),
	});
	const tried = (work: Promise<unknown>) => void work.catch((error: unknown) => log.warn({ err: error }, 'what was asked for in the menu was not done'));
	const goTo = (screen: LinkedScreen) => {
		homeroom.shell.goTo(screen);
		show();
	};
	const openFiles = async () => homeroom.shell.open(await pickFiles(say('ask.pickFiles'), say('ask.allFiles'), openedEndings, true), '/');
	const free = async () => {
		const sits = seat.principal();
		if (sits) await homeroom.shell.freeMemory(sits.accountId);
	};
	const stopTelling = homeroom.shell.work.onEnd((job) => {
		const sits = seat.principal();
		if (sits?.accountId !== job.ownerId || window?.isFocused() || !homeroom.shell.standing(sits).tellsEnds) return;
		const { title, detail, screen, ...numbers } = endOf(job);
		tell({ title: say(`ended.${title}`), body: say(`ended.${detail}`, numbers) }, () => goTo(screen));
	});
	const clear = surroundWindow({
		window: () => window,
		surroundings: () => homeroom.shell.standing(seat.principal()),
		work: () => homeroom.shell.work.now(),
		onChange: (listener) => {
			const stops = [homeroom.shell.onChange(listener), homeroom.accounts.onChange(listener)];
			return () => stops.forEach((stop) => void stop());
		},
		acts: {
			goTo,
			openFiles: () => tried(openFiles()),
			reopen: (id) => tried(own.shell.reopenFile({ id })),
			forgetRecent: () => {
				app.clearRecentDocuments();
				tried(own.shell.forgetFiles());
			},
			// The page lays itself out for paper first; where nobody is signed in there is nothing to print, then or later.
			print: () => seat.principal() && homeroom.shell.errands.add({ kind: 'print' }),
			showDataFolder: () => tried(own.system.showDataFolder()),
			show,
			free: () => tried(free()),
			setOffline: (offline) => tried(own.settings.set({ offline })),
		},
		trayIcon: path.join(paths.resources, 'icons', 'tray.png'),
		log,
	});
	const stopRemembering = homeroom.shell.recent.onRemember((file) => app.addRecentDocument(file));
	return () => {
		stopTelling();
		stopRemembering();
		clear();
	};
}

/** Brings the window before the person. */
function show(): void {
	if (window?.isMinimized()) window.restore();
	window?.show();
	window?.focus();
}

/** Shows whoever started the program on this data folder a code for another password of the account. */
async function showRecovery(homeroom: App, name: string): Promise<void> {
	if (window === null) return;
	const recovery = homeroom.accounts.recoveryCode(name);
	await dialog.showMessageBox(window, { message: recovery ? say('ask.recovery', { name, code: recovery.code }) : say('ask.noSuchAccount', { name }) });
}

/** Asks for files with the system's dialog; none when it was dismissed. */
async function pickFiles(title: string, name: string, extensions: string[], isMany: boolean): Promise<string[]> {
	if (window === null) return [];
	const { canceled, filePaths } = await dialog.showOpenDialog(window, {
		title,
		properties: ['openFile', ...(isMany ? ['multiSelections' as const] : [])],
		filters: [{ name, extensions }],
	});
	return canceled ? [] : filePaths;
}

/** Holds the program's end back until `close` is done, but never longer than `closeMs`. */
function closeInOrder(close: () => Promise<void>, log: Logger): void {
	let isClosing = false;
	app.on('will-quit', (event) => {
		event.preventDefault();
		if (isClosing) return;
		isClosing = true;
		globalThis.setTimeout(() => app.exit(1), closeMs).unref();
		close().then(
			() => app.exit(0),
			(error: unknown) => {
				log.error({ err: error }, 'could not close in order');
				app.exit(1);
			},
		);
	});
}
