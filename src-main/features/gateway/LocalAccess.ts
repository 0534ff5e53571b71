import { randomUUID } from 'node:crypto';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { keyScope } from '#contract/accounts.ts';
import type { Logger } from '../../platform/log/createLog.ts';
import type { Keys } from '../accounts/accounts.ts';

/** How the key is called among those of its owner. */
const keyName = 'Command line';
/** One person at a terminal, or a script that does one thing after another. */
const limits = { requestsPerMinute: 1200, streamsAtOnce: 8, tokensPerMonth: null };

/** Where the gateway is for whoever may read it. */
export interface LocalGateway {
	origin: string;
	/** As PEM; null while it speaks plain HTTP. */
	certificate: string | null;
}

/**
 * Lets the command line of the person who runs Homeroom in, without a key being asked for: a file in the data folder, for this user of the system
 * alone (mode 600), tells where the gateway is and holds a key of the machine's owner.
 *
 * Whoever can read that folder has the database anyway, and can choose another password for any account by starting Homeroom on it, so that the
 * file opens nothing that was closed. It is there only while the gateway is open, and each opening makes its key another one: a copy, or what a
 * crash left behind, is worth nothing from then on. The key is one like all others, so that it goes through the same checks, stands among its
 * owner's keys and can be switched off there, and stays so.
 */
export class LocalAccess {
	readonly #keys: Pick<Keys, 'list' | 'create' | 'rotate'>;
	readonly #owner: () => string | null;
	readonly #file: string;
	readonly #log: Pick<Logger, 'warn'>;

	/** @param options.owner the machine's owner; null: nobody yet. */
	constructor(options: { keys: Pick<Keys, 'list' | 'create' | 'rotate'>; owner: () => string | null; file: string; log: Pick<Logger, 'warn'> }) {
		this.#keys = options.keys;
		this.#owner = options.owner;
		this.#file = options.file;
		this.#log = options.log;
	}

	/** Writes the file for a gateway that is open, or with null takes it away. What the disk refuses is told to the log alone. */
	follow(open: LocalGateway | null): void {
		try {
			if (open === null) rmSync(this.#file, { force: true });
			else this.#write(JSON.stringify({ ...open, key: this.freshKey(), pid: process.pid }));
		} catch (error) {
			this.#log.warn({ err: error }, 'the command line cannot be let in');
		}
	}

	/** A key of the machine's owner; the one before is good for nothing from then on. */
	freshKey(): string {
		const keys = this.#keys;
		const owner = this.#owner();
		if (owner === null) throw new Error('there is no administrator');
		const known = keys.list(owner).find(({ name }) => name === keyName);
		if (known) return keys.rotate(owner, known.id).secret;
		return keys.create(owner, { name: keyName, scopes: [...keyScope.options], expiresAt: null, limits }).secret;
	}

	#write(text: string): void {
		const part = `${this.#file}.${randomUUID()}`;
		writeFileSync(part, text, { mode: 0o600, flag: 'wx' });
		renameSync(part, this.#file);
	}
}
