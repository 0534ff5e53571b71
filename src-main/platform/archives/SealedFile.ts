import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { Readable, Transform, type TransformCallback } from 'node:stream';
import { promisify } from 'node:util';
import { RandomAccessReader } from 'yauzl';

/*
 * A file under a password: a head of 48 bytes (16 that name the format, 16 of salt, 16 that prove the password), then chunks of 1 MiB, the last one
 * shorter or as long, each followed by its tag. Every chunk is sealed by AES-256-GCM with its number, and the last one as the last: what was changed,
 * moved, doubled or cut off does not open (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015). The key is made of the password
 * and the salt, so no two files share one, and a number is enough for a nonce.
 */
const magic = Buffer.from('HOMEROOM SEAL 1\n');
const saltBytes = 16;
const tagBytes = 16;
const headBytes = magic.length + saltBytes + tagBytes;
const chunkBytes = 2 ** 20;
const sealedChunkBytes = chunkBytes + tagBytes;
/** 128 MiB and about half a second for each guess (OWASP, Password Storage Cheat Sheet: N=2^17, r=8, p=1). */
const cost = { N: 2 ** 17, r: 8, p: 1, maxmem: 2 ** 28 };

/** Why a sealed file does not open. */
export class SealBroken extends Error {
	override name = 'SealBroken';
	readonly reason: 'passwordWrong' | 'damaged';

	constructor(reason: 'passwordWrong' | 'damaged') {
		super(`the sealed file does not open: ${reason}`);
		this.reason = reason;
	}
}

/** Whether a file that begins with these bytes is a sealed one. */
export function isSealed(beginning: Buffer): boolean {
	return beginning.subarray(0, magic.length).equals(magic);
}

/** Seals what flows through it. */
export async function sealingWith(password: string): Promise<Transform> {
	const salt = randomBytes(saltBytes);
	const key = await keyOf(password, salt);
	const head = Buffer.concat([magic, salt]);
	const proof = createCipheriv('aes-256-gcm', key, nonceOf('head', 0)).setAAD(head);
	proof.final();
	let number = 0;
	let held: Buffer[] = [];
	let heldBytes = 0;
	const seal = (chunk: Buffer, isLast: boolean) => {
		const cipher = createCipheriv('aes-256-gcm', key, nonceOf(isLast ? 'last' : 'chunk', number++));
		return Buffer.concat([cipher.update(chunk), cipher.final(), cipher.getAuthTag()]);
	};
	const stream = new Transform({
		transform(data: Buffer, _encoding, done: TransformCallback) {
			held.push(data);
			heldBytes += data.length;
			// A whole chunk waits for a byte after it, since it may be the last one.
			if (heldBytes > chunkBytes) {
				let all = Buffer.concat(held);
				for (; all.length > chunkBytes; all = all.subarray(chunkBytes)) this.push(seal(all.subarray(0, chunkBytes), false));
				held = [all];
				heldBytes = all.length;
			}
			done();
		},
		flush(done) {
			this.push(seal(Buffer.concat(held), true));
			done();
		},
	});
	stream.push(Buffer.concat([head, proof.getAuthTag()]));
	return stream;
}

/** Reads a sealed file from any place of it, a chunk at a time. Close it. */
export class SealedFile extends RandomAccessReader {
	/** Of what is sealed. */
	readonly sizeBytes: number;
	readonly #handle: FileHandle;
	readonly #key: Buffer;
	readonly #chunks: number;
	#opened: { number: number; bytes: Promise<Buffer> } | null = null;

	private constructor(handle: FileHandle, key: Buffer, bodyBytes: number) {
		super();
		this.#handle = handle;
		this.#key = key;
		this.#chunks = Math.ceil(bodyBytes / sealedChunkBytes);
		this.sizeBytes = bodyBytes - this.#chunks * tagBytes;
	}

	/** Throws SealBroken, at once where the password is wrong, and what the disk says. */
	static async open(path: string, password: string): Promise<SealedFile> {
		const handle = await open(path, 'r');
		try {
			const { size } = await handle.stat();
			const head = Buffer.alloc(headBytes);
			await handle.read(head, 0, headBytes, 0);
			if (size < headBytes + tagBytes || !isSealed(head)) throw new SealBroken('damaged');
			const named = head.subarray(0, magic.length + saltBytes);
			const key = await keyOf(password, named.subarray(magic.length));
			opened(key, nonceOf('head', 0), head.subarray(named.length), named, 'passwordWrong');
			const file = new SealedFile(handle, key, size - headBytes);
			// What was cut off has another last chunk.
			await file.#chunk(file.#chunks - 1);
			return file;
		} catch (error) {
			await handle.close();
			throw error;
		}
	}

	/** What is sealed, from one byte to before another. */
	stream(start: number, end: number): Readable {
		return Readable.from(this.#pieces(start, end), { objectMode: false });
	}

	override _readStreamForRange(start: number, end: number): Readable {
		return this.stream(start, end);
	}

	override close(callback: (error: Error | null) => void): void {
		this.#handle.close().then(
			() => callback(null),
			(error: Error) => callback(error),
		);
	}

	async *#pieces(start: number, end: number): AsyncGenerator<Buffer> {
		for (let at = start; at < end; ) {
			const number = Math.floor(at / chunkBytes);
			const chunk = await this.#chunk(number);
			const piece = chunk.subarray(at - number * chunkBytes, end - number * chunkBytes);
			if (piece.length === 0) throw new SealBroken('damaged');
			yield piece;
			at += piece.length;
		}
	}

	/** The chunk that was read last is kept: what lies beside one another is read in turns. */
	#chunk(number: number): Promise<Buffer> {
		if (this.#opened?.number !== number) this.#opened = { number, bytes: this.#open(number) };
		return this.#opened.bytes;
	}

	async #open(number: number): Promise<Buffer> {
		const isLast = number === this.#chunks - 1;
		const buffer = Buffer.alloc(isLast ? this.sizeBytes - number * chunkBytes + tagBytes : sealedChunkBytes);
		const { bytesRead } = await this.#handle.read(buffer, 0, buffer.length, headBytes + number * sealedChunkBytes);
		if (bytesRead !== buffer.length) throw new SealBroken('damaged');
		return opened(this.#key, nonceOf(isLast ? 'last' : 'chunk', number), buffer, Buffer.alloc(0), 'damaged');
	}
}

function opened(key: Buffer, nonce: Buffer, sealed: Buffer, named: Buffer, otherwise: SealBroken['reason']): Buffer {
	if (sealed.length < tagBytes) throw new SealBroken('damaged');
	const text = sealed.subarray(0, sealed.length - tagBytes);
	const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes }).setAAD(named).setAuthTag(sealed.subarray(text.length));
	try {
		return Buffer.concat([decipher.update(text), decipher.final()]);
	} catch {
		throw new SealBroken(otherwise);
	}
}

function nonceOf(what: 'head' | 'chunk' | 'last', number: number): Buffer {
	const nonce = Buffer.alloc(12);
	nonce.writeUInt8(['head', 'chunk', 'last'].indexOf(what), 0);
	nonce.writeUInt32BE(number, 8);
	return nonce;
}

/** The same letters give the same key, however a keyboard composes them. */
async function keyOf(password: string, salt: Buffer): Promise<Buffer> {
	const derive = promisify<string, Buffer, number, typeof cost, Buffer>(scrypt);
	return derive(password.normalize('NFKC'), salt, 32, cost);
}
