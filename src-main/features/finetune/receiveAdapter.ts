import { createReadStream } from 'node:fs';
import { rename, rm, stat, writeFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { type Failure, failure, isFailure } from '#contract/errors.ts';
import { diskCode } from '../../platform/disk/diskFailure.ts';
import { onDiskOf } from '../../platform/disk/onDiskOf.ts';

/** A file that was sent to the upload address, or with the call itself, or that lies on this machine, where it stays. */
export type AdapterSource = { uploadId: string } | { file: Blob } | { path: string };

const uploadIdForm = /^[0-9a-f-]{36}$/i;

/**
 * Makes what was sent a file of ours under the path `file`, which is the caller's to delete.
 *
 * Throws FILE_NOT_FOUND where nothing was sent under the id or lies at the path, FILE_NOT_ALLOWED for a path that is no file's, DISK_FULL and DISK_FAILED; then nothing is left at `file`.
 */
export async function receiveAdapter(source: AdapterSource, file: string, from: { uploadsFolder: string; fileName: string }): Promise<string> {
	const absent = failure('FILE_NOT_FOUND', { path: from.fileName });
	if ('uploadId' in source && !uploadIdForm.test(source.uploadId)) throw absent;
	if ('path' in source) await refusePath(source.path, absent);
	try {
		await onDiskOf(from.uploadsFolder, async () => {
			if ('path' in source) await writeFile(file, createReadStream(source.path), { mode: 0o600, flag: 'wx' });
			else if ('file' in source) await writeFile(file, source.file.stream(), { mode: 0o600, flag: 'wx' });
			else await rename(join(from.uploadsFolder, source.uploadId.toLowerCase()), file);
		});
		return file;
	} catch (error) {
		await rm(file, { force: true });
		throw 'uploadId' in source && isFailure(error, 'DISK_FAILED') && diskCode(error.cause) === 'ENOENT' ? absent : error;
	}
}

async function refusePath(path: string, absent: Failure): Promise<void> {
	if (!isAbsolute(path)) throw failure('FILE_NOT_ALLOWED', { reason: 'notAbsolute' });
	const found = await stat(path).catch(() => null);
	if (found === null) throw absent;
	if (!found.isFile()) throw failure('FILE_NOT_ALLOWED', { reason: 'notAFile' });
}
