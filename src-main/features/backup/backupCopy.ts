import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The command line may be at work on a younger one. */
const staleMs = 60 * 60_000;

/** The copy of the database that goes into a backup, in the data folder: it is everything in plain, and has no business on another disk. */
export function backupCopy(dataFolder: string, maker: string | number): string {
	return join(dataFolder, `backup-${maker}.db.part`);
}

/** Deletes the copies that a kill has left. */
export function dropStaleCopies(dataFolder: string, now: number): void {
	for (const name of readdirSync(dataFolder)) {
		const file = join(dataFolder, name);
		if (/^backup-[\w-]+\.db\.part(?:-journal)?$/.test(name) && statSync(file).mtimeMs < now - staleMs) rmSync(file, { force: true });
	}
}
