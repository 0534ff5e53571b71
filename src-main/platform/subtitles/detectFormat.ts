import { isTimingLine } from './readSrt.ts';

/** The formats that are read. */
export type SubtitleFormat = 'srt' | 'vtt' | 'ass' | 'sbv' | 'lrc' | 'microdvd' | 'ttml' | 'sami';

const sample = 100_000;

/** What a line gives away. None of them looks further than the line, so that no text takes long. */
const signs: readonly (readonly [SubtitleFormat, (line: string) => boolean])[] = [
	['ass', (line) => /^\s*(?:\[(?:Script Info|V4\+? Styles|Events)\]\s*$|(?:Dialogue|Comment)\s*:[^,]*,\s*-?\d+:\d)/i.test(line)],
	['sami', (line) => /<SAMI(?:[\s>]|$)/i.test(line)],
	['ttml', (line) => /<(?:\w{1,20}:)?tt(?:[\s>]|$)/.test(line)],
	['microdvd', (line) => /^\s*[{[]\d+[}\]][{[]\d*[}\]]/.test(line)],
	['srt', isTimingLine],
	['sbv', (line) => /^\s*\d{1,4}:\d{2}:\d{2}\.\d{3}\s*,\s*\d{1,4}:\d{2}:\d{2}\.\d{3}\s*$/.test(line)],
	['lrc', (line) => /^\s*\[\d{1,3}:\d{1,2}(?:[.:]\d{1,3})?\]/.test(line)],
];

/**
 * Tells the format of a subtitle file by what stands in its first 100,000 characters, whatever its name says; null where it looks like none.
 * The first line that gives a format away decides, so that what is said in a cue does not.
 */
export function detectFormat(text: string): SubtitleFormat | null {
	const lines = text
		.slice(0, sample)
		.split(/[\r\n]+/)
		.filter((line) => line.trim() !== '');
	if (/^\s*WEBVTT(?:\s|$)/.test(lines[0] ?? '')) return 'vtt';
	for (const line of lines) {
		const found = signs.find(([, tells]) => tells(line));
		if (found) return found[0];
	}
	return null;
}
