import { bodyOf } from '../../subtitles/rewriteCues.ts';
import { writeCues } from '../../subtitles/writeCues.ts';
import { writeTime } from '../../subtitles/writeTime.ts';
import { endCues, type TextCue } from './TextCue.ts';

/** Writes cues as a SubRip file, in the order of their times. */
export function writeSrtTrack(cues: readonly TextCue[]): string {
	return writeCues('srt', endCues(cues));
}

/**
 * Writes cues as a WebVTT file, in the order of their times.
 *
 * @param head what a container keeps of the file before its first cue; the least that there must be, where it keeps nothing.
 */
export function writeVttTrack(head: string, cues: readonly TextCue[]): string {
	const cleaned = head
		.replace(/\0+$/, '')
		.replace(/^\uFEFF/, '')
		.replaceAll(/\r\n?/g, '\n')
		.trimEnd();
	const blocks = endCues(cues).map(({ startMs, endMs, text, id, settings, comments }) => {
		const times = `${writeTime('vtt', startMs)} --> ${writeTime('vtt', endMs)}${settings ? ` ${oneLine(settings)}` : ''}`;
		return [...(comments ? [`${comments.trim()}\n`] : []), ...(id ? [oneLine(id)] : []), times, bodyOf('vtt', text)].join('\n');
	});
	return `${[cleaned.startsWith('WEBVTT') ? cleaned : `WEBVTT${cleaned && `\n\n${cleaned}`}`, ...blocks].join('\n\n')}\n`;
}

function oneLine(text: string): string {
	return text
		.replaceAll(/[\r\n]+/g, ' ')
		.replaceAll('-->', '->')
		.trim();
}
