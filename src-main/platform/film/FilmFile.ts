import { type FileHandle, open } from 'node:fs/promises';
import { basename } from 'node:path';
import type { ErrorData } from '#contract/errors.ts';
import { type Failure, failure } from '#contract/errors.ts';
import { diskCode, diskFailure } from '../disk/diskFailure.ts';

const mebibyte = 2 ** 20;
/** No box, element or cue that is read whole is larger; what says so is damaged or hostile. */
const largestPiece = 32 * mebibyte;
/** What a header is looked for in: the longest one of both containers, with the number of its track behind it. */
const windowBytes = 32;
const leastInWindow = 16;

export type FilmReason = ErrorData<'FILM_INVALID'>['reason'];

/**
 * A film on the disk of which pieces are read and never the whole. Counts what it reads.
 *
 * No length that the file names is believed before it was held against the file's size and against `largestPiece`.
 */
export class FilmFile {
	readonly #handle: FileHandle;
	readonly size: number;
	readonly #fileName: string;
	#window: { at: number; bytes: Buffer } = { at: 0, bytes: Buffer.alloc(0) };
	bytesRead = 0;

	private constructor(handle: FileHandle, size: number, fileName: string) {
		this.#handle = handle;
		this.size = size;
		this.#fileName = fileName;
	}

	/**
	 * Opens the film at `path`; close it after use.
	 *
	 * @throws FILE_NOT_FOUND; FILE_NOT_ALLOWED for what is no file; DISK_FAILED.
	 */
	static async open(path: string): Promise<FilmFile> {
		try {
			const handle = await open(path, 'r');
			const found = await handle.stat();
			if (found.isFile()) return new FilmFile(handle, found.size, basename(path));
			await handle.close();
		} catch (error) {
			if (diskCode(error) === 'ENOENT') throw failure('FILE_NOT_FOUND', { path }, error);
			throw diskFailure(error, { neededBytes: 0, freeBytes: 0 }) ?? error;
		}
		throw failure('FILE_NOT_ALLOWED', { reason: 'notAFile' });
	}

	async close(): Promise<void> {
		await this.#handle.close();
	}

	/** The failure to throw for something in this film. */
	refuse(reason: FilmReason, at: number | null, detail: string): Failure<'FILM_INVALID'> {
		return failure('FILM_INVALID', { fileName: this.#fileName, reason, at, detail });
	}

	/** Reads exactly `length` bytes. `what` names them in the failure. */
	async read(at: number, length: number, what: string): Promise<Buffer> {
		if (length > largestPiece) throw this.refuse('tooMuchInside', at, `${what} has ${length} bytes`);
		if (at + length > this.size) throw this.refuse('cutOff', at, `${what} would end at ${at + length}, the file ends at ${this.size}`);
		const bytes = Buffer.alloc(length);
		const got = await this.#fill(bytes, at);
		if (got < length) throw this.refuse('cutOff', at + got, `${what}: the file became shorter while it was read`);
		return bytes;
	}

	/** The bytes at `at` in which a header is: at least 16 of them, or those up to the end of the file. */
	async peek(at: number): Promise<Buffer> {
		const { at: from, bytes } = this.#window;
		const isInside = at >= from && (at + leastInWindow <= from + bytes.length || (from + bytes.length === this.size && at < this.size));
		if (!isInside) {
			const length = Math.max(0, Math.min(windowBytes, this.size - at));
			const fresh = Buffer.alloc(length);
			const got = await this.#fill(fresh, at);
			this.#window = { at, bytes: fresh.subarray(0, got) };
		}
		return this.#window.bytes.subarray(at - this.#window.at);
	}

	async #fill(bytes: Buffer, at: number): Promise<number> {
		let got = 0;
		try {
			while (got < bytes.length) {
				const { bytesRead } = await this.#handle.read(bytes, got, bytes.length - got, at + got);
				if (bytesRead === 0) break;
				got += bytesRead;
			}
		} catch (error) {
			throw diskFailure(error, { neededBytes: 0, freeBytes: 0 }) ?? error;
		}
		this.bytesRead += got;
		return got;
	}
}
