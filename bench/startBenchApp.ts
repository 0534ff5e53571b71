import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Starts the whole app with the benches' own procedures in a process of its own (ipcServer.ts), and waits until it is open. */
export async function startBenchApp(dataFolder: string, pageFolder: string) {
	const entry = fileURLToPath(new URL('./ipcServer.ts', import.meta.url));
	const child = spawn(process.execPath, [entry, dataFolder, pageFolder], {
		stdio: ['ignore', 'pipe', 'inherit'],
		env: { ...process.env, HOMEROOM_GPU: 'off' },
	});
	const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
	const [origin = '', setupCode = '', openOrigin = ''] = await new Promise<string[]>((resolve, reject) => {
		child.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString('utf8').trim().split(' ')));
		void ended.then(() => reject(new Error('the app ended before it was open')));
	});
	return {
		origin,
		setupCode,
		/** The same calls, for whoever asks. */
		openOrigin,
		async stop() {
			child.kill('SIGTERM');
			await ended;
		},
	};
}
