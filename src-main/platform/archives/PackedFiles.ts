import type { Readable } from 'node:stream';
import { type Entry, fromBufferPromise, fromRandomAccessReaderPromise, type Options, openPromise, type ZipFile } from 'yauzl';
import { SealedFile } from './SealedFile.ts';

/** The type of file that an archive made on Unix says in the upper half of its attributes; 0: none (APPNOTE.TXT 6.3.10, 4.4.15). */
const typeOf = (entry: Entry) => ((entry.externalFileAttributes >>> 16) & 0o170000) >>> 0;
const plainTypes = new Set([0, 0o100000]);

/** What makes an archive one that nobody should unpack. */
export class ArchiveUnfit extends Error {
	override name = 'ArchiveUnfit';
	readonly reason: 'damaged' | 'hostile' | 'tooMuchInside';

	constructor(reason: 'damaged' | 'hostile' | 'tooMuchInside', detail: string, cause?: unknown) {
		super(detail, { cause });
		this.reason = reason;
	}
}

/** A file of an archive; never more than `bytes` comes out of it. */
export interface PackedStream {
	name: string;
	bytes: number;
	open(): Promise<Readable>;
}

/**
 * The files of a ZIP archive that is unpacked to the disk, of any size, by their names.
 *
 * What may be relied on: no name leads out of the folder that it is put below, none stands for two files, also where capitals do not count, and
 * none is a link. Close it.
 */
export class PackedFiles {
	readonly files: ReadonlyMap<string, PackedStream>;
	readonly #zip: ZipFile;

	private constructor(zip: ZipFile, files: ReadonlyMap<string, PackedStream>) {
		this.#zip = zip;
		this.files = files;
	}

	/** Throws ArchiveUnfit, and what the disk and a sealed file say. */
	static async open(source: string | SealedFile | Buffer, mostFiles: number): Promise<PackedFiles> {
		const options = { lazyEntries: true, autoClose: false, strictFileNames: true };
		let zip: ZipFile | null = null;
		try {
			zip = await opening(source, options);
			if (zip.entryCount > mostFiles) throw new ArchiveUnfit('tooMuchInside', `${zip.entryCount} files`);
			return new PackedFiles(zip, await listed(zip));
		} catch (error) {
			if (zip) zip.close();
			else if (source instanceof SealedFile) source.close(() => {});
			throw explain(error);
		}
	}

	close(): void {
		this.#zip.close();
	}
}

function opening(source: string | SealedFile | Buffer, options: Options): Promise<ZipFile> {
	if (typeof source === 'string') return openPromise(source, options);
	return source instanceof SealedFile ? fromRandomAccessReaderPromise(source, source.sizeBytes, options) : fromBufferPromise(source, options);
}

async function listed(zip: ZipFile): Promise<Map<string, PackedStream>> {
	const files = new Map<string, PackedStream>();
	const folded = new Set<string>();
	for await (const entry of zip.eachEntry()) {
		const name = entry.fileName;
		if (name.endsWith('/')) continue;
		if (!plainTypes.has(typeOf(entry))) throw new ArchiveUnfit('hostile', `${name} is no plain file`);
		if (entry.isEncrypted() || !entry.canDecodeFileData()) throw new ArchiveUnfit('damaged', `${name} is packed in another way`);
		const key = name.normalize('NFC').toLowerCase();
		if (folded.has(key)) throw new ArchiveUnfit('hostile', `${name} is there twice`);
		folded.add(key);
		const open = () => zip.openReadStreamPromise(entry).catch((error: unknown) => Promise.reject(explain(error)));
		files.set(name, { name, bytes: entry.uncompressedSize, open });
	}
	return files;
}

/** What yauzl finds wrong is a plain error without a code; names that lead elsewhere it calls invalid or absolute. */
export function explain(error: unknown): unknown {
	if (!(error instanceof Error) || error.name !== 'Error' || 'syscall' in error) return error;
	return new ArchiveUnfit(/file ?name|path/i.test(error.message) ? 'hostile' : 'damaged', error.message, error);
}
