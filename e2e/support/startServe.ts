import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Served {
	/** `http://127.0.0.1:PORT` */
	origin: string;
	/** The code with which it is set up, good once; null where somebody has a password. */
	setupCode: string | null;
	dataFolder: string;
	pid: number;
	/** What the process has printed so far. */
	output(): string;
	/** Ends the process politely and waits; SIGKILL ends it as a power cut would. The data folder stays. */
	stop(signal?: NodeJS.Signals): Promise<number | null>;
}

const built = fileURLToPath(new URL('../../dist/main/serve.js', import.meta.url));

/**
 * Starts the built browser host, or the one that is packed elsewhere, on a free port and a data folder of its own (or the given one, for a
 * restart), and waits until it is open.
 */
export async function startServe(options: { dataFolder?: string; node?: string; entry?: string } = {}): Promise<Served> {
	const { node = process.execPath, entry = built } = options;
	const dataFolder = options.dataFolder ?? (await mkdtemp(path.join(os.tmpdir(), 'homeroom-e2e-')));
	const child = spawn(node, [entry, '--port', '0', '--data', dataFolder], {
		stdio: ['ignore', 'pipe', 'pipe'],
		env: { ...process.env, HOMEROOM_GPU: 'off' },
	});
	let output = '';
	const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
	const [, origin = '', setupCode = null] = await new Promise<RegExpExecArray>((resolve, reject) => {
		const read = (chunk: Buffer) => {
			output += chunk.toString('utf8');
			const open = /^Homeroom is open at (http:\/\/[^/\s]+)(?:\/#\/setup\/(\S+))?\n/m.exec(output);
			if (open) resolve(open);
		};
		child.stdout.on('data', read);
		child.stderr.on('data', read);
		void ended.then((code) => reject(new Error(`serve ended with ${code}:\n${output}`)));
	});
	return {
		origin,
		setupCode,
		dataFolder,
		pid: child.pid ?? 0,
		output: () => output,
		async stop(signal = 'SIGTERM') {
			child.kill(signal);
			return await ended;
		},
	};
}

/** Deletes what a served app kept, once the test is done with it. */
export async function removeData(served: Served): Promise<void> {
	await rm(served.dataFolder, { recursive: true, force: true });
}
