import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { failure, isFailure } from '#contract/errors.ts';
import { diskCode } from '../../platform/disk/diskFailure.ts';
import { onDiskOf } from './onDiskOf.ts';

/** A file that was sent to the upload address, or with the call itself. */
export type AdapterSource = { uploadId: string } | { file: Blob };

const uploadIdForm = /^[0-9a-f-]{36}$/i;

/**
 * Makes what was sent a file of ours under the path `file`, which is the caller's to delete.
 *
 * Throws FILE_NOT_FOUND where nothing was sent under the id, DISK_FULL and DISK_FAILED; then nothing is left at `file`.
 */
export async function receiveAdapter(source: AdapterSource, file: string, from: { uploadsFolder: string; fileName: string }): Promise<string> {
	const absent = failure('FILE_NOT_FOUND', { path: from.fileName });
	if ('uploadId' in source && !uploadIdForm.test(source.uploadId)) throw absent;
	try {
		await onDiskOf(from.uploadsFolder, async () => {
			if ('file' in source) await writeFile(file, source.file.stream(), { mode: 0o600, flag: 'wx' });
			else await rename(join(from.uploadsFolder, source.uploadId.toLowerCase()), file);
		});
		return file;
	} catch (error) {
		await rm(file, { force: true });
		throw 'uploadId' in source && isFailure(error, 'DISK_FAILED') && diskCode(error.cause) === 'ENOENT' ? absent : error;
	}
}
