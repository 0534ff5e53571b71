import { deepest, FormatError, tooDeep } from '../FormatError.ts';
import { Shape } from '../Shape.ts';
import { badEscape, badNumber, controlCharacter } from './badToken.ts';

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

/** Behind a number stands nothing that could be of it. */
const number = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![-+.0-9A-Za-z])/y;
const numberLike = /[-+.0-9A-Za-z]*/y;

/**
 * Reads JSON (RFC 8259) token by token, from one text or from chunks as they come, without recursion and without a tree.
 *
 * `feed` text, call `next` until it says `more`, and so on; `end` says that no chunk follows. After each token `at` has its offset in the whole
 * source, and `text` the key, the string or the digits of the number as written.
 *
 * @throws FormatError at the first character that is not JSON
 */
export class JsonTokenizer {
	/** Where the token begins: UTF-16 code units from the beginning of the source. */
	at = 0;
	/** How many containers are open. */
	depth = 0;
	/** The token is spelled as `JSON.stringify` spells it, but for the digits of numbers; false where that is not known. */
	isUsual = true;

	/** Where the text of the token stands in the buffer; undefined where `#held` has it. */
	#textStart = 0;
	#textEnd = 0;
	#hasEscapes = false;
	#held: string | undefined;
	#buffer = '';
	/** What came after the buffer. */
	#waiting = '';
	#base = 0;
	#index = 0;
	/** How far an unfinished string was looked through already. */
	#scanned = 0;
	#isLast = false;
	#expecting: Expecting = 'value';
	/** Of each open container: of an object the keys so far. */
	readonly #shapes: (Shape | undefined)[] = [];
	readonly #noKeys = Shape.empty();
	readonly #several: boolean;

	/** `several` takes any number of values one after another, also none; otherwise there is exactly one. */
	constructor({ several = false } = {}) {
		this.#several = several;
		if (several) this.#expecting = 'end';
	}

	/** Adds the next piece of the source. A token that is not whole is looked at again when there is twice as much of it. */
	feed(chunk: string): void {
		this.#waiting += chunk;
		const rest = this.#buffer.length - this.#index;
		if (this.#waiting.length >= rest || rest + this.#waiting.length > longestToken) this.#takeIn();
	}

	/** Says that the source ends here. */
	end(): void {
		this.#takeIn();
		this.#isLast = true;
	}

	#takeIn(): void {
		const rest = this.#buffer.length - this.#index;
		this.#scanned -= this.#index;
		this.#buffer = rest > 0 ? this.#buffer.slice(this.#index) + this.#waiting : this.#waiting;
		this.#waiting = '';
		this.#base += this.#index;
		this.#index = 0;
		if (rest > longestToken) {
			throw new FormatError('tokenTooLong', `A single value has more than ${longestToken} characters.`, { offset: this.#base, detail: String(longestToken) });
		}
	}

	/** Where the next token may begin: between a value and what follows, the offset behind the value. */
	get position(): number {
		return this.#base + this.#index;
	}

	/** The value of a key or string; the literal of a number. */
	get text(): string {
		this.#held ??= this.#hasEscapes ? this.#unescape(this.#textStart, this.#textEnd) : this.#buffer.slice(this.#textStart, this.#textEnd);
		return this.#held;
	}

	/** The source of the tokens since the last chunk, between two offsets. */
	source(from: number, to: number): string {
		return this.#buffer.slice(from - this.#base, to - this.#base);
	}

	/** Of an open container, counted from 0: of an object its keys so far. */
	shapeAt(level: number): Shape | undefined {
		return this.#shapes[level];
	}

	next(): JsonToken {
		this.isUsual = true;
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
		const shape = this.#shapes[this.depth - 1] as Shape;
		// Mostly it is the key that stood here in the object before.
		const { likely } = shape;
		if (likely?.quoted !== undefined && this.#buffer.startsWith(likely.quoted, this.#index)) {
			this.#held = likely.key;
			this.#index += likely.quoted.length;
			this.#scanned = 0;
			this.#shapes[this.depth - 1] = likely;
		} else if (this.#string()) {
			const found = shape.with(this.text);
			this.#held = found.key;
			this.#shapes[this.depth - 1] = found;
		} else return 'more';
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
		this.#shapes[this.depth++] = isObject ? this.#noKeys : undefined;
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
		else this.#expecting = this.#shapes[this.depth - 1] ? 'commaInObject' : 'commaInArray';
	}

	#word(word: 'true' | 'false' | 'null'): JsonToken {
		if (!this.#buffer.startsWith(word, this.#index)) {
			const found = this.#buffer.slice(this.#index, this.#index + word.length);
			if (word.startsWith(found) && !this.#isLast) return 'more';
			if (word.startsWith(found)) throw this.#unexpectedEnd();
			throw this.#unexpected(word);
		}
		this.#index += word.length;
		this.#afterValue();
		return word;
	}

	#number(): JsonToken {
		number.lastIndex = this.#index;
		const isNumber = number.test(this.#buffer);
		if (!isNumber || number.lastIndex === this.#buffer.length) {
			numberLike.lastIndex = this.#index;
			numberLike.test(this.#buffer);
			const end = numberLike.lastIndex;
			if (end === this.#buffer.length && !this.#isLast) return 'more';
			if (!isNumber) throw badNumber(this.#buffer.slice(this.#index, Math.min(end, this.#index + 40)), this.at);
		}
		this.#takeText(this.#index, number.lastIndex, false);
		this.#index = number.lastIndex;
		this.#afterValue();
		return 'number';
	}

	#takeText(start: number, end: number, hasEscapes: boolean): void {
		this.#held = undefined;
		this.#hasEscapes = hasEscapes;
		this.#textStart = start;
		this.#textEnd = end;
	}

	/** Reads a string whose quote is next; false where its end is not there yet. */
	#string(): boolean {
		const buffer = this.#buffer;
		const start = this.#index + 1;
		let index = Math.max(start, this.#scanned);
		// What was looked through before is not known any more.
		let isPlain = index === start;
		let isUsual = isPlain;
		for (;;) {
			const code = buffer.charCodeAt(index);
			if (code === 0x22) break;
			if (code === 0x5c) {
				// Were the escaped character in the next chunk, it would be taken for one that stands for itself.
				if (index + 1 >= buffer.length) return this.#stringGoesOn(index);
				isPlain = false;
				isUsual &&= isUsualEscape(buffer.charCodeAt(index + 1));
				index += 2;
			} else if (code >= 0x20) index++;
			else if (Number.isNaN(code)) return this.#stringGoesOn(index);
			else throw controlCharacter(code, this.#base + index);
		}
		this.#takeText(start, index, !isPlain);
		// Others than the usual escapes may be wrong, which is told of now.
		if (!isPlain && !isUsual) this.#held = this.#unescape(start, index);
		this.isUsual = isUsual;
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
			throw badEscape(this.#buffer.slice(start, end), this.#base + start);
		}
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

/** Whether it is an escape, and the one that JSON.stringify writes. */
function isUsualEscape(code: number): boolean {
	switch (code) {
		case 0x22: // "
		case 0x5c: // \
		case 0x62: // b
		case 0x66: // f
		case 0x6e: // n
		case 0x72: // r
		case 0x74: // t
			return true;
		default:
			return false;
	}
}
