/** One subtitle: what is read, and from when to when. */
export interface Cue {
	/** As the file counts it, else the place in the file, from 1. */
	number: number;
	startMs: number;
	endMs: number;
	text: string;
}

/** `00:01:02,345 --> 00:01:04,000` as SRT and VTT write it, with whatever settings behind it. */
const timing = /^\s*(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})\s*-->\s*(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})(?:\s|$)/;

/**
 * Reads the cues of an SRT or VTT file, as far as it takes to learn from them: number, times and plain text without tags, its lines kept.
 *
 * What is no cue (headers, notes, styles) is passed over, and so are cues without text.
 */
export function readCues(text: string): Cue[] {
	const lines = text.split(/\r\n|\n|\r/);
	const cues: Cue[] = [];
	for (let at = 0; at < lines.length; at++) {
		const times = timing.exec(lines[at] ?? '');
		if (times === null) continue;
		const numbered = /^\s*(\d{1,9})\s*$/.exec(lines[at - 1] ?? '')?.[1];
		const said: string[] = [];
		for (; (lines[at + 1] ?? '').trim() !== ''; at++) said.push(lines[at + 1] ?? '');
		const plain = withoutTags(said.join('\n'));
		const [, ...parts] = times;
		if (plain !== '') {
			cues.push({ number: Number(numbered ?? cues.length + 1), startMs: toMs(parts.slice(0, 4)), endMs: toMs(parts.slice(4)), text: plain });
		}
	}
	return cues;
}

function toMs([hours, minutes, seconds, fraction = '0']: readonly (string | undefined)[]): number {
	return ((Number(hours ?? 0) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + Number(fraction.padEnd(3, '0'));
}

function withoutTags(text: string): string {
	return text
		.replace(/<\/?[a-z][^<>\n]*>|<\d[\d:.]*>|\{\\[^{}\n]*\}/gi, '')
		.replaceAll('&lt;', '<')
		.replaceAll('&gt;', '>')
		.replaceAll('&nbsp;', ' ')
		.replaceAll('&amp;', '&')
		.split('\n')
		.map((line) => line.trim())
		.filter((line) => line !== '')
		.join('\n');
}
