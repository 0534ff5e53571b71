import { closeSync, copyFileSync, existsSync, fsyncSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const record = z.object({ from: z.string(), to: z.string(), at: z.number() });
type Record = z.infer<typeof record>;
/** A version is part of a file's name. */
const plainVersion = /^\d{1,6}\.\d{1,6}\.\d{1,6}(-[0-9A-Za-z.]{1,40})?$/;

/**
 * The way back from an update: the database as it was before, and the programs of this version and the one before, as far as they are known.
 *
 * What "back" can do: put the data back as it was, and open the installer of the version before where it was kept. What it cannot: remove the new
 * program by itself, or carry what was made since into the old data. That is kept in a file beside it.
 */
export class BackWay {
	readonly #folder: string;
	readonly #database: string;

	/** @param options.database the file that is put back. */
	constructor(options: { folder: string; database: string }) {
		this.#folder = options.folder;
		this.#database = options.database;
	}

	/** Where the copy of the database belongs that is made before the update from this version. */
	copyOf(version: string): string {
		return path.join(this.#folder, `homeroom-${checked(version)}.db`);
	}

	/** Writes down that an update begins, whose copy of the database is there; of earlier ones the copies and programs are deleted. */
	begin(from: string, to: string, now = Date.now()): void {
		const kept = [from, to].map(checked);
		for (const name of this.#names()) if (!kept.some((version) => name.startsWith(`homeroom-${version}.`))) rmSync(path.join(this.#folder, name));
		const written: Record = { from, to, at: now };
		writeWhole(path.join(this.#folder, 'update.json'), JSON.stringify(written));
	}

	/** Keeps the program of a version, such as its installer, for the way back from the next one. */
	keepProgram(version: string, file: string): void {
		mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
		const kept = path.join(this.#folder, `homeroom-${checked(version)}.program${path.extname(file)}`);
		copyFileSync(file, `${kept}.partial`);
		renameSync(`${kept}.partial`, kept);
	}

	/** The version before, where `version` runs now and the data of before is there; `program` is its package, null where that is not known. */
	from(version: string): { version: string; at: number; program: string | null } | null {
		const last = this.#read();
		if (last?.to !== version || !existsSync(this.copyOf(last.from))) return null;
		const program = this.#names().find((name) => name.startsWith(`homeroom-${last.from}.program`) && !name.endsWith('.partial'));
		return { version: last.from, at: last.at, program: program === undefined ? null : path.join(this.#folder, program) };
	}

	/**
	 * Puts the database of before back, once nothing has it open any more. A kill at any point leaves the one or the other, whole.
	 *
	 * @returns the file in which the data of until now is kept.
	 */
	restore(version: string, now = Date.now()): string {
		const back = this.from(version);
		if (back === null) throw new Error(`there is no way back from ${version}`);
		if (existsSync(`${this.#database}-wal`)) throw new Error('the database is still open');
		const aside = `${this.#database}.after-${checked(version)}-${now}`;
		copyWhole(this.#database, aside);
		copyWhole(this.copyOf(back.version), `${this.#database}.back`);
		renameSync(`${this.#database}.back`, this.#database);
		rmSync(path.join(this.#folder, 'update.json'), { force: true });
		return aside;
	}

	#read(): Record | null {
		try {
			return record.parse(JSON.parse(readFileSync(path.join(this.#folder, 'update.json'), 'utf8')));
		} catch {
			return null;
		}
	}

	#names(): string[] {
		return existsSync(this.#folder) ? readdirSync(this.#folder).filter((name) => name.startsWith('homeroom-')) : [];
	}
}

function checked(version: string): string {
	if (!plainVersion.test(version)) throw new Error(`"${version.slice(0, 100)}" is no version`);
	return version;
}

function copyWhole(from: string, to: string): void {
	copyFileSync(from, `${to}.partial`);
	sync(`${to}.partial`);
	renameSync(`${to}.partial`, to);
}

function writeWhole(file: string, text: string): void {
	mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
	writeFileSync(`${file}.partial`, text, { mode: 0o600 });
	sync(`${file}.partial`);
	renameSync(`${file}.partial`, file);
}

function sync(file: string): void {
	const handle = openSync(file, 'r+');
	try {
		fsyncSync(handle);
	} finally {
		closeSync(handle);
	}
}
