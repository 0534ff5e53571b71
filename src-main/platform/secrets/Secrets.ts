import { eq } from 'drizzle-orm';
import type { Db } from '../database/openDatabase.ts';
import type { Logger } from '../log/createLog.ts';
import { KeyFile } from './KeyFile.ts';
import { secret } from './schema.ts';

/** The operating system's own keeping of secrets, where the host around the app has one. */
export interface Keychain {
	/** May change while the app runs: asked anew each time. */
	isAvailable(): boolean;
	seal(text: string): Buffer;
	/** Throws where `sealed` is of another machine or account. */
	open(sealed: Buffer): string;
}

/**
 * Keeps what must not be read by others, such as access tokens: sealed in the database, by the keychain or else by a key file.
 *
 * What may be relied on: no text given here comes to the disk, to a log or to a message in clear. A secret that cannot be opened any
 * more (the key file is gone, the data folder came from another machine) is as good as not set; it stays stored, in case its key
 * comes back.
 */
export class Secrets {
	readonly #db: Db;
	readonly #log: Logger;
	readonly #keyFile: KeyFile;
	readonly #keychain: Keychain | undefined;

	/** @param options.keyFile where the key is kept that seals where there is no keychain; made at first use. */
	constructor(options: { db: Db; keyFile: string; log: Logger; keychain?: Keychain | undefined }) {
		this.#db = options.db;
		this.#log = options.log;
		this.#keyFile = new KeyFile(options.keyFile);
		this.#keychain = options.keychain;
	}

	/** The secret kept under `name`; null where none is, or none that can be opened. */
	get(name: string): string | null {
		const row = this.#row(name);
		if (!row) return null;
		try {
			return row.keptIn === 'keychain' ? this.#reachKeychain().open(row.sealed) : this.#keyFile.open(row.sealed, name);
		} catch (error) {
			// The error may quote what it failed to open: its kind alone is told.
			this.#log.warn({ name, keptIn: row.keptIn, kind: error instanceof Error ? error.name : typeof error }, 'a secret cannot be opened');
			return null;
		}
	}

	isSet(name: string): boolean {
		return this.get(name) !== null;
	}

	/** Whether something is kept under `name`, even if it cannot be opened. */
	isKept(name: string): boolean {
		return this.#row(name) !== undefined;
	}

	/** What is kept under `name` is in a keychain that is not there now, and may be at the next start: better not set it meanwhile. */
	isAway(name: string): boolean {
		return this.#row(name)?.keptIn === 'keychain' && !this.#keychain?.isAvailable();
	}

	/** The names of what is kept and cannot be opened here, nor waits for a keychain: whoever needs it must be given it anew. */
	lost(): string[] {
		const names = this.#db.select({ name: secret.name }).from(secret).all();
		return names.map(({ name }) => name).filter((name) => !this.isSet(name) && !this.isAway(name));
	}

	/** Keeps `text` under `name` in the place of what was there; null forgets it. */
	set(name: string, text: string | null): void {
		if (text === null) {
			this.#db.delete(secret).where(eq(secret.name, name)).run();
			return;
		}
		const keptIn = this.#place();
		const sealed = keptIn === 'keychain' ? this.#reachKeychain().seal(text) : this.#keyFile.seal(text, name);
		const row = { sealed, keptIn, updatedAt: Date.now() };
		this.#db
			.insert(secret)
			.values({ name, ...row })
			.onConflictDoUpdate({ target: secret.name, set: row })
			.run();
	}

	/** What seals the secret kept under `name`, or would if there were one. */
	keptIn(name: string): 'keychain' | 'file' {
		return this.#row(name)?.keptIn ?? this.#place();
	}

	#row(name: string) {
		return this.#db.select().from(secret).where(eq(secret.name, name)).get();
	}

	#place(): 'keychain' | 'file' {
		return this.#keychain?.isAvailable() ? 'keychain' : 'file';
	}

	#reachKeychain(): Keychain {
		if (!this.#keychain?.isAvailable()) throw new Error('There is no keychain here.');
		return this.#keychain;
	}
}
