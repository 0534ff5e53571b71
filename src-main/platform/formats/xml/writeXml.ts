import { FormatError } from '../FormatError.ts';
import type { Aside, Document, Element } from '../middle.ts';
import type { NoteBook } from '../NoteBook.ts';
import { codePointName, forbiddenCharacterIn } from './characters.ts';

/** How XML is written. */
export interface XmlWriteOptions {
	/** Spaces of a level, or a tab; 0 puts it on one line. Left out, nothing is added to the white space that the document has. */
	indent?: number | 'tab';
	/** White space between elements is formatting, which `indent` replaces; without it an element with any text in it stays as it is. */
	reflow?: boolean;
}

/**
 * Writes a document as XML in UTF-8. What was read by `readXml` comes out as it was, but for what XML does not tell apart (`readXml`): attributes
 * are in double quotes with one space before each, and characters are references only where they have to be.
 *
 * @throws FormatError `forbiddenCharacter` with the element's path for text that XML cannot hold
 */
export function writeXml(document: Document, notes: NoteBook, options: XmlWriteOptions = {}): string {
	const { root, prolog = [], epilog = [], declaration } = document;
	if (root?.kind !== 'element') throw new FormatError('noRoot', 'XML is written of an element.', { path: '/' });
	const writer = new XmlWriter(notes, options, /^version\s*=\s*["']1\.1["']/.test(declaration ?? ''));
	if (declaration !== undefined) writer.declaration(declaration);
	for (const aside of prolog) writer.aside(aside);
	writer.element(root);
	for (const aside of epilog) writer.aside(aside);
	return writer.text;
}

/** How a document is laid out: as it stands, unless an indentation is asked for; what was made of data has none of its own and gets two spaces. */
export function layoutOf({ root }: Document, { indent }: { indent?: number | 'tab' }): XmlWriteOptions {
	const isMade = root?.style === 'block';
	if (indent === undefined) return isMade ? { indent: 2 } : {};
	return { indent, reflow: !isMade };
}

/** Writes elements one after another; `text` is what came of them so far. */
export class XmlWriter {
	text = '';
	readonly #notes: NoteBook;
	readonly #step: string | undefined;
	readonly #reflows: boolean;
	readonly #is11: boolean;
	readonly #path: string[] = [];

	constructor(notes: NoteBook, { indent, reflow = false }: XmlWriteOptions, is11 = false) {
		this.#notes = notes;
		this.#step = indent === undefined ? undefined : indent === 'tab' ? '\t' : ' '.repeat(indent);
		this.#reflows = reflow;
		this.#is11 = is11;
	}

	/** What is written is UTF-8, whatever it was read from. */
	declaration(text: string): void {
		const written = text.replace(/(\sencoding\s*=\s*)(["'])(.*?)\2/, (all, before: string, quote: string, encoding: string) => {
			if (/^utf-?8$/i.test(encoding)) return all;
			this.#notes.add({ code: 'encodingDeclared', kind: 'changed', what: encoding, became: 'UTF-8' });
			return `${before}${quote}UTF-8${quote}`;
		});
		this.text += `<?xml ${written}?>`;
	}

	/** Writes an element with all that is in it. `lineEnd` is the line break with the indentation that it stands in. */
	element(element: Element, lineEnd = '\n'): void {
		this.#path.push(element.name);
		this.text += `<${element.name}`;
		for (const { name, value } of element.attributes) this.text += ` ${name}="${this.#attribute(value, element.at)}"`;
		if (element.content.length === 0) this.text += element.isEmptyTag ? '/>' : `></${element.name}>`;
		else {
			this.text += '>';
			if (this.#step !== undefined && this.#isLaidOut(element)) this.#layOut(element, lineEnd, this.#step);
			else for (const part of element.content) this.#part(part, lineEnd);
			this.text += `</${element.name}>`;
		}
		this.#path.pop();
	}

	aside(aside: Aside): void {
		switch (aside.kind) {
			case 'characters':
				this.text += this.#characters(aside.text, aside.at);
				return;
			case 'cdata':
				this.text += this.#cdata(aside.text, aside.at);
				return;
			case 'comment':
				this.text += `<!--${this.#told('commentChanged', aside.text, withLineEnds(aside.text).replace(/-(?=-|$)/g, '- '), aside.at)}-->`;
				return;
			case 'instruction': {
				const text = this.#told('instructionChanged', aside.text, withLineEnds(aside.text).trimStart().replaceAll('?>', '? >'), aside.at);
				this.text += `<?${aside.target}${text === '' ? '' : ` ${text}`}?>`;
				return;
			}
			case 'doctype':
				this.text += `<!DOCTYPE ${aside.text}>`;
		}
	}

	#part(part: Element | Aside, lineEnd: string): void {
		if (part.kind === 'element') this.element(part, lineEnd);
		else this.aside(part);
	}

	#isLaidOut({ attributes, content }: Element): boolean {
		if (attributes.some(({ name, value }) => name === 'xml:space' && value === 'preserve')) return false;
		const hasMarkup = content.some(({ kind }) => kind !== 'characters' && kind !== 'cdata');
		return hasMarkup && content.every((part) => part.kind !== 'cdata' && (part.kind !== 'characters' || (this.#reflows && /^[ \t\r\n]*$/.test(part.text))));
	}

	#layOut({ content }: Element, lineEnd: string, step: string): void {
		const inner = step === '' ? '' : lineEnd + step;
		for (const part of content) {
			if (part.kind === 'characters') continue;
			this.text += inner;
			this.#part(part, inner);
		}
		if (step !== '') this.text += lineEnd;
	}

	#characters(text: string, at: number | undefined): string {
		this.#refuseForbidden(text, at);
		const escaped = escapedCharacters(text);
		return this.#is11 ? escaped.replace(restricted, (found) => `&#${found.codePointAt(0)};`) : escaped;
	}

	#attribute(value: string, at: number | undefined): string {
		this.#refuseForbidden(value, at);
		if (!/[&<"\t\n\r]/.test(value) && !this.#is11) return value;
		const escaped = value.replace(/[&<"\t\n\r]/g, (found) => escapes[found] ?? found);
		return this.#is11 ? escaped.replace(restricted, (found) => `&#${found.codePointAt(0)};`) : escaped;
	}

	/** A section cannot hold its own end, nor a return that a reader would keep: it is parted at the first and left for the second. */
	#cdata(text: string, at: number | undefined): string {
		if (text.includes('\r') || (this.#is11 && restricted.test(text))) return this.#characters(this.#told('cdata', text, text, at, true), at);
		this.#refuseForbidden(text, at);
		if (!text.includes(']]>')) return `<![CDATA[${text}]]>`;
		return `<![CDATA[${this.#told('cdataParted', text, text.replaceAll(']]>', ']]]]><![CDATA[>'), at)}]]>`;
	}

	#told(code: string, was: string, became: string, at: number | undefined, always = false): string {
		this.#refuseForbidden(was, at);
		if (became !== was || always) this.#notes.add({ code, kind: 'changed', path: this.#where(), what: was, became }, at);
		return became;
	}

	#refuseForbidden(text: string, at: number | undefined): void {
		const found = forbiddenCharacterIn(text);
		if (found === undefined || (this.#is11 && found.character !== '\0' && found.character < ' ')) return;
		const detail = codePointName(found.character);
		throw new FormatError('forbiddenCharacter', `XML cannot hold ${detail}.`, { path: this.#where(), detail, ...(at !== undefined && { offset: at }) });
	}

	#where(): string {
		return `/${this.#path.join('/')}`;
	}
}

/** Text as it stands between tags. */
export function escapedCharacters(text: string): string {
	return /[&<\r]|\]\]>/.test(text) ? text.replace(/[&<\r]|\]\]>/g, (found) => escapes[found] ?? found) : text;
}

/** Where no references are, a reader takes every return for a line end. */
function withLineEnds(text: string): string {
	return text.replace(/\r\n?/g, '\n');
}

const escapes: Record<string, string> = {
	'&': '&amp;',
	'<': '&lt;',
	'"': '&quot;',
	'\t': '&#9;',
	'\n': '&#10;',
	'\r': '&#13;',
	']]>': ']]&gt;',
};

/** What XML 1.1 holds as references alone, or takes for a line end. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const restricted = /[\x01-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F\u2028]/g;
