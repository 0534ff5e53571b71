import { failure } from '#contract/errors.ts';
import type { CueProblem, ReadSubtitles } from './Cue.ts';
import { detectFormat, type SubtitleFormat } from './detectFormat.ts';
import { readAss } from './readAss.ts';
import { readLrc } from './readLrc.ts';
import { readMicroDvd } from './readMicroDvd.ts';
import { readSami } from './readSami.ts';
import { readSbv } from './readSbv.ts';
import { readSrt } from './readSrt.ts';
import { readTtml } from './readTtml.ts';
import { readVtt } from './readVtt.ts';
import { lineCounter } from './textLines.ts';

/** A subtitle file that was read. */
export interface SubtitleReading extends ReadSubtitles {
	format: SubtitleFormat;
	/** The first 1,000 of them. */
	problems: CueProblem[];
	/** All of them. */
	problemCount: number;
	/** Of MicroDVD, whose times are frames: the frames a second that they were read by. */
	fps?: number;
}

const mostProblems = 1000;

const readers: Record<SubtitleFormat, (text: string, fps?: number) => ReadSubtitles & { fps?: number }> = {
	srt: readSrt,
	vtt: readVtt,
	ass: readAss,
	sbv: readSbv,
	lrc: readLrc,
	microdvd: readMicroDvd,
	ttml: readTtml,
	sami: readSami,
};

/**
 * Reads a subtitle file of any known format, which what stands in it tells. However odd it is, its cues come as a person would read them,
 * with all that was odd and its line.
 *
 * @param options.fps of MicroDVD: frames a second; else what the file says, else 25
 * @throws SUBTITLES_INVALID where it is of no known format, or is empty
 */
export function readSubtitles(text: string, { fps }: { fps?: number } = {}): SubtitleReading {
	const format = detectFormat(text);
	if (format === null) throw failure('SUBTITLES_INVALID', { reason: reasonOf(text) });
	const read = readers[format](text, fps);
	const problems = [...read.problems, ...lineEndMissing(text)];
	return { format, ...read, problems: problems.slice(0, mostProblems), problemCount: problems.length };
}

function reasonOf(text: string): 'empty' | 'pictures' | 'unknownForm' {
	if (text.trim() === '') return 'empty';
	// The index of VobSub, beside which its pictures are.
	return text.startsWith('# VobSub index file') ? 'pictures' : 'unknownForm';
}

function lineEndMissing(text: string): CueProblem[] {
	if (/[\r\n]$/.test(text.slice(-1))) return [];
	const lastStart = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1;
	return [{ what: 'lineEndMissing', line: lineCounter(text)(text.length), found: text.slice(lastStart, lastStart + 80) }];
}
