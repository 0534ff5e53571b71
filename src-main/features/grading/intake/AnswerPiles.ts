import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { answerFileLimits } from '#contract/answerFileLimits.ts';
import { failure, isFailure } from '#contract/errors.ts';
import { ZipFolder } from '../../../platform/archives/ZipFolder.ts';
import { onDiskOf } from '../../../platform/disk/onDiskOf.ts';
import { checkRoom } from '../../../platform/disk/room.ts';

/** A file that was handed in; `file` is null where it is too large to be sent. */
export interface SentFile {
	fileName: string;
	file: Blob | null;
	/** It is the next part of the archive that was sent before it. */
	continues?: boolean;
}

/** A file of a pile, whose bytes are read when they are asked for; null where it was too large to be sent. */
export interface PiledFile {
	fileName: string;
	read: (() => Promise<Uint8Array>) | null;
}

interface Pile {
	id: string;
	ownerId: string;
	folder: string;
	files: PiledFile[];
	bytes: number;
	/** Throws the pile away when nobody has touched it for long. */
	timer: NodeJS.Timeout;
}

const keptMs = 60 * 60_000;
/** Of one person at once: as many windows in which a class is taken in. The oldest makes room. */
const mostPiles = 2;
/** Kept free for everything else on this disk: 256 MiB. */
const spareBytes = 2 ** 28;

/**
 * Keeps the files of a class on the disk from when they are sent, in pieces, until an assignment is made of them.
 *
 * A pile is its owner's alone, is gone an hour after it was last touched, and none outlives the app. More than `answerFileLimits` is never
 * in it.
 */
export class AnswerPiles {
	readonly #folder: string;
	/** The oldest first. */
	readonly #piles = new Map<string, Pile>();

	/** `folder` is of the piles alone: what an earlier run left in it is deleted. */
	constructor(folder: string) {
		this.#folder = folder;
		rmSync(folder, { recursive: true, force: true });
		mkdirSync(folder, { recursive: true, mode: 0o700 });
	}

	/**
	 * Adds files to a pile, or begins one where `pileId` is null, and gives back its id. After a failure the pile is gone, so that none is
	 * kept of which nobody knows what is in it.
	 *
	 * @throws NOT_FOUND, TOO_MANY_FILES, TOO_LARGE, DISK_FULL and DISK_FAILED, and INVALID_INPUT where a part continues no archive.
	 */
	async add(ownerId: string, pileId: string | null, sent: readonly SentFile[]): Promise<string> {
		const pile = pileId === null ? this.#begin(ownerId) : this.#pileOf(ownerId, pileId);
		try {
			const bytes = sent.reduce((sum, { file }) => sum + (file?.size ?? 0), 0);
			const before = pile.files.length;
			const found = before + sent.filter(({ continues }) => !continues).length;
			if (found > answerFileLimits.files) throw failure('TOO_MANY_FILES', { limit: answerFileLimits.files, found });
			if (pile.bytes + bytes > answerFileLimits.bytes) throw failure('TOO_LARGE', { limitBytes: answerFileLimits.bytes });
			pile.bytes += bytes;
			// Before the disk is waited for, so that a second call counts them.
			const files = sent.map((each) => ({ ...each, path: this.#place(pile, each) }));
			await onDiskOf(this.#folder, async () => {
				await checkRoom(this.#folder, { neededBytes: bytes, spareBytes });
				await mkdir(pile.folder, { recursive: true, mode: 0o700 });
				for (const { file, continues, path } of files)
					if (file) await writeFile(path, new Uint8Array(await file.arrayBuffer()), { mode: 0o600, flag: continues ? 'a' : 'wx' });
			});
			if (!this.#piles.has(pile.id)) throw failure('NOT_FOUND', { what: 'files' });
			return pile.id;
		} catch (error) {
			await this.#remove(pile);
			throw error;
		}
	}

	/** The files of a pile, in the order in which they came. Throws NOT_FOUND where there is none of this id, any more or of this owner. */
	files(ownerId: string, pileId: string): readonly PiledFile[] {
		return this.#pileOf(ownerId, pileId).files;
	}

	/**
	 * What is in a pile that is one ZIP archive, to be closed; null where it is none, or is a document that is packed as one. Throws NOT_FOUND, and
	 * DOCUMENT_INVALID where it cannot be read.
	 */
	async archive(ownerId: string, pileId: string): Promise<ZipFolder | null> {
		const pile = this.#pileOf(ownerId, pileId);
		const [only, second] = pile.files;
		if (!only || second || !isArchive(only.fileName)) return null;
		const folder = await onDiskOf(this.#folder, () => ZipFolder.open(join(pile.folder, '0'), only.fileName)).catch((error: unknown) => {
			throw this.#piles.has(pile.id) ? error : failure('NOT_FOUND', { what: 'files' }, error);
		});
		if (!folder.files.some(({ name }) => name === '[Content_Types].xml')) return folder;
		folder.close();
		return null;
	}

	/** Deletes a pile, or with null all of its owner's. Deleting goes on after it returns; what fails of it is done at the next start. */
	drop(ownerId: string, pileId: string | null): void {
		for (const pile of [...this.#piles.values()]) if (pile.ownerId === ownerId && (pileId === null || pile.id === pileId)) void this.#remove(pile);
	}

	#begin(ownerId: string): Pile {
		const own = [...this.#piles.values()].filter((pile) => pile.ownerId === ownerId);
		for (const oldest of own.slice(0, own.length - mostPiles + 1)) void this.#remove(oldest);
		const id = randomUUID();
		const timer = setTimeout(() => this.drop(ownerId, id), keptMs).unref();
		const pile = { id, ownerId, folder: join(this.#folder, id), files: [], bytes: 0, timer };
		this.#piles.set(id, pile);
		return pile;
	}

	/** Where a file is to be written, which from now on is in the pile. */
	#place(pile: Pile, { fileName, file, continues }: SentFile): string {
		const last = pile.files.at(-1);
		if (continues) {
			const issues = [{ path: 'files', message: 'There is no archive that this would continue.' }];
			if (last?.fileName !== fileName || !isArchive(fileName)) throw failure('INVALID_INPUT', { issues });
			// In one go it could be too much for the memory.
			last.read = null;
			return join(pile.folder, String(pile.files.length - 1));
		}
		const path = join(pile.folder, String(pile.files.length));
		pile.files.push({ fileName, read: file && (() => this.#read(pile, path)) });
		return path;
	}

	#pileOf(ownerId: string, pileId: string): Pile {
		const pile = this.#piles.get(pileId);
		if (pile?.ownerId !== ownerId) throw failure('NOT_FOUND', { what: 'files' });
		pile.timer.refresh();
		return pile;
	}

	async #read(pile: Pile, path: string): Promise<Uint8Array> {
		pile.timer.refresh();
		return await onDiskOf(this.#folder, () => readFile(path)).catch((error: unknown) => {
			throw isFailure(error) && !this.#piles.has(pile.id) ? failure('NOT_FOUND', { what: 'files' }, error) : error;
		});
	}

	async #remove(pile: Pile): Promise<void> {
		clearTimeout(pile.timer);
		this.#piles.delete(pile.id);
		await rm(pile.folder, { recursive: true, force: true }).catch(() => undefined);
	}
}

function isArchive(fileName: string): boolean {
	return /\.zip$/i.test(fileName);
}
