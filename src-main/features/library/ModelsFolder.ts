import { readdirSync, rmSync, statSync } from 'node:fs';
import { constants, copyFile, link, realpath, rename, rm, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { failure } from '#contract/errors.ts';
import { diskCode } from '../../platform/disk/diskFailure.ts';
import { syncFolder } from '../../platform/disk/syncFolder.ts';
import { nameStoredFiles } from './nameModel.ts';

/** Files that have come into the folder, and the two ways on: each is called once, or never after a kill. */
export interface Placed {
	paths: string[];
	/** Takes the files out again, so that they are where they were. */
	undo(): Promise<void>;
	/** Lets go of where they were. */
	settle(): Promise<void>;
}

/** What file systems without hard links, and links over their borders, answer. */
const withoutLinks = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EINVAL']);
const partSuffix = '.part';

/**
 * The folder of the models that Homeroom stores, and the only part of the library that writes there.
 *
 * All names in it are made by us (nameStoredFiles). A file has its name only when it is whole: until then it ends in `.part`.
 */
export class ModelsFolder {
	readonly path: string;

	constructor(path: string) {
		this.path = path;
	}

	/** Deletes what an earlier run left unfinished; nothing else may be at work in the folder. */
	removeUnfinished(): void {
		for (const name of readdirSync(this.path)) if (name.endsWith(partSuffix)) rmSync(join(this.path, name), { force: true });
	}

	/** Where a file is put together before it gets its name. */
	partPath(name: string): string {
		return join(this.path, `${name}${partSuffix}`);
	}

	/** Tells whether a path is a file of this folder, which Homeroom may delete. */
	holds(path: string): boolean {
		return dirname(path) === this.path;
	}

	/** The first paths for files of these names that nothing is at. Where the files of `sources` are there already under such names, those. */
	async freePaths(fileNames: readonly string[], sources: readonly string[] = []): Promise<string[]> {
		for (let attempt = 1; ; attempt++) {
			const paths = nameStoredFiles(fileNames, attempt).map((name) => join(this.path, name));
			const usable = await Promise.all(paths.map(async (path, i) => isFree(path) || (await isSame(path, sources[i]))));
			if (usable.every(Boolean)) return paths;
		}
	}

	/**
	 * Moves files of Homeroom's own into the folder, all or none.
	 *
	 * Until `settle` they are in both places, so that after a kill in between they can be taken in again, and are not twice on the disk.
	 */
	async take(sources: readonly string[], fileNames: readonly string[]): Promise<Placed> {
		return this.#place(sources, fileNames, async (source, path, isThere) => {
			const settle = () => rm(source, { force: true });
			if (isThere) return { undo: async () => {}, settle };
			try {
				await link(source, path);
				return { undo: () => unlink(path), settle };
			} catch {
				// No links here, or this is another disk: what is plainly wrong with the disk the next way meets too.
				return move(source, path);
			}
		});
	}

	/** Links files of others into the folder. Throws FILE_NOT_ALLOWED `otherDisk` or `noLinks` where that cannot be. */
	async link(sources: readonly string[], fileNames: readonly string[]): Promise<Placed> {
		return this.#place(sources, fileNames, async (source, path, isThere) => {
			if (isThere) return { undo: async () => {}, settle: async () => {} };
			try {
				// Of a link, the file that it leads to.
				await link(await realpath(source), path);
			} catch (error) {
				const code = diskCode(error) ?? '';
				if (code === 'EXDEV') throw failure('FILE_NOT_ALLOWED', { reason: 'otherDisk' }, error);
				throw withoutLinks.has(code) ? failure('FILE_NOT_ALLOWED', { reason: 'noLinks' }, error) : error;
			}
			return { undo: () => unlink(path), settle: async () => {} };
		});
	}

	async #place(sources: readonly string[], fileNames: readonly string[], place: Place): Promise<Placed> {
		const paths = await this.freePaths(fileNames, sources);
		const ways: Way[] = [];
		const undo = async () => {
			for (const way of ways.toReversed()) await way.undo();
		};
		try {
			for (const [i, path] of paths.entries()) {
				const source = sources[i] ?? '';
				ways.push(await place(source, path, await isSame(path, source)));
			}
			await syncFolder(this.path);
		} catch (error) {
			await undo();
			throw error;
		}
		return {
			paths,
			undo,
			settle: async () => {
				for (const way of ways) await way.settle();
			},
		};
	}
}

type Way = Omit<Placed, 'paths'>;
/** `isThere`: a run that was killed has linked it already. */
type Place = (source: string, path: string, isThere: boolean) => Promise<Way>;

async function move(source: string, path: string): Promise<Way> {
	try {
		await rename(source, path);
		return { undo: () => rename(path, source), settle: async () => {} };
	} catch (error) {
		if (diskCode(error) !== 'EXDEV') throw error;
		await copyFile(source, path, constants.COPYFILE_EXCL);
		return { undo: () => unlink(path), settle: () => rm(source, { force: true }) };
	}
}

function isFree(path: string): boolean {
	return statSync(path, { throwIfNoEntry: false }) === undefined;
}

async function isSame(path: string, source: string | undefined): Promise<boolean> {
	if (source === undefined) return false;
	const [one, other] = await Promise.all([path, source].map((file) => stat(file, { bigint: true }).catch(() => null)));
	return Boolean(one && other && one.dev === other.dev && one.ino === other.ino);
}
