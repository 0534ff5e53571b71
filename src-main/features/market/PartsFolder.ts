import { randomUUID } from 'node:crypto';
import { readdirSync, renameSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from '../../platform/log/createLog.ts';
import type { SpecPart } from './downloadSpec.ts';
import { keptBytes } from './transfer/Journal.ts';

const goneSuffix = '.gone';

/**
 * The folder of what is downloaded in part. Each file is named after its checksum, a name of ours, so that whoever wants the same
 * bytes later goes on with what is there.
 */
export class PartsFolder {
	readonly #folder: string;
	readonly #log: Logger;
	/** What journals said when they were last read: a long one is not read again and again. */
	readonly #kept = new Map<string, { version: string; bytes: number }>();

	constructor(options: { folder: string; log: Logger }) {
		this.#folder = options.folder;
		this.#log = options.log;
	}

	/** Where the bytes with this checksum are gathered. */
	partFile(part: Pick<SpecPart, 'checksum'>): string {
		return join(this.#folder, `${nameOf(part)}.part`);
	}

	/** How much of a part need not be fetched again. */
	keptBytes(part: SpecPart): number {
		const journal = `${this.partFile(part)}.journal`;
		const found = statSync(journal, { throwIfNoEntry: false });
		if (!found) return 0;
		const version = `${found.size} ${found.mtimeMs}`;
		const known = this.#kept.get(journal);
		if (known?.version === version) return known.bytes;
		const bytes = Math.min(part.sizeBytes, keptBytes(journal));
		this.#kept.set(journal, { version, bytes });
		return bytes;
	}

	/** Throws away what is there of some parts, which nobody may be writing to. */
	discard(parts: readonly Pick<SpecPart, 'checksum'>[]): void {
		const names = new Set(parts.map(nameOf));
		for (const name of this.#names()) if (names.has(stem(name))) this.#giveUp(join(this.#folder, name));
	}

	/**
	 * Throws away what belongs to none of `wanted`: their names are free when this returns, their room soon after. What cannot be
	 * removed is logged and tried again the next time.
	 */
	sweep(wanted: readonly Pick<SpecPart, 'checksum'>[]): void {
		const kept = new Set(wanted.map(nameOf));
		for (const name of this.#names()) {
			const path = join(this.#folder, name);
			if (name.endsWith(goneSuffix)) this.#remove(path);
			else if (!kept.has(stem(name))) this.#giveUp(path);
		}
	}

	#names(): string[] {
		try {
			return readdirSync(this.#folder);
		} catch (error) {
			this.#log.warn({ err: error }, 'the folder of downloads could not be read');
			return [];
		}
	}

	/** To take a large file off the disk takes long, a new name for it does not. */
	#giveUp(path: string): void {
		this.#kept.delete(path);
		const gone = `${path}.${randomUUID()}${goneSuffix}`;
		try {
			renameSync(path, gone);
		} catch (error) {
			this.#log.warn({ err: error }, 'a part of a download could not be removed');
			return;
		}
		this.#remove(gone);
	}

	#remove(path: string): void {
		rm(path, { force: true, recursive: true }).catch((error) => this.#log.warn({ err: error }, 'a part of a download could not be removed'));
	}
}

/** The name of the part that a file is or is of. */
function stem(fileName: string): string {
	return fileName.replace(/\.part(\.journal)?$/, '');
}

function nameOf({ checksum }: Pick<SpecPart, 'checksum'>): string {
	return checksum.replace(':', '-');
}
