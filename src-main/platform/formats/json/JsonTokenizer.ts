import { deepest, FormatError, tooDeep } from '../FormatError.ts';

/** What the tokenizer meets. `more` asks for the next chunk; `end` comes once, after the last value. */
export type JsonToken = 'beginObject' | 'endObject' | 'beginArray' | 'endArray' | 'key' | 'string' | 'number' | 'true' | 'false' | 'null' | 'more' | 'end';

type Expecting = 'value' | 'firstItem' | 'firstKey' | 'key' | 'colon' | 'commaInObject' | 'commaInArray' | 'end';

const expected: Record<Expecting, string> = {
	value: 'a value',
	firstItem: 'a value or "]"',
	firstKey: 'a key in double quotes or "}"',
	key: 'a key in double quotes',
	colon: '":"',
	commaInObject: '"," or "}"',
	commaInArray: '"," or "]"',
	end: 'nothing more',
};

/** In a source that comes in chunks one token may have so many characters; with it memory stays bounded. */
const longestToken = 1 << 24;

const number = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const numberLike = /[-+.0-9A-Za-z]*/y;

/**
 * Reads JSON (RFC 8259) token by token, from one text or from chunks as they come, without recursion and without a tree.
 *
 * `feed` text, call `next` until it says `more`, and so on; `end` says that no chunk follows. After each token `text` has the key, the string or
 * the digits of the number as written, and `at` its offset in the whole source.
 *
 * @throws FormatError at the first character that is not JSON
 */
export class JsonTokenizer {
	/** The value of a key or string; the literal of a number. */
	text = '';
	/** Where the token begins: UTF-16 code units from the beginning of the source. */
	at = 0;
	/** How many containers are open. */
	depth = 0;

	#buffer = '';
	#base = 0;
	#index = 0;
	/** How far an unfinished string was looked through already. */
	#scanned = 0;
	#isLast = false;
	#expecting: Expecting = 'value';
	readonly #isObject: boolean[] = [];
	readonly #several: boolean;

	/** `several` takes any number of values one after another, also none; otherwise there is exactly one. */
	constructor({ several = false } = {}) {
		this.#several = several;
		if (several) this.#expecting = 'end';
	}

	/** Adds the next piece of the source. */
	feed(chunk: string): void {
		this.#scanned -= this.#index;
		this.#buffer = this.#index < this.#buffer.length ? this.#buffer.slice(this.#index) + chunk : chunk;
		this.#base += this.#index;
		this.#index = 0;
		if (this.#buffer.length - chunk.length > longestToken) {
			throw new FormatError('tokenTooLong', `A single value has more than ${longestToken} characters.`, { offset: this.#base, detail: String(longestToken) });
		}
	}

	/** Says that the source ends here. */
	end(): void {
		this.#isLast = true;
	}

	/** Where the next token may begin: between a value and what follows, the offset behind the value. */
	get position(): number {
		return this.#base + this.#index;
	}

	next(): JsonToken {
		for (;;) {
			const code = this.#skipSpace();
			this.at = this.#base + this.#index;
			if (Number.isNaN(code)) {
				if (!this.#isLast) return 'more';
				if (this.#expecting === 'end') return 'end';
				throw this.#unexpectedEnd();
			}
			switch (this.#expecting) {
				case 'colon':
					if (code !== 0x3a) throw this.#unexpected();
					this.#index++;
					this.#expecting = 'value';
					continue;
				case 'commaInObject':
					if (code === 0x7d) return this.#close('endObject');
					if (code !== 0x2c) throw this.#unexpected();
					this.#index++;
					this.#expecting = 'key';
					continue;
				case 'commaInArray':
					if (code === 0x5d) return this.#close('endArray');
					if (code !== 0x2c) throw this.#unexpected();
					this.#index++;
					this.#expecting = 'value';
					continue;
				case 'firstKey':
					if (code === 0x7d) return this.#close('endObject');
					return this.#key(code);
				case 'key':
					return this.#key(code);
				case 'firstItem':
					if (code === 0x5d) return this.#close('endArray');
					return this.#value(code);
				case 'end':
					if (!this.#several) throw this.#unexpected();
					return this.#value(code);
				case 'value':
					return this.#value(code);
			}
		}
	}

	/** Goes to the next character that is no white space; NaN where the buffer ends. */
	#skipSpace(): number {
		const buffer = this.#buffer;
		let index = this.#index;
		let code = buffer.charCodeAt(index);
		while (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) code = buffer.charCodeAt(++index);
		this.#index = index;
		return code;
	}

	#key(code: number): JsonToken {
		if (code !== 0x22) throw this.#unexpected();
		if (!this.#string()) return 'more';
		this.#expecting = 'colon';
		return 'key';
	}

	#value(code: number): JsonToken {
		switch (code) {
			case 0x22:
				if (!this.#string()) return 'more';
				this.#afterValue();
				return 'string';
			case 0x7b:
				return this.#open(true);
			case 0x5b:
				return this.#open(false);
			case 0x74:
				return this.#word('true');
			case 0x66:
				return this.#word('false');
			case 0x6e:
				return this.#word('null');
			default:
				if (code === 0x2d || (code >= 0x30 && code <= 0x39)) return this.#number();
				throw this.#unexpected();
		}
	}

	#open(isObject: boolean): JsonToken {
		if (this.depth >= deepest) throw tooDeep(this.at);
		this.#index++;
		this.#isObject[this.depth++] = isObject;
		this.#expecting = isObject ? 'firstKey' : 'firstItem';
		return isObject ? 'beginObject' : 'beginArray';
	}

	#close(token: 'endObject' | 'endArray'): JsonToken {
		this.#index++;
		this.depth--;
		this.#afterValue();
		return token;
	}

	#afterValue(): void {
		if (this.depth === 0) this.#expecting = 'end';
		else this.#expecting = this.#isObject[this.depth - 1] ? 'commaInObject' : 'commaInArray';
	}

	#word(word: 'true' | 'false' | 'null'): JsonToken {
		const found = this.#buffer.slice(this.#index, this.#index + word.length);
		if (found !== word) {
			if (word.startsWith(found) && !this.#isLast) return 'more';
			if (word.startsWith(found)) throw this.#unexpectedEnd();
			throw this.#unexpected(word);
		}
		this.#index += word.length;
		this.#afterValue();
		return word;
	}

	#number(): JsonToken {
		numberLike.lastIndex = this.#index;
		numberLike.test(this.#buffer);
		const end = numberLike.lastIndex;
		if (end === this.#buffer.length && !this.#isLast) return 'more';
		number.lastIndex = this.#index;
		if (!number.test(this.#buffer) || number.lastIndex !== end) {
			const found = this.#buffer.slice(this.#index, Math.min(end, this.#index + 40));
			throw new FormatError('badNumber', `${found} is not a number of JSON.`, { offset: this.at, detail: found });
		}
		this.text = this.#buffer.slice(this.#index, end);
		this.#index = end;
		this.#afterValue();
		return 'number';
	}

	/** Reads a string whose quote is next into `text`; false where its end is not there yet. */
	#string(): boolean {
		const buffer = this.#buffer;
		const start = this.#index + 1;
		let index = Math.max(start, this.#scanned);
		let isPlain = this.#scanned <= start;
		for (;;) {
			const code = buffer.charCodeAt(index);
			if (code === 0x22) break;
			if (code === 0x5c) {
				isPlain = false;
				// Were the escaped character in the next chunk, it would be taken for one that stands for itself.
				if (index + 1 >= buffer.length) return this.#stringGoesOn(index);
				index += 2;
			} else if (code >= 0x20) index++;
			else if (Number.isNaN(code)) return this.#stringGoesOn(index);
			else throw this.#controlCharacter(index, code);
		}
		this.text = isPlain ? buffer.slice(start, index) : this.#unescape(start, index);
		this.#index = index + 1;
		this.#scanned = 0;
		return true;
	}

	#stringGoesOn(index: number): false {
		if (this.#isLast) throw this.#unexpectedEnd('the closing quote');
		this.#scanned = index;
		return false;
	}

	/** V8 reads escapes several times faster than a pattern does; where it finds a wrong one, that one is looked for. */
	#unescape(start: number, end: number): string {
		try {
			return JSON.parse(this.#buffer.slice(start - 1, end + 1));
		} catch {
			throw this.#badEscape(start, end);
		}
	}

	#badEscape(start: number, end: number): FormatError {
		const raw = this.#buffer.slice(start, end);
		const wrong = [...raw.matchAll(/\\(?:u[0-9A-Fa-f]{4}|[\s\S])/g)].find(([found]) => found.length < 6 && !/^\\["\\/bfnrt]$/.test(found));
		const at = wrong?.index ?? 0;
		const detail = raw.slice(at, at + (raw[at + 1] === 'u' ? 6 : 2));
		return new FormatError('badEscape', `${detail} is not an escape of JSON.`, { offset: this.#base + start + at, detail });
	}

	#controlCharacter(index: number, code: number): FormatError {
		const detail = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
		return new FormatError('controlCharacter', `A string holds ${detail} unescaped.`, { offset: this.#base + index, detail });
	}

	#unexpected(what = expected[this.#expecting]): FormatError {
		const found = String.fromCodePoint(this.#buffer.codePointAt(this.#index) ?? 0);
		const code = this.#expecting === 'end' ? 'trailingText' : 'unexpectedCharacter';
		return new FormatError(code, `Expected ${what}, found ${JSON.stringify(found)}.`, { offset: this.at, detail: what });
	}

	#unexpectedEnd(what = expected[this.#expecting]): FormatError {
		return new FormatError('unexpectedEnd', `The source ends where ${what} was expected.`, { offset: this.#base + this.#buffer.length, detail: what });
	}
}
