import type { Cue, Span } from './Cue.ts';
import { looksLikeTiming } from './readSrt.ts';
import { lineEndOf } from './textLines.ts';
import { type WrittenFormat, writeTime } from './writeTime.ts';

/** What changes of a cue that is in a file: only what is named. */
export interface CueChange {
	cue: Cue;
	text?: string;
	startMs?: number;
	endMs?: number;
	/** Of SRT: what it is numbered, where the file numbers it at all. */
	number?: number | undefined;
	/** Takes the cue out, with its number and the blank lines after it. */
	isRemoved?: boolean;
	/** Cues to be written behind it, in their order: as it is written itself (style, place), but for what is named here. */
	followedBy?: readonly { startMs: number; endMs: number; text: string; number?: number | undefined }[];
}

/** A part of a text and what takes its place. */
export interface Replacement extends Span {
	by: string;
}

/**
 * A file's text with some of its cues changed, in a format that it was read in. All that is not changed is the same to the character: numbers,
 * spelling of times, settings, styles, comments, line ends. A change to what a cue has already changes nothing either.
 *
 * In SRT and VTT a text cannot hold everything: see `bodyOf`.
 */
export function rewriteCues(source: string, format: WrittenFormat, changes: readonly CueChange[]): string {
	let [written, at] = ['', 0];
	for (const { start, end, by } of replacementsOf(source, format, changes)) {
		written += source.slice(at, start) + by;
		at = end;
	}
	return written + source.slice(at);
}

/** The parts of a file's text that changes are about, with what takes their place, in their order; none lies over another. */
export function replacementsOf(source: string, format: WrittenFormat, changes: readonly CueChange[]): Replacement[] {
	const lineEnd = lineEndOf(source);
	const replacements = changes.flatMap((change) => replacementsFor(source, format, change, lineEnd)).sort((a, b) => a.start - b.start || a.end - b.end);
	for (const [at, { start }] of replacements.entries())
		if (start < (replacements[at - 1]?.end ?? 0)) throw new RangeError('Two changes are about the same part of a file.');
	return replacements;
}

function replacementsFor(
	source: string,
	format: WrittenFormat,
	{ cue, text, startMs, endMs, number, isRemoved, followedBy = [] }: CueChange,
	lineEnd: string,
): Replacement[] {
	const { spans } = cue;
	if (isRemoved) return [{ ...spans.whole, by: '' }];
	const replacements: Replacement[] = [];
	if (format === 'srt' && number !== undefined && cue.id !== undefined && String(number) !== cue.id) {
		const start = source.indexOf(cue.id, spans.whole.start);
		replacements.push({ start, end: start + cue.id.length, by: String(number) });
	}
	if (startMs !== undefined && startMs !== cue.startMs) replacements.push({ ...spans.start, by: writeTime(format, startMs) });
	if (spans.end && endMs !== undefined && endMs !== cue.endMs) replacements.push({ ...spans.end, by: writeTime(format, endMs) });
	if (text !== undefined && text !== cue.text) replacements.push({ ...spans.text, by: textFor(source, format, cue, text, lineEnd) });
	if (followedBy.length > 0) replacements.push(copiesOf(source, format, cue, followedBy, lineEnd));
	return replacements;
}

/** What puts copies of a cue behind it. A blank line parts cues of SRT and VTT, also where there was none. */
function copiesOf(source: string, format: WrittenFormat, cue: Cue, others: NonNullable<CueChange['followedBy']>, lineEnd: string): Replacement {
	const { whole, start, text } = cue.spans;
	const endsWanted = format === 'ass' ? 1 : 2;
	const endsThere = source.slice(text.end, whole.end).match(/\r\n|\r|\n/g)?.length ?? 0;
	const missing = lineEnd.repeat(Math.max(0, endsWanted - endsThere));
	// The name of a cue is its own alone.
	const from = format === 'vtt' ? start.start - (/[^\r\n]*$/.exec(source.slice(whole.start, start.start))?.[0].length ?? 0) : whole.start;
	const copies = others.map((other) => {
		let [written, at] = ['', from];
		for (const { start: begin, end, by } of replacementsFor(source, format, { cue, ...other }, lineEnd)) {
			written += source.slice(at, begin) + by;
			at = end;
		}
		return written + source.slice(at, whole.end);
	});
	const isLast = whole.end === source.length;
	return { start: whole.end, end: whole.end, by: missing + copies.join(missing) + (isLast ? '' : missing) };
}

function textFor(source: string, format: WrittenFormat, { spans }: Cue, text: string, lineEnd: string): string {
	if (format === 'ass') return text.replace(/\r\n|\r|\n/g, '\\N');
	const said = bodyOf(format, text).replaceAll('\n', lineEnd);
	if (said === '') return said;
	const hasLine = spans.text.start < spans.text.end;
	// A number directly above the next cue's times would be taken for that cue's own.
	const rest = source.slice(spans.text.end, spans.text.end + 100);
	const isUnparted = /(?:^|[\r\n])\s*\d{1,9}\s*$/.test(said) && (hasLine ? /^(?:\r\n|\n|\r)[^\r\n]*\S/ : /^[^\r\n]*\S/).test(rest);
	const part = isUnparted ? lineEnd : '';
	if (hasLine) return said + part;
	// There was no line for a text.
	const before = spans.text.start > 0 && !/[\r\n]/.test(source[spans.text.start - 1] ?? '') ? lineEnd : '';
	return `${before}${said}${spans.text.start < source.length ? lineEnd : ''}${part}`;
}

/**
 * A text as SRT and VTT can hold it. A blank line would end it, and is left out; a line that would be taken for the times of a cue gets a word
 * joiner (U+2060) before it, which is not seen; and the arrow of VTT is spelt as its standard wants it.
 */
export function bodyOf(format: 'srt' | 'vtt', text: string): string {
	const lines: string[] = [];
	for (const line of text.split(text.includes('\r') ? /\r\n|\r|\n/ : '\n')) {
		const spelt = format === 'vtt' ? line.replaceAll('-->', '--&gt;') : line;
		if (line.trim() !== '') lines.push(looksLikeTiming(spelt) ? `\u2060${spelt}` : spelt);
	}
	return lines.join('\n');
}
