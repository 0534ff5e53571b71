import { writeTime } from '../../subtitles/writeTime.ts';
import type { Sample } from '../filmTrack.ts';
import type { TextCue } from './TextCue.ts';

const innerTime = /<((?:\d{2,}:)?[0-5]\d:[0-5]\d\.\d{3})>/g;

/**
 * Reads a cue of `S_TEXT/WEBVTT`: beside the text stand its settings, its identifier, and the comments before it, a line each. Times within
 * the text count from the cue's own beginning there, and from that of the film in a file.
 */
export function readMatroskaVtt({ startMs, endMs, data, additions }: Sample): TextCue {
	const decoder = new TextDecoder();
	const [settings = '', id = '', ...comments] = decoder
		.decode(additions ?? new Uint8Array())
		.replaceAll(/\r\n?/g, '\n')
		.split('\n');
	const text = decoder.decode(data).replaceAll(innerTime, (_, time: string) => `<${writeTime('vtt', startMs + readTime(time))}>`);
	return { startMs, endMs, text, settings, id, comments: comments.join('\n').trim() };
}

/** Reads a cue of the older `D_WEBVTT`, as WebM has it: identifier, settings and text below one another. */
export function readOldVtt({ startMs, endMs, data }: Sample): TextCue {
	const [id = '', settings = '', ...text] = new TextDecoder().decode(data).replaceAll(/\r\n?/g, '\n').split('\n');
	return { startMs, endMs, text: text.join('\n'), id, settings };
}

function readTime(time: string): number {
	return time.split(':').reduce((sum, part) => sum * 60 + Math.round(Number(part) * 1000), 0);
}
