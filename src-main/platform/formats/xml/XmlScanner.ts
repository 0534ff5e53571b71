import { type SaxesOptions, SaxesParser } from 'saxes';
import { deepest, FormatError, tooDeep } from '../FormatError.ts';
import type { Aside, Element } from '../middle.ts';
import { codePointName } from './characters.ts';
import { Entities } from './Entities.ts';
import { PlainMarkup, type StartTag } from './PlainMarkup.ts';
import { type Doctype, readDoctype } from './readDoctype.ts';

/** What a scanner tells of a document, in its order. An element comes when its start tag ends, without its content. */
export interface XmlHandler {
	declaration?(text: string): void;
	open(element: Element): void;
	close(): void;
	/** May make what it likes of a whole element inside of the root by itself (`PlainHandler`). */
	whole?(markup: PlainMarkup, tag: StartTag, begin: number): number;
	/** White space outside of the root is told as well. */
	aside(aside: Aside): void;
	/** A prefix that no attribute declares, where namespaces are not checked. */
	undeclaredPrefix?(prefix: string, at: number): void;
}

type Parser = SaxesParser<SaxesOptions>;

/** One run of text, one tag or one comment may have so many characters in a source that comes in chunks. */
const longestPiece = 1 << 26;
const longestDoctype = 1_000_000;

/**
 * Reads XML 1.0 and 1.1 event by event, from one text or from chunks as they come, and refuses what is not well-formed. The grammar is saxes';
 * what saxes lets pass is looked for here: the inside of a document type, halves of surrogate pairs, versions that are none. Plain markup inside of
 * the root goes past it (`PlainMarkup`), and it is told only which elements are open when it has to read on.
 *
 * Entities that the document declares are replaced by their text (`Entities`); no file outside is ever loaded.
 *
 * @throws FormatError with its offset
 */
export class XmlScanner {
	readonly #parser: Parser;
	readonly #handler: XmlHandler;
	/** Undefined where every tag is the parser's, as namespaces, XML 1.1 and entities of the document's own ask for. */
	#plain: PlainMarkup | undefined;
	/** The parser is being told of the elements that were opened without it. */
	#isTelling = false;
	/** How many characters the parser has read, and how far in the source it is before that. */
	#fed = 0;
	#ahead = 0;
	/** Where the last tag inside of the root ended. */
	#tagEnd = -1;
	/** Where what is being read begins. */
	#start = 0;
	#chunk = '';
	#chunkStart = 0;
	#attributes: Element['attributes'] = [];
	#depth = 0;
	readonly #prefixes: (string[] | undefined)[] = [];
	readonly #declared = new Map<string, number>();

	/**
	 * `head` is the beginning of the document, long enough to hold its declaration. `namespaces` refuses what is not well-formed by Namespaces in
	 * XML, such as a prefix that no attribute declares.
	 */
	constructor(handler: XmlHandler, head: string, { namespaces = false } = {}) {
		this.#handler = handler;
		const version = /^\uFEFF?<\?xml\s+version\s*=\s*["']1\.1["']/.test(head) ? '1.1' : '1.0';
		this.#parser = new SaxesParser({ xmlns: namespaces, position: true, forceXMLVersion: true, defaultXMLVersion: version });
		this.#start = /^\uFEFF?\s*/.exec(head)?.[0].length ?? 0;
		if (!namespaces && version === '1.0') {
			const { whole } = handler;
			const plain = new PlainMarkup({
				...(whole && { whole: (tag, begin) => whole(plain, tag, begin) }),
				open: (element) => this.#enter(element),
				close: () => this.#leave(),
				aside: (aside) => handler.aside(aside),
			});
			this.#plain = plain;
		}
		this.#listen(this.#parser);
	}

	/** How far the parser is in the source. */
	get #position(): number {
		return this.#ahead + this.#parser.position;
	}

	/** Reads the next piece of the source; one that comes in pieces is cut between characters, not between halves of them. */
	feed(chunk: string): void {
		this.#chunkStart += this.#chunk.length;
		this.#chunk = chunk;
		if (!chunk.isWellFormed()) throw this.#loneSurrogate(chunk);
		this.#run(() => this.#read(chunk));
		if (this.#chunkStart + chunk.length - this.#start > longestPiece && this.#chunkStart > 0) {
			throw new FormatError('tokenTooLong', `A single piece has more than ${longestPiece} characters.`, { offset: this.#start, detail: String(longestPiece) });
		}
	}

	/** Says that the source ends here. */
	end(): void {
		this.#run(() => {
			this.#tell(this.#chunk.length);
			this.#parser.close();
		});
	}

	/** Reads a piece: what is plain in it by itself, the rest by the parser, from tag to tag. */
	#read(chunk: string): void {
		const hasPlain = this.#plain?.take(chunk, this.#chunkStart);
		let stride = 0;
		for (let at = 0; at < chunk.length; ) {
			// A document type may end it.
			const plain = hasPlain ? this.#plain : undefined;
			if (plain && this.#tagEnd === this.#chunkStart + at) {
				at = plain.read(at);
				this.#tagEnd = this.#start = this.#chunkStart + at;
				stride = 0;
				if (at === chunk.length) return;
			}
			// What the parser needs several tags for, such as a long comment, is given to it in pieces that grow.
			const end = plain ? chunk.indexOf('>', at + stride) + 1 : 0;
			this.#tell(at);
			this.#write(chunk.slice(at, end || chunk.length));
			at = end || chunk.length;
			stride = Math.min(2 * stride + 16, 4096);
		}
	}

	/** Leads the parser to a place in the piece, past the plain markup before it. */
	#tell(at: number): void {
		this.#isTelling = true;
		for (const name of this.#plain?.open.splice(0) ?? []) this.#write(`<${name}>`);
		this.#isTelling = false;
		this.#ahead = this.#chunkStart + at - this.#fed;
	}

	#write(text: string): void {
		this.#fed += text.length;
		this.#parser.write(text);
	}

	/** What is thrown below gets the place where it was met. */
	#run(read: () => void): void {
		try {
			read();
		} catch (error) {
			if (!(error instanceof FormatError) || error.offset !== undefined) throw error;
			throw new FormatError(error.code, error.message, { offset: this.#referenceAt(), ...error.failure });
		}
	}

	#listen(parser: Parser): void {
		const handler = this.#handler;
		parser.on('error', (error) => {
			throw this.#refusal(error.message.replace(/^\d+:\d+: /, ''));
		});
		parser.on('xmldecl', () => {
			const end = this.#position - this.#chunkStart;
			handler.declaration?.(this.#chunk.slice(this.#chunk.indexOf('<?xml') + 5, end - 2).trim());
			this.#start = this.#position;
		});
		parser.on('doctype', (text) => {
			handler.aside({ kind: 'doctype', text: text.trimStart(), at: this.#start });
			this.#declare(text);
			this.#start = this.#position;
		});
		parser.on('text', (text) => {
			handler.aside({ kind: 'characters', text, at: this.#start });
			this.#start = this.#position - 1;
		});
		parser.on('opentagstart', () => {
			this.#attributes = [];
		});
		parser.on('attribute', ({ name, value }) => {
			this.#attributes.push({ name, value });
		});
		parser.on('opentag', ({ name, isSelfClosing }) => {
			if (this.#isTelling) return;
			const element: Element = { kind: 'element', name, attributes: this.#attributes, content: [], at: this.#start };
			if (isSelfClosing) element.isEmptyTag = true;
			this.#start = this.#tagEnd = this.#position;
			this.#enter(element);
		});
		parser.on('closetag', () => {
			this.#leave();
			this.#start = this.#position;
			this.#tagEnd = this.#depth > 0 ? this.#position : -1;
		});
		parser.on('cdata', (text) => {
			handler.aside({ kind: 'cdata', text, at: this.#start });
			this.#start = this.#position;
		});
		parser.on('comment', (text) => {
			handler.aside({ kind: 'comment', text, at: this.#start });
			// The parser is before the last character of the comment.
			this.#start = this.#position + 1;
		});
		parser.on('processinginstruction', ({ target, body }) => {
			handler.aside({ kind: 'instruction', target, text: body, at: this.#start });
			this.#start = this.#position;
		});
	}

	#enter(element: Element): void {
		if (++this.#depth > deepest) throw tooDeep(element.at);
		if (this.#handler.undeclaredPrefix) this.#enterScope(element, this.#handler.undeclaredPrefix);
		this.#handler.open(element);
	}

	#leave(): void {
		this.#depth--;
		if (this.#handler.undeclaredPrefix) this.#leaveScope();
		this.#handler.close();
	}

	#declare(text: string): void {
		const at = this.#start + '<!DOCTYPE'.length;
		if (text.length > longestDoctype) throw new FormatError('doctypeTooLong', `The document type has more than ${longestDoctype} characters.`, { offset: at });
		const { entities } = this.#readDoctype(text, at);
		if (entities.size > 0) this.#plain = undefined;
		const texts = new Entities(entities);
		for (const name of entities.keys()) Object.defineProperty(this.#parser.ENTITIES, name, { get: () => texts.textOf(name) });
	}

	#readDoctype(text: string, at: number): Doctype {
		try {
			return readDoctype(text);
		} catch (error) {
			throw error instanceof FormatError ? new FormatError(error.code, error.message, { ...error.failure, offset: at + (error.offset ?? 0) }) : error;
		}
	}

	#enterScope(element: Element, tell: (prefix: string, at: number) => void): void {
		if (element.attributes.length === 0) {
			this.#prefixes.push(undefined);
			this.#checkPrefix(element.name, element.at, tell);
			return;
		}
		const own = element.attributes.filter(({ name }) => name.startsWith('xmlns:')).map(({ name }) => name.slice(6));
		this.#prefixes.push(own.length === 0 ? undefined : own);
		for (const prefix of own) this.#declared.set(prefix, (this.#declared.get(prefix) ?? 0) + 1);
		this.#checkPrefix(element.name, element.at, tell);
		for (const { name } of element.attributes) this.#checkPrefix(name, element.at, tell);
	}

	#checkPrefix(name: string, at = 0, tell: (prefix: string, at: number) => void): void {
		const colon = name.indexOf(':');
		if (colon === -1) return;
		const prefix = name.slice(0, colon);
		if (prefix !== 'xml' && prefix !== 'xmlns' && !this.#declared.get(prefix)) tell(prefix, at);
	}

	#leaveScope(): void {
		for (const prefix of this.#prefixes.pop() ?? []) this.#declared.set(prefix, (this.#declared.get(prefix) ?? 1) - 1);
	}

	/** An entity is told of when its name ends: it began at the last ampersand. */
	#referenceAt(): number {
		const end = this.#position - this.#chunkStart;
		const found = this.#chunk.lastIndexOf('&', end - 1);
		return found === -1 ? this.#start : this.#chunkStart + found;
	}

	#loneSurrogate(chunk: string): FormatError {
		const at = /\p{Cs}/u.exec(chunk)?.index ?? 0;
		const detail = codePointName(chunk[at] ?? '');
		return new FormatError('forbiddenCharacter', `${detail} is half of a surrogate pair.`, { offset: this.#chunkStart + at, detail });
	}

	#refusal(message: string): FormatError {
		const here = Math.max(0, this.#position - 1);
		const found = this.#chunk[here - this.#chunkStart] ?? '';
		if (message === 'disallowed character.' && !/[<\u0085\u2028]/.test(found)) {
			return new FormatError('forbiddenCharacter', `XML cannot hold ${codePointName(found)}.`, { offset: here, detail: codePointName(found) });
		}
		const [, pattern, code] = refusals.find(([prefix]) => message.startsWith(prefix)) ?? [];
		const isReference = code === 'unknownEntity' || code === 'badReference';
		const detail = pattern?.exec(message)?.[1] ?? (isReference ? this.#referenceName() : message.replace(/\.$/, ''));
		return new FormatError(code ?? 'notWellFormed', message, { offset: isReference ? this.#referenceAt() : here, detail });
	}

	#referenceName(): string {
		const at = this.#referenceAt() - this.#chunkStart;
		return this.#chunk.slice(at, Math.min(at + 40, this.#position - this.#chunkStart));
	}
}

/** How what saxes says begins, what in it is worth telling, and the code that the reader's words go by. */
const refusals: readonly [prefix: string, detail: RegExp | undefined, code: string][] = [
	['unclosed tag: ', /^unclosed tag: (.*)$/s, 'unclosedElement'],
	['unexpected close tag', undefined, 'wrongEndTag'],
	['unmatched closing tag: ', /^unmatched closing tag: (.*)\.$/s, 'wrongEndTag'],
	['duplicate attribute: ', /^duplicate attribute: (.*)\.$/s, 'duplicateAttribute'],
	['unbound namespace prefix: ', /^unbound namespace prefix: "(.*)"\.$/s, 'undeclaredPrefix'],
	['undefined entity', undefined, 'unknownEntity'],
	['disallowed character in entity name', undefined, 'badReference'],
	['empty entity name', undefined, 'badReference'],
	['malformed character entity', undefined, 'badReference'],
	['text data outside of root node', undefined, 'textOutsideRoot'],
	['documents may contain only one root', undefined, 'secondRoot'],
	['document must contain a root element', undefined, 'noRoot'],
	['unexpected end', undefined, 'unexpectedEnd'],
];
