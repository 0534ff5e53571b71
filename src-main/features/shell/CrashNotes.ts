import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { type CrashReport, crashedPart } from '#contract/shell.ts';
import type { Logger } from '../../platform/log/createLog.ts';

/** So many are kept; of more, the oldest are deleted. A memory image takes some megabytes. */
const mostReports = 50;
const mostNoteBytes = 4096;

const note = z.object({ at: z.number(), part: crashedPart, reason: z.string(), version: z.string() });
type Note = z.infer<typeof note>;

/**
 * What stopped against its will: a note for each, and the memory images that Electron's crash reporter puts into the same folder. All of it stays
 * on this machine until somebody deletes it.
 */
export class CrashNotes {
	readonly #folder: string;
	readonly #version: string;
	readonly #log: Pick<Logger, 'warn'>;

	constructor(options: { folder: string; version: string; log: Pick<Logger, 'warn'> }) {
		this.#folder = options.folder;
		this.#version = options.version;
		this.#log = options.log;
	}

	/** Notes that a part stopped. At once, as the app itself may be about to end; never throws. */
	add(part: Note['part'], reason: string, now = Date.now()): void {
		try {
			mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
			const written: Note = { at: now, part, reason: reason.slice(0, 200), version: this.#version };
			writeFileSync(path.join(this.#folder, `${now}-${randomUUID()}.json`), JSON.stringify(written), { mode: 0o600, flag: 'wx' });
			for (const { id } of this.list().slice(mostReports)) this.remove([id]);
		} catch (error) {
			this.#log.warn({ err: error, part }, 'that something stopped could not be noted');
		}
	}

	/** All there are, the newest first. */
	list(): CrashReport[] {
		return this.#files()
			.flatMap((file) => this.#read(file) ?? [])
			.toSorted((a, b) => b.at - a.at);
	}

	/** Deletes these; an id that `list` does not tell is passed over, whatever it is. */
	remove(ids: readonly string[]): void {
		const there = new Set(this.#files());
		for (const id of ids) if (there.has(id)) rmSync(path.join(this.#folder, id), { force: true });
	}

	/** The notes, and the memory images in whichever folder the reporter of this system puts them. */
	#files(): string[] {
		try {
			return readdirSync(this.#folder, { recursive: true, withFileTypes: true })
				.filter((entry) => entry.isFile() && /\.(json|dmp)$/.test(entry.name))
				.map((entry) => path.relative(this.#folder, path.join(entry.parentPath, entry.name)));
		} catch {
			return [];
		}
	}

	#read(file: string): CrashReport | null {
		try {
			const whole = path.join(this.#folder, file);
			const { size, mtimeMs } = statSync(whole);
			if (file.endsWith('.dmp')) return { id: file, at: Math.round(mtimeMs), part: 'image', reason: '', version: '', bytes: size };
			return size > mostNoteBytes ? null : { id: file, ...note.parse(JSON.parse(readFileSync(whole, 'utf8'))), bytes: size };
		} catch {
			// The reporter's own settings, or a file that was deleted meanwhile.
			return null;
		}
	}
}
