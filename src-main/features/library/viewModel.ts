import { type Stats, statSync } from 'node:fs';
import { basename } from 'node:path';
import type { Model } from '#contract/library.ts';
import { bytesOfBlocks } from './fileSums.ts';
import type { FileRecord, ModelRecord } from './ModelTable.ts';

/** A model for people and the other features, its files looked for on the disk now. Never fails, whatever the disk is like. */
export function viewModel(record: ModelRecord): Model {
	const { files, ...row } = record;
	const shown = files.map(({ path, sizeBytes, sha256 }) => ({ fileName: basename(path), path, sizeBytes, sha256 }));
	const first = shown[0] ?? { fileName: '', path: '' };
	return { ...row, fileName: first.fileName, path: first.path, files: shown, fileState: stateOf(files), check: checkOf(files) };
}

/** Looks at a file; null where it is gone, is no file, or its folder cannot be looked into. */
export function lookAt(path: string): Stats | null {
	try {
		const stats = statSync(path, { throwIfNoEntry: false });
		return stats?.isFile() ? stats : null;
	} catch {
		// A folder that may not be looked into, or a drive that is gone.
		return null;
	}
}

/** Tells whether a file has another size or another time of change than when it was taken in. */
export function isChanged(file: FileRecord, stats: Stats): boolean {
	return stats.size !== file.sizeBytes || (file.modifiedAt !== null && Math.trunc(stats.mtimeMs) !== file.modifiedAt);
}

function stateOf(files: FileRecord[]): Model['fileState'] {
	const looks = files.map((file) => lookAt(file.path));
	if (looks.includes(null)) return 'missing';
	if (files.some((file) => file.badBlocks.length > 0)) return 'damaged';
	return files.some((file, i) => looks[i] && isChanged(file, looks[i])) ? 'changed' : 'present';
}

function checkOf(files: FileRecord[]): Model['check'] {
	const at = files.reduce<number | null>(
		(oldest, { checkedAt }) => (oldest === null || checkedAt === null ? null : Math.min(oldest, checkedAt)),
		Number.MAX_SAFE_INTEGER,
	);
	if (at === null || files.length === 0) return null;
	const badBytes = files.reduce((bytes, file) => bytes + bytesOfBlocks(file.sizeBytes, file.badBlocks), 0);
	if (badBytes > 0) return { at, result: 'damaged', badBytes };
	return { at, result: files.every(({ published }) => published) ? 'good' : 'recorded', badBytes: 0 };
}
