import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { syncFolderNow } from '../disk/syncFolder.ts';

const algorithm = 'aes-256-gcm';
const keyBytes = 32;
/** The layout of what is sealed: its version, the nonce, the tag, the ciphertext. */
const version = 1;
const nonceBytes = 12;
const tagBytes = 16;

/**
 * Seals and opens texts with a key that lies in a file, readable by this user alone.
 *
 * It keeps out who reads the database without the key file, such as from a copy; not who can read both. What was changed, or sealed
 * under another name, does not open.
 */
export class KeyFile {
	readonly #file: string;

	constructor(file: string) {
		this.#file = file;
	}

	/** Makes the key first where there is none that can be used: what an older one sealed could not be opened anyhow. */
	seal(text: string, name: string): Buffer {
		const nonce = randomBytes(nonceBytes);
		const cipher = createCipheriv(algorithm, this.#read() ?? this.#make(), nonce).setAAD(Buffer.from(name));
		const ciphertext = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
		return Buffer.concat([Buffer.from([version]), nonce, cipher.getAuthTag(), ciphertext]);
	}

	/** Throws where the key is gone or another, or `sealed` is not what `seal` made for this name. */
	open(sealed: Buffer, name: string): string {
		const key = this.#read();
		if (key === null) throw new Error('The key file is gone.');
		if (sealed[0] !== version || sealed.length < 1 + nonceBytes + tagBytes) throw new Error('This was not sealed here.');
		const nonce = sealed.subarray(1, 1 + nonceBytes);
		const tag = sealed.subarray(1 + nonceBytes, 1 + nonceBytes + tagBytes);
		const decipher = createDecipheriv(algorithm, key, nonce, { authTagLength: tagBytes }).setAAD(Buffer.from(name)).setAuthTag(tag);
		return Buffer.concat([decipher.update(sealed.subarray(1 + nonceBytes + tagBytes)), decipher.final()]).toString('utf8');
	}

	#read(): Buffer | null {
		try {
			const key = readFileSync(this.#file);
			return key.length === keyBytes ? key : null;
		} catch (error) {
			if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
			throw error;
		}
	}

	/** Written whole beside it and then renamed, so that the file is never half a key. The data folder's lock keeps others away. */
	#make(): Buffer {
		const key = randomBytes(keyBytes);
		const fresh = `${this.#file}.new`;
		rmSync(fresh, { force: true });
		const handle = openSync(fresh, 'wx', 0o600);
		try {
			writeSync(handle, key);
			fsyncSync(handle);
		} finally {
			closeSync(handle);
		}
		renameSync(fresh, this.#file);
		syncFolderNow(dirname(this.#file));
		return key;
	}
}
