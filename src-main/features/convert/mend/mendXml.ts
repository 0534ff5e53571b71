import { Edits } from './Edits.ts';

const nameForm = /^[\p{L}_:][\p{L}\p{N}\-._:\u00b7]*/u;
/** Elements of HTML that have no end. */
const voids = new Set(['area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'source', 'track', 'wbr']);
/** The entities of HTML that are met most; XML has five of its own alone. */
const entities: Record<string, string> = {
	...{ nbsp: '#160', copy: '#169', reg: '#174', trade: '#8482', hellip: '#8230', mdash: '#8212', ndash: '#8211', middot: '#183', bull: '#8226', euro: '#8364' },
	...{ lsquo: '#8216', rsquo: '#8217', ldquo: '#8220', rdquo: '#8221', laquo: '#171', raquo: '#187', auml: '#228', ouml: '#246', uuml: '#252', szlig: '#223' },
	...{ Auml: '#196', Ouml: '#214', Uuml: '#220', eacute: '#233', egrave: '#232', agrave: '#224', ccedil: '#231', times: '#215', deg: '#176', frac12: '#189' },
};

/** Mends what was meant to be XML, such as a page of HTML, each change by a rule that has a name; what is right stays as it is. */
export function mendXml(source: string): Edits {
	const mender = new XmlMender(source);
	mender.document();
	return mender.edits;
}

class XmlMender {
	readonly edits: Edits;
	readonly #source: string;
	readonly #open: string[] = [];
	/** The elements that are closed somewhere, in small letters. */
	readonly #closed: Set<string>;
	#at = 0;
	#roots = 0;
	#hasTextOutside = false;
	#contentFrom = 0;

	constructor(source: string) {
		this.#source = source;
		this.edits = new Edits(source);
		this.#closed = new Set([...source.matchAll(/<\/([^\s<>/]+)/g)].map(([, name = '']) => name.toLowerCase()));
	}

	document(): void {
		const blank = /^\s+(?=<\?xml\s)/.exec(this.#source)?.[0];
		if (blank) this.#replace('beforeDeclaration', blank.length, '');
		this.#contentFrom = this.#at;
		while (this.#at < this.#source.length) this.#next();
		while (this.#open.length > 0) this.#insert('unclosedTag', `</${this.#open.pop()}>`);
		if (this.#roots === 1 && !this.#hasTextOutside) return;
		// All of it becomes the content of one root.
		const first = this.edits.all.findIndex(({ at }) => at >= this.#contentFrom);
		this.edits.all.splice(first === -1 ? this.edits.all.length : first, 0, {
			at: this.#contentFrom,
			end: this.#contentFrom,
			text: '<root>',
			rule: 'severalRoots',
		});
		this.#insert('severalRoots', '</root>');
	}

	#next(): void {
		const source = this.#source;
		if (source[this.#at] !== '<') {
			this.#text();
			return;
		}
		if (source.startsWith('<!--', this.#at)) {
			this.#passed('<!--', '-->');
			return;
		}
		if (source.startsWith('<![CDATA[', this.#at)) {
			this.#passed('<![CDATA[', ']]>');
			return;
		}
		if (source.startsWith('<?', this.#at)) {
			this.#passed('<?', '?>');
			if (this.#roots === 0) this.#contentFrom = this.#at;
			return;
		}
		if (/^<!doctype\b/i.test(source.slice(this.#at, this.#at + 10))) {
			this.#doctype();
			if (this.#roots === 0) this.#contentFrom = this.#at;
			return;
		}
		if (source.startsWith('</', this.#at)) {
			this.#endTag();
			return;
		}
		if (nameForm.test(source.slice(this.#at + 1, this.#at + 3))) {
			this.#startTag();
			return;
		}
		this.#noteText();
		this.#replace('strayLess', 1, '&lt;');
	}

	/** A part that is passed as it is, to its end or the source's. */
	#passed(open: string, close: string): void {
		const end = this.#source.indexOf(close, this.#at + open.length);
		this.#at = end === -1 ? this.#source.length : end + close.length;
		if (end === -1) this.#insert('unclosedTag', close);
	}

	#doctype(): void {
		const end = /^<!doctype[^[>]*(?:\[[^\]]*\]\s*)?>/i.exec(this.#source.slice(this.#at))?.[0];
		if (end === undefined) {
			this.#replace('strayLess', 1, '&lt;');
			return;
		}
		// That of HTML in its short form is no type that XML could use.
		if (/^<!doctype\s+html\s*>$/i.test(end)) {
			this.#replace('strayTag', end.length, '');
			return;
		}
		this.#at += end.length;
	}

	#text(): void {
		const found = this.#source.indexOf('<', this.#at);
		const end = found === -1 ? this.#source.length : found;
		if (this.#source.slice(this.#at, end).trim() !== '') this.#noteText();
		this.#characters(end);
	}

	#noteText(): void {
		if (this.#open.length === 0) this.#hasTextOutside = true;
	}

	/** Characters up to `end`: what may not stand there is escaped or taken out. */
	#characters(end: number): void {
		// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
		const odd = /[&<\u0000-\u0008\u000b\u000c\u000e-\u001f]/g;
		for (;;) {
			odd.lastIndex = this.#at;
			const found = odd.exec(this.#source);
			if (found === null || found.index >= end) break;
			this.#at = found.index;
			if (found[0] === '&') this.#ampersand();
			else if (found[0] === '<') this.#replace('strayLess', 1, '&lt;');
			else this.#replace('controlCharacter', 1, '');
		}
		this.#at = end;
	}

	#ampersand(): void {
		const reference = /^&(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-f]{1,6});/i.exec(this.#source.slice(this.#at, this.#at + 12))?.[0];
		if (reference) {
			this.#at += reference.length;
			return;
		}
		const [whole, name = ''] = /^&([a-z]\w{1,10});/i.exec(this.#source.slice(this.#at, this.#at + 14)) ?? [];
		const known = Object.hasOwn(entities, name) ? entities[name] : undefined;
		if (whole && known) this.#replace('strayAmpersand', whole.length, `&${known};`);
		else this.#replace('strayAmpersand', 1, '&amp;');
	}

	#endTag(): void {
		const [whole = '</', name = ''] = /^<\/\s*([^\s<>/]*)[^<>]*>?/.exec(this.#source.slice(this.#at)) ?? [];
		const depth = this.#open.findLastIndex((open) => open.toLowerCase() === name.toLowerCase());
		if (depth === -1) {
			this.#replace('strayTag', whole.length, '');
			return;
		}
		while (this.#open.length > depth + 1) this.#insert('unclosedTag', `</${this.#open.pop()}>`);
		const open = this.#open.pop() ?? name;
		if (/^<\/[^\s<>/]+\s*>$/.test(whole) && name === open) this.#at += whole.length;
		else this.#replace('unclosedTag', whole.length, `</${open}>`);
	}

	#startTag(): void {
		const name = nameForm.exec(this.#source.slice(this.#at + 1, this.#at + 200))?.[0] ?? '';
		if (this.#open.length === 0) this.#roots += 1;
		this.#at += 1 + name.length;
		const isEmpty = this.#attributes();
		if (isEmpty === true) return;
		if (voids.has(name.toLowerCase()) && !this.#closed.has(name.toLowerCase())) {
			this.#at -= isEmpty === false ? 1 : 0;
			if (isEmpty === false) this.#replace('voidTag', 1, '/>');
			else this.#insert('voidTag', '/>');
			return;
		}
		if (isEmpty === null) this.#insert('unclosedTag', '>');
		this.#open.push(name);
	}

	/** The attributes of a start tag, and its end: whether it is an empty element, or null where it is not ended. */
	#attributes(): boolean | null {
		const met = new Set<string>();
		for (;;) {
			const before = this.#at;
			this.#at += /^\s*/.exec(this.#source.slice(this.#at, this.#at + 10_000))?.[0].length ?? 0;
			const next = this.#source[this.#at];
			if (next === undefined || next === '<') return null;
			if (next === '>' || this.#source.startsWith('/>', this.#at)) {
				this.#at += next === '>' ? 1 : 2;
				return next === '/';
			}
			const name = nameForm.exec(this.#source.slice(this.#at, this.#at + 200))?.[0];
			if (name === undefined) this.#replace('strayTag', 1, '');
			else this.#attribute(name, met, before === this.#at);
		}
	}

	#attribute(name: string, met: Set<string>, isTight: boolean): void {
		const rest = this.#source.slice(this.#at + name.length, this.#at + name.length + 100_000);
		const [, gap = '', value] = /^(\s*=\s*)("[^"]*"|'[^']*'|[^\s"'<>]+)?/.exec(rest) ?? [];
		const length = name.length + gap.length + (value?.length ?? 0);
		if (met.has(name)) {
			this.#replace('attributeTwice', length, '');
			return;
		}
		met.add(name);
		if (isTight) this.#insert('unquotedAttribute', ' ');
		this.#at += name.length;
		if (value === undefined) {
			this.#replace('unquotedAttribute', gap.length, `="${name}"`);
			return;
		}
		this.#at += gap.length;
		const end = this.#at + value.length;
		if (/^["']/.test(value)) {
			this.#characters(end);
			return;
		}
		const isSlash = value.endsWith('/') && this.#source[end] === '>';
		this.#replace('unquotedAttribute', value.length - (isSlash ? 1 : 0), `"${value.slice(0, isSlash ? -1 : undefined).replaceAll('&', '&amp;')}"`);
	}

	#insert(rule: Parameters<Edits['add']>[0], text: string): void {
		this.edits.add(rule, this.#at, this.#at, text);
	}

	#replace(rule: Parameters<Edits['add']>[0], length: number, text: string): void {
		this.edits.add(rule, this.#at, this.#at + length, text);
		this.#at += length;
	}
}
