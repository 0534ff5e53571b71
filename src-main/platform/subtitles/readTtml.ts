import { SaxesParser, type SaxesTagPlain } from 'saxes';
import type { Cue, CueFault, CueProblem, ReadSubtitles } from './Cue.ts';
import { linesTrimmed } from './linesTrimmed.ts';
import { lineCounter } from './textLines.ts';
import { timingProblems } from './timingProblems.ts';
import { type Letters, lettersOf, plainLetters, switchLetters } from './ttmlLetters.ts';
import { readTtmlTime, type TtmlClock, ttmlClock, usualTtmlClock } from './ttmlTime.ts';

const deepest = 100;
const mostErrors = 20_000;
/** Some twenty times as many as the subtitles of a long film have; a reader has read so many in a moment. */
const mostElements = 100_000;

interface Element {
	name: string;
	beginMs: number;
	endMs: number | null;
	letters: Letters;
	keepsSpaces: boolean;
	/** The text that it gathers: of a paragraph, or of a part that has times where its paragraph has none. */
	builder: Builder | null;
	/** Whether `builder` is its own and not that of the element around it. */
	isOwner: boolean;
}

interface Builder {
	isTimed: boolean;
	text: string;
	letters: Letters;
	id: string | undefined;
	line: number;
	tagStart: number;
	textStart: number;
}

/**
 * Reads TTML (DFXP, IMSC): a cue is a paragraph, or a part of one that alone has times. Italic, bold and underlined letters become the tags of
 * SRT; all else of styles and regions is left out, since the format is read and not written. Entities are not expanded but those of HTML.
 * Never throws; what was odd is told, and so is where a file of too many elements is not read on.
 */
export function readTtml(text: string): ReadSubtitles {
	const reader = new TtmlReader(text);
	reader.read();
	const problems = [...reader.problems, ...timingProblems(reader.cues)];
	return { cues: reader.cues, problems: problems.sort((a, b) => a.line - b.line) };
}

/** Thrown to leave a file that is not worth reading on. */
class Enough extends Error {}

class TtmlReader {
	readonly cues: Cue[] = [];
	readonly problems: CueProblem[] = [];
	readonly #text: string;
	readonly #parser = new SaxesParser<{ position: false; xmlns: false }>({ position: false, xmlns: false });
	readonly #stack: Element[] = [];
	readonly #styles = new Map<string, Letters>();
	readonly #ampersand: string;
	#clock: TtmlClock = usualTtmlClock;
	#errors = 0;
	#elements = 0;
	#line = 1;
	/** Counted here, as the parser takes its time to. */
	readonly #lineAt: (at: number) => number;

	constructor(text: string) {
		this.#text = text;
		this.#lineAt = lineCounter(text);
		this.#ampersand = unusedCharacter(text);
	}

	read(): void {
		const parser = this.#parser;
		Object.assign(parser.ENTITIES, { nbsp: '\u00a0', lrm: '\u200e', rlm: '\u200f', hellip: '…', mdash: '—', ndash: '–' });
		parser.on('opentagstart', () => {
			this.#line = this.#lineAt(parser.position);
		});
		parser.on('opentag', (tag) => this.#open(tag));
		parser.on('closetag', () => this.#close());
		parser.on('text', (words) => this.#add(words));
		parser.on('cdata', (words) => this.#add(words));
		parser.on('error', (error) => this.#fail(error));
		try {
			// An ampersand that begins no entity would take what follows for one; half a surrogate pair is no character, which saxes does not bear.
			parser.write(this.#text.toWellFormed().replace(/&(?!(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]\w{0,31});)/gi, this.#ampersand)).close();
		} catch (error) {
			if (!(error instanceof Enough)) throw error;
			// What was begun is kept as far as it was read.
			while (this.#stack.length > 0) this.#close();
		}
	}

	#open(tag: SaxesTagPlain): void {
		if (this.#stack.length >= deepest) {
			this.#say('tooDeep', tag.name);
			throw new Enough();
		}
		if (++this.#elements > mostElements) {
			this.#say('tooManyElements', tag.name);
			throw new Enough();
		}
		const name = withoutPrefix(tag.name);
		const attributes = attributesOf(tag);
		const parent = this.#stack.at(-1);
		if (name === 'tt') this.#clock = ttmlClock(attributes);
		const around = parent?.letters ?? plainLetters;
		const letters = attributes.size === 0 ? around : lettersOf(attributes, this.#styles, around);
		if (name === 'style' && attributes.has('id')) this.#styles.set(attributes.get('id') ?? '', letters);
		if (name === 'br') this.#put('\n', true);
		const space = attributes.get('space');
		const isTimed = attributes.has('begin') || attributes.has('end') || attributes.has('dur');
		const isOwner = name === 'p' || (isTimed && parent?.builder?.isTimed === false);
		const builder = isOwner ? this.#builder(tag, isTimed, attributes.get('id')) : (parent?.builder ?? null);
		const { beginMs, endMs } = isTimed ? this.#times(attributes, parent) : { beginMs: parent?.beginMs ?? 0, endMs: parent?.endMs ?? null };
		const keepsSpaces = space === undefined ? (parent?.keepsSpaces ?? false) : space === 'preserve';
		this.#stack.push({ name, beginMs, endMs, letters, builder, isOwner, keepsSpaces });
	}

	#builder(tag: SaxesTagPlain, isTimed: boolean, id: string | undefined): Builder {
		const end = this.#parser.position;
		return { isTimed, text: '', letters: plainLetters, id, line: this.#line, tagStart: this.#text.lastIndexOf(`<${tag.name}`, end), textStart: end };
	}

	/** Times count from where the element around it begins. */
	#times(attributes: ReadonlyMap<string, string>, parent: Element | undefined): { beginMs: number; endMs: number | null } {
		const origin = parent?.beginMs ?? 0;
		const read = (name: string) => {
			const written = attributes.get(name);
			const ms = written === undefined ? null : readTtmlTime(written, this.#clock);
			if (written !== undefined && ms === null) this.#say('badTime', written);
			return ms;
		};
		const [begin, end, length] = [read('begin') ?? 0, read('end'), read('dur')];
		const ends = Math.min(end ?? Number.POSITIVE_INFINITY, length === null ? Number.POSITIVE_INFINITY : begin + length);
		return { beginMs: origin + begin, endMs: Number.isFinite(ends) ? origin + ends : (parent?.endMs ?? null) };
	}

	#close(): void {
		const element = this.#stack.pop();
		const builder = element?.builder;
		if (!builder || !element.isOwner) return;
		const said = linesTrimmed(builder.text + switchLetters(builder.letters, plainLetters));
		// A paragraph without times whose parts had them has given its text already.
		if (said.replace(/<\/?[ibu]>/g, '') === '' && !builder.isTimed) return;
		const after = this.#parser.position;
		const inner = { start: builder.textStart, end: Math.max(builder.textStart, this.#text.lastIndexOf('<', after - 1)) };
		this.cues.push({
			startMs: element.beginMs,
			endMs: element.endMs,
			text: said,
			kind: 'shown',
			line: builder.line,
			spans: {
				start: { start: builder.tagStart, end: builder.textStart },
				end: null,
				text: inner,
				whole: { start: builder.tagStart, end: Math.max(after, builder.textStart) },
			},
			...(builder.id !== undefined && { id: builder.id }),
		});
	}

	#add(words: string): void {
		const element = this.#stack.at(-1);
		// Titles and descriptions may stand in a paragraph.
		if (!element?.builder || asides.has(element.name)) return;
		// The parser has made every line end `\n`.
		const restored = words.includes(this.#ampersand) ? words.replaceAll(this.#ampersand, '&') : words;
		this.#put(element.keepsSpaces ? restored : oneSpaced(restored));
	}

	/** Spaces alone do not begin or end slanted letters; the end of a line does. */
	#put(words: string, isLineEnd = false): void {
		const element = this.#stack.at(-1);
		if (!element?.builder) return;
		if (isLineEnd || words.trim() !== '') {
			element.builder.text += switchLetters(element.builder.letters, element.letters);
			element.builder.letters = element.letters;
		}
		element.builder.text += words;
	}

	#fail(error: Error): void {
		this.#say('badMarkup', error.message);
		if (++this.#errors >= mostErrors) throw new Enough();
	}

	#say(what: CueFault, found: string): void {
		this.problems.push({ what, line: this.#lineAt(this.#parser.position), found: found.slice(0, 80) });
	}
}

const asides: ReadonlySet<string> = new Set(['metadata', 'title', 'desc']);
const noAttributes: ReadonlyMap<string, string> = new Map();

/** By their names without prefix. */
function attributesOf({ attributes }: SaxesTagPlain): ReadonlyMap<string, string> {
	const keys = Object.keys(attributes);
	if (keys.length === 0) return noAttributes;
	const found = new Map<string, string>();
	for (const key of keys) found.set(withoutPrefix(key), attributes[key] ?? '');
	return found;
}

/** Most texts are so already, which is seen much sooner than each of their spaces is put anew. */
function oneSpaced(text: string): string {
	return /[\t\n]| {2}/.test(text) ? text.replace(/[ \t\n]+/g, ' ') : text;
}

function withoutPrefix(name: string): string {
	const colon = name.indexOf(':');
	return colon === -1 ? name : name.slice(colon + 1);
}

/** A character for private use that a text does not have. */
function unusedCharacter(text: string): string {
	for (let code = 0xe000; code < 0xf8ff; code++) if (!text.includes(String.fromCharCode(code))) return String.fromCharCode(code);
	return '&';
}
