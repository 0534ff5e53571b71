import { decodeEntities } from '../text/htmlToText.ts';
import type { Cue, CueProblem, ReadSubtitles } from './Cue.ts';
import { linesTrimmed } from './linesTrimmed.ts';
import { lineCounter } from './textLines.ts';
import { timingProblems } from './timingProblems.ts';

const tag = /<(\/?)([a-z]\w{0,15})\b([^<>]*)>/gi;
const start = /\bstart\s*=\s*["']?\s*(-?\d{1,10})/i;
const end = /\bend\s*=\s*["']?\s*(-?\d{1,10})/i;
const language = /\bclass\s*=\s*["']?([\w-]{1,50})/i;

/** What is shown from a time on, until something else of its class is; no text is nothing. */
interface Paragraph {
	/** Null: a time without anything, which ends what is shown in every class. */
	style: string | null;
	startMs: number;
	endMs: number | null;
	text: string;
	tagStart: number;
	textStart: number;
	textEnd: number;
}

/**
 * Reads SAMI: what stands at a time is shown until the next time of its class, and each language is a class, which is the cue's `style`. The
 * letters' tags (`i`, `b`, `u`, `font`) stay, others go, as the format is read and not written. Never throws; what was odd is told.
 */
export function readSami(text: string): ReadSubtitles {
	const problems: CueProblem[] = [];
	const lineOfProblem = lineCounter(text);
	const paragraphs = readParagraphs(withoutComments(text), (at) => {
		problems.push({ what: 'badTime', line: lineOfProblem(at), found: text.slice(at, at + 80).replace(/[\r\n].*/s, '') });
	});
	const lineOfCue = lineCounter(text);
	const cues = withEnds(paragraphs).map(
		(each): Cue => ({
			startMs: each.startMs,
			endMs: each.endMs,
			text: each.text,
			kind: 'shown',
			line: lineOfCue(each.tagStart),
			style: each.style ?? '',
			spans: {
				start: { start: each.tagStart, end: each.textStart },
				end: null,
				text: { start: each.textStart, end: each.textEnd },
				whole: { start: each.tagStart, end: each.textEnd },
			},
		}),
	);
	// Languages lie over one another on purpose.
	const byLanguage = Map.groupBy(cues, ({ style }) => style);
	return { cues, problems: [...problems, ...[...byLanguage.values()].flatMap(timingProblems)].sort((a, b) => a.line - b.line) };
}

/** Comments become spaces, so that all else stays in its place. One that is never closed is text. */
function withoutComments(text: string): string {
	const parts: string[] = [];
	for (let at = 0; ; ) {
		const begins = text.indexOf('<!--', at);
		const ends = begins === -1 ? -1 : text.indexOf('-->', begins + 4);
		if (ends === -1) return parts.join('') + text.slice(at);
		parts.push(text.slice(at, begins), ' '.repeat(ends + 3 - begins));
		at = ends + 3;
	}
}

function readParagraphs(text: string, sayBadTime: (at: number) => void): Paragraph[] {
	const paragraphs: Paragraph[] = [];
	let sync: { startMs: number; endMs: number | null; tagStart: number; isEmpty: boolean } | null = null;
	let open: (Omit<Paragraph, 'text' | 'textEnd'> & { words: string }) | null = null;
	let at = 0;
	const close = (textEnd: number) => {
		const [last, said] = [paragraphs.at(-1), tidied(open?.words ?? '')];
		// Two of one class at one time are shown together.
		if (open && last?.tagStart === open.tagStart && last.style === open.style) Object.assign(last, { text: `${last.text}\n${said}`.trim(), textEnd });
		else if (open) {
			const { style, startMs, endMs, tagStart, textStart } = open;
			paragraphs.push({ style, startMs, endMs, text: said, tagStart, textStart, textEnd });
		} else if (sync?.isEmpty) {
			const { startMs, endMs, tagStart } = sync;
			paragraphs.push({ style: null, startMs, endMs, text: '', tagStart, textStart: textEnd, textEnd });
		}
		open = null;
	};
	for (const found of text.matchAll(tag)) {
		const [whole, closing, name = '', attributes = ''] = found;
		const after = found.index + whole.length;
		if (open && found.index > at) open.words += words(text.slice(at, found.index));
		at = after;
		const kind = name.toLowerCase();
		if (kind === 'sync' && !closing) {
			close(found.index);
			const startMs = start.exec(attributes)?.[1];
			if (startMs === undefined) sayBadTime(found.index);
			const endMs = end.exec(attributes)?.[1];
			sync =
				startMs === undefined ? null : { startMs: Number(startMs), endMs: endMs === undefined ? null : Number(endMs), tagStart: found.index, isEmpty: true };
		} else if (kind === 'p' && !closing && sync) {
			if (open) close(found.index);
			const { startMs, endMs, tagStart } = sync;
			open = { style: language.exec(attributes)?.[1] ?? '', startMs, endMs, tagStart, textStart: after, words: '' };
			sync.isEmpty = false;
		} else if (kind === 'body' || kind === 'sami') {
			if (closing) close(found.index);
			if (closing) sync = null;
		} else if (open && kind === 'br') open.words += '\n';
		else if (open && /^(?:[ibu]|font)$/.test(kind)) open.words += whole;
	}
	if (open) open.words += words(text.slice(at));
	close(text.length);
	return paragraphs;
}

function words(text: string): string {
	// Most texts are so already, which is seen much sooner than each of their spaces is put anew.
	const joined = (/[^\S ]| {2}/.test(text) ? text.replace(/\s+/g, ' ') : text).replaceAll('&nbsp;', '\u00a0');
	return joined.includes('&') ? decodeEntities(joined) : joined;
}

/** A space that must not break, alone, is how SAMI says nothing. */
function tidied(text: string): string {
	return linesTrimmed(text).replace(/^(?:<[^<>]*>)+$/, '');
}

/** The paragraphs with text, each with the time when the next one of its class takes its place. */
function withEnds(paragraphs: readonly Paragraph[]): Paragraph[] {
	const ended: Paragraph[] = [];
	let next = new Map<string, number>();
	let everyNext: number | null = null;
	for (const each of paragraphs.toReversed()) {
		if (each.style === null) {
			next = new Map();
			everyNext = each.startMs;
			continue;
		}
		each.endMs ??= next.get(each.style) ?? everyNext;
		if (each.text !== '') ended.push(each);
		next.set(each.style, each.startMs);
	}
	return ended.reverse();
}
