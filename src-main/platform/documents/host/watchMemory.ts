import { Worker } from 'node:worker_threads';

/**
 * Ends this process as soon as it holds more than `mostBytes` of memory, of whatever kind.
 *
 * A limit on the heap leaves out the bytes beside it, in which unpacked files lie. Looking happens in a thread of its own, many times a
 * second, so it works also while this process is stuck in a loop.
 */
export function watchMemory(mostBytes: number): void {
	const code = `
		const { workerData } = require('node:worker_threads');
		setInterval(() => { if (process.memoryUsage.rss() > workerData) process.kill(process.pid, 'SIGKILL'); }, 25);
	`;
	new Worker(code, { eval: true, name: 'watch-memory', workerData: mostBytes, resourceLimits: { maxOldGenerationSizeMb: 16 } }).unref();
}
