import { isUtf8 } from 'node:buffer';
import { type Entry, getFileNameLowLevel, openPromise, type ZipFile } from 'yauzl';
import type { DocumentReason } from '#contract/documentReason.ts';
import { type Failure, failure, isFailure } from '#contract/errors.ts';

const mostEntries = 10_000;

/** A file in an archive. Its name says whatever it likes, and is never a place on the disk. */
export interface PackedFile {
	/** A path where it lies in folders of the archive. */
	name: string;
	/** Unpacked; it never unpacks to more. */
	bytes: number;
	/** Unpacks it into memory. Throws DOCUMENT_INVALID where it is under a password or damaged. */
	read(): Promise<Uint8Array>;
}

/**
 * A ZIP archive on the disk, read as a folder of files: nothing of it is ever written.
 *
 * What it says of its own sizes is checked while it is unpacked (yauzl), so that whoever adds `bytes` up knows what it can come to. Close it.
 */
export class ZipFolder {
	readonly #zip: ZipFile;
	readonly files: readonly PackedFile[];

	private constructor(zip: ZipFile, files: readonly PackedFile[]) {
		this.#zip = zip;
		this.files = files;
	}

	/** Reads its list of contents. Throws DOCUMENT_INVALID with `fileName` where it has none or too long a one, and errors of the disk as they are. */
	static async open(path: string, fileName: string): Promise<ZipFolder> {
		const zip = await openPromise(path, { lazyEntries: true, decodeStrings: false, autoClose: false }).catch((error: unknown) => {
			throw explain(error, fileName);
		});
		try {
			if (zip.entryCount > mostEntries) throw invalid(fileName, 'tooMuchInside', `${zip.entryCount} files`);
			const files: PackedFile[] = [];
			for await (const entry of zip.eachEntry()) {
				const name = nameOf(entry);
				if (!/[\\/]$/.test(name)) files.push({ name, bytes: entry.uncompressedSize, read: () => unpack(zip, entry, name) });
			}
			return new ZipFolder(zip, files);
		} catch (error) {
			zip.close();
			throw explain(error, fileName);
		}
	}

	close(): void {
		this.#zip.close();
	}
}

/** UTF-8 where it is that, whether the archive says so or not; GB 2312 as Windows writes it in China; else what the format says (CP437, APPNOTE.TXT 6.3.10, D). */
function nameOf({ generalPurposeBitFlag, fileNameRaw, extraFields }: Entry): string {
	if (isUtf8(fileNameRaw)) return fileNameRaw.toString();
	// In CP437 these pairs are lines and boxes, which no name is made of.
	const isChinese = /^(?:[\0-\x7f]|[\xb0-\xf7][\xa1-\xfe])+$/.test(fileNameRaw.toString('latin1'));
	if (isChinese) return new TextDecoder('gb18030').decode(fileNameRaw);
	return getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, false);
}

async function unpack(zip: ZipFile, entry: Entry, name: string): Promise<Uint8Array> {
	if (entry.isEncrypted()) throw invalid(name, 'encrypted');
	if (!entry.canDecodeFileData()) throw invalid(name, 'damaged', `compression ${entry.compressionMethod}`);
	try {
		const stream = await zip.openReadStreamPromise(entry);
		return Buffer.concat(await stream.toArray());
	} catch (error) {
		throw explain(error, name);
	}
}

/** What yauzl says is wrong is plain text alone; the disk's errors, and those of zlib, have codes. */
function explain(error: unknown, fileName: string): unknown {
	const isOfDisk = error instanceof Error && 'syscall' in error;
	if (isOfDisk || isFailure(error)) return error;
	return invalid(fileName, 'damaged', error instanceof Error ? error.message : '', error);
}

function invalid(fileName: string, reason: DocumentReason, detail = '', cause?: unknown): Failure<'DOCUMENT_INVALID'> {
	return failure('DOCUMENT_INVALID', { fileName: fileName.slice(-255), reason, detail: detail.slice(0, 500) }, cause);
}
