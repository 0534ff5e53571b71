import { Worker } from 'node:worker_threads';

/**
 * Makes this process, and every process in its group, end as soon as the process that started it is gone (reliability.md F1).
 *
 * The parent holds the other end of this process's stdin; when the parent dies by whatever means, the system closes it. Reading
 * happens in a thread of its own, so it works also while this process is stuck inside a native library. Call it first thing in a
 * child started by `startChild`, and leave stdin alone after that.
 */
export function watchParent(): void {
	// The thread's code is text so that it needs no file of its own beside a bundle. A child that does not lead a group of its own
	// (Windows) ends itself alone.
	const code = `
		const { Socket } = require('node:net');
		const end = () => {
			try { if (process.platform !== 'win32') process.kill(-process.pid, 'SIGKILL'); } catch {}
			process.kill(process.pid, 'SIGKILL');
		};
		new Socket({ fd: 0, readable: true, writable: false }).on('data', () => {}).on('end', end).on('error', end).on('close', end);
	`;
	new Worker(code, { eval: true, name: 'watch-parent', resourceLimits: { maxOldGenerationSizeMb: 16 } }).unref();
}
