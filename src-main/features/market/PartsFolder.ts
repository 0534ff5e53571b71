import { randomUUID } from 'node:crypto';
import { readdirSync, renameSync } from 'node:fs';
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

	constructor(options: { folder: string; log: Logger }) {
		this.#folder = options.folder;
		this.#log = options.log;
	}

	get path(): string {
		return this.#folder;
	}

	/** Where the bytes with this checksum are gathered. */
	partFile(part: Pick<SpecPart, 'checksum'>): string {
		return join(this.#folder, `${nameOf(part)}.part`);
	}

	/** How much of a part need not be fetched again. */
	keptBytes(part: SpecPart): number {
		return Math.min(part.sizeBytes, keptBytes(`${this.partFile(part)}.journal`));
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
			else if (!kept.has(name.replace(/\.part(\.journal)?$/, ''))) this.#giveUp(path);
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

function nameOf({ checksum }: Pick<SpecPart, 'checksum'>): string {
	return checksum.replace(':', '-');
}
