import { deepest } from '../../../platform/formats/FormatError.ts';
import { Edits } from './Edits.ts';

/** What ends a bare word. */
const wordEnd = /[\s,:[\]{}"'“”‘’]/;
const quotes: Record<string, string> = { '"': '"', "'": "'", '“': '”', '”': '”', '‘': '’', '’': '’', '`': '`' };
/** Words of other languages for what JSON has, or has not. */
const literals: Record<string, string> = {
	...{ true: 'true', false: 'false', null: 'null', True: 'true', False: 'false', None: 'null', TRUE: 'true', FALSE: 'false', NULL: 'null', nil: 'null' },
	...{ undefined: 'null', NaN: 'null', Infinity: 'null', '-Infinity': 'null' },
};
const escapes: Record<number, string> = { 8: '\\b', 9: '\\t', 10: '\\n', 12: '\\f', 13: '\\r' };

/**
 * Mends what was meant to be JSON, each change by a rule that has a name; what is right stays as it is, character by character. Of any text there
 * comes JSON, which says the less the less the text was JSON: it is for a person to look at.
 */
export function mendJson(source: string): Edits {
	const mender = new JsonMender(source);
	mender.document();
	return mender.edits;
}

class JsonMender {
	readonly edits: Edits;
	readonly #source: string;
	#at = 0;

	constructor(source: string) {
		this.#source = source;
		this.edits = new Edits(source);
	}

	document(): void {
		if (this.#source.startsWith('\ufeff')) this.#replace('byteOrderMark', 1, '');
		this.#fence();
		this.#space();
		if (this.#at >= this.#source.length) {
			this.edits.add('missingValue', this.#at, this.#at, 'null');
			return;
		}
		const first = this.#at;
		this.#value(0);
		this.#rest(first);
	}

	/** What stands behind the first value: nothing, a closing mark too many, or more values, which become a list with it. */
	#rest(first: number): void {
		const others: number[] = [];
		for (;;) {
			this.#space();
			const next = this.#source[this.#at];
			if (next === undefined) break;
			if (/[\]},;:]/.test(next)) this.#replace('strayBracket', 1, '');
			else if (this.#source.startsWith('```', this.#at)) this.#replace('codeFence', this.#source.length - this.#at, '');
			else {
				others.push(this.edits.all.length);
				this.edits.all.push({ at: this.#at, end: this.#at, text: ', ', rule: 'severalValues' });
				this.#value(0);
			}
		}
		if (others.length === 0) return;
		const before = this.edits.all.findIndex(({ at }) => at >= first);
		this.edits.all.splice(before === -1 ? 0 : before, 0, { at: first, end: first, text: '[', rule: 'severalValues' });
		this.edits.all.push({ at: this.#at, end: this.#at, text: ']', rule: 'severalValues' });
	}

	#value(depth: number): void {
		this.#space();
		const next = this.#source[this.#at];
		if (next === undefined) {
			this.#insert('missingValue', 'null');
			return;
		}
		if (next === '{' && depth < deepest) {
			this.#members(depth);
			return;
		}
		if (next === '[' && depth < deepest) {
			this.#items(depth);
			return;
		}
		if (Object.hasOwn(quotes, next)) {
			this.#string();
			return;
		}
		if (/[\]},:]/.test(next)) {
			this.#insert('missingValue', 'null');
			return;
		}
		this.#bare();
	}

	#members(depth: number): void {
		this.#at += 1;
		for (let count = 0; ; count++) {
			if (this.#ends('}', ']', count)) return;
			this.#key();
			this.#space();
			if (this.#source[this.#at] === ':') this.#at += 1;
			else if (this.#source[this.#at] === '=') this.#replace('missingColon', this.#source[this.#at + 1] === '>' ? 2 : 1, ':');
			else this.#insert('missingColon', ': ');
			this.#value(depth + 1);
		}
	}

	#items(depth: number): void {
		this.#at += 1;
		for (let count = 0; ; count++) {
			if (this.#ends(']', '}', count)) return;
			this.#value(depth + 1);
			this.#space();
			while (this.#source[this.#at] === ':') this.#replace('strayBracket', 1, '');
		}
	}

	/** Takes the comma before the next item, or the end of the container, and sees to it that there is one and not two. Tells whether it ended. */
	#ends(close: string, other: string, count: number): boolean {
		this.#space();
		let commaAt = -1;
		while (this.#source[this.#at] === ',') {
			if (count === 0) this.#replace('trailingComma', 1, '');
			else if (commaAt >= 0) this.#replace('doubleComma', 1, '');
			else {
				commaAt = this.#at;
				this.#at += 1;
			}
			this.#space();
		}
		const next = this.#source[this.#at];
		const isEnd = next === undefined || next === close || next === other;
		if (isEnd && commaAt >= 0) this.#takeBack(commaAt);
		if (next === close) this.#at += 1;
		else if (next === other) this.#insert('missingBracket', close);
		else if (next === undefined) this.#insert('missingBracket', close);
		else if (count > 0 && commaAt < 0) this.#insert('missingComma', ',');
		return isEnd;
	}

	/** Removes a comma that was passed already. */
	#takeBack(commaAt: number): void {
		const before = this.edits.all.findLastIndex(({ at }) => at <= commaAt);
		this.edits.all.splice(before + 1, 0, { at: commaAt, end: commaAt + 1, text: '', rule: 'trailingComma' });
	}

	#key(): void {
		const next = this.#source[this.#at] ?? '';
		if (Object.hasOwn(quotes, next)) {
			this.#string();
			return;
		}
		const word = this.#word();
		if (word === '') {
			this.#insert('missingValue', '""');
			return;
		}
		this.#replace('unquotedKey', word.length, JSON.stringify(word));
	}

	/** A text in quotes of whatever kind. */
	#string(): void {
		const source = this.#source;
		const open = source[this.#at] ?? '"';
		const end = this.#stringEnd(open);
		const isOpen = end === null;
		const until = end ?? this.#lineEnd();
		if (open !== '"') this.#replace(open === "'" || open === '`' ? 'singleQuote' : 'smartQuote', 1, '"');
		else this.#at += 1;
		while (this.#at < until) this.#character(open);
		if (isOpen) {
			this.#insert('openQuote', '"');
			return;
		}
		if (source[this.#at] === '"') this.#at += 1;
		else this.#replace(open === "'" || open === '`' ? 'singleQuote' : 'smartQuote', 1, '"');
	}

	/** Where the closing quote stands; null where there is none before the source ends, or before a line that looks like the next member. */
	#stringEnd(open: string): number | null {
		const close = quotes[open] ?? open;
		for (let at = this.#at + 1; at < this.#source.length; at++) {
			const character = this.#source[at];
			if (character === '\\') at += 1;
			else if (character === close || (open !== '"' && open !== "'" && open !== '`' && character === open)) return at;
			else if (character === '\n' && /^\s*(?:["'][^"'\n]*["']\s*:|[}\]]\s*,?\s*$)/m.test(this.#source.slice(at + 1, at + 200).split('\n', 1)[0] ?? ''))
				return null;
		}
		return null;
	}

	/** Where a text without an end is ended: at its line's, before a comma there. */
	#lineEnd(): number {
		const found = this.#source.indexOf('\n', this.#at);
		const end = found === -1 ? this.#source.length : found;
		const line = this.#source.slice(this.#at + 1, end);
		return this.#at + 1 + line.replace(/\s*[,}\]]*\s*$/, '').length;
	}

	/** One character within a text. */
	#character(open: string): void {
		const character = this.#source[this.#at] ?? '';
		const code = character.charCodeAt(0);
		if (character === '\\') {
			this.#escape(open);
			return;
		}
		if (character === '"' && open !== '"') {
			this.#replace('singleQuote', 1, '\\"');
			return;
		}
		if (code >= 0x20) {
			this.#at += 1;
			return;
		}
		const rule = code === 10 || code === 13 || code === 9 ? 'rawNewline' : 'controlCharacter';
		this.#replace(rule, 1, escapes[code] ?? `\\u${code.toString(16).padStart(4, '0')}`);
	}

	#escape(open: string): void {
		const rest = this.#source.slice(this.#at, this.#at + 6);
		if (/^\\(?:["\\/bfnrt]|u[0-9a-f]{4})/i.test(rest)) this.#at += rest[1] === 'u' ? 6 : 2;
		else if (rest[1] === "'" || rest[1] === open) this.#replace('badEscape', 2, rest[1] ?? '');
		else if (/^\\x[0-9a-f]{2}/i.test(rest)) this.#replace('badEscape', 4, `\\u00${rest.slice(2, 4)}`);
		else if (/^\\\r?\n/.test(rest)) this.#replace('badEscape', rest[1] === '\r' ? 3 : 2, '\\n');
		else this.#replace('badEscape', 1, '\\\\');
	}

	/** A value without quotes: a number, a literal, or a text. */
	#bare(): void {
		const word = this.#word();
		if (word === '') {
			this.#replace('strayBracket', 1, 'null');
			return;
		}
		if (/^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(word)) {
			this.#at += word.length;
			return;
		}
		if (Object.hasOwn(literals, word)) {
			this.#replace('foreignLiteral', word.length, literals[word] ?? 'null');
			return;
		}
		// With a zero before it, it is a name made of digits.
		const number = /^[+-]?0\d/.test(word) ? null : numberOf(word);
		if (number !== null) {
			this.#replace('numberForm', word.length, number);
			return;
		}
		// A text goes on to the end of its line, or to what ends a value.
		const line = /^[^\n\r,\]}]*/.exec(this.#source.slice(this.#at, this.#at + 10_000))?.[0].trimEnd() ?? word;
		const text = line.replace(/\s+(?:\/\/|#).*$/, '');
		this.#replace('unquotedText', text.length, JSON.stringify(text));
	}

	#word(): string {
		let end = this.#at;
		while (end < this.#source.length && !wordEnd.test(this.#source[end] ?? '') && !this.#source.startsWith('//', end)) end += 1;
		return this.#source.slice(this.#at, end);
	}

	/** White space, and comments, which are taken out. */
	#space(): void {
		for (;;) {
			const blank = /[\s\u00a0\ufeff\u200b]/;
			const character = this.#source[this.#at];
			if (character === undefined) return;
			if (/[ \t\r\n]/.test(character)) this.#at += 1;
			else if (blank.test(character)) this.#replace('controlCharacter', 1, ' ');
			else if (this.#source.startsWith('//', this.#at) || character === '#') this.#replace('comment', this.#untilNewline(), '');
			else if (this.#source.startsWith('/*', this.#at)) {
				const end = this.#source.indexOf('*/', this.#at + 2);
				this.#replace('comment', (end === -1 ? this.#source.length : end + 2) - this.#at, '');
			} else return;
		}
	}

	/** The mark that stands around code in texts: ```json. */
	#fence(): void {
		const fence = /^\s*```[a-z]*[ \t]*\r?\n/i.exec(this.#source.slice(this.#at, this.#at + 200))?.[0];
		if (fence) this.#replace('codeFence', fence.length, '');
	}

	#untilNewline(): number {
		const end = this.#source.indexOf('\n', this.#at);
		return (end === -1 ? this.#source.length : end) - this.#at;
	}

	#insert(rule: Parameters<Edits['add']>[0], text: string): void {
		this.edits.add(rule, this.#at, this.#at, text);
	}

	#replace(rule: Parameters<Edits['add']>[0], length: number, text: string): void {
		this.edits.add(rule, this.#at, this.#at + length, text);
		this.#at += length;
	}
}

/** A number in another form as JSON has it; null for what is no number. */
function numberOf(word: string): string | null {
	const plain = word.replace(/^\+/, '').replace(/(?<=\d)_(?=\d)/g, '');
	if (/^0x[0-9a-f]+$/i.test(plain)) return BigInt(plain).toString();
	const parts = /^(-?)0*(\d+)?(?:\.(\d*))?(e[+-]?\d+)?$/i.exec(plain);
	if (!parts || !/\d/.test(plain)) return null;
	const [, sign = '', whole = '', fraction, power = ''] = parts;
	return `${sign}${whole === '' ? '0' : whole}${fraction === undefined || fraction === '' ? '' : `.${fraction}`}${power}`;
}
