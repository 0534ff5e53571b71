import { dataPath, type Step } from '../dataPath.ts';
import type { Entry, Mapping, Moment, Numeral, Reading, Sequence, Value } from '../middle.ts';
import type { Note } from '../Note.ts';
import type { NoteBook } from '../NoteBook.ts';

/** The key under which a root that is no table is written, for TOML has no other roots. */
const rootKey = 'value';

/**
 * Writes data as TOML, its order kept: a table becomes a section where nothing but tables follows it, and is written inline where it does not.
 * What TOML has no word for (null, a second entry of one key, an integer beyond 64 bits, lone surrogates) is noted.
 */
export function writeToml({ documents: [document] }: Reading, notes: NoteBook): string {
	const { root = { kind: 'null' }, prolog = [], epilog = [] } = document ?? {};
	const comments = (asides: typeof prolog) => asides.flatMap((aside) => (aside.kind === 'comment' ? aside.text.split(/\r\n?|\n/) : []));
	const writer = new Writer(notes);
	const head = [...comments(prolog), ...(root.before ?? [])];
	const tail = [...(root.inside ?? []), ...comments(epilog)];
	if (head.length > 0) writer.lines.push(...head.map((line) => `#${line}`), '');
	if (root.kind === 'mapping') writer.table(root, []);
	else {
		notes.add({ code: 'rootWrapped', kind: 'convention', path: '$', became: rootKey });
		writer.table({ kind: 'mapping', entries: [{ key: { kind: 'text', value: rootKey }, value: root }] }, []);
	}
	if (tail.length > 0) writer.lines.push(...tail.map((line) => `#${line}`));
	return writer.lines.map((line) => `${line}\n`).join('');
}

class Writer {
	readonly lines: string[] = [];
	readonly #notes: NoteBook;
	readonly #steps: Step[] = [];

	constructor(notes: NoteBook) {
		this.#notes = notes;
	}

	/** The entries of a table under the header that was written already. */
	table(table: Mapping, path: string[]): void {
		const entries = this.#kept(table);
		const plain = entries.findLastIndex(({ value }) => !isSection(value)) + 1;
		for (const entry of entries.slice(0, plain)) {
			this.#comments(entry.key.before);
			this.#at(keyText(entry), () => this.lines.push(`${written(keyText(entry))} = ${this.#inline(entry.value)}${endComment(entry.value)}`));
		}
		for (const entry of entries.slice(plain)) this.#at(keyText(entry), () => this.#section(entry, [...path, written(keyText(entry))]));
	}

	#section({ key, value }: Entry, path: string[]): void {
		const sections = value.kind === 'sequence' ? value.items : [value];
		const [open, close] = value.kind === 'sequence' ? ['[[', ']]'] : ['[', ']'];
		for (const [index, section] of sections.entries()) {
			if (section.kind !== 'mapping') continue;
			if (this.lines.length > 0 && this.lines.at(-1) !== '') this.lines.push('');
			this.#comments([...(index === 0 ? [...(key.before ?? []), ...(value.kind === 'sequence' ? (value.before ?? []) : [])] : []), ...(section.before ?? [])]);
			this.lines.push(`${open}${path.join('.')}${close}${endComment(section)}`);
			if (value.kind === 'sequence') this.#at(index, () => this.table(section, path));
			else this.table(section, path);
			this.#comments(section.inside);
		}
		if (value.kind === 'sequence') this.#comments(value.inside);
	}

	#comments(comments: readonly string[] | undefined): void {
		for (const comment of comments ?? []) this.lines.push(`#${comment}`);
	}

	#inline(value: Value): string {
		switch (value.kind) {
			case 'boolean':
				return String(value.value);
			case 'number':
				return this.#number(value);
			case 'text':
				return this.#text(value.value, value.at);
			case 'moment':
				return this.#moment(value);
			case 'sequence':
				return this.#array(value);
			case 'mapping':
				return this.#inlineTable(value);
			default:
				this.#note({ code: 'null', kind: 'lost', what: 'null', became: '""' }, value.at);
				return '""';
		}
	}

	#array({ items, inside }: Sequence): string {
		const texts = items.map((item, index) => this.#at(index, () => this.#inline(item)));
		if (!inside?.length && !items.some((item) => item.before?.length || item.after !== undefined)) return `[${texts.join(', ')}]`;
		// Comments need lines of their own.
		const lines = items.flatMap((item, index) => [...(item.before ?? []).map((line) => `#${line}`), `${texts[index]},${endComment(item)}`]);
		return `[\n${[...lines, ...(inside ?? []).map((line) => `#${line}`)].map((line) => `\t${line}\n`).join('')}]`;
	}

	#inlineTable(table: Mapping): string {
		const entries = this.#kept(table);
		const texts = entries.map((entry) => this.#at(keyText(entry), () => `${written(keyText(entry))} = ${this.#inline(entry.value)}`));
		for (const { key, value } of entries) {
			for (const comment of [...(key.before ?? []), ...(value.before ?? []), ...(value.after === undefined ? [] : [value.after])]) {
				this.#note({ code: 'comment', kind: 'lost', what: comment }, key.at);
			}
		}
		return texts.length === 0 ? '{}' : `{ ${texts.join(', ')} }`;
	}

	/** The entries that TOML can hold: null is left out, and of a key that stands twice the last one is kept, as most readers do. */
	#kept({ entries }: Mapping): Entry[] {
		const last = new Map(entries.map((entry, index) => [keyText(entry), index]));
		return entries.filter((entry, index) => {
			const path = dataPath([...this.#steps, keyText(entry)]);
			if (entry.value.kind === 'null') this.#notes.add({ code: 'null', kind: 'lost', path, what: 'null' }, entry.value.at);
			else if (last.get(keyText(entry)) !== index) this.#notes.add({ code: 'duplicateKey', kind: 'lost', path, what: keyText(entry) }, entry.key.at);
			else return true;
			return false;
		});
	}

	#number({ literal, written: source, at }: Numeral): string {
		if (source !== undefined && isNumber(source)) return source;
		if (!/^-?[0-9]+$/.test(literal)) return literal;
		const value = BigInt(literal);
		if (value === BigInt.asIntN(64, value)) return literal;
		this.#note({ code: 'numberTooLarge', kind: 'changed', what: literal, became: `"${literal}"` }, at);
		return `"${literal}"`;
	}

	#moment({ literal, at }: Moment): string {
		if (isMoment(literal)) return literal;
		const text = JSON.stringify(literal);
		this.#note({ code: 'moment', kind: 'changed', what: literal, became: text }, at);
		return text;
	}

	#text(value: string, at: number | undefined): string {
		if (!value.isWellFormed()) this.#note({ code: 'loneSurrogate', kind: 'lost', what: JSON.stringify(value), became: '\ufffd' }, at);
		return quoted(value);
	}

	#at<T>(step: Step, write: () => T): T {
		this.#steps.push(step);
		const result = write();
		this.#steps.pop();
		return result;
	}

	#note(note: Note, at: number | undefined): void {
		this.#notes.add({ ...note, path: dataPath(this.#steps) }, at);
	}
}

function isSection(value: Value): boolean {
	if (value.kind === 'mapping') return value.style !== 'flow';
	return value.kind === 'sequence' && value.items.length > 0 && value.items.every((item) => item.kind === 'mapping' && item.style !== 'flow');
}

function isNumber(written: string): boolean {
	return /^(?:[-+]?(?:0|[1-9](?:_?[0-9])*)(?:\.[0-9](?:_?[0-9])*)?(?:[eE][-+]?[0-9](?:_?[0-9])*)?|0x[0-9a-fA-F](?:_?[0-9a-fA-F])*|0o[0-7](?:_?[0-7])*|0b[01](?:_?[01])*)$/.test(
		written,
	);
}

function isMoment(literal: string): boolean {
	return /^(?:\d{4}-\d\d-\d\d(?:[Tt ]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[-+]\d\d:\d\d)?)?|\d\d:\d\d:\d\d(?:\.\d+)?)$/.test(literal);
}

function keyText({ key }: Entry): string {
	return key.kind === 'text' ? key.value : '';
}

function written(key: string): string {
	return /^[A-Za-z0-9_-]+$/.test(key) ? key : quoted(key);
}

function quoted(text: string): string {
	return JSON.stringify(text.toWellFormed()).replaceAll('\x7f', '\\u007F');
}

function endComment({ after }: Value): string {
	return after === undefined ? '' : ` #${after}`;
}
