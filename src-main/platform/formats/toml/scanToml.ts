import { deepest, tooDeep } from '../FormatError.ts';
import type { Mapping, Moment, Scalar, Sequence, Text, Value } from '../middle.ts';

const date = /^\d{4}-\d\d-\d\d$/;
const dateTime = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d/;
const zone = /(?:[Zz]|[-+]\d\d:\d\d)$/;
const escapes: Record<string, string> = { b: '\b', t: '\t', n: '\n', f: '\f', r: '\r', e: '\x1b', '"': '"', '\\': '\\' };

/**
 * Takes a text apart that is known to be TOML (smol-toml has read it), and keeps what a reader throws away: comments, digits, the order of keys,
 * the spelling of dates. Because the text is right, nothing is checked here.
 */
export function scanToml(text: string): { root: Mapping; epilog: string[] } {
	return new Scanner(text).document();
}

class Scanner {
	readonly #text: string;
	#at = 0;
	/** How deep the table lies that entries go into, and how many arrays and inline tables are open. */
	#tableDepth = 0;
	#open = 0;
	/** What the keys of each table hold: a table of many keys is asked for them many times. */
	readonly #index = new Map<Mapping, Map<string, Value>>();
	/** Comments that stand on lines of their own above what comes next. */
	#waiting: string[] = [];

	constructor(text: string) {
		this.#text = text;
	}

	document(): { root: Mapping; epilog: string[] } {
		const root: Mapping = { kind: 'mapping', entries: [], at: 0 };
		let table = root;
		for (this.#skipBlank(); this.#at < this.#text.length; this.#skipBlank()) {
			if (this.#char() === '[') table = this.#header(root);
			else this.#entry(table);
		}
		return { root, epilog: this.#waiting };
	}

	#header(root: Mapping): Mapping {
		const at = this.#at;
		this.#tableDepth = 0;
		const isList = this.#text.startsWith('[[', at);
		this.#at += isList ? 2 : 1;
		const keys = this.#keys();
		this.#at += isList ? 2 : 1;
		const before = this.#takeWaiting();
		const after = this.#lineComment();
		this.#tableDepth = keys.length + 1;
		const parent = this.#within(root, keys.slice(0, -1));
		const key = keys.at(-1) ?? { kind: 'text', value: '' };
		const table: Mapping = { kind: 'mapping', entries: [], at };
		const held = this.#index.get(parent)?.get(key.value);
		const carrier: Text | Mapping = isList ? table : key;
		if (before.length > 0) carrier.before = before;
		if (!isList) {
			const existing = held?.kind === 'mapping' ? held : table;
			if (after !== undefined) existing.after = after;
			if (existing === table) this.#put(parent, key, table);
			return existing;
		}
		if (after !== undefined) table.after = after;
		if (held?.kind === 'sequence') held.items.push(table);
		else this.#put(parent, key, { kind: 'sequence', items: [table], at });
		return table;
	}

	#entry(table: Mapping): void {
		const before = this.#takeWaiting();
		const keys = this.#keys();
		// The equals sign.
		this.#at++;
		this.#skipSpace();
		const value = this.#value();
		const after = this.#lineComment();
		if (after !== undefined) value.after = after;
		const key = keys.at(-1) ?? { kind: 'text', value: '' };
		if (before.length > 0) key.before = before;
		this.#put(this.#within(table, keys.slice(0, -1)), key, value);
	}

	#put(table: Mapping, key: Text, value: Value): void {
		table.entries.push({ key, value });
		const held = this.#index.get(table) ?? new Map<string, Value>();
		this.#index.set(table, held.set(key.value, value));
	}

	/** The table that keys name in another, made where it is not there; of a list of tables the last one. */
	#within(table: Mapping, keys: Text[]): Mapping {
		let found = table;
		for (const key of keys) {
			const held = this.#index.get(found)?.get(key.value);
			const last = held?.kind === 'sequence' ? held.items.at(-1) : held;
			const next: Mapping = last?.kind === 'mapping' ? last : { kind: 'mapping', entries: [], at: key.at ?? 0 };
			if (next !== last) this.#put(found, key, next);
			found = next;
		}
		return found;
	}

	/** Dotted keys up to the `=` or `]` behind them. */
	#keys(): Text[] {
		const keys: Text[] = [];
		for (;;) {
			this.#skipSpace();
			const at = this.#at;
			const quote = this.#char();
			const value = quote === '"' || quote === "'" ? this.#string() : this.#match(/[A-Za-z0-9_-]+/y);
			keys.push({ kind: 'text', value, at });
			if (this.#tableDepth + this.#open + keys.length > deepest) throw tooDeep(at);
			this.#skipSpace();
			if (this.#char() !== '.') return keys;
			this.#at++;
		}
	}

	#value(): Value {
		const at = this.#at;
		switch (this.#char()) {
			case '"':
			case "'":
				return { kind: 'text', value: this.#string(), at };
			case '[':
				return this.#array(at);
			case '{':
				return this.#inlineTable(at);
			default:
				return { ...scalar(this.#bare()), at };
		}
	}

	/** A number, a date or a word; a date and its time may have a space between. */
	#bare(): string {
		return this.#match(/\d{4}-\d\d-\d\d \d\d:[^\s,\]}#]*|[^\s,\]}#]+/y);
	}

	#array(at: number): Sequence {
		const sequence: Sequence = { kind: 'sequence', items: [], at };
		const outer = this.#enter(at);
		for (this.#skipBlank(); this.#char() !== ']'; this.#skipBlank()) {
			if (this.#char() === ',') {
				this.#at++;
				const after = this.#lineComment();
				const last = sequence.items.at(-1);
				if (after !== undefined && last) last.after = after;
				continue;
			}
			const before = this.#takeWaiting();
			const item = this.#value();
			if (before.length > 0) item.before = before;
			const after = this.#lineComment();
			if (after !== undefined) item.after = after;
			sequence.items.push(item);
		}
		const inside = this.#leave(outer);
		return inside.length > 0 ? { ...sequence, inside } : sequence;
	}

	#inlineTable(at: number): Mapping {
		const table: Mapping = { kind: 'mapping', entries: [], at, style: 'flow' };
		const outer = this.#enter(at);
		for (this.#skipBlank(); this.#char() !== '}'; this.#skipBlank()) {
			if (this.#char() === ',') this.#at++;
			else this.#entry(table);
		}
		const inside = this.#leave(outer);
		return inside.length > 0 ? { ...table, inside } : table;
	}

	/** Goes into an array or an inline table, whose comments are its own. */
	#enter(at: number): string[] {
		this.#at++;
		if (this.#tableDepth + ++this.#open > deepest) throw tooDeep(at);
		return this.#takeWaiting();
	}

	#leave(outer: string[]): string[] {
		this.#at++;
		this.#open--;
		const inside = this.#takeWaiting();
		this.#waiting = outer;
		return inside;
	}

	#string(): string {
		const quote = this.#char();
		const isLong = this.#text.startsWith(quote.repeat(3), this.#at);
		const start = this.#at + (isLong ? 3 : 1);
		const end = this.#stringEnd(start, quote, isLong);
		this.#at = end + (isLong ? 3 : 1);
		const raw = this.#text.slice(start, end);
		const held = isLong ? raw.replace(/^\r?\n/, '') : raw;
		return quote === "'" ? held : unescaped(held);
	}

	#stringEnd(start: number, quote: string, isLong: boolean): number {
		let end = start;
		for (; end < this.#text.length; end++) {
			if (this.#text[end] === '\\' && quote === '"') end++;
			else if (this.#text[end] === quote && (!isLong || this.#text.startsWith(quote.repeat(3), end))) break;
		}
		// Up to two quotes may stand before the three that close.
		while (isLong && this.#text[end + 3] === quote) end++;
		return end;
	}

	#char(): string {
		return this.#text[this.#at] ?? '';
	}

	#match(pattern: RegExp): string {
		pattern.lastIndex = this.#at;
		const [found = ''] = pattern.exec(this.#text) ?? [];
		// In a text that is right there is always something; going on all the same keeps a mistake here from standing still.
		this.#at += Math.max(found.length, 1);
		return found;
	}

	#skipSpace(): void {
		while (this.#char() === ' ' || this.#char() === '\t') this.#at++;
	}

	/** The comment at the end of this line, if there is one. */
	#lineComment(): string | undefined {
		this.#skipSpace();
		return this.#char() === '#' ? this.#match(/#[^\r\n]*/y).slice(1) : undefined;
	}

	/** Goes over white space and line ends, and keeps the comments between. */
	#skipBlank(): void {
		for (;;) {
			while (/[ \t\r\n]/.test(this.#char())) this.#at++;
			const comment = this.#lineComment();
			if (comment === undefined) return;
			this.#waiting.push(comment);
		}
	}

	#takeWaiting(): string[] {
		const taken = this.#waiting;
		this.#waiting = [];
		return taken;
	}
}

function scalar(word: string): Scalar {
	if (word === 'true' || word === 'false') return { kind: 'boolean', value: word === 'true' };
	const type = momentType(word);
	return type ? { kind: 'moment', type, literal: word } : number(word);
}

function momentType(word: string): Moment['type'] | undefined {
	if (date.test(word)) return 'date';
	if (dateTime.test(word)) return zone.test(word) ? 'dateTime' : 'localDateTime';
	return /^\d\d:\d\d/.test(word) ? 'time' : undefined;
}

function number(word: string): Scalar {
	const [, sign = '', digits = ''] = /^([-+]?)(.*)$/.exec(word) ?? [];
	const minus = sign === '-' ? '-' : '';
	if (digits === 'nan') return { kind: 'number', literal: 'nan' };
	if (digits === 'inf') return { kind: 'number', literal: `${minus}inf` };
	const bare = digits.replaceAll('_', '');
	const literal = /^0[xob]/.test(bare) ? BigInt(bare).toString() : minus + bare;
	return literal === word ? { kind: 'number', literal } : { kind: 'number', literal, written: word };
}

function unescaped(text: string): string {
	if (!text.includes('\\')) return text;
	return text.replace(
		/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|x([0-9A-Fa-f]{2})|[ \t]*\r?\n[ \t\r\n]*|([\s\S]))/g,
		(_found, u, long, x, letter: string | undefined) => {
			const code = u ?? long ?? x;
			if (code !== undefined) return String.fromCodePoint(Number.parseInt(code, 16));
			return letter === undefined ? '' : (escapes[letter] ?? letter);
		},
	);
}
