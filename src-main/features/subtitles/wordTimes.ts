import { readClockTime } from '../../platform/subtitles/clockTime.ts';
import type { TextPart } from '../../platform/subtitles/liftTags.ts';
import { type WrittenFormat, writeTime } from '../../platform/subtitles/writeTime.ts';

/** When a cue is shown, and by how much it was moved since its words were timed. */
export interface CueTiming {
	startMs: number;
	endMs: number;
	movedByMs: number;
}

/** The time that a tag of LRC or WebVTT gives the word behind it, in milliseconds; null for any other tag. LRC may write a colon before the fraction. */
export function wordTime(tag: string): number | null {
	const written = /^<(\d[\d:.]*)>$/.exec(tag)?.[1];
	return written === undefined ? null : (readClockTime(written.replace(/^(\d+:\d+):(\d{1,2})$/, '$1.$2'), /./)?.ms ?? null);
}

/** A text of WebVTT whose cue was moved, with the times of its words moved as far. */
export function moveWordTimes(raw: string, byMs: number): string {
	if (byMs === 0) return raw;
	return raw.replace(/<\d[\d:.]*>/g, (tag) => {
		const ms = wordTime(tag);
		return ms === null ? tag : `<${writeTime('vtt', ms + byMs)}>`;
	});
}

/**
 * What the times of words become in another format, by the places of their tags among the parts of a text: times of its own in WebVTT, karaoke
 * (`\k`, in hundredths of a second) in ASS.
 *
 * Null where they cannot be written: SRT has none, and elsewhere each time must come after the one before it, within the cue. What only repeats
 * when the cue begins or ends is left out.
 */
export function writeWordTimes(to: WrittenFormat, parts: readonly TextPart[], { startMs, endMs, movedByMs }: CueTiming): Map<number, string> | null {
	if (to === 'srt') return null;
	const times = parts.flatMap(({ kind, text }, place) => {
		const ms = kind === 'tag' ? wordTime(text) : null;
		return ms === null ? [] : [{ place, ms: ms + movedByMs }];
	});
	const isInOrder = times.every(({ ms }, at) => ms >= startMs && ms <= endMs && (at === 0 || ms > (times[at - 1]?.ms ?? 0)));
	if (!isInOrder) return null;
	const hasWords = (from: number, to?: number) => parts.slice(from, to).some(({ kind, text }) => kind === 'words' && text.trim() !== '');
	const written = new Map(times.map(({ place }) => [place, '']));
	for (const [at, { place, ms }] of times.entries()) {
		const next = times[at + 1];
		if (to === 'vtt' && ms > startMs && ms < endMs && hasWords(place)) written.set(place, `<${writeTime('vtt', ms)}>`);
		if (to !== 'ass') continue;
		const own = hasWords(place, next?.place) || next ? karaoke(ms, next?.ms ?? endMs) : '';
		// Before the first time the words, or a pause.
		written.set(place, (at === 0 && ms > startMs && !hasWords(0, place) ? karaoke(startMs, ms) : '') + own);
	}
	const [first] = times;
	if (to === 'ass' && first && first.ms > startMs && hasWords(0, first.place)) written.set(-1, karaoke(startMs, first.ms));
	return written;
}

function karaoke(fromMs: number, untilMs: number): string {
	return `{\\k${Math.round(untilMs / 10) - Math.round(fromMs / 10)}}`;
}
