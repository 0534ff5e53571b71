import type { Dirent } from 'node:fs';
import { opendir, readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import { type FailureRecord, failure, isFailure, toFailureRecord } from '#contract/errors.ts';
import { groupSplit } from './gguf/groupSplit.ts';
import { checkPathForm, explainPath, findModelFiles, type ModelFile } from './importPath.ts';
import { hasArchiveName, isArchive } from './isArchive.ts';

/** One of several that could not be taken, and why. */
export interface Refused {
	name: string;
	failure: FailureRecord;
}

/** What a path that somebody gave stands for: models, each by the files of its parts in their order. */
export interface FoundModels {
	isFolder: boolean;
	models: ModelFile[][];
	refused: Refused[];
}

/** A folder of models is not deeper, and one of anything else is not looked through for ever. */
const deepest = 8;
const mostEntries = 20_000;
const mostModels = 1000;

/**
 * Finds the model files that a path stands for: the file itself with the other parts of its model, or every `.gguf` in a folder and
 * its folders. Hidden folders and links that lead out of the folder are passed over.
 *
 * Of a folder, what cannot be taken is told in `refused`; for a single file that is thrown: FILE_NOT_FOUND, FILE_NOT_ALLOWED (also
 * `archive`: nothing is ever unpacked), SPLIT_INCOMPLETE.
 */
export async function findModels(path: string): Promise<FoundModels> {
	const explain = (error: unknown) => Promise.reject(explainPath(error, path));
	const form = checkPathForm(path);
	const isFolder = (await stat(form).catch(explain)).isDirectory();
	if (!isFolder) return { isFolder, models: [await findParts(form)], refused: [] };
	const { models, refused } = await realpath(form).then(walk).catch(explain);
	const found: ModelFile[][] = [];
	for (const group of groupSplit(models)) {
		try {
			if (group.missing.length > 0) throw incomplete(group);
			found.push(await findGgufs(group.parts));
		} catch (error) {
			refused.push(refusedFor(basename(group.first), error));
		}
	}
	return { isFolder, models: found, refused };
}

/** Finds one file and, where its name says that it is one part of a model, the others beside it. Throws as findModels does. */
export async function findParts(path: string): Promise<ModelFile[]> {
	const [alone] = groupSplit([path]);
	const [file] = await findGgufs([path]);
	if (!file || !alone || alone.missing.length === 0) return file ? [file] : [];
	const beside = (await readdir(dirname(path))).map((name) => join(dirname(path), name));
	const group = groupSplit(beside).find(({ parts }) => parts.includes(path)) ?? alone;
	if (group.missing.length > 0) throw incomplete(group);
	return findGgufs(group.parts);
}

/** What was thrown, as one entry of a list. Bugs are thrown on. */
export function refusedFor(name: string, error: unknown): Refused {
	if (!isFailure(error)) throw error;
	return { name, failure: toFailureRecord(error, '') };
}

async function findGgufs(paths: readonly string[]): Promise<ModelFile[]> {
	const files = await findModelFiles(paths);
	for (const { path } of files) if (await isArchive(path)) throw failure('FILE_NOT_ALLOWED', { reason: 'archive' });
	return files;
}

function incomplete(group: { first: string; missing: string[] }) {
	return failure('SPLIT_INCOMPLETE', { fileName: basename(group.first), missing: group.missing.map((name) => basename(name)) });
}

/** Goes through a folder, breadth first, so that what is cut off by the limits is the deepest. */
async function walk(root: string): Promise<{ models: string[]; refused: Refused[] }> {
	const models: string[] = [];
	const refused: Refused[] = [];
	let entries = 0;
	const waiting = [{ folder: root, depth: 0 }];
	for (let next = waiting.shift(); next; next = waiting.shift()) {
		const { folder, depth } = next;
		for await (const entry of await opendir(folder)) {
			entries += 1;
			if (entries > mostEntries || models.length >= mostModels) return { models, refused };
			const path = join(folder, entry.name);
			const kind = entry.name.startsWith('.') ? 'other' : await kindOf(entry, path, root);
			if (kind === 'folder' && depth < deepest) waiting.push({ folder: path, depth: depth + 1 });
			if (kind === 'file' && /\.gguf$/i.test(entry.name)) models.push(path);
			if (kind === 'file' && hasArchiveName(entry.name)) refused.push(refusedFor(relative(root, path), failure('FILE_NOT_ALLOWED', { reason: 'archive' })));
		}
	}
	return { models: models.sort(), refused };
}

async function kindOf(entry: Dirent, path: string, root: string): Promise<'file' | 'folder' | 'other'> {
	if (entry.isFile()) return 'file';
	if (entry.isDirectory()) return 'folder';
	if (!entry.isSymbolicLink()) return 'other';
	const target = await realpath(path).catch(() => null);
	// A link to a folder within would only show the same files again.
	const isInside = target?.startsWith(root.endsWith(sep) ? root : root + sep) && (await stat(target).catch(() => null))?.isFile();
	return isInside ? 'file' : 'other';
}
