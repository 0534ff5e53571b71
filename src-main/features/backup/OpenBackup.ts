import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, utimes } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { BackupRefusal } from '#contract/backupRefusal.ts';
import { failure, isFailure } from '#contract/errors.ts';
import { ArchiveUnfit, explain, PackedFiles, type PackedStream } from '../../platform/archives/PackedFiles.ts';
import { isSealed, SealBroken, SealedFile } from '../../platform/archives/SealedFile.ts';
import { diskCode } from '../../platform/disk/diskFailure.ts';
import { type BackedUpFile, databaseName, isPlaced, type Manifest, manifest, manifestName, mostFiles, mostManifestBytes } from './manifest.ts';

const beginningBytes = 16;

/**
 * A backup, opened to be looked at or restored; nothing of it is believed before it is checked.
 *
 * Whatever is wrong with it is thrown as BACKUP_INVALID. Close it.
 */
export class OpenBackup {
	readonly manifest: Manifest;
	readonly isSealed: boolean;
	readonly #packed: PackedFiles;
	readonly #fileName: string;

	private constructor(found: { packed: PackedFiles; manifest: Manifest; isSealed: boolean; fileName: string }) {
		this.manifest = found.manifest;
		this.isSealed = found.isSealed;
		this.#packed = found.packed;
		this.#fileName = found.fileName;
	}

	/** Opens a backup and reads its list; throws FILE_NOT_FOUND too. */
	static async open(path: string, password: string | null): Promise<OpenBackup> {
		const fileName = basename(path);
		return checked(fileName, async () => {
			const sealed = await isSealedFile(path);
			if (sealed && password === null) throw refused(fileName, 'passwordNeeded');
			const packed = await PackedFiles.open(sealed ? await SealedFile.open(path, password ?? '') : path, mostFiles + 1);
			try {
				const read = await readManifest(packed, fileName);
				refuseSurplus(packed, read, fileName);
				return new OpenBackup({ packed, manifest: read, isSealed: sealed, fileName });
			} catch (error) {
				packed.close();
				throw error;
			}
		});
	}

	/** What comes out of it, at most. */
	get sizeBytes(): number {
		return this.manifest.files.reduce((bytes, file) => bytes + file.sizeBytes, 0);
	}

	/** Unpacks every file below a folder, each on the disk and with the checksum that the list says, or throws. */
	async unpackTo(folder: string, options: { signal?: AbortSignal; onProgress?: (fraction: number) => void } = {}): Promise<void> {
		const total = Math.max(1, this.sizeBytes);
		let done = 0;
		const onBytes = (bytes: number) => {
			done += bytes;
			options.onProgress?.(Math.min(1, done / total));
		};
		for (const file of this.manifest.files) {
			options.signal?.throwIfAborted();
			if (file.isGone) continue;
			await checked(this.#fileName, () => this.#unpack(file, join(folder, file.path), onBytes, options.signal));
		}
	}

	close(): void {
		this.#packed.close();
	}

	async #unpack(file: BackedUpFile, to: string, onBytes: (bytes: number) => void, signal: AbortSignal | undefined): Promise<void> {
		const packed = this.#packed.files.get(file.path);
		if (!packed) throw refused(this.#fileName, 'damaged', `${file.path} is missing`);
		await mkdir(dirname(to), { recursive: true, mode: 0o700 });
		const hash = createHash('sha256');
		const watch = new Transform({
			transform(chunk: Buffer, _encoding, next) {
				hash.update(chunk);
				onBytes(chunk.length);
				next(null, chunk);
			},
		});
		await pipeline(await packed.open(), watch, createWriteStream(to, { flags: 'wx', mode: 0o600, flush: true }), { signal }).catch((error: unknown) => {
			signal?.throwIfAborted();
			throw explain(error);
		});
		// In the middle of its millisecond, as the time is rounded on its way to the disk.
		const modified = (file.modifiedAt + 0.5) / 1000;
		await utimes(to, modified, modified);
		if (hash.digest('hex') !== file.sha256) throw refused(this.#fileName, 'damaged', `${file.path} has another checksum`);
	}
}

async function isSealedFile(path: string): Promise<boolean> {
	const handle = await open(path, 'r');
	try {
		const beginning = Buffer.alloc(beginningBytes);
		const { bytesRead } = await handle.read(beginning, 0, beginningBytes, 0);
		return isSealed(beginning.subarray(0, bytesRead));
	} finally {
		await handle.close();
	}
}

async function readManifest(packed: PackedFiles, fileName: string): Promise<Manifest> {
	const entry = packed.files.get(manifestName);
	if (!entry || !packed.files.has(databaseName)) throw refused(fileName, 'notBackup');
	if (entry.bytes > mostManifestBytes) throw refused(fileName, 'tooMuchInside', `${manifestName} has ${entry.bytes} bytes`);
	const value: unknown = JSON.parse(await textOf(entry));
	// A later form of backup says so before anything else can be told of it.
	if (typeof value === 'object' && value !== null && 'version' in value && typeof value.version === 'number' && value.version > 1)
		throw refused(fileName, 'newer');
	const read = manifest.safeParse(value);
	if (read.success) return read.data;
	const [issue] = read.error.issues;
	const isHostile = issue?.path.at(-1) === 'path';
	throw refused(fileName, isHostile ? 'hostile' : 'damaged', `${manifestName}: ${issue?.path.join('.')} ${issue?.message}`);
}

/** Every file must be on the list with its size, and every file on the list there, once. */
function refuseSurplus(packed: PackedFiles, { files }: Manifest, fileName: string): void {
	const listed = new Map(files.map((file) => [file.path, file]));
	if (listed.size !== files.length) throw refused(fileName, 'hostile', 'a file is on the list twice');
	for (const [name, { bytes }] of packed.files) {
		if (name === manifestName) continue;
		const file = listed.get(name);
		if (!file || !isPlaced(name)) throw refused(fileName, 'hostile', `${name} is not on the list`);
		if (file.sizeBytes !== bytes) throw refused(fileName, 'damaged', `${name} has another size`);
	}
	const missing = files.find(({ path }) => !packed.files.has(path));
	if (missing) throw refused(fileName, 'damaged', `${missing.path} is missing`);
}

async function textOf(entry: PackedStream): Promise<string> {
	const pieces: Buffer[] = [];
	for await (const piece of await entry.open()) pieces.push(piece);
	return Buffer.concat(pieces).toString('utf8');
}

async function checked<T>(fileName: string, work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		if (isFailure(error)) throw error;
		if (error instanceof SealBroken) throw refused(fileName, error.reason, '', error);
		if (error instanceof ArchiveUnfit) throw refused(fileName, error.reason, error.message, error);
		if (error instanceof SyntaxError) throw refused(fileName, 'damaged', error.message, error);
		if (diskCode(error) === 'ENOENT') throw failure('FILE_NOT_FOUND', { path: fileName }, error);
		if (diskCode(error) === 'EISDIR') throw failure('FILE_NOT_ALLOWED', { reason: 'notAFile' }, error);
		// What the unpacking library of Node says of broken data.
		if (diskCode(error)?.startsWith('Z_')) throw refused(fileName, 'damaged', String(error), error);
		throw error;
	}
}

export function refused(fileName: string, reason: BackupRefusal, detail = '', cause?: unknown) {
	return failure('BACKUP_INVALID', { fileName: fileName.slice(-255), reason, detail: detail.slice(0, 500) }, cause);
}
