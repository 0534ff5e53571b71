import { writeTime } from '../../subtitles/writeTime.ts';
import { endCues, type TextCue } from './TextCue.ts';

/** The fields of an event as Matroska stores them (RFC 9559's codec list, "S_TEXT/ASS"), from behind ReadOrder; the text may hold commas. */
const storedFields = ['layer', 'style', 'name', 'marginl', 'marginr', 'marginv', 'effect'];
const usualFormat = {
	ass: 'Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text',
	ssa: 'Format: Marked, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text',
};

/**
 * Puts an ASS or SSA file together again: the head as the film keeps it, and in its section of events each event, in the order in which they
 * once stood there.
 */
export function writeAssTrack(storedHead: string, cues: readonly TextCue[], codec: 'ass' | 'ssa'): string {
	const head = storedHead.replace(/\0+$/, '');
	const lineEnd = head.includes('\r\n') ? '\r\n' : '\n';
	const lines = head.trimEnd().split(/\r\n?|\n/);
	const section = lines.findIndex((line) => /^\s*\[events\]\s*$/i.test(line));
	if (section === -1) lines.push('', '[Events]', usualFormat[codec]);
	const from = section === -1 ? lines.length - 2 : section;
	const following = lines.findIndex((line, index) => index > from && /^\s*\[.*\]\s*$/.test(line));
	let end = following === -1 ? lines.length : following;
	while (end > from + 1 && lines[end - 1]?.trim() === '') end--;
	let format = lines.slice(from + 1, end).find((line) => /^\s*format\s*:/i.test(line));
	if (format === undefined) {
		format = usualFormat[codec];
		lines.splice(from + 1, 0, format);
		end++;
	}
	const fields = format
		.replace(/^[^:]*:/, '')
		.split(',')
		.map((field) => field.trim().toLowerCase());
	const events = endCues(cues).map((cue) => eventOf(cue, fields));
	events.sort((a, b) => a.readOrder - b.readOrder);
	const written = [...lines.slice(0, end), ...events.map(({ line }) => line), ...lines.slice(end)];
	return written.join(lineEnd) + lineEnd;
}

function eventOf({ startMs, endMs, text }: TextCue & { endMs: number }, fields: readonly string[]): { readOrder: number; line: string } {
	const parts = text.split(',');
	const [readOrder = '', ...stored] = parts.slice(0, 1 + storedFields.length);
	const values = new Map(storedFields.map((name, index) => [name, (stored[index] ?? '').trim()]));
	const shown = parts.slice(1 + storedFields.length).join(',');
	values.set('start', writeTime('ass', startMs));
	values.set('end', writeTime('ass', endMs));
	values.set('actor', values.get('name') ?? '');
	const layer = values.get('layer') || '0';
	values.set('marked', layer.startsWith('Marked=') ? layer : `Marked=${layer}`);
	// One event is one line.
	values.set('text', shown.replaceAll(/\r\n?|\n/g, '\\N'));
	return { readOrder: Number(readOrder) || 0, line: `Dialogue: ${fields.map((field) => values.get(field) ?? '').join(',')}` };
}
