#!/usr/bin/env node
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import about from '../package.json' with { type: 'json' };
import { runCommand } from './cli/runCommand.ts';
import { type Paths, resolvePaths } from './platform/paths/paths.ts';

/** After Ctrl-C, how long what runs may take to end in order. */
const endMs = 15_000;

/** The command line: one command, and then the end. `serve` is the browser host (serve.ts), which this process makes room for. */
async function main([name, ...args]: string[]): Promise<void> {
	if (Number.parseInt(process.versions.node, 10) < 22) {
		console.error(`Homeroom needs Node 22 or newer and this is ${process.versions.node}. "npm run homeroom -- …" brings its own.`);
		process.exit(1);
	}
	if (name === 'serve') return serve(args);
	const leaving = new AbortController();
	const leave = () => {
		if (leaving.signal.aborted) process.exit(130);
		leaving.abort(new Error('stopped'));
		setTimeout(() => process.exit(130), endMs).unref();
	};
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, leave);
	// Whoever reads what is printed may have had enough, as `head` has.
	process.stdout.on('error', () => process.exit(0));
	const exitCode = await runCommand(name === undefined ? [] : [name, ...args], {
		...{ stdin: process.stdin, stdout: process.stdout, stderr: process.stderr, env: process.env, signal: leaving.signal },
		// Most of what there is to read, and most commands need nothing of it.
		keepData: async (paths) => (await import('./keepData.ts')).keepData(paths),
		paths: (dataFolder) => resolvePaths({ dataFolder }),
		ownApp: (paths) => ({ open: () => openApp(paths) }),
	});
	// What is piped in and was not read would keep the process waiting.
	process.stdin.destroy();
	process.exitCode = exitCode;
	setTimeout(() => process.exit(exitCode), endMs).unref();
}

/** The whole app in this process, for one command, with a gateway that nobody else knows of. */
async function openApp(paths: Paths) {
	// Most of what there is to read, and most commands need nothing of it.
	const [{ createApp }, { createLog }] = await Promise.all([import('./app.ts'), import('./platform/log/createLog.ts')]);
	const { log, close: closeLog } = createLog({ folder: paths.logs });
	const app = createApp({ paths, log, host: { kind: 'browser', version: about.version }, opensGateway: false });
	const { origin, key, close } = await app.openForCommandLine();
	return {
		...{ origin, key, swapped: app.swapped },
		async close() {
			await close();
			await app.close();
			await closeLog();
		},
	};
}

/** Hands the terminal over to the browser host: its signals go to the child by themselves, its end is ours. */
function serve(args: string[]): void {
	const here = fileURLToPath(import.meta.url);
	const child = spawn(process.execPath, [here.replace(/homeroom\.([jt]s)$/, 'serve.$1'), ...args], { stdio: 'inherit' });
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => signal === 'SIGINT' || child.kill(signal));
	child.once('error', (error) => {
		console.error(`Homeroom could not be started: ${error.message}`);
		process.exitCode = 1;
	});
	child.once('exit', (code) => process.exit(code ?? 1));
}

await main(process.argv.slice(2));
