import { crc32 } from 'node:zlib';

/** A run of a file that one connection fetches, from `position` on; its start lies at the start of a block. In bytes. */
export interface Segment {
	position: number;
	/** Not included; may come down while it is fetched, when another connection takes the rest. */
	end: number;
	/** CRC-32 of what is there of the block that `position` is in. */
	sum: number;
}

/** A block that is whole, and its CRC-32. */
export interface FinishedBlock {
	block: number;
	sum: number;
}

const missing = 0;
const taken = 1;
const done = 2;

/** Knows which blocks of a file are there, and hands out what is missing from the front on. Touches no file. */
export class BlockMap {
	readonly sizeBytes: number;
	readonly blockBytes: number;
	readonly #states: Uint8Array;
	readonly #sums: Uint32Array;
	readonly #running = new Set<Segment>();
	#doneBytes = 0;
	#front = 0;

	constructor(sizeBytes: number, blockBytes: number) {
		this.sizeBytes = sizeBytes;
		this.blockBytes = blockBytes;
		const count = Math.ceil(sizeBytes / blockBytes);
		this.#states = new Uint8Array(count);
		this.#sums = new Uint32Array(count);
	}

	get count(): number {
		return this.#states.length;
	}

	get doneBytes(): number {
		return this.#doneBytes;
	}

	/** All bytes before this one are there. */
	get frontBytes(): number {
		while (this.#states[this.#front] === done) this.#front++;
		return Math.min(this.#front * this.blockBytes, this.sizeBytes);
	}

	get isComplete(): boolean {
		return this.frontBytes === this.sizeBytes;
	}

	get hasMissing(): boolean {
		return this.#states.includes(missing);
	}

	/** The CRC-32 of each block as little-endian 32-bit numbers. */
	get blockSums(): Buffer {
		const bytes = Buffer.alloc(4 * this.count);
		for (const [block, sum] of this.#sums.entries()) bytes.writeUInt32LE(sum, 4 * block);
		return bytes;
	}

	/** The block that `position` is in, in bytes; its end is not included. */
	blockAt(position: number): { start: number; end: number } {
		const start = Math.floor(position / this.blockBytes) * this.blockBytes;
		return { start, end: Math.min(start + this.blockBytes, this.sizeBytes) };
	}

	/** The one block that begins at `start`; null where it is there, or somebody is at it. */
	takeAt(start: number): Segment | null {
		const block = start / this.blockBytes;
		if (this.#states[block] !== missing) return null;
		this.#states[block] = taken;
		return this.#start(start, this.blockAt(start).end);
	}

	/** Keeps a block from being handed out, until `finish` or `lose` says what became of it. */
	hold(block: number): void {
		this.#states[block] = taken;
	}

	finish({ block, sum }: FinishedBlock): void {
		if (this.#states[block] === done) return;
		this.#states[block] = done;
		this.#sums[block] = sum;
		this.#doneBytes += this.#lengthOf(block);
	}

	lose(block: number): void {
		if (this.#states[block] === done) this.#doneBytes -= this.#lengthOf(block);
		this.#states[block] = missing;
		this.#front = Math.min(this.#front, block);
	}

	/** The first run that is missing, at most `mostBytes` long; where none is left, half of the longest that is under way. Null where that does not pay. */
	take(mostBytes: number, worthSplittingBytes: number): Segment | null {
		const first = this.#states.indexOf(missing);
		if (first < 0) return this.#split(worthSplittingBytes);
		const most = Math.max(1, Math.floor(mostBytes / this.blockBytes));
		let after = first;
		while (after < first + most && this.#states[after] === missing) this.#states[after++] = taken;
		return this.#start(first * this.blockBytes, Math.min(after * this.blockBytes, this.sizeBytes));
	}

	/** Ends a segment; what is not finished of it is missing again. Safe to repeat. */
	giveBack(segment: Segment): void {
		if (!this.#running.delete(segment)) return;
		for (let block = Math.floor(segment.position / this.blockBytes); block * this.blockBytes < segment.end; block++) {
			if (this.#states[block] === taken) this.lose(block);
		}
	}

	/** Counts in what came for a segment, and tells the blocks that are whole with it; they are `finish`ed by the caller, once they are safe. */
	advance(segment: Segment, bytes: Buffer): FinishedBlock[] {
		const finished: FinishedBlock[] = [];
		for (let at = 0; at < bytes.length; ) {
			const { start, end: blockEnd } = this.blockAt(segment.position);
			const piece = bytes.subarray(at, at + blockEnd - segment.position);
			segment.sum = crc32(piece, segment.sum);
			segment.position += piece.length;
			at += piece.length;
			if (segment.position < blockEnd) break;
			finished.push({ block: start / this.blockBytes, sum: segment.sum });
			segment.sum = 0;
		}
		return finished;
	}

	#lengthOf(block: number): number {
		return Math.min(this.blockBytes, this.sizeBytes - block * this.blockBytes);
	}

	#start(position: number, end: number): Segment {
		const segment = { position, end, sum: 0 };
		this.#running.add(segment);
		return segment;
	}

	#split(worthBytes: number): Segment | null {
		const [longest] = [...this.#running].toSorted((a, b) => b.end - b.position - (a.end - a.position));
		if (!longest || longest.end - longest.position < worthBytes) return null;
		const { end } = longest;
		longest.end = Math.ceil((longest.position + end) / 2 / this.blockBytes) * this.blockBytes;
		return this.#start(longest.end, end);
	}
}
