import { createHash, type Hash } from 'node:crypto';
import { openSync, readSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import type { ReadBackAsk, ReadBackOrder, ReadBackReply } from './transferContract.ts';

const pieceBytes = 1_048_576;

/**
 * Reads a file back while it is written, so that what is vouched for is what lies on the disk and not what came; in a thread of its own.
 *
 * The file is hashed from its start up to where it is said to be right.
 */
export class FileReader {
	readonly #order: ReadBackOrder;
	readonly #file: number;
	readonly #buffer = Buffer.allocUnsafe(pieceBytes);
	#hashes: { sha256: Hash; gitSha1: Hash | null };
	#hashedBytes = 0;
	#sums: number[] = [];

	constructor(order: ReadBackOrder) {
		this.#order = order;
		this.#file = openSync(order.file, 'r');
		this.#hashes = this.#newHashes();
	}

	/** Does what is asked; null where nothing is to be answered. Throws what the disk says. */
	answer(ask: ReadBackAsk): ReadBackReply | null {
		switch (ask.kind) {
			case 'compare':
				return { kind: 'compared', bad: this.#compare(ask.blocks, ask.sums) };
			case 'advance':
				this.#hashUpTo(ask.upTo);
				return null;
			case 'restart':
				this.#hashes = this.#newHashes();
				this.#hashedBytes = 0;
				this.#sums = [];
				return null;
			case 'finish':
				return this.#finish();
			default:
				throw new Error(`unknown ask ${String(ask satisfies never)}`);
		}
	}

	/** Blocks in rising order. Those that follow one another from the start of the file are hashed in the same reading. */
	#compare(blocks: number[], sums: number[]): number[] {
		const { blockBytes, sizeBytes } = this.#order;
		const bad: number[] = [];
		for (const [i, block] of blocks.entries()) {
			const start = block * blockBytes;
			const bytes = this.#read(start, Math.min(blockBytes, sizeBytes - start));
			if (crc32(bytes) !== sums[i]) bad.push(block);
			else if (start === this.#hashedBytes) this.#take(bytes);
		}
		return bad;
	}

	#hashUpTo(end: number): void {
		const { blockBytes } = this.#order;
		while (this.#hashedBytes < end) {
			const bytes = this.#read(this.#hashedBytes, Math.min(this.#order.sums ? blockBytes : pieceBytes, end - this.#hashedBytes));
			if (this.#order.sums) this.#sums.push(crc32(bytes));
			this.#take(bytes);
		}
	}

	#take(bytes: Buffer): void {
		this.#hashes.sha256.update(bytes);
		this.#hashes.gitSha1?.update(bytes);
		this.#hashedBytes += bytes.length;
	}

	#finish(): ReadBackReply {
		this.#hashUpTo(this.#order.sizeBytes);
		const sha256 = this.#hashes.sha256.digest('hex');
		const found = this.#hashes.gitSha1 ? `git-sha1:${this.#hashes.gitSha1.digest('hex')}` : `sha256:${sha256}`;
		return { kind: 'finished', sha256, matches: found === this.#order.checksum, blockSums: this.#order.sums ? littleEndian(this.#sums) : null };
	}

	#newHashes(): { sha256: Hash; gitSha1: Hash | null } {
		// The id that git gives a file: https://git-scm.com/book/en/v2/Git-Internals-Git-Objects
		const gitSha1 = this.#order.checksum.startsWith('git-sha1:') ? createHash('sha1').update(`blob ${this.#order.sizeBytes}\0`) : null;
		return { sha256: createHash('sha256'), gitSha1 };
	}

	/** Where the file ends too early zeros stand for the rest; the sums then tell. */
	#read(start: number, length: number): Buffer {
		let filled = 0;
		while (filled < length) {
			const read = readSync(this.#file, this.#buffer, filled, length - filled, start + filled);
			if (read === 0) break;
			filled += read;
		}
		if (filled < length) this.#buffer.fill(0, filled, length);
		return this.#buffer.subarray(0, length);
	}
}

function littleEndian(sums: number[]): Buffer {
	const bytes = Buffer.alloc(4 * sums.length);
	for (const [block, sum] of sums.entries()) bytes.writeUInt32LE(sum, 4 * block);
	return bytes;
}
