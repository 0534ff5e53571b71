/** Names of characters that the editors of learning platforms write (HTML 5.2, 8.5); what is not here stays as it came. */
const named: Record<string, string> = Object.fromEntries(
	[
		'amp & lt < gt > quot " apos \' nbsp \u00A0 ensp \u2002 emsp \u2003 thinsp \u2009 shy \u00AD ndash – mdash — lsquo ‘ rsquo ’ sbquo ‚ ldquo “ rdquo ”',
		'bdquo „ laquo « raquo » hellip … bull • middot · deg ° times × divide ÷ minus − plusmn ± le ≤ ge ≥ ne ≠ asymp ≈ equiv ≡ infin ∞ radic √ sum ∑ prod ∏',
		'int ∫ part ∂ nabla ∇ isin ∈ notin ∉ sub ⊂ sup ⊃ cup ∪ cap ∩ forall ∀ exist ∃ empty ∅ rarr → larr ← harr ↔ rArr ⇒ lArr ⇐ hArr ⇔ uarr ↑ darr ↓',
		'frac12 ½ frac14 ¼ frac34 ¾ sup1 ¹ sup2 ² sup3 ³ micro µ euro € pound £ yen ¥ cent ¢ sect § para ¶ copy © reg ® trade ™ permil ‰ prime ′ Prime ″',
		'alpha α beta β gamma γ delta δ epsilon ε zeta ζ eta η theta θ iota ι kappa κ lambda λ mu μ nu ν xi ξ pi π rho ρ sigma σ tau τ phi φ chi χ psi ψ omega ω',
		'Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Phi Φ Psi Ψ Omega Ω iexcl ¡ iquest ¿ ordf ª ordm º',
		'Agrave À Aacute Á Acirc Â Atilde Ã Auml Ä Aring Å AElig Æ Ccedil Ç Egrave È Eacute É Ecirc Ê Euml Ë Igrave Ì Iacute Í Icirc Î Iuml Ï Ntilde Ñ',
		'Ograve Ò Oacute Ó Ocirc Ô Otilde Õ Ouml Ö Oslash Ø Ugrave Ù Uacute Ú Ucirc Û Uuml Ü Yacute Ý szlig ß agrave à aacute á acirc â atilde ã auml ä aring å',
		'aelig æ ccedil ç egrave è eacute é ecirc ê euml ë igrave ì iacute í icirc î iuml ï ntilde ñ ograve ò oacute ó ocirc ô otilde õ ouml ö oslash ø',
		'ugrave ù uacute ú ucirc û uuml ü yacute ý yuml ÿ OElig Œ oelig œ Scaron Š scaron š',
	].flatMap((line) => [...line.matchAll(/(\w+) (\S|[\u00A0\u00AD\u2002\u2003\u2009])/g)].map(([, name, character]) => [name, character])),
);

const blocks = 'p|div|h[1-6]|blockquote|pre|ul|ol|li|dl|dt|dd|table|thead|tbody|tfoot|tr|td|th|caption|section|article|header|footer|figure|hr|address';
const inline = 'br|span|a|b|strong|i|em|u|s|del|ins|small|big|sub|sup|font|code|kbd|mark|img|script|style|col|colgroup|abbr|q|cite|math|semantics|nolink|label';
const attribute = `\\s+[\\w:-]+\\s*=\\s*(?:"[^"]*"|'[^']*'|[^\\s"'<>]+)`;
/** A tag of HTML, and nothing that only looks like one: `x<y and y>z` and `List<String>` are text. */
const tag = new RegExp(`<(/?)(${blocks}|${inline})((?:${attribute})*)\\s*/?>`, 'gis');
const telling = new RegExp(`</(?:${blocks}|span|strong|em|a|sup|sub)\\s*>|<br\\s*/?>|<img\\s|<p(?:\\s[^<>]*)?>|&nbsp;`, 'i');

/** Tells whether a text is HTML, as the editors of learning platforms write it, rather than text in which there are angle brackets. */
export function isHtml(text: string): boolean {
	return telling.test(text);
}

/**
 * Gives the text of a piece of HTML as a person reads it; nothing of it is ever run or loaded.
 *
 * Paragraphs are a blank line apart, items of lists have their sign, cells of a table a tab between them. A power is `x^2`, a picture the
 * words that stand for it in brackets. Angle brackets that are no tag of HTML stay.
 */
export function htmlToText(source: string): string {
	const html = withoutComments(source);
	const writer = new TextWriter();
	let at = 0;
	let skipping: string | null = null;
	for (const found of html.matchAll(tag)) {
		const [whole, closing, name = '', attributes = ''] = found;
		const tagName = name.toLowerCase();
		if (skipping === null) writer.text(decodeEntities(html.slice(at, found.index)));
		at = found.index + whole.length;
		if (tagName === 'script' || tagName === 'style') skipping = closing ? null : tagName;
		else if (skipping === null) writer.tag(tagName, closing === '/', attributes);
	}
	if (skipping === null) writer.text(decodeEntities(html.slice(at)));
	return writer.end();
}

/** One that is never closed is text. By hand, since a pattern would look for the end of each to the end of the text. */
function withoutComments(html: string): string {
	let kept = '';
	let at = 0;
	for (;;) {
		const start = html.indexOf('<!--', at);
		const end = start === -1 ? -1 : html.indexOf('-->', start + 4);
		if (end === -1) return kept + html.slice(at);
		kept += html.slice(at, start);
		at = end + 3;
	}
}

/** Puts characters in the place of their names and numbers in HTML. */
export function decodeEntities(text: string): string {
	return text.replaceAll(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,8}));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
		if (name !== undefined) return named[name] ?? whole;
		const code = decimal !== undefined ? Number(decimal) : Number.parseInt(hex ?? '', 16);
		return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : whole;
	});
}

/** Puts words and breaks together: breaks that meet are one, the widest. */
class TextWriter {
	readonly #out: string[] = [];
	/** Line ends that are due before the next word. */
	#breaks = 0;
	#space = false;
	#preformatted = 0;
	#cells = 0;
	#isFirstCell = true;
	/** A number: how many items a list with numbers has had; null: one without. */
	readonly #lists: (number | null)[] = [];
	#raised: { kind: 'sup' | 'sub'; text: string } | null = null;

	text(text: string): void {
		if (this.#raised) this.#raised.text += text;
		else if (this.#preformatted > 0) this.#put(text);
		else {
			// A space that must not break is a space in text.
			const words = text.replaceAll('\u00A0', ' ').split(/\s+/);
			if (words[0] === '') this.#space = true;
			const joined = words.filter((word) => word !== '').join(' ');
			if (joined === '') return;
			this.#put(joined);
			this.#space = words.at(-1) === '';
		}
	}

	tag(name: string, closing: boolean, attributes: string): void {
		if (name === 'sup' || name === 'sub') this.#raise(name, closing);
		else if (name === 'br') this.#break(1, true);
		else if (name === 'img') this.#picture(attributes);
		else if (name === 'td' || name === 'th') this.#cell(closing);
		else if (name === 'li') {
			this.#break(1);
			if (!closing) this.#sign();
		} else if (name === 'ul' || name === 'ol') {
			if (closing) this.#lists.pop();
			else this.#lists.push(name === 'ol' ? 0 : null);
			this.#break(this.#lists.length === 0 || !closing ? 1 : 0);
		} else if (name === 'tr') {
			this.#break(1);
			this.#isFirstCell = true;
		} else if (new RegExp(`^(?:${blocks})$`).test(name)) {
			if (name === 'pre') this.#preformatted = Math.max(0, this.#preformatted + (closing ? -1 : 1));
			this.#break(/^(p|h\d|table|blockquote|pre)$/.test(name) && this.#lists.length === 0 ? 2 : 1);
		}
	}

	end(): string {
		if (this.#raised) this.#raise(this.#raised.kind, true);
		const lines = this.#out.join('').split('\n');
		return lines
			.map((line) => line.trimEnd())
			.join('\n')
			.trim();
	}

	#put(text: string): void {
		if (this.#breaks > 0 && this.#out.length > 0) this.#out.push('\n'.repeat(this.#breaks));
		else if (this.#space && this.#out.length > 0 && this.#out.at(-1) !== '\t') this.#out.push(' ');
		this.#breaks = 0;
		this.#space = false;
		this.#out.push(text);
	}

	#break(lines: number, adds = false): void {
		if (this.#cells > 0) this.#space = true;
		else this.#breaks = adds ? Math.min(2, this.#breaks + lines) : Math.max(this.#breaks, lines);
	}

	#cell(closing: boolean): void {
		this.#cells = Math.max(0, this.#cells + (closing ? -1 : 1));
		if (closing) return;
		this.#space = false;
		if (!this.#isFirstCell) this.#put('\t');
		this.#isFirstCell = false;
	}

	#sign(): void {
		const indent = '  '.repeat(Math.max(0, this.#lists.length - 1));
		const number = this.#lists.at(-1) ?? null;
		if (number !== null) this.#lists[this.#lists.length - 1] = number + 1;
		this.#put(indent + (number === null ? '- ' : `${number + 1}. `));
		this.#space = false;
	}

	#picture(attributes: string): void {
		const words = decodeEntities(/\balt\s*=\s*(?:"([^"]*)"|'([^']*)')/i.exec(attributes)?.slice(1).find(Boolean) ?? '').trim();
		this.text(words === '' ? ' [picture] ' : ` [picture: ${words}] `);
	}

	/** What stands higher is a power where it is a number or a letter, and a word's end (1st) elsewhere; what stands lower is a small digit. */
	#raise(kind: 'sup' | 'sub', closing: boolean): void {
		if (!closing) {
			this.#raised ??= { kind, text: '' };
			return;
		}
		const text = this.#raised?.text.trim() ?? '';
		this.#raised = null;
		if (text === '') return;
		if (kind === 'sub') this.#put(text.replaceAll(/\d/g, (digit) => String.fromCodePoint(0x2080 + Number(digit))));
		else if (/^\p{L}$|^[\d.,]+$/u.test(text)) this.#put(`^${text}`);
		else this.#put(/[\d+−-]/.test(text) ? `^(${text})` : text);
	}
}
