import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { crc32 } from 'node:zlib';
import { sumBlockBytes } from '#contract/sumBlockBytes.ts';
import type { SumReply, SumTask } from './fileSums.ts';

const blocksAtOnce = 16;
const tellMs = 250;

// This thread is started by fileSums.ts alone, which puts this there.
const { from, to } = workerData as SumTask;
const tell = (reply: SumReply) => parentPort?.postMessage(reply);
/** Which of the two files is being worked on, so that an error can be told to be its. */
let side: 'from' | 'to' = 'from';

try {
	tell(sum());
} catch (error) {
	if (!(error instanceof Error) || !('code' in error)) throw error;
	tell({ kind: 'failed', side, code: String(error.code), message: error.message });
}

function sum(): SumReply {
	const source = openSync(from, 'r');
	const target = to === null ? null : on('to', () => openSync(to, 'w', 0o600));
	const hash = createHash('sha256');
	const sums: number[] = [];
	const buffer = Buffer.allocUnsafe(blocksAtOnce * sumBlockBytes);
	let bytesDone = 0;
	let toldAt = Date.now();
	for (;;) {
		const chunk = buffer.subarray(0, fill(source, buffer));
		if (chunk.length === 0) break;
		hash.update(chunk);
		for (let start = 0; start < chunk.length; start += sumBlockBytes) sums.push(crc32(chunk.subarray(start, start + sumBlockBytes)));
		if (target !== null) on('to', () => writeWhole(target, chunk));
		bytesDone += chunk.length;
		if (Date.now() - toldAt >= tellMs) {
			tell({ kind: 'progress', bytesDone });
			toldAt = Date.now();
		}
	}
	closeSync(source);
	if (target !== null) {
		on('to', () => {
			fsyncSync(target);
			closeSync(target);
		});
	}
	const blockSums = Buffer.alloc(4 * sums.length);
	for (const [block, value] of sums.entries()) blockSums.writeUInt32LE(value, 4 * block);
	return { kind: 'sums', sizeBytes: bytesDone, sha256: hash.digest('hex'), blockSums };
}

/** Fills the buffer as far as the file goes: a read may give less than was asked for, and blocks must stay whole. */
function fill(file: number, buffer: Buffer): number {
	let filled = 0;
	while (filled < buffer.length) {
		const read = readSync(file, buffer, filled, buffer.length - filled, null);
		if (read === 0) break;
		filled += read;
	}
	return filled;
}

function writeWhole(file: number, chunk: Buffer): void {
	for (let written = 0; written < chunk.length; ) written += writeSync(file, chunk, written);
}

function on<T>(which: 'from' | 'to', work: () => T): T {
	side = which;
	const result = work();
	side = 'from';
	return result;
}
