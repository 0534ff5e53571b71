import { readSync } from 'node:fs';

/** Why a file is not a usable model, as a sentence for the person who chose it. */
export class Refusal extends Error {
	override name = 'Refusal';
}

/** How much of a file may be looked at, and for how long. */
export interface ReadLimits {
	bytes: number;
	milliseconds: number;
}

const pieceBytes = 256 * 1024;

/**
 * Reads the header of a file from front to back in pieces, for a parser that must not trust it.
 *
 * Everything is refused (`Refusal`) that lies beyond the end of the file or beyond the limits; so no count in a file can
 * make it read, keep or run for more. Numbers are little-endian.
 */
export class HeaderCursor {
	readonly fileBytes: number;
	position = 0;
	readonly #file: number;
	readonly #limits: ReadLimits;
	readonly #deadline: number;
	readonly #buffer = Buffer.allocUnsafe(pieceBytes);
	#piece = Buffer.alloc(0);
	#pieceStart = 0;

	/** `file` is an open file descriptor, which stays the caller's. */
	constructor(file: number, fileBytes: number, limits: ReadLimits) {
		this.#file = file;
		this.fileBytes = fileBytes;
		this.#limits = limits;
		this.#deadline = performance.now() + limits.milliseconds;
	}

	uint32(what: string): number {
		return this.take(4, what).readUInt32LE();
	}

	/** A 64-bit count or length. None of a real file comes near 2^53, so what lies beyond is refused. */
	count(what: string): number {
		const value = this.take(8, what).readBigUInt64LE();
		if (value > Number.MAX_SAFE_INTEGER) throw new Refusal(`Its ${what} is ${value}, which cannot be.`);
		return Number(value);
	}

	/** A string of at most `longestBytes`; what is not UTF-8 in it comes out as replacement characters. */
	string(what: string, longestBytes: number): string {
		return this.take(this.#length(what, longestBytes), what).toString('utf8');
	}

	/** A string with one character for each byte, for comparing. */
	bytesOfString(what: string, longestBytes: number): string {
		return this.take(this.#length(what, longestBytes), what).toString('latin1');
	}

	skipString(what: string): void {
		this.skip(this.#length(what, Number.MAX_SAFE_INTEGER), what);
	}

	skip(bytes: number, what: string): void {
		this.#require(bytes, what);
		this.position += bytes;
	}

	/** The next `bytes` bytes, valid until the next call. */
	take(bytes: number, what: string): Buffer {
		this.#require(bytes, what);
		if (this.position < this.#pieceStart || this.position + bytes > this.#pieceStart + this.#piece.length) this.#fill(bytes, what);
		const from = this.position - this.#pieceStart;
		this.position += bytes;
		return this.#piece.subarray(from, from + bytes);
	}

	#length(what: string, longestBytes: number): number {
		const length = this.count(`length of ${what}`);
		if (length > longestBytes) throw new Refusal(`The length of ${what} is given as ${length} bytes, more than the ${longestBytes} there can be.`);
		return length;
	}

	#require(bytes: number, what: string): void {
		if (bytes > this.fileBytes - this.position) throw new Refusal(`The file is cut off or damaged: ${what} would reach beyond its end.`);
		if (this.position + bytes > this.#limits.bytes) throw new Refusal(`Its header is longer than ${this.#limits.bytes / 2 ** 20} MiB.`);
		if (performance.now() > this.#deadline) throw new Refusal(`Reading its header took longer than ${this.#limits.milliseconds / 1000} seconds.`);
	}

	#fill(bytes: number, what: string): void {
		const wanted = Math.min(Math.max(bytes, pieceBytes), this.fileBytes - this.position, this.#limits.bytes - this.position);
		const piece = wanted > pieceBytes ? Buffer.allocUnsafe(wanted) : this.#buffer;
		let filled = 0;
		while (filled < wanted) {
			const read = readSync(this.#file, piece, filled, wanted - filled, this.position + filled);
			if (read === 0) break;
			filled += read;
		}
		if (filled < bytes) throw new Refusal(`The file became shorter while ${what} was read.`);
		this.#piece = piece.subarray(0, filled);
		this.#pieceStart = this.position;
	}
}
