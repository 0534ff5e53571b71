import { inflateRawSync } from 'node:zlib';
import { DocumentRefusal } from './DocumentRefusal.ts';

const mostEntries = 10_000;
const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const localSignature = 0x04034b50;

interface Entry {
	compressed: boolean;
	packed: { from: number; bytes: number };
	encrypted: boolean;
}

/**
 * A ZIP archive in memory, of which no more is ever unpacked than `inflatedBytes` in all, whatever it says of its own sizes.
 *
 * It goes by the archive's list of contents (APPNOTE.TXT 6.3.10, 4.3.12). One that has none, or that points outside itself, is a
 * `DocumentRefusal`.
 */
export class ZipArchive {
	readonly #bytes: Buffer;
	readonly #entries: Map<string, Entry>;
	#leftBytes: number;

	constructor(bytes: Uint8Array, inflatedBytes: number) {
		this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
		this.#leftBytes = inflatedBytes;
		try {
			this.#entries = readEntries(this.#bytes);
		} catch (error) {
			// Whatever lies outside the bytes is a range error of the buffer.
			throw error instanceof RangeError ? new DocumentRefusal('damaged', 'The list of its contents is broken.', { cause: error }) : error;
		}
	}

	get names(): string[] {
		return [...this.#entries.keys()];
	}

	/** Unpacks one file, or gives null where there is none of this name. Throws `DocumentRefusal`, also where all that was unpacked is too much. */
	read(name: string): Buffer | null {
		const entry = this.#entries.get(name);
		if (!entry) return null;
		if (entry.encrypted) throw new DocumentRefusal('encrypted');
		const { from, bytes } = entry.packed;
		const packed = this.#bytes.subarray(from, from + bytes);
		const content = entry.compressed ? inflate(packed, this.#leftBytes, name) : packed;
		this.#leftBytes -= content.length;
		if (this.#leftBytes < 0) throw tooMuch();
		return content;
	}
}

function inflate(packed: Buffer, mostBytes: number, name: string): Buffer {
	if (mostBytes <= 0) throw tooMuch();
	try {
		return inflateRawSync(packed, { maxOutputLength: mostBytes });
	} catch (error) {
		if (error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') throw tooMuch();
		throw new DocumentRefusal('damaged', name, { cause: error });
	}
}

function tooMuch(): DocumentRefusal {
	return new DocumentRefusal('tooMuchInside', 'It unpacks to more than can be taken.');
}

function readEntries(bytes: Buffer): Map<string, Entry> {
	const end = findEnd(bytes);
	const count = bytes.readUInt16LE(end + 10);
	if (count > mostEntries) throw new DocumentRefusal('tooMuchInside', `${count} files`);
	const entries = new Map<string, Entry>();
	let at = bytes.readUInt32LE(end + 16);
	for (let index = 0; index < count; index++) {
		if (bytes.readUInt32LE(at) !== entrySignature) throw new DocumentRefusal('damaged', 'The list of its contents is broken.');
		const flags = bytes.readUInt16LE(at + 8);
		const nameLength = bytes.readUInt16LE(at + 28);
		const name = bytes.toString('utf8', at + 46, at + 46 + nameLength).replaceAll('\\', '/');
		entries.set(name, {
			compressed: bytes.readUInt16LE(at + 10) !== 0,
			encrypted: (flags & 1) !== 0,
			packed: { from: contentStart(bytes, bytes.readUInt32LE(at + 42)), bytes: bytes.readUInt32LE(at + 20) },
		});
		at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
	}
	return entries;
}

function contentStart(bytes: Buffer, local: number): number {
	if (bytes.readUInt32LE(local) !== localSignature) throw new DocumentRefusal('damaged', 'A file in it is not where its list says.');
	return local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
}

/** The end record stands last, before a comment of at most 65,535 bytes. */
function findEnd(bytes: Buffer): number {
	for (let at = bytes.length - 22; at >= Math.max(0, bytes.length - 22 - 65_535); at--) if (bytes.readUInt32LE(at) === endSignature) return at;
	throw new DocumentRefusal('damaged', 'Its end is missing.');
}
