import { dirname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type ErrorCode, type ErrorData, failure } from '#contract/errors.ts';
import { sumBlockBytes } from '#contract/sumBlockBytes.ts';
import { freeBytes } from '../../../platform/disk/room.ts';
import type { Logger } from '../../../platform/log/createLog.ts';
import type { ConnectionRecord } from '../../../platform/network/HopRecord.ts';
import type { NetworkPolicy } from '../../../platform/network/Network.ts';
import { diskFault } from './diskFault.ts';
import { keptBytes } from './Journal.ts';
import { type FetchOrder, type FetchReply, type LiveTerms, type Tempo, type TransferProgress, usualTempo } from './transferContract.ts';

/** One file to fetch: what it must be is known before a byte comes. */
export interface TransferTask {
	/** Asked again for each connection, since an address that it redirects to may expire. */
	url: string;
	/** Goes to the origin of `url` alone. */
	token?: string | undefined;
	sizeBytes: number;
	/** `sha256:` and 64 digits, or `git-sha1:` and 40: the id that git gives the file. */
	checksum: string;
	/** For messages. */
	fileName: string;
	/** Where it is written; its journal lies beside it. */
	partFile: string;
}

export type { TransferProgress } from './transferContract.ts';

export interface TransferOptions {
	/** The program of the transferring thread (transferWorker.ts). */
	workerFile: string;
	log: Logger;
	/** Told of each server that was asked, when its answer is over. */
	onConnection?: ((record: ConnectionRecord) => void) | undefined;
	/** Ends the transfer soon; the part is kept. */
	signal: AbortSignal;
	/** Told about four times a second. */
	onProgress?: ((progress: TransferProgress) => void) | undefined;
	/** Asked again and again: a change counts within half a second. `bytesPerSecond` is for all running transfers together. */
	limits: () => { bytesPerSecond: number | null };
	policy: () => NetworkPolicy;
	/** Waits that differ from the usual ones. */
	tempo?: Partial<Tempo> | undefined;
}

export interface TransferResult {
	sha256: string;
	/** CRC-32 of each block of `sumBlockBytes`, as little-endian 32-bit numbers. */
	blockSums: Buffer;
}

const termsMs = 500;
/** The files being written, each by one transfer. */
const running = new Set<string>();

/**
 * Fetches a file into `partFile` and checks it. It goes on with what an earlier run left there, after reading that again.
 *
 * When it resolves the part file is whole, has the checksum and outlives a power cut. It stays where it is: the caller moves it away
 * and deletes the journal (`.journal` after its name). After a failure or an abort the part is kept for the next run, but for
 * DOWNLOAD_CORRUPT and DOWNLOAD_CHANGED: it is thrown away where all of it was fetched twice and is not what it should be.
 *
 * @throws OFFLINE, NETWORK_FAILED, SERVER_FAILED, SERVER_CONFUSED, RATE_LIMITED, REDIRECT_REFUSED, REMOTE_NOT_FOUND, GATED,
 * TOKEN_INVALID, DOWNLOAD_CORRUPT, DOWNLOAD_CHANGED, DOWNLOAD_STALLED, DISK_FULL, DISK_FAILED; JOB_STATE while another transfer
 * writes to the same part file; what the signal was aborted with.
 */
export function transfer({ partFile, ...task }: TransferTask, options: TransferOptions): Promise<TransferResult> {
	return run({ ...task, file: partFile, journal: `${partFile}.journal`, blocks: null }, options);
}

/**
 * Fetches the named blocks (numbers from 0, of `sumBlockBytes`) of a file anew, in their place, and checks the whole file.
 *
 * After a failure the file is as good as it was: only these blocks were written to. Fails as `transfer` does.
 */
export function repairFile(task: Omit<TransferTask, 'partFile'> & { file: string; blocks: number[] }, options: TransferOptions): Promise<TransferResult> {
	return run({ ...task, journal: null }, options);
}

type Job = Pick<FetchOrder, 'url' | 'sizeBytes' | 'checksum' | 'fileName' | 'file' | 'journal' | 'blocks'> & Pick<TransferTask, 'token'>;

async function run(job: Job, options: TransferOptions): Promise<TransferResult> {
	options.signal.throwIfAborted();
	if (running.has(job.file)) throw failure('JOB_STATE', { state: 'running' });
	running.add(job.file);
	try {
		return await runThread(job, options);
	} finally {
		running.delete(job.file);
	}
}

async function runThread(job: Job, options: TransferOptions): Promise<TransferResult> {
	const { signal, workerFile } = options;
	const order: FetchOrder = {
		...{ kind: 'fetch', ...job, token: job.token, blockBytes: sumBlockBytes, workerFile, tempo: { ...usualTempo, ...options.tempo } },
		...termsNow(options),
	};
	const worker = new Worker(workerFile, { workerData: order, env: proxyEnvironment(), execArgv: [] });
	const { promise, resolve, reject } = Promise.withResolvers<TransferResult>();
	const onAbort = () => reject(signal.reason);
	signal.addEventListener('abort', onAbort);
	const stopTelling = tellTerms(worker, options);
	const connections = new UnendedConnections(options.onConnection);
	worker.on('message', (reply: FetchReply) => {
		if (reply.kind === 'progress') options.onProgress?.(reply.progress);
		else if (reply.kind === 'log') options.log.info(reply.fields, reply.message);
		else if (reply.kind === 'connection') connections.tell(reply.record);
		else if (reply.kind === 'done') resolve({ sha256: reply.sha256, blockSums: Buffer.from(reply.blockSums) });
		else resolve(failureOf(reply, job).then((error) => Promise.reject(error)));
	});
	worker.once('error', reject);
	// Comes after an answer too, and then changes nothing.
	worker.once('exit', (code) => reject(new Error(`the transferring thread ended with code ${code} and no answer`)));
	try {
		return await promise;
	} finally {
		stopTelling();
		signal.removeEventListener('abort', onAbort);
		await worker.terminate();
		connections.cut();
	}
}

/** Passes on what a thread tells of its connections, and the end of those that ended with it. */
class UnendedConnections {
	readonly #onConnection: (record: ConnectionRecord) => void;
	#underWay: ConnectionRecord[] = [];

	constructor(onConnection: TransferOptions['onConnection']) {
		this.#onConnection = onConnection ?? (() => {});
	}

	tell(record: ConnectionRecord): void {
		if (record.outcome === 'underWay') this.#underWay.push(record);
		else {
			const begun = this.#underWay.findIndex(({ at, purpose, host }) => at === record.at && purpose === record.purpose && host === record.host);
			if (begun >= 0) this.#underWay.splice(begun, 1);
		}
		this.#onConnection(record);
	}

	/** To be called once the thread has ended. */
	cut(): void {
		const now = Date.now();
		for (const begun of this.#underWay.splice(0)) this.#onConnection({ ...begun, outcome: 'cut', ms: now - begun.at });
	}
}

/** The terms as they are now: what all may take is shared out evenly. */
function termsNow(options: TransferOptions): LiveTerms {
	const { bytesPerSecond } = options.limits();
	return { policy: options.policy(), bytesPerSecond: bytesPerSecond === null ? null : bytesPerSecond / Math.max(1, running.size) };
}

function tellTerms(worker: Worker, options: TransferOptions): () => void {
	let told = JSON.stringify(termsNow(options));
	const timer = setInterval(() => {
		const terms = termsNow(options);
		if (JSON.stringify(terms) === told) return;
		told = JSON.stringify(terms);
		worker.postMessage(terms);
	}, termsMs);
	return () => clearInterval(timer);
}

async function failureOf(reply: Extract<FetchReply, { kind: 'failed' | 'diskFailed' }>, job: Job): Promise<Error> {
	if (reply.kind === 'diskFailed') {
		const kept = job.journal === null ? job.sizeBytes : keptBytes(job.journal);
		return diskFault(reply, { neededBytes: job.sizeBytes - kept, freeBytes: await freeBytes(dirname(job.file)).catch(() => 0) });
	}
	// Both were taken from one Failure on the other side of the thread.
	return failure(reply.code, reply.data as ErrorData<ErrorCode>);
}

/** What the thread needs of the environment: where the proxy of the system is. Nothing secret of the app is there for it. */
function proxyEnvironment(): NodeJS.ProcessEnv {
	return Object.fromEntries(Object.entries(process.env).filter(([name]) => /^(https?|no|all)_proxy$/i.test(name)));
}
