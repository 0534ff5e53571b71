import { readTtml } from '../../subtitles/readTtml.ts';
import type { Sample } from '../filmTrack.ts';
import type { TextCue } from './TextCue.ts';

/**
 * Reads TTML in MP4 (ISO/IEC 14496-30, 5): each sample is a whole document, whose times count on the track's own clock and are shown for as long
 * as the sample lasts. A cue that goes on in the next sample is one.
 *
 * Some programs count from the beginning of the sample instead: so is a document read that would show nothing within its sample.
 *
 * @param originMs when in the film the track's clock is at 0.
 */
export function readStpp(samples: readonly Sample[], originMs: number): TextCue[] {
	const cues: (TextCue & { endMs: number | null })[] = [];
	for (const sample of samples) {
		const read = readTtml(new TextDecoder().decode(sample.data)).cues.filter(({ text }) => text !== '');
		const from = [originMs, sample.startMs].find((origin) => read.some((cue) => within(cue, sample, origin) !== null)) ?? originMs;
		for (const cue of read) {
			const times = within(cue, sample, from);
			const before = times && cues.findLast(({ text, endMs }) => text === cue.text && endMs === times.startMs);
			if (before) before.endMs = times.endMs;
			else if (times) cues.push({ ...times, text: cue.text });
		}
	}
	return cues;
}

/** When a cue is shown: as long as its sample lasts. Null where that is never. */
function within(cue: { startMs: number; endMs: number | null }, sample: Sample, originMs: number): { startMs: number; endMs: number | null } | null {
	const startMs = Math.max(sample.startMs, originMs + cue.startMs);
	const ends = [cue.endMs === null ? null : originMs + cue.endMs, sample.endMs].filter((end) => end !== null);
	const endMs = ends.length === 0 ? null : Math.min(...ends);
	return endMs !== null && endMs <= startMs ? null : { startMs, endMs };
}
