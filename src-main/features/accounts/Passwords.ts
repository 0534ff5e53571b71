import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hash, type Options, parseOptions, verify } from '@node-rs/argon2';
import { failure } from '#contract/errors.ts';
import { foldCase } from './foldCase.ts';

/** In characters as Unicode counts them. */
const shortest = 8;
const longest = 128;
/** A name is looked for in a password from so many characters on, with up to so many added. */
const shortestGuessedName = 4;
const addedToName = 4;
/** Up to so many figures and signs at the end of a common password make it no other: `passwort123`, `dragon2024!`. */
const added = /(?<=\p{L}{4})[^\p{L}]{1,5}$/u;

/** What a password is hashed with today (OWASP's choice): argon2id, 19 MiB, two passes, one lane. The salt is 16 random bytes. */
const today = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const satisfies Options;
const method = '$argon2id$';

/** Each takes 19 MiB and a core for some 30 ms; more at once would take them from everything else. */
const mostAtOnce = 2;
/** More in line than this are no people; each would wait for half a second or longer. */
const mostWaiting = 32;
const busyMs = 1000;

/**
 * Judges, hashes and checks passwords, away from the event loop and no more than two at a time.
 *
 * A password is taken in the form NFKC, so that it is the same from every keyboard; nothing is trimmed and nothing cut.
 */
export class Passwords {
	readonly #commonFile: string;
	#common: Set<string> | null = null;
	readonly #waiting: (() => void)[] = [];
	#running = 0;
	/** Verified where there is no account, so that this takes as long as where there is one. No password has it. */
	readonly #nobodys = `${method}v=19$m=${today.memoryCost},t=${today.timeCost},p=${today.parallelism}$${random(16)}$${random(32)}`;

	/** @param options.commonFile the passwords that nobody may choose, one a line. */
	constructor(options: { commonFile: string }) {
		this.#commonFile = options.commonFile;
	}

	/** Throws TOO_MANY_TRIES where the line is so long that nobody else is taken. */
	refuseIfBusy(): void {
		if (this.#waiting.length >= mostWaiting) throw failure('TOO_MANY_TRIES', { retryAfterMs: busyMs });
	}

	/** Throws PASSWORD_UNFIT unless an account of this name may have the password. */
	check(password: string, name: string): void {
		const plain = password.normalize('NFKC');
		const folded = foldCase(password);
		const length = [...plain].length;
		const reason =
			length < shortest ? 'short' : length > longest ? 'long' : isLikeName(folded, foldCase(name)) ? 'name' : this.#isCommon(folded) ? 'common' : null;
		if (reason) throw failure('PASSWORD_UNFIT', { reason, shortest, longest });
	}

	/** The hash in the PHC form, with its salt and parameters. Rejects with TOO_MANY_TRIES as `refuseIfBusy` does. */
	hash(password: string): Promise<string> {
		return this.#inTurn(() => hash(password.normalize('NFKC'), today));
	}

	/** Whether the password is the one of this hash; null, for nobody's, is never right and takes as long. Rejects as `hash` does. */
	isRight(stored: string | null, password: string): Promise<boolean> {
		return this.#inTurn(() => verify(stored ?? this.#nobodys, password.normalize('NFKC')));
	}

	/** Tells whether a hash was made with less than today's parameters, and should be made anew while the password is at hand. */
	isWeak(stored: string): boolean {
		const made = parseOptions(stored);
		return !stored.startsWith(method) || made.memoryCost < today.memoryCost || made.timeCost < today.timeCost || made.saltLen < 16;
	}

	#isCommon(folded: string): boolean {
		if (isRow(folded)) return true;
		this.#common ??= new Set(readFileSync(this.#commonFile, 'utf8').split('\n').map(foldCase));
		return this.#common.has(folded) || this.#common.has(folded.replace(added, ''));
	}

	async #inTurn<T>(work: () => Promise<T>): Promise<T> {
		this.refuseIfBusy();
		if (this.#running >= mostAtOnce) await new Promise<void>((resolve) => this.#waiting.push(resolve));
		else this.#running++;
		try {
			return await work();
		} finally {
			// Its place goes to the next in line, or is free.
			const next = this.#waiting.shift();
			if (next) next();
			else this.#running--;
		}
	}
}

/** The name itself, or the name with a few characters more, as the first guesses are made. */
function isLikeName(folded: string, foldedName: string): boolean {
	const [password, name] = [withoutSpaces(folded), withoutSpaces(foldedName)];
	return password === name || (name.length >= shortestGuessedName && password.includes(name) && password.length - name.length <= addedToName);
}

/** The same few characters again and again, or neighbours in a row: as soon tried as the common ones. */
function isRow(folded: string): boolean {
	const characters = [...folded];
	if ([1, 2, 3].some((length) => characters.every((character, at) => character === characters[at % length]))) return true;
	const points = characters.map((character) => character.codePointAt(0) ?? 0);
	const steps = new Set(points.slice(1).map((point, at) => point - (points[at] ?? 0)));
	return steps.size === 1 && [1, -1].includes([...steps][0] ?? 0);
}

function withoutSpaces(text: string): string {
	return text.replace(/\s/gu, '');
}

function random(bytes: number): string {
	return randomBytes(bytes).toString('base64').replaceAll('=', '');
}
