import { Ended, exitCodes } from './exitCodes.ts';

/** What the disk said of a file, as a reason to end. */
export function diskEnded(error: unknown, path: string): Error {
	if (error instanceof Ended) return error;
	const code = error instanceof Error && 'code' in error ? error.code : null;
	if (code === 'ENOENT') return new Ended(exitCodes.notFound, 'FILE_NOT_FOUND', `There is no file or folder ${path}.`, { path });
	if (code === 'EACCES' || code === 'EPERM') return new Ended(exitCodes.notAllowed, 'FILE_NOT_ALLOWED', `${path} may not be used by this user.`, { path });
	if (code === 'EISDIR') return new Ended(exitCodes.failed, 'FILE_NOT_ALLOWED', `${path} is a folder.`, { path });
	if (code === 'ENOSPC') return new Ended(exitCodes.failed, 'DISK_FULL', `There is no room on the disk for ${path}.`, { path });
	return error instanceof Error ? new Ended(exitCodes.failed, 'DISK_FAILED', `${path}: ${error.message}`, { path }) : new Error(String(error));
}
