import { createHash } from 'node:crypto';
import { createWriteStream, type Stats } from 'node:fs';
import { open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import { PassThrough, Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { sealingWith } from '../../platform/archives/SealedFile.ts';
import { type ZipSource, zipStream } from '../../platform/archives/zipStream.ts';
import { diskCode } from '../../platform/disk/diskFailure.ts';
import { syncFolder } from '../../platform/disk/syncFolder.ts';
import { type BackedUpFile, databaseName, isPlaced, type Manifest, manifestName, partFolders } from './manifest.ts';

const readBytes = 2 ** 20;
/** Files that programs of ours are just writing. */
const unfinished = /\.(part|new|partial|tmp)$/;
/** What holds mostly numbers or is packed already gets hardly smaller. */
const dense = /\.(gguf|safetensors|zip|xlsx|docx|png|jpe?g|mp4|mkv|bin)$/i;

export interface BackupOrder {
	dataFolder: string;
	/** A whole copy of the database that nobody writes to. */
	database: string;
	/** Where the backup goes; nothing is there until it is whole. */
	to: string;
	withModels: boolean;
	/** Seals the whole file; null: anybody can read it. */
	password: string | null;
	/** Of the app. */
	version: string;
	createdAt: number;
}

interface Found {
	path: string;
	file: string;
	sizeBytes: number;
	modifiedAt: number;
}

/** Bytes that a backup reads at the time of asking beside the database: those of the models, and of all else. */
export async function bytesToBackUp(dataFolder: string): Promise<{ models: number; rest: number }> {
	const found = await findFiles(dataFolder, true);
	const sum = (files: readonly Found[]) => files.reduce((bytes, { sizeBytes }) => bytes + sizeBytes, 0);
	const models = sum(found.filter(({ path }) => path.startsWith('models/')));
	return { models, rest: sum(found) - models };
}

/**
 * Writes one file that holds the database and all files of the data folder which a restore needs, then the list of them with their checksums: a
 * ZIP archive, under a password where there is one.
 *
 * The file has its name once it is whole and on the disk; until then it ends in `.part`, and is deleted where it fails.
 *
 * @throws what the disk says; the reason of `signal`.
 */
export async function writeBackup(
	order: BackupOrder,
	options: { signal?: AbortSignal; onProgress?: (fraction: number) => void } = {},
): Promise<{ sizeBytes: number; files: number }> {
	const found: Found[] = [
		{ path: databaseName, file: order.database, ...figuresOf(await stat(order.database)) },
		...(await findFiles(order.dataFolder, order.withModels)),
	];
	const total = Math.max(
		1,
		found.reduce((bytes, { sizeBytes }) => bytes + sizeBytes, 0),
	);
	const listed: BackedUpFile[] = [];
	let done = 0;
	const onBytes = (bytes: number) => {
		done += bytes;
		options.onProgress?.(Math.min(1, done / total));
	};
	const sources = [...found.map((each) => sourceOf(each, listed, onBytes)), manifestSource(order, listed)];
	const part = `${order.to}.part`;
	try {
		const sealing = order.password === null ? new PassThrough() : await sealingWith(order.password);
		const target = createWriteStream(part, { mode: 0o600, flush: true, highWaterMark: readBytes });
		await pipeline(zipStream(sources), sealing, target, { signal: options.signal });
		const { size } = await stat(part);
		await rename(part, order.to);
		await syncFolder(dirname(order.to));
		return { sizeBytes: size, files: found.length };
	} catch (error) {
		await rm(part, { force: true });
		options.signal?.throwIfAborted();
		throw error;
	}
}

/** All but the database. */
async function findFiles(dataFolder: string, withModels: boolean): Promise<Found[]> {
	const found: Found[] = [];
	for (const folder of partFolders) if (folder !== 'models' || withModels) found.push(...(await filesBelow(dataFolder, folder)));
	return found;
}

async function filesBelow(dataFolder: string, folder: string): Promise<Found[]> {
	const found: Found[] = [];
	const entries = await readdir(join(dataFolder, folder), { recursive: true, withFileTypes: true }).catch((error: unknown) => {
		if (diskCode(error) === 'ENOENT') return [];
		throw error;
	});
	for (const entry of entries) {
		const file = join(entry.parentPath, entry.name);
		// Links lead to what is not ours, and names that no system takes are not made by us.
		const path = relative(dataFolder, file).split(sep).join('/');
		if (!entry.isFile() || unfinished.test(entry.name) || !isPlaced(path)) continue;
		const stats = await stat(file).catch(() => null);
		if (stats) found.push({ path, file, ...figuresOf(stats) });
	}
	return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function figuresOf({ size, mtimeMs }: Stats): Pick<Found, 'sizeBytes' | 'modifiedAt'> {
	return { sizeBytes: size, modifiedAt: Math.trunc(mtimeMs) };
}

/** A file, summed up while it is read: what it was when it went in. */
function sourceOf({ path, file, sizeBytes, modifiedAt }: Found, listed: BackedUpFile[], onBytes: (bytes: number) => void): ZipSource {
	const open = async () => {
		const reading = await openToRead(file);
		const hash = createHash('sha256');
		let read = 0;
		const watch = new Transform({
			transform(chunk: Buffer, _encoding, done) {
				hash.update(chunk);
				read += chunk.length;
				onBytes(chunk.length);
				done(null, chunk);
			},
			flush(done) {
				listed.push({ path, sizeBytes: read, modifiedAt, sha256: hash.digest('hex'), ...(reading === null && { isGone: true as const }) });
				done();
			},
		});
		const source = reading ?? Readable.from([]);
		source.once('error', (error) => watch.destroy(error));
		watch.once('close', () => source.destroy());
		return source.pipe(watch);
	};
	return { name: path, sizeBytes, isCompressed: !dense.test(basename(path)), open };
}

/** Null where it was deleted meanwhile, as the files of a run that ended are. */
async function openToRead(file: string): Promise<Readable | null> {
	try {
		return (await open(file, 'r')).createReadStream({ highWaterMark: readBytes });
	} catch (error) {
		if (diskCode(error) === 'ENOENT') return null;
		throw error;
	}
}

function manifestSource({ version, createdAt, withModels }: BackupOrder, files: BackedUpFile[]): ZipSource {
	const open = async () => {
		const told: Manifest = { format: 'homeroom-backup', version: 1, homeroom: version, createdAt, withModels, files };
		return Readable.from([JSON.stringify(told, null, '\t')]);
	};
	return { name: manifestName, sizeBytes: 0, isCompressed: true, open };
}
