import { type BigIntStats, constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { failure } from '#contract/errors.ts';
import { diskCode } from '../../platform/disk/diskFailure.ts';

const pieceBytes = 262_144;

/** A file that is read, perhaps several times, and open all the while: it may be deleted or renamed meanwhile, and nothing else. */
export class SourceFile {
	readonly sizeBytes: number;
	readonly #handle: FileHandle;
	readonly #begun: BigIntStats;

	private constructor(handle: FileHandle, begun: BigIntStats) {
		this.#handle = handle;
		this.#begun = begun;
		this.sizeBytes = Number(begun.size);
	}

	/** `name` is what people know it by. Throws FILE_NOT_FOUND, and FILE_NOT_ALLOWED for a folder, a pipe or a device, and for what may not be read. */
	static async open(path: string, name: string): Promise<SourceFile> {
		// A pipe is opened without waiting for one who writes into it. Windows has neither.
		const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)).catch((error: unknown) => {
			throw refusal(error, name);
		});
		try {
			const stats = await handle.stat({ bigint: true });
			if (!stats.isFile()) throw failure('FILE_NOT_ALLOWED', { reason: 'notAFile' });
			return new SourceFile(handle, stats);
		} catch (error) {
			await handle.close();
			throw error;
		}
	}

	/** Its first bytes. */
	async beginning(most: number): Promise<Uint8Array> {
		const { buffer, bytesRead } = await this.#handle.read(new Uint8Array(most), 0, most, 0);
		return buffer.subarray(0, bytesRead);
	}

	async whole(): Promise<Uint8Array> {
		return await this.#handle.readFile();
	}

	/** All of it from its beginning, in pieces. Each is overwritten by the next, so that nothing of a large file waits to be cleared away. */
	async *pieces(): AsyncGenerator<Uint8Array> {
		const piece = new Uint8Array(pieceBytes);
		for (let at = 0; ; ) {
			const { bytesRead } = await this.#handle.read(piece, 0, pieceBytes, at);
			if (bytesRead === 0) return;
			at += bytesRead;
			yield piece.subarray(0, bytesRead);
		}
	}

	/** Does something with what is in it. Throws CONVERT_STOPPED where that was changed meanwhile, whatever came of it. */
	async unchanged<T>(work: () => Promise<T>): Promise<T> {
		try {
			return await work();
		} finally {
			const { size, mtimeNs } = await this.#handle.stat({ bigint: true });
			if (size !== this.#begun.size || mtimeNs !== this.#begun.mtimeNs) throwChanged();
		}
	}

	async close(): Promise<void> {
		await this.#handle.close();
	}
}

function throwChanged(): never {
	throw failure('CONVERT_STOPPED', { reason: 'changed' });
}

function refusal(error: unknown, name: string): unknown {
	switch (diskCode(error)) {
		case 'ENOENT':
		case 'ENOTDIR':
			return failure('FILE_NOT_FOUND', { path: name }, error);
		case 'EACCES':
		case 'EPERM':
			return failure('FILE_NOT_ALLOWED', { reason: 'noPermission' }, error);
		// A folder on Windows; a socket.
		case 'EISDIR':
		case 'ENXIO':
			return failure('FILE_NOT_ALLOWED', { reason: 'notAFile' }, error);
		default:
			return error;
	}
}
