import { findHidden } from '#contract/findHidden.ts';

/** No honest cue has more characters that are not seen. */
const mostHidden = 50;

/**
 * A text as a report may show it: what cannot be seen, or would turn the order of words around, is written out (`⟨U+202E⟩`); after fifty of them
 * the others go.
 */
export function shownText(text: string): string {
	const parts: string[] = [];
	let at = 0;
	let count = 0;
	for (const hidden of findHidden(text)) {
		parts.push(text.slice(at, hidden.at), ++count <= mostHidden ? `⟨${hidden.code}⟩` : '');
		at = hidden.end;
	}
	return parts.join('') + text.slice(at);
}

/** A time of a film: `1:02:03.456`. */
export function shownTime(ms: number): string {
	const whole = Math.abs(Math.round(ms));
	const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
	const clock = `${Math.floor(whole / 3_600_000)}:${two((whole / 60_000) % 60)}:${two((whole / 1000) % 60)}.${String(whole % 1000).padStart(3, '0')}`;
	return ms < 0 ? `-${clock}` : clock;
}
