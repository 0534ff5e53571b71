import type { Dirent } from 'node:fs';
import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, relative } from 'node:path';

/** A file of a store, where it is found and where its bytes are. */
export interface StoreFile {
	path: string;
	realPath: string;
	sizeBytes: number;
}

const mostEntries = 50_000;
const mostDepth = 8;
const mostNoteBytes = 1024 * 1024;

/**
 * Looks around in other programs' folders, for a scan that must end and must not be led astray.
 *
 * All looks of one walk together see at most so many entries and last at most so long; after that there is nothing more to
 * see. Links are followed inside the folder that a look began in, and never out of it. What cannot be read is not there.
 */
export class StoreWalk {
	#entriesLeft = mostEntries;
	readonly #deadline: number;

	constructor(milliseconds: number) {
		this.#deadline = performance.now() + milliseconds;
	}

	/** The files under `folder` whose names fit, in the order of their paths. Links may lead anywhere in `store`, which `folder` is in. */
	async files(folder: string, fits: (name: string) => boolean, store = folder): Promise<StoreFile[]> {
		const root = await realpath(store).catch(() => null);
		if (root === null) return [];
		const found: StoreFile[] = [];
		const seen = new Set<string>();
		const visit = async (at: string, depth: number): Promise<void> => {
			const real = await this.#inside(root, at);
			// A link to a folder above would lead around in circles.
			if (real === null || seen.has(real) || depth > mostDepth) return;
			seen.add(real);
			for (const entry of await this.#entries(at)) {
				const path = join(at, entry.name);
				if (entry.name.startsWith('.')) continue;
				if (entry.isDirectory()) await visit(path, depth + 1);
				else if (entry.isSymbolicLink() && !fits(entry.name)) await visit(path, depth + 1);
				else if (fits(entry.name)) {
					const file = await this.file(root, path);
					if (file) found.push(file);
				}
			}
		};
		await visit(folder, 0);
		return found;
	}

	/** One file, if it is there and inside `folder`. */
	async file(folder: string, path: string): Promise<StoreFile | null> {
		const root = await realpath(folder).catch(() => null);
		const realPath = root === null ? null : await this.#inside(root, path);
		const stats = realPath === null ? null : await stat(realPath).catch(() => null);
		return realPath !== null && stats?.isFile() ? { path, realPath, sizeBytes: stats.size } : null;
	}

	/** The names of the folders in a folder. */
	async folders(folder: string): Promise<string[]> {
		return (await this.#entries(folder)).filter((entry) => entry.isDirectory() && !entry.name.startsWith('.')).map(({ name }) => name);
	}

	async #entries(folder: string): Promise<Dirent[]> {
		if (this.#entriesLeft <= 0 || performance.now() > this.#deadline) return [];
		const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
		const taken = entries.slice(0, this.#entriesLeft);
		this.#entriesLeft -= taken.length + 1;
		return taken.sort((a, b) => (a.name < b.name ? -1 : 1));
	}

	async #inside(root: string, path: string): Promise<string | null> {
		const real = await realpath(path).catch(() => null);
		if (real === null) return null;
		const from = relative(root, real);
		return from.startsWith('..') || isAbsolute(from) ? null : real;
	}
}

/** Reads a small file of another program as text; null where there is none, or one that is too large. */
export async function readNote(file: string): Promise<string | null> {
	const stats = await stat(file).catch(() => null);
	if (!stats?.isFile() || stats.size > mostNoteBytes) return null;
	return readFile(file, 'utf8').catch(() => null);
}

/** The same as JSON. */
export async function readJsonNote(file: string): Promise<unknown> {
	try {
		return JSON.parse((await readNote(file)) ?? 'null');
	} catch {
		return null;
	}
}
