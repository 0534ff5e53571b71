import { Worker } from 'node:worker_threads';
import { sumBlockBytes } from '#contract/sumBlockBytes.ts';

/** What tells that a file is whole, and where it is not. */
export interface FileSums {
	sizeBytes: number;
	/** Lower-case hexadecimal. */
	sha256: string;
	/** CRC-32 of each block of `sumBlockBytes`, the last one shorter, as little-endian 32-bit numbers. */
	blockSums: Buffer;
}

/** How a file is read; `workerFile` is the program of the summing thread (sumWorker.ts). */
export interface SumOptions {
	workerFile: string;
	/** Ends the reading soon, which then throws the signal's reason. */
	signal?: AbortSignal | undefined;
	/** Told several times a second at most. */
	onProgress?: ((bytesDone: number) => void) | undefined;
}

/** What the summing thread is given. With `to` it copies as well: to a new file, which is flushed to the disk at the end. */
export interface SumTask {
	from: string;
	to: string | null;
}

/** What the summing thread says. `side` tells which of the two files failed. */
export type SumReply =
	| { kind: 'progress'; bytesDone: number }
	| { kind: 'sums'; sizeBytes: number; sha256: string; blockSums: Uint8Array }
	| { kind: 'failed'; side: 'from' | 'to'; code: string; message: string };

/** The disk refused to read (`from`) or to write (`to`) while a file was summed or copied; `code` is the system's, such as `ENOSPC`. */
export class SumError extends Error {
	override name = 'SumError';
	readonly side: 'from' | 'to';
	readonly code: string;
	readonly path: string;

	constructor(reply: { side: 'from' | 'to'; code: string; message: string }, task: SumTask) {
		super(reply.message);
		this.side = reply.side;
		this.code = reply.code;
		this.path = (reply.side === 'to' ? task.to : null) ?? task.from;
	}
}

/**
 * Reads a whole file, in a thread of its own, and sums it up.
 *
 * @throws SumError where the disk refuses; the reason of `signal`.
 */
export function sumFile(path: string, options: SumOptions): Promise<FileSums> {
	return run({ from: path, to: null }, options);
}

/**
 * Copies a file, in a thread of its own, and sums up what it read. When it resolves the copy is on the disk, past a power cut.
 *
 * The copy is a new file for this user alone; a file already at `to` is replaced. After a failure what was written is still there.
 *
 * @throws SumError where the disk refuses; the reason of `signal`.
 */
export function copyWithSums(from: string, to: string, options: SumOptions): Promise<FileSums> {
	return run({ from, to }, options);
}

/** Numbers, from 0, of the blocks of a file of `sizeBytes` that differ from what they should be; all of them where that is not known. */
export function findBadBlocks(sizeBytes: number, expected: Buffer | null, found: Buffer): number[] {
	const blocks = Array.from({ length: Math.ceil(sizeBytes / sumBlockBytes) }, (_, block) => block);
	if (expected === null) return blocks;
	const sumAt = (sums: Buffer, block: number) => (sums.length >= 4 * block + 4 ? sums.readUInt32LE(4 * block) : null);
	return blocks.filter((block) => sumAt(expected, block) !== sumAt(found, block));
}

/** How many bytes of a file of `sizeBytes` these blocks are. */
export function bytesOfBlocks(sizeBytes: number, blocks: number[]): number {
	return blocks.reduce((bytes, block) => bytes + Math.max(0, Math.min(sumBlockBytes, sizeBytes - block * sumBlockBytes)), 0);
}

async function run(task: SumTask, options: SumOptions): Promise<FileSums> {
	const { signal, onProgress } = options;
	signal?.throwIfAborted();
	const worker = new Worker(options.workerFile, { workerData: task, env: {}, execArgv: [] });
	const { promise, resolve, reject } = Promise.withResolvers<FileSums>();
	const onAbort = () => reject(signal?.reason);
	signal?.addEventListener('abort', onAbort);
	worker.on('message', (reply: SumReply) => {
		if (reply.kind === 'progress') onProgress?.(reply.bytesDone);
		else if (reply.kind === 'failed') reject(new SumError(reply, task));
		else resolve({ sizeBytes: reply.sizeBytes, sha256: reply.sha256, blockSums: Buffer.from(reply.blockSums) });
	});
	worker.once('error', reject);
	// Comes after an answer too, and then changes nothing.
	worker.once('exit', (code) => reject(new Error(`the summing thread ended with code ${code} and no answer`)));
	try {
		return await promise;
	} finally {
		signal?.removeEventListener('abort', onAbort);
		await worker.terminate();
	}
}
