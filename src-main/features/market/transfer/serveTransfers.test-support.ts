import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pino from 'pino';
import { type Fault, type ServedBytes, serveFile } from '../../../../e2e/support/hub/serveFile.ts';
import type { TransferOptions, TransferTask } from './transfer.ts';

export const workerFile = fileURLToPath(new URL('./transferWorker.ts', import.meta.url));

/** Waits that a test can bear. */
export const quickTempo = { stallMs: 5000, stallBytes: 512, firstWaitMs: 5, mostWaitMs: 20, tries: 4, awayTries: 4, mostRetryAfterMs: 5000 };

/** How the server answers: `path` is `/file`, which sends on to `/cdn`, or `/cdn`; `index` counts the requests to that path from 0. */
export type FaultFor = (request: { path: string; index: number; range: string | undefined }) => Fault | null;

export interface Stage {
	task: TransferTask;
	bytes: Buffer;
	/** Ranges that were asked of `/cdn`, in order. */
	ranges: (string | undefined)[];
	tokens: { path: string; token: string | undefined }[];
	sentBytes: () => number;
	/** Has `listener` called whenever something was sent; in the place of the one before. */
	onSent: (listener: () => void) => void;
	setFault: (faultFor: FaultFor) => void;
	options: (changes?: Partial<TransferOptions>) => TransferOptions;
	close: () => void;
}

/** A loopback server with one file of random bytes behind a redirect, as the hub has it, and a folder to fetch it into. */
export async function openStage(sizeBytes: number, faultFor: FaultFor = () => null): Promise<Stage> {
	const bytes = randomBytes(sizeBytes);
	const folder = mkdtempSync(join(tmpdir(), 'homeroom-transfer-'));
	const server = await serve(bytes, faultFor);
	return {
		task: {
			url: `${server.url}/file`,
			sizeBytes,
			checksum: `sha256:${createHash('sha256').update(bytes).digest('hex')}`,
			fileName: 'model.gguf',
			partFile: join(folder, 'model.part'),
		},
		bytes,
		...server,
		options: (changes = {}) => ({
			...{ workerFile, log: pino({ enabled: false }), signal: new AbortController().signal, tempo: quickTempo },
			limits: () => ({ bytesPerSecond: null }),
			policy: () => ({ offline: false, proxy: 'none' }),
			...changes,
		}),
		close: () => {
			server.close();
			rmSync(folder, { recursive: true, force: true });
		},
	};
}

/** Serves bytes at `/cdn`, where `/file` sends on to. */
export async function serve(bytes: ServedBytes, firstFaultFor: FaultFor) {
	let faultFor = firstFaultFor;
	const ranges: Stage['ranges'] = [];
	const tokens: Stage['tokens'] = [];
	const counts: Record<string, number> = {};
	let sent = 0;
	let listener = () => {};
	const onSent = (count: number) => {
		sent += count;
		listener();
	};
	const server = createServer((request: IncomingMessage, response) => {
		const path = request.url ?? '/';
		const index = counts[path] ?? 0;
		counts[path] = index + 1;
		const { range, authorization } = request.headers;
		tokens.push({ path, token: authorization });
		const fault = faultFor({ path, index, range });
		if (path === '/file' && !fault) return void response.writeHead(302, { location: '/cdn', 'content-length': 0 }).end();
		if (path === '/cdn') ranges.push(range);
		serveFile(request, response, { bytes, etag: '"one"', fault, onSent });
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('no port');
	return {
		url: `http://127.0.0.1:${address.port}`,
		ranges,
		tokens,
		sentBytes: () => sent,
		onSent: (next: () => void) => {
			listener = next;
		},
		setFault: (next: FaultFor) => {
			faultFor = next;
			for (const path of Object.keys(counts)) delete counts[path];
		},
		close: () => {
			server.closeAllConnections();
			server.close();
		},
	};
}
