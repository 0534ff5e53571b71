import { createHash } from 'node:crypto';
import {
	closeSync,
	type Dirent,
	existsSync,
	fsyncSync,
	mkdirSync,
	openSync,
	readdirSync,
	readSync,
	renameSync,
	rmSync,
	type Stats,
	statSync,
	utimesSync,
	writeSync,
} from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { syncFolderNow } from './syncFolder.ts';

const bufferBytes = 2 ** 20;

/** A copy that is not what it was made of: the disk that it is on cannot be relied on. */
export class CopyUnlike extends Error {
	override name = 'CopyUnlike';
}

/** The files below a folder as paths with `/`, without those that `isLeftOut` says; links are left out. Nothing where the folder is not there. */
export function listTree(folder: string, isLeftOut: (path: string) => boolean): { path: string; stats: Stats }[] {
	if (!existsSync(folder)) return [];
	const found: { path: string; stats: Stats }[] = [];
	const walk = (below: string) => {
		for (const entry of readdirSync(below, { withFileTypes: true })) {
			const path = relative(folder, join(below, entry.name)).split(sep).join('/');
			if (isLeftOut(path)) continue;
			if (entry.isDirectory()) walk(join(below, entry.name));
			else add(entry, path);
		}
	};
	const add = (entry: Dirent, path: string) => {
		const stats = entry.isFile() ? statSync(join(folder, path), { throwIfNoEntry: false }) : undefined;
		if (stats) found.push({ path, stats });
	};
	walk(folder);
	return found;
}

/**
 * Makes the files below `to` those below `from`, and reads each copy again to see that it is the same. What is there already with the same size and
 * time of change is taken for the same, so that a copying which was cut short goes on; what is below `to` alone is deleted.
 *
 * A file has its name only once it is whole and on the disk. For a thread, or for what is small: nothing else runs meanwhile.
 *
 * @throws CopyUnlike, and what the disk says.
 */
export function copyTree(from: string, to: string, options: { isLeftOut: (path: string) => boolean; onBytes?: (bytes: number) => void }): void {
	const { isLeftOut, onBytes } = options;
	const wanted = listTree(from, isLeftOut);
	const names = new Set(wanted.map(({ path }) => path));
	for (const { path } of listTree(to, isLeftOut)) if (!names.has(path)) rmSync(join(to, path));
	const folders = new Set([to]);
	for (const { path, stats } of wanted) {
		const target = join(to, path);
		if (!isSame(stats, statSync(target, { throwIfNoEntry: false }))) {
			mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
			copyFile(join(from, path), target, stats);
			folders.add(dirname(target));
		}
		onBytes?.(stats.size);
	}
	for (const folder of folders) syncFolderNow(folder);
}

function isSame(one: Stats, other: Stats | undefined): boolean {
	return other !== undefined && other.size === one.size && Math.trunc(other.mtimeMs) === Math.trunc(one.mtimeMs);
}

function copyFile(from: string, to: string, stats: Stats): void {
	const part = `${to}.part`;
	const target = openSync(part, 'w', 0o600);
	let copied: string;
	try {
		copied = readThrough(from, (chunk) => {
			for (let written = 0; written < chunk.length; ) written += writeSync(target, chunk, written);
		});
		fsyncSync(target);
	} finally {
		closeSync(target);
	}
	if (readThrough(part, () => {}) !== copied) throw new CopyUnlike(`${part} is not what was written`);
	// In the middle of its millisecond, as the time is rounded on its way to the disk.
	const modified = (Math.trunc(stats.mtimeMs) + 0.5) / 1000;
	utimesSync(part, modified, modified);
	renameSync(part, to);
}

/** Reads a whole file; gives its SHA-256. */
function readThrough(file: string, take: (chunk: Buffer) => void): string {
	const source = openSync(file, 'r');
	try {
		const hash = createHash('sha256');
		const buffer = Buffer.allocUnsafe(bufferBytes);
		for (;;) {
			const read = readSync(source, buffer, 0, bufferBytes, null);
			if (read === 0) return hash.digest('hex');
			hash.update(buffer.subarray(0, read));
			take(buffer.subarray(0, read));
		}
	} finally {
		closeSync(source);
	}
}
