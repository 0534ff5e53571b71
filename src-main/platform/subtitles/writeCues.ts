import { isPlacing, isTimingLine } from './readSrt.ts';
import { bodyOf } from './rewriteCues.ts';
import { type WrittenFormat, writeTime } from './writeTime.ts';

/** A cue to be written into a new file, its text in the format's own markup. */
export interface NewCue {
	startMs: number;
	endMs: number;
	text: string;
	/** Of ASS: a style that `head` has. */
	style?: string;
	actor?: string;
	layer?: string;
	/** Of VTT. */
	id?: string;
	settings?: string;
}

/** What an ASS file needs before its events: a screen of 1920 × 1080 and one style. */
const plainAssHead = `[Script Info]
ScriptType: v4.00+
WrapStyle: 0
ScaledBorderAndShadow: yes
PlayResX: 1920
PlayResY: 1080

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding
Style: Default,Arial,72,&H00FFFFFF,&H000000FF,&H00000000,&H80000000,0,0,0,0,100,100,0,0,1,3,1,2,60,60,50,1
`;

/** A new file of these cues, with `\n` as its line ends; SRT numbers them from 1. */
export function writeCues(format: WrittenFormat, cues: readonly NewCue[], head = format === 'ass' ? plainAssHead : ''): string {
	switch (format) {
		case 'srt':
			return cues.map((cue, at) => `${at + 1}\n${timing('srt', cue)}\n${body('srt', cue.text)}\n`).join('');
		case 'vtt':
			return ['WEBVTT\n\n', ...cues.map((cue) => `${identifier(cue.id)}${timing('vtt', cue)}\n${body('vtt', cue.text)}\n`)].join('');
		case 'ass': {
			const events = cues.map((cue) => {
				const [layer, style, actor] = [field(cue.layer ?? '0'), field(cue.style ?? 'Default'), field(cue.actor ?? '')];
				const text = cue.text.replace(/\r\n|\r|\n/g, '\\N');
				return `Dialogue: ${layer},${writeTime('ass', cue.startMs)},${writeTime('ass', cue.endMs)},${style},${actor},0,0,0,,${text}\n`;
			});
			return `${head}\n[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n${events.join('')}`;
		}
	}
}

/** A field of ASS ends at a comma. */
function field(value: string): string {
	return value.replace(/[\r\n,]+/g, ' ').trim();
}

/** One that would be taken for times, or for a note, is left out. */
function identifier(id = ''): string {
	const name = id.replace(/[\r\n]+/g, ' ');
	return name.trim() === '' || name.includes('-->') || isTimingLine(name) || /^(?:NOTE|STYLE|REGION)(?:\s|$)/.test(name) ? '' : `${name}\n`;
}

/** Settings that would be taken for a text are left out. */
function timing(format: 'srt' | 'vtt', { startMs, endMs, settings = '' }: NewCue): string {
	const placed = settings.trim() !== '' && isPlacing(settings.trim()) ? ` ${settings.trim()}` : '';
	return `${writeTime(format, startMs)} --> ${writeTime(format, endMs)}${placed}`;
}

function body(format: 'srt' | 'vtt', text: string): string {
	const said = bodyOf(format, text);
	return said === '' ? '' : `${said}\n`;
}
