import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { z } from 'zod';
import { lockDataFolder } from '../database/lockDataFolder.ts';
import { copyTree, listTree } from '../disk/copyTree.ts';
import { syncFolderNow } from '../disk/syncFolder.ts';
import { StartRefusal } from './StartRefusal.ts';

/** In a folder that the data has left: where it is now. */
const pointerName = 'moved.json';
/** In a data folder: where it goes at the next start. */
const orderName = 'move.json';
/** In a data folder: why it could not go. */
const failedName = 'move-failed.json';
/** In the folder that the data goes to, until it is there; then what tells where it came from. */
const arrivingName = 'arriving.json';
const cameFromName = 'came-from.json';
const notes = [pointerName, orderName, failedName, arrivingName, cameFromName];

const pointer = z.object({ to: z.string().refine(isAbsolute) });
const cameFrom = z.object({ from: z.string().refine(isAbsolute), at: z.number().int() });
/** `isMade`: the folder was made for the move, so that it goes with it. */
const arriving = cameFrom.extend({ isMade: z.boolean().default(false) });
/** From one place to the next. */
const mostMoves = 20;

/** What stays where it is: locks, notes of a move itself, and what every start makes anew. */
function staysBehind(path: string): boolean {
	return notes.includes(path) || /^homeroom\.lock|^gateway\.json$|^uploads\/|^answers\/|\.part$|\.new$/.test(path);
}

/** What the app changes while it works: it goes last, while nothing is open. */
function goesLast(path: string): boolean {
	return staysBehind(path) || /^(homeroom\.db|logs|window|downloads|restore)([-./]|$)|^window\.json$|^secrets\.key$/.test(path);
}

/** Bytes that go along to another place. */
export function bytesToMove(data: string): number {
	return listTree(data, staysBehind).reduce((bytes, { stats }) => bytes + stats.size, 0);
}

/** Begins to fill a folder that is empty, or that was being filled with this data already. `isMade`: it was made for that. False: it holds something else. */
export function beginArriving(data: string, to: string, isMade = false): boolean {
	const mark = join(to, arrivingName);
	if (existsSync(mark)) return readNote(mark, cameFrom)?.from === data;
	if (readdirSync(to).length > 0) return false;
	writeNote(mark, { from: data, at: Date.now(), isMade });
	return true;
}

/** Copies all that does not change while the app works. For a thread. Throws as copyTree does. */
export function copyAhead(data: string, to: string, onBytes: (bytes: number) => void): void {
	copyTree(data, to, { isLeftOut: goesLast, onBytes });
}

/** Lets the next start finish the move. */
export function markToMove(data: string, to: string): void {
	rmSync(join(data, failedName), { force: true });
	writeNote(join(data, orderName), { to });
}

/** Takes a move back that has not been finished, and deletes what was copied for it, with the folder where that was made for it. */
export function forgetMove(data: string, to: string): void {
	rmSync(join(data, orderName), { force: true });
	const note = readNote(join(to, arrivingName), arriving);
	if (note?.from !== data) return;
	if (note.isMade) rmSync(to, { recursive: true, force: true });
	else for (const name of readdirSync(to)) rmSync(join(to, name), { recursive: true, force: true });
}

/** Where the data goes at the next start, why it could not, and where it came from, with the bytes that are still there. */
export function moveState(data: string) {
	const from = readNote(join(data, cameFromName), cameFrom);
	return {
		to: readNote(join(data, orderName), pointer)?.to ?? null,
		failed: readNote(join(data, failedName), z.object({ message: z.string() }))?.message ?? null,
		cameFrom:
			from && existsSync(from.from)
				? { ...from, keptBytes: listTree(from.from, (path) => notes.includes(path)).reduce((bytes, { stats }) => bytes + stats.size, 0) }
				: null,
	};
}

/** Deletes what is left where the data came from, but for the note that leads here. */
export function dropLeft(data: string): void {
	const from = readNote(join(data, cameFromName), cameFrom)?.from;
	// Only what leads here is ours to empty.
	if (from !== undefined && existsSync(from) && readNote(join(from, pointerName), pointer)?.to === data)
		for (const name of readdirSync(from)) if (name !== pointerName) rmSync(join(from, name), { recursive: true, force: true });
	rmSync(join(data, cameFromName), { force: true });
}

/**
 * Finds where the data of a folder is now, and finishes a move that waits, unless the folder is at work in another process.
 *
 * The note in the old place is the switch, and is written last: until then, whatever cuts the move short, the data is where it was.
 *
 * @throws StartRefusal where the data was moved to a place that is not there.
 */
export function followMoved(folder: string): string {
	let data = folder;
	for (let moves = 0; moves < mostMoves; moves++) {
		const next = readNote(join(data, pointerName), pointer)?.to ?? finishMove(data);
		if (next === null) return data;
		if (!existsSync(join(next, 'homeroom.db'))) {
			throw new StartRefusal(
				'dataFolderUnusable',
				`Homeroom's data was moved to ${next}, and it is not there now. Plug in its disk and start again. If it is gone for good, delete ${join(data, pointerName)}: Homeroom then begins with what is left in ${data}, or restore a backup.`,
			);
		}
		data = next;
	}
	throw new StartRefusal(
		'dataFolderUnusable',
		`The notes in ${folder} about where Homeroom's data was moved lead in a circle. Delete ${join(folder, pointerName)}.`,
	);
}

function finishMove(data: string): string | null {
	const to = readNote(join(data, orderName), pointer)?.to;
	if (to === undefined) return null;
	let lock: { release(): void };
	try {
		lock = lockDataFolder(data);
	} catch {
		// It is at work; the start that opens it next finishes the move.
		return null;
	}
	try {
		if (readNote(join(to, arrivingName), cameFrom)?.from !== data) throw new Error(`${to} is not there`);
		copyTree(data, to, { isLeftOut: staysBehind });
		writeNote(join(to, cameFromName), { from: data, at: Date.now() });
		writeNote(join(data, pointerName), { to });
		for (const done of [join(data, orderName), join(to, arrivingName)]) rmSync(done, { force: true });
		return to;
	} catch (error) {
		writeNote(join(data, failedName), { message: error instanceof Error ? error.message : String(error) });
		rmSync(join(data, orderName), { force: true });
		return null;
	} finally {
		lock.release();
	}
}

function readNote<T>(file: string, form: z.ZodType<T>): T | null {
	if (!statSync(file, { throwIfNoEntry: false })?.isFile()) return null;
	try {
		return form.parse(JSON.parse(readFileSync(file, 'utf8')));
	} catch {
		return null;
	}
}

/** Whole or not at all. */
function writeNote(file: string, value: unknown): void {
	writeFileSync(`${file}.new`, JSON.stringify(value), { mode: 0o600, flush: true });
	renameSync(`${file}.new`, file);
	syncFolderNow(join(file, '..'));
}
