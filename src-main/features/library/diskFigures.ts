import { type Stats, statSync } from 'node:fs';
import { readdir, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { failure } from '#contract/errors.ts';
import type { DiskFigures } from '#contract/library.ts';
import { diskFailureAt } from './diskFailure.ts';
import type { ModelRecord } from './ModelTable.ts';
import { lookAt } from './viewModel.ts';

/** Measures what models take, as the disk has it now. Throws DISK_FAILED where the models folder cannot be looked at. */
export async function diskFigures(folders: { models: string; downloads: string }, records: readonly ModelRecord[]): Promise<DiskFigures> {
	const { bsize, blocks, bavail } = await statfs(folders.models).catch(async (error) =>
		Promise.reject((await diskFailureAt(error, folders.models, 0)) ?? failure('DISK_FAILED', { reason: 'io' }, error)),
	);
	const figures = { storedBytes: 0, sharedBytes: 0 };
	for (const { owned, files } of records) {
		for (const { path } of files) {
			const stats = lookAt(path);
			if (stats) figures[owned && stats.nlink === 1 ? 'storedBytes' : 'sharedBytes'] += stats.size;
		}
	}
	return {
		modelsFolder: folders.models,
		volumeTotalBytes: blocks * bsize,
		volumeFreeBytes: bavail * bsize,
		...figures,
		partialBytes: await partialBytes(folders.downloads),
	};
}

async function partialBytes(folder: string): Promise<number> {
	const names = await readdir(folder).catch(() => []);
	return names
		.map((name) => statSync(join(folder, name), { throwIfNoEntry: false }))
		.reduce((bytes, stats) => bytes + (stats?.isFile() ? bytesOnDisk(stats) : 0), 0);
}

/** A part of a download has its final size from the start, and on most disks takes room only where something was written. */
function bytesOnDisk({ size, blocks }: Stats): number {
	return Math.min(size, blocks * 512);
}
