import { readSync } from 'node:fs';
import type { ErrorData } from '#contract/errors.ts';

/** What is wrong with a model file, as people are told it in their language. */
export type FileFault = ErrorData<'MODEL_FILE_INVALID'>['kind'];

/** Why a file is not a usable model: `kind` for the person who chose it, the message in English for those who know the format. */
export class Refusal extends Error {
	override name = 'Refusal';
	readonly kind: FileFault;

	constructor(kind: FileFault, detail: string) {
		super(detail);
		this.kind = kind;
	}
}

/** Thrown where what is asked for lies in the file, but beyond the beginning of it that is at hand. */
export class BeginningEnded extends Error {
	override name = 'BeginningEnded';
	/** How long a beginning would have to be to reach as far as was asked. */
	readonly neededBytes: number;

	constructor(neededBytes: number) {
		super(`the first ${neededBytes} bytes are needed`);
		this.neededBytes = neededBytes;
	}
}

/** What a header is read from. */
export interface HeaderSource {
	/** Of the whole file. */
	readonly fileBytes: number;
	/** Copies up to `bytes` bytes from `position` on to the start of `into`, and says how many there were. */
	read(into: Buffer, bytes: number, position: number): number;
}

/** An open file, which stays the caller's. */
export function fileSource(file: number, fileBytes: number): HeaderSource {
	return { fileBytes, read: (into, bytes, position) => readSync(file, into, 0, bytes, position) };
}

/** The beginning of a file that lies elsewhere. What is asked beyond it throws `BeginningEnded`. */
export function beginningSource(beginning: Uint8Array, fileBytes: number): HeaderSource {
	return {
		fileBytes,
		read(into, bytes, position) {
			if (position >= beginning.length && bytes > 0) throw new BeginningEnded(position + bytes);
			into.set(beginning.subarray(position, position + bytes));
			return Math.min(bytes, beginning.length - position);
		},
	};
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
	readonly #source: HeaderSource;
	readonly #limits: ReadLimits;
	readonly #deadline: number;
	readonly #buffer = Buffer.allocUnsafe(pieceBytes);
	#piece = Buffer.alloc(0);
	#pieceStart = 0;

	/** The time counts from `startedAt`, for a header in several files. */
	constructor(source: HeaderSource, limits: ReadLimits, startedAt = performance.now()) {
		this.#source = source;
		this.fileBytes = source.fileBytes;
		this.#limits = limits;
		this.#deadline = startedAt + limits.milliseconds;
	}

	uint32(what: string): number {
		return this.take(4, what).readUInt32LE();
	}

	/** A 64-bit count or length. None of a real file comes near 2^53, so what lies beyond is refused. */
	count(what: string): number {
		const value = this.take(8, what).readBigUInt64LE();
		if (value > Number.MAX_SAFE_INTEGER) throw new Refusal('damaged', `Its ${what} is ${value}, which cannot be.`);
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
		if (length > longestBytes) throw new Refusal('damaged', `The length of ${what} is given as ${length} bytes, more than the ${longestBytes} there can be.`);
		return length;
	}

	#require(bytes: number, what: string): void {
		if (bytes > this.fileBytes - this.position) throw new Refusal('cutOff', `The file is cut off or damaged: ${what} would reach beyond its end.`);
		if (this.position + bytes > this.#limits.bytes) throw new Refusal('tooLong', `Its header is longer than ${this.#limits.bytes / 2 ** 20} MiB.`);
		if (performance.now() > this.#deadline) throw new Refusal('tooLong', `Reading its header took longer than ${this.#limits.milliseconds / 1000} seconds.`);
	}

	#fill(bytes: number, what: string): void {
		const wanted = Math.min(Math.max(bytes, pieceBytes), this.fileBytes - this.position, this.#limits.bytes - this.position);
		const piece = wanted > pieceBytes ? Buffer.allocUnsafe(wanted) : this.#buffer;
		let filled = 0;
		while (filled < bytes) {
			const read = this.#source.read(piece.subarray(filled), wanted - filled, this.position + filled);
			if (read === 0) break;
			filled += read;
		}
		if (filled < bytes) throw new Refusal('cutOff', `The file became shorter while ${what} was read.`);
		this.#piece = piece.subarray(0, filled);
		this.#pieceStart = this.position;
	}
}
