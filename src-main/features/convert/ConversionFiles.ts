import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { appendFile, mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { onDiskOf } from '../../platform/disk/onDiskOf.ts';
import { checkRoom } from '../../platform/disk/room.ts';

/** Kept free for everything else on this disk: 256 MiB. */
const spareBytes = 2 ** 28;

/** Where the files of batches lie that were sent, and the results that are kept here: a folder for each batch, in it files by their ids. */
export class ConversionFiles {
	readonly #folder: string;

	constructor(folder: string) {
		this.#folder = folder;
		mkdirSync(folder, { recursive: true, mode: 0o700 });
	}

	/** What was sent under this id. */
	source(conversionId: string, fileId: string): string {
		return join(this.#folder, conversionId, fileId);
	}

	/** Its result. */
	result(conversionId: string, fileId: string): string {
		return join(this.#folder, conversionId, `${fileId}.result`);
	}

	/** The sidecar beside its result. */
	sidecar(conversionId: string, fileId: string): string {
		return join(this.#folder, conversionId, `${fileId}.sidecar`);
	}

	/** The folder of a batch, made where it is not there. */
	async folderOf(conversionId: string): Promise<string> {
		const folder = join(this.#folder, conversionId);
		await onDiskOf(this.#folder, () => mkdir(folder, { recursive: true, mode: 0o700 }));
		return folder;
	}

	/** Writes what was sent of a file behind what there is of it. Throws DISK_FULL and DISK_FAILED. */
	async append(conversionId: string, fileId: string, bytes: Uint8Array): Promise<void> {
		await onDiskOf(this.#folder, async () => {
			await checkRoom(this.#folder, { neededBytes: bytes.length, spareBytes });
			await appendFile(this.source(conversionId, fileId), bytes, { mode: 0o600 });
		});
	}

	/** A piece of a file here. Throws DISK_FAILED. */
	async readPiece(file: string, from: number, most: number): Promise<{ bytes: Uint8Array; sizeBytes: number }> {
		return await onDiskOf(this.#folder, async () => {
			const handle = await open(file, 'r');
			try {
				const { size } = await handle.stat();
				const bytes = new Uint8Array(Math.max(0, Math.min(most, size - from)));
				const { bytesRead } = await handle.read(bytes, 0, bytes.length, from);
				return { bytes: bytes.subarray(0, bytesRead), sizeBytes: size };
			} finally {
				await handle.close();
			}
		});
	}

	/** Deletes a file that was sent. */
	async dropSource(conversionId: string, fileId: string): Promise<void> {
		await rm(this.source(conversionId, fileId), { force: true });
	}

	/** Deletes all of a batch; what fails of it is done at the next start. */
	drop(conversionId: string): void {
		rmSync(join(this.#folder, conversionId), { recursive: true, force: true });
	}

	/** Deletes what no batch owns. */
	keepOnly(conversionIds: ReadonlySet<string>): void {
		for (const name of readdirSync(this.#folder)) if (!conversionIds.has(name)) this.drop(name);
	}
}
