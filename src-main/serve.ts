import { access } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { SetupCode } from '#contract/accounts.ts';
import about from '../package.json' with { type: 'json' };
import { type App, createApp } from './app.ts';
import { openRendererFiles, type RendererFiles } from './platform/http/rendererFiles.ts';
import { startWebHost, type WebHostOptions } from './platform/http/webHost.ts';
import { createLog } from './platform/log/createLog.ts';
import { type Paths, resolvePaths } from './platform/paths/paths.ts';
import { StartRefusal } from './platform/paths/StartRefusal.ts';

const usage = `Serves Homeroom to browsers on this machine.

  --port N                the port to listen on (4600; 0: any free one)
  --data DIR              the folder that holds everything Homeroom keeps (the platform's own place for it)
  --host H                127.0.0.1 (as it is) or ::1
  --reset-password NAME   also prints a link with which the account NAME chooses another password
  --help                  this text`;

/** How long closing may take before the process ends all the same. */
const closeMs = 15_000;
/** Before a restart closes the connections. */
const answerMs = 300;

/** What `npm run dev` puts in the place of the built page (scripts/developPage.ts). */
export interface Developing {
	renderer: RendererFiles;
	host: NonNullable<WebHostOptions['developing']>;
}

interface Wishes {
	host: '127.0.0.1' | '::1';
	port: number;
	data: string | undefined;
	resetPassword: string | undefined;
}

/** A reason not to start that is a sentence for whoever typed the command. */
class Refusal extends Error {}

/**
 * The browser host: serves the app at a loopback address until Ctrl-C or SIGTERM, then closes in order.
 *
 * Prints the address, with the link that sets the first account up until one has a password; prints one sentence and sets exit code 1
 * when it cannot start.
 */
export async function serve(args: string[], developing?: Developing): Promise<void> {
	try {
		const wishes = readArguments(args);
		if (wishes === 'help') console.log(usage);
		else await open(wishes, developing);
	} catch (error) {
		console.error(asSentence(error));
		process.exitCode = 1;
	}
}

async function open(wishes: Wishes, developing: Developing | undefined): Promise<void> {
	if (Number.parseInt(process.versions.node, 10) < 22) {
		throw new Refusal(`Homeroom needs Node 22 or newer and this is ${process.versions.node}. Start it with "npm run serve", which brings its own.`);
	}
	let isRestarting = false;
	let running = await begin(wishes, developing, restart);
	untilAskedToEnd(() => running);

	/** On the same address, so that the pages that are open find it again. */
	async function restart(): Promise<void> {
		if (isRestarting) return;
		isRestarting = true;
		// Whoever asked for it is answered first.
		await setTimeout(answerMs);
		try {
			const { port } = running;
			await running.close();
			// The code for another password was printed already.
			running = await begin({ ...wishes, port, resetPassword: undefined }, developing, restart);
			isRestarting = false;
		} catch (error) {
			console.error(asSentence(error));
			process.exit(1);
		}
	}
}

/** The app as it runs, on its address. */
interface Running {
	port: number;
	log: ReturnType<typeof createLog>['log'];
	/** Keeps that it ended by a fault. */
	noteFault(error: Error): void;
	close(): Promise<void>;
}

async function begin(wishes: Wishes, developing: Developing | undefined, restart: () => Promise<void>): Promise<Running> {
	const paths = resolvePaths({ dataFolder: wishes.data });
	const renderer = developing?.renderer ?? (await openRenderer(paths));
	const { log, close: closeLog } = createLog({ folder: paths.logs });
	const app = createApp({ paths, log, host: { kind: 'browser', version: about.version, pagePort: wishes.port, restart: () => void restart() } });
	const close = async () => {
		await app.close();
		log.info('closed');
		await closeLog();
	};
	const host = await startWebHost({
		router: app.router,
		gate: app.gate,
		door: app.accounts,
		renderer,
		uploadsFolder: paths.uploads,
		log,
		address: { host: wishes.host, port: wishes.port },
		...(developing && { developing: developing.host }),
	}).catch(async (error: unknown) => {
		await close();
		throw error;
	});
	log.info({ address: host.address, version: about.version }, 'open');
	printWayIn(host.origin, app.accounts, wishes.resetPassword);
	return {
		port: Number(new URL(host.origin).port),
		log,
		noteFault: ({ name }) => app.shell.crashes.add('app', name),
		async close() {
			await host.close();
			await close();
		},
	};
}

/** Says where Homeroom is, and how to get in where that takes a code. What a link's fragment holds, a browser sends nowhere. */
function printWayIn(origin: string, accounts: App['accounts'], forgetful: string | undefined): void {
	const link = ({ code }: SetupCode) => `${origin}/#/setup/${code}`;
	const recovery = forgetful === undefined ? null : accounts.recoveryCode(forgetful);
	// One account has one code: the newest would take the place of the other.
	const first = recovery === null ? accounts.firstCode() : null;
	console.log(`Homeroom is open at ${first ? link(first) : origin}`);
	if (recovery) console.log(`"${forgetful}" chooses another password here, once, within 7 days: ${link(recovery)}`);
	else if (forgetful !== undefined) console.error(`There is no account called "${forgetful}" that may sign in.`);
	if (first) console.log('Open this link in a browser on this machine to set Homeroom up: it is good once, for 7 days. Ctrl-C closes Homeroom.');
	else console.log('Open this address in a browser on this machine and sign in. Ctrl-C closes Homeroom.');
}

/** Closes at the first signal or fault, at once at the second, and never waits longer than `closeMs`. */
function untilAskedToEnd(running: () => Running): void {
	let isClosing = false;
	const end = (code: number) => {
		if (isClosing) process.exit(code || 1);
		isClosing = true;
		globalThis.setTimeout(() => process.exit(1), closeMs).unref();
		running()
			.close()
			.then(
				() => process.exit(code),
				(error: unknown) => {
					running().log.error({ err: error }, 'could not close in order');
					process.exit(1);
				},
			);
	};
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => end(0));
	process.on('unhandledRejection', (error) => running().log.error({ err: error }, 'a rejection that nobody handled'));
	process.on('uncaughtException', (error) => {
		running().log.fatal({ err: error }, 'a fault that nobody handled');
		running().noteFault(error);
		console.error('Homeroom met a fault it cannot go on from and closes; what was done so far is kept. The log in its data folder says more.');
		end(1);
	});
}

function readArguments(args: string[]): Wishes | 'help' {
	const values = parse(args);
	if (values.help) return 'help';
	const port = values.port === undefined ? 4600 : Number(values.port);
	if (!/^\d+$/.test(values.port ?? '0') || port > 65_535) throw new Refusal(`--port takes a number from 0 to 65535, not "${values.port}".`);
	const host = values.host === 'localhost' ? '127.0.0.1' : (values.host ?? '127.0.0.1');
	if (host !== '127.0.0.1' && host !== '::1') {
		throw new Refusal(
			`Homeroom listens on 127.0.0.1 or ::1 only, not on "${host}": on any other address everyone in the network could read what is sent, because it does not speak HTTPS yet.`,
		);
	}
	const data = values.data === undefined ? undefined : path.resolve(values.data);
	return { host, port, data, resetPassword: values['reset-password'] };
}

function parse(args: string[]) {
	try {
		const text = { type: 'string' } as const;
		return parseArgs({ args, options: { port: text, data: text, host: text, 'reset-password': text, help: { type: 'boolean', short: 'h' } } }).values;
	} catch (error) {
		throw new Refusal(`${error instanceof Error ? error.message.split('\n')[0] : ''}\n\n${usage}`.trim());
	}
}

async function openRenderer(paths: Paths): Promise<RendererFiles> {
	await access(path.join(paths.renderer, 'index.html')).catch(() => {
		throw new Refusal('Homeroom has not been built yet. Build it with "npm run build", then start again.');
	});
	return await openRendererFiles(paths.renderer);
}

function asSentence(error: unknown): string {
	if (error instanceof StartRefusal || error instanceof Refusal) return error.message;
	const code = error instanceof Error && 'code' in error ? error.code : null;
	const port = error instanceof Error && 'port' in error ? error.port : '';
	if (code === 'EADDRINUSE')
		return `Port ${port} is taken by another program, or by the gateway of this Homeroom. Close it, or choose another port: --port N (0: any free one).`;
	if (code === 'EACCES' && port) return `Port ${port} may not be used by this user. Choose one above 1024: --port N.`;
	if (code === 'EADDRNOTAVAIL') return 'This machine does not have that address. Leave --host out to use 127.0.0.1.';
	return `Homeroom could not start: ${error instanceof Error ? error.message : String(error)}`;
}

if (import.meta.main) await serve(process.argv.slice(2));
