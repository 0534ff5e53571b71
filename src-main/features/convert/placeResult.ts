import { link, mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { failure } from '#contract/errors.ts';
import { diskCode } from '../../platform/disk/diskFailure.ts';
import { syncFolder } from '../../platform/disk/syncFolder.ts';
import { numbered } from './resultNames.ts';

const mostTries = 1_000;

/**
 * Gives a result that is written whole as `part` its name in a folder, and gives back that name. There is no moment in which half a file has it.
 *
 * A file of that name stays as it is and FILE_EXISTS is thrown, or the result gets another name, or takes its place, as `existing` says. `part`
 * must be on the same disk, and stays until the caller deletes it: by it a crash in between is known (`takeBackResult`).
 */
export async function placeResult(part: string, folder: string, name: string, existing: 'keep' | 'rename' | 'replace'): Promise<string> {
	await makeFolder(dirname(join(folder, name)), dirname(name));
	for (let number = 1; number <= mostTries; number++) {
		const tried = number === 1 ? name : numbered(name, number);
		if (await hasTaken(part, join(folder, tried), existing === 'replace')) {
			await syncFolder(dirname(join(folder, tried)));
			return tried;
		}
		if (existing !== 'rename') break;
	}
	throw failure('FILE_EXISTS', { name });
}

/**
 * Takes back what `placeResult` did with a `part` that was left behind, so that the work is done anew: a result of which nothing was written down,
 * as the app ended at that moment. Nobody else's file is touched. Gives back the name that it had, null where it had none.
 */
export async function takeBackResult(part: string, folder: string, name: string): Promise<string | null> {
	if ((await stat(part).catch(() => null)) === null) return null;
	let had: string | null = null;
	for (let number = 1; number <= mostTries && had === null; number++) {
		const tried = number === 1 ? name : numbered(name, number);
		if ((await stat(join(folder, tried)).catch(() => null)) === null) break;
		if (await isSame(part, join(folder, tried))) had = tried;
	}
	if (had !== null) await rm(join(folder, had));
	await rm(part);
	return had;
}

/** Throws FILE_EXISTS where a file has the name of a folder above the result. */
async function makeFolder(path: string, name: string): Promise<void> {
	try {
		await mkdir(path, { recursive: true });
	} catch (error) {
		throw ['EEXIST', 'ENOTDIR'].includes(diskCode(error) ?? '') ? failure('FILE_EXISTS', { name }, error) : error;
	}
}

/** Whether the file has the name now, or had it already. */
async function hasTaken(part: string, target: string, replaces: boolean): Promise<boolean> {
	try {
		await link(part, target);
		return true;
	} catch (error) {
		if (diskCode(error) !== 'EEXIST') return await hasMoved(part, target, replaces, error);
		if (await isSame(part, target)) return true;
		// A folder of that name is no file that could be replaced.
		if (!replaces || (await stat(target)).isDirectory()) return false;
		await rm(`${part}.new`, { force: true });
		await link(part, `${part}.new`);
		try {
			await rename(`${part}.new`, target);
		} catch (error) {
			await rm(`${part}.new`, { force: true });
			throw error;
		}
		return true;
	}
}

/** On disks without links (exFAT, some of networks) it is looked for first and moved then. */
async function hasMoved(part: string, target: string, replaces: boolean, refused: unknown): Promise<boolean> {
	if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(diskCode(refused) ?? '')) throw refused;
	if (!replaces && (await stat(target).catch(() => null)) !== null) return false;
	await rename(part, target);
	return true;
}

async function isSame(a: string, b: string): Promise<boolean> {
	const [one, other] = await Promise.all([stat(a, { bigint: true }), stat(b, { bigint: true })]);
	return one.ino === other.ino && one.dev === other.dev;
}
