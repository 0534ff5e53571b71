import { constants } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, posix, win32 } from 'node:path';
import { failure } from '#contract/errors.ts';
import { diskCode } from '../../platform/disk/diskFailure.ts';
import { isArchive } from './isArchive.ts';

/** A file to take into the library: where it really lies, and what tells it from any other file of this machine. */
export interface ModelFile {
	path: string;
	sizeBytes: number;
	/** The same for two paths to one file. */
	identity: string;
}

/** Names that mean a device on Windows, whatever their extension. */
const windowsDevice = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?$/i;
/** Windows cuts trailing dots and spaces off, and reads `:` as a stream within the file. */
const windowsForbidden = /[<>:"|?*]|[. ]$/;

/**
 * Checks the form of a path that somebody gave for a model, before the disk is asked, and returns it normalised.
 *
 * Throws FILE_NOT_ALLOWED: `notAbsolute` for anything that depends on a working folder or drive, `badName` for control
 * characters, `..`, network and device paths, and names that Windows reads as something else.
 */
export function checkPathForm(path: string, platform: NodeJS.Platform = process.platform): string {
	// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
	if (/[\u0000-\u001f\u007f]/.test(path)) throw failure('FILE_NOT_ALLOWED', { reason: 'badName' });
	const windows = platform === 'win32';
	const { isAbsolute, normalize, parse } = windows ? win32 : posix;
	if (!isAbsolute(path)) throw failure('FILE_NOT_ALLOWED', { reason: 'notAbsolute' });
	const segments = path.split(windows ? /[\\/]/ : '/');
	if (segments.includes('..')) throw failure('FILE_NOT_ALLOWED', { reason: 'badName' });
	if (!windows) return normalize(path);
	const { root } = parse(path);
	if (/^[\\/]$/.test(root)) throw failure('FILE_NOT_ALLOWED', { reason: 'notAbsolute' });
	const unusable = (segment: string) => segment !== '' && segment !== '.' && (windowsForbidden.test(segment) || windowsDevice.test(segment));
	if (!/^[a-z]:[\\/]$/i.test(root) || path.slice(root.length).split(/[\\/]/).some(unusable)) throw failure('FILE_NOT_ALLOWED', { reason: 'badName' });
	return normalize(path);
}

/**
 * Finds the file that a path stands for. Links are followed: what is kept, shown and later opened is the file they lead to.
 *
 * Throws FILE_NOT_FOUND, and FILE_NOT_ALLOWED for the form (see checkPathForm), for what is not a regular file and for
 * what may not be read.
 */
export async function findModelFile(path: string): Promise<ModelFile> {
	const form = checkPathForm(path);
	try {
		const real = await realpath(form);
		const stats = await stat(real, { bigint: true });
		if (!stats.isFile()) throw failure('FILE_NOT_ALLOWED', { reason: 'notAFile' });
		await access(real, constants.R_OK);
		return { path: real, sizeBytes: Number(stats.size), identity: `${stats.dev}:${stats.ino}` };
	} catch (error) {
		throw explainPath(error, path);
	}
}

/**
 * Finds the files of one model. Of a single file, what it leads to; the parts of a split model keep the names that they are given
 * by, for those are how llama.cpp finds them, also where they are links. Throws as findModelFile does.
 */
export async function findModelFiles(paths: readonly string[]): Promise<ModelFile[]> {
	const files = await Promise.all(paths.map(findModelFile));
	if (files.length === 1) return files;
	const folders = await Promise.all(paths.map((path) => realpath(dirname(path))));
	return files.map((file, i) => ({ ...file, path: join(folders[i] ?? '', basename(paths[i] ?? '')) }));
}

/** Finds the folder that a path stands for, links followed. Throws FILE_NOT_FOUND, and FILE_NOT_ALLOWED (also `notAFolder`). */
export async function findFolder(path: string): Promise<string> {
	const form = checkPathForm(path);
	try {
		const real = await realpath(form);
		const stats = await stat(real);
		// Nothing else is looked into: a pipe would be waited for.
		if (!stats.isDirectory()) throw failure('FILE_NOT_ALLOWED', { reason: stats.isFile() && (await isArchive(real)) ? 'archive' : 'notAFolder' });
		await access(real, constants.R_OK);
		return real;
	} catch (error) {
		throw explainPath(error, path);
	}
}

/** Puts what the system says of a path, or says while the file there is read, into the failure that people read; anything else is left as it is. */
export function explainPath(error: unknown, path: string): unknown {
	switch (diskCode(error)) {
		case 'ENOENT':
		case 'ENOTDIR':
			return failure('FILE_NOT_FOUND', { path }, error);
		case 'EACCES':
		case 'EPERM':
			return failure('FILE_NOT_ALLOWED', { reason: 'noPermission' }, error);
		case 'ELOOP':
		case 'ENAMETOOLONG':
			return failure('FILE_NOT_ALLOWED', { reason: 'badName' }, error);
		case 'EISDIR':
			return failure('FILE_NOT_ALLOWED', { reason: 'notAFile' }, error);
		case 'EIO':
		case 'ENXIO':
		case 'ENODEV':
		case 'ESTALE':
			return failure('DISK_FAILED', { reason: 'io' }, error);
		default:
			return error;
	}
}
