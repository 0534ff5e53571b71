import { failure } from '#contract/errors.ts';
import { subtitleLimits } from '#contract/subtitleLimits.ts';
import type { Cue } from '../../platform/subtitles/Cue.ts';
import { openSubtitleFile, type SubtitleFile } from '../../platform/subtitles/openSubtitleFile.ts';
import { readSubtitles, type SubtitleReading } from '../../platform/subtitles/readSubtitles.ts';
import { withEnds } from '../../platform/subtitles/withEnds.ts';

/** The bytes of a subtitle file, and how they are to be read where that is not to be found out. */
export interface SubtitleSource {
	bytes: Uint8Array;
	fileName: string;
	encoding?: string | undefined;
	/** Of a file that counts frames. */
	fps?: number | undefined;
}

/** A subtitle file as it is read, its cues each with an end. */
export interface ReadSubtitleFile extends Omit<SubtitleReading, 'cues'> {
	file: SubtitleFile;
	cues: (Cue & { endMs: number })[];
}

/** Reads a subtitle file, whatever it is called. Throws SUBTITLES_INVALID where it is none or holds more than can be taken, and INVALID_INPUT for an unknown encoding. */
export async function readSubtitleFile({ bytes, encoding, fps }: Omit<SubtitleSource, 'fileName'>): Promise<ReadSubtitleFile> {
	const file = await openSubtitleFile(bytes, encoding);
	const read = readSubtitles(file.text, fps === undefined ? {} : { fps });
	if (read.cues.length === 0) throw failure('SUBTITLES_INVALID', { reason: 'noCues' });
	if (read.cues.length > subtitleLimits.cues) throw failure('SUBTITLES_INVALID', { reason: 'tooManyCues' });
	return { ...read, file, cues: withEnds(read.cues) };
}
