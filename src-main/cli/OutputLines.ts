import { type FileHandle, open, readFile, rename, rm, truncate } from 'node:fs/promises';
import { diskEnded } from './diskEnded.ts';
import { Ended, exitCodes } from './exitCodes.ts';

/** What is done with the part that an earlier run has left. */
export type Leftover = 'refused' | 'replaced' | 'continued';

/**
 * A file of lines of JSON that is written as they come, so that what was paid for is there whatever ends the work: as FILE.part, which gets the
 * file's name at the end.
 */
export class OutputLines {
	/** What an earlier run has left that this one goes on behind. */
	readonly before: readonly unknown[];
	readonly #path: string;
	readonly #part: string;
	readonly #handle: FileHandle;
	#count: number;

	private constructor(path: string, part: string, handle: FileHandle, before: readonly unknown[]) {
		this.#path = path;
		this.#part = part;
		this.#handle = handle;
		this.before = before;
		this.#count = before.length;
	}

	/** Throws Ended, also where one is there that was cut short and `leftover` refuses it. */
	static async begin(path: string, leftover: Leftover): Promise<OutputLines> {
		const part = `${path}.part`;
		try {
			const handle = await open(part, flags[leftover], 0o644);
			if (leftover !== 'continued') return new OutputLines(path, part, handle, []);
			const { values, bytes } = wholeLines(await readFile(part, 'utf8'));
			// Only what was cut goes: a kill here must not take what was paid for either.
			await truncate(part, bytes);
			return new OutputLines(path, part, handle, values);
		} catch (error) {
			if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw diskEnded(error, part);
			const message = `${part} holds what a run before had done when it was cut short. --continue goes on behind it; --force begins anew.`;
			throw new Ended(exitCodes.failed, 'FILE_EXISTS', message, { path: part });
		}
	}

	/** Adds a value as a line. Throws Ended. */
	async add(value: object): Promise<void> {
		try {
			await this.#handle.appendFile(asLine(value));
			this.#count += 1;
		} catch (error) {
			throw diskEnded(error, this.#part);
		}
	}

	/** Gives the file its name; where there is no line, there is none. Throws Ended. */
	async end(): Promise<void> {
		try {
			await this.#handle.sync();
			await this.#handle.close();
			if (this.#count > 0) await rename(this.#part, this.#path);
			else await rm(this.#part, { force: true });
		} catch (error) {
			throw diskEnded(error, this.#path);
		}
	}
}

const flags: Record<Leftover, string> = { refused: 'wx', replaced: 'w', continued: 'a' };

function asLine(value: unknown): string {
	return `${JSON.stringify(value)}\n`;
}

/** Up to the first line that a kill has cut, and how long that is. */
function wholeLines(text: string): { values: unknown[]; bytes: number } {
	const values: unknown[] = [];
	let bytes = 0;
	for (const line of text.split('\n').slice(0, -1)) {
		try {
			values.push(JSON.parse(line));
		} catch {
			break;
		}
		bytes += Buffer.byteLength(line) + 1;
	}
	return { values, bytes };
}
