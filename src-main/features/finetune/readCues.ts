import { isFailure } from '#contract/errors.ts';
import { plainText } from '../../platform/subtitles/plainText.ts';
import { readSubtitles } from '../../platform/subtitles/readSubtitles.ts';
import { withEnds } from '../../platform/subtitles/withEnds.ts';
import { decodeEntities } from '../../platform/text/htmlToText.ts';

/** One subtitle: what is read, and from when to when. */
export interface ReadCue {
	/** As the file counts it, else the place in the file, from 1. */
	number: number;
	startMs: number;
	endMs: number;
	text: string;
}

/**
 * The cues of a subtitle file as far as it takes to learn from them: number, times and plain text without tags, its lines kept. Comments,
 * drawings and cues without text are passed over; a file that is none has no cues. Of formats without ends a cue lasts until the next one.
 */
export function readCues(text: string): ReadCue[] {
	const { format, cues } = readAny(text);
	return withEnds(cues).flatMap(({ kind, id, startMs, endMs, text: said }, at) => {
		// Files in SRT have the names of HTML for signs as well, though nothing says that they may.
		const plain = format === 'ass' || format === 'vtt' ? plainText(format, said) : decodeEntities(plainText(format, said));
		const lines = plain.split('\n').map((line) => line.trim());
		const shown = lines.filter((line) => line !== '').join('\n');
		if (kind === 'comment' || shown === '') return [];
		return [{ number: /^\d{1,9}$/.test(id ?? '') ? Number(id) : at + 1, startMs, endMs, text: shown }];
	});
}

function readAny(text: string): Pick<ReturnType<typeof readSubtitles>, 'format' | 'cues'> {
	try {
		return readSubtitles(text);
	} catch (error) {
		if (isFailure(error, 'SUBTITLES_INVALID')) return { format: 'srt', cues: [] };
		throw error;
	}
}
