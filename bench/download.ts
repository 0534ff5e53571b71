import { mkdtemp, open, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import pino from 'pino';
import { transfer } from '../src-main/features/market/transfer/transfer.ts';
import { buildWorker } from './buildWorker.ts';
import { median } from './median.ts';
import type { Report } from './run.ts';
import { startFileServer } from './startFileServer.ts';

const fileBytes = 2 ** 31;
const rounds = 5;
const leastRatio = 0.9;
const mostMemoryBytes = 200e6;
const mostLoopDelayMs = 20;
const sampleMs = 20;

/**
 * Fetching 2 GiB from a loopback server in a process of its own: our transfer, which checks the file and flushes it to the disk, beside a
 * bare `fetch` written to a file that is neither checked nor flushed; in turns, medians. Then what ours takes of this process's memory
 * and event loop.
 */
export async function run(report: Report): Promise<void> {
	const folder = await mkdtemp(path.join(os.tmpdir(), 'homeroom-download-'));
	const transferWorker = await buildWorker(path.join(folder, 'program'));
	const server = await startFileServer(fileBytes);
	const times: Record<'ours' | 'bare', number[]> = { ours: [], bare: [] };
	const memory: number[] = [];
	const delays: number[] = [];
	try {
		for (let round = 0; round < rounds; round++) {
			times.bare.push(await timed(() => fetchBare(`${server.url}/cdn`, path.join(folder, 'bare'))));
			await rm(path.join(folder, 'bare'));
			const watch = watchProcess();
			times.ours.push(await timed(() => fetchOurs(server, path.join(folder, 'ours.part'), transferWorker)));
			const { peakBytes, p99Ms } = watch();
			memory.push(peakBytes);
			delays.push(p99Ms);
			await Promise.all(['ours.part', 'ours.part.journal'].map((name) => rm(path.join(folder, name))));
		}
	} finally {
		server.stop();
		await rm(folder, { recursive: true, force: true });
	}
	const speed = (ms: readonly number[]) => Math.round(fileBytes / 1e6 / (median(ms) / 1000));
	const [ours, bare] = [speed(times.ours), speed(times.bare)];
	const ratio = rounded(ours / bare);
	report({
		metric: '2 GiB fetched, checked and flushed, beside a bare fetch to a file',
		value: ours,
		unit: 'MB/s',
		baseline: bare,
		ratio,
		limit: leastRatio,
		pass: ratio >= leastRatio,
	});
	const peak = Math.max(...memory);
	report({
		metric: 'peak memory of the process over idle',
		value: rounded(peak / 1e6),
		unit: 'MB',
		limit: mostMemoryBytes / 1e6,
		pass: peak < mostMemoryBytes,
	});
	const p99 = median(delays);
	report({ metric: 'event loop delay of the process, p99', value: rounded(p99), unit: 'ms', limit: mostLoopDelayMs, pass: p99 < mostLoopDelayMs });
}

async function fetchOurs({ url, sha256 }: { url: string; sha256: string }, partFile: string, workerFile: string): Promise<void> {
	await transfer(
		{ url: `${url}/file`, sizeBytes: fileBytes, checksum: `sha256:${sha256}`, fileName: 'bench.gguf', partFile },
		{
			...{ workerFile, log: pino({ enabled: false }), signal: new AbortController().signal },
			limits: () => ({ bytesPerSecond: null }),
			policy: () => ({ offline: false, proxy: 'none' }),
		},
	);
}

async function fetchBare(url: string, file: string): Promise<void> {
	const response = await fetch(url);
	if (!response.ok || !response.body) throw new Error(`status ${response.status}`);
	const handle = await open(file, 'w');
	for await (const bytes of response.body) await handle.write(bytes);
	await handle.close();
}

/** Watches memory and event loop until what it returns is called. The loop's delay is over what a timer of this resolution has anyway. */
function watchProcess(): () => { peakBytes: number; p99Ms: number } {
	globalThis.gc?.();
	const idleBytes = process.memoryUsage.rss();
	let most = idleBytes;
	const timer = setInterval(() => {
		most = Math.max(most, process.memoryUsage.rss());
	}, sampleMs);
	const loop = monitorEventLoopDelay({ resolution: 1 });
	loop.enable();
	return () => {
		clearInterval(timer);
		loop.disable();
		return { peakBytes: most - idleBytes, p99Ms: loop.percentile(99) / 1e6 };
	};
}

async function timed(work: () => Promise<void>): Promise<number> {
	const startedAt = performance.now();
	await work();
	return performance.now() - startedAt;
}

function rounded(value: number): number {
	return Math.round(value * 100) / 100;
}
