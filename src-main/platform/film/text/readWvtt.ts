import type { Sample } from '../filmTrack.ts';
import { boxesIn, boxIn } from '../mp4/boxes.ts';
import type { TextCue } from './TextCue.ts';

/** What stood before the first cue of a WebVTT file that became a `wvtt` track (ISO/IEC 14496-30 section 7.5). */
export function wvttHead(entry: Buffer | Uint8Array): string {
	return boxIn(Buffer.from(entry.buffer, entry.byteOffset, entry.byteLength), 'vttC')?.toString('utf8') ?? '';
}

/**
 * Reads the cues of a `wvtt` track.
 *
 * Where cues overlap, the track is cut at every beginning and end, and a cue stands in each sample in which it is shown, under the same source
 * id; such pieces become one cue again.
 */
export function readWvtt(samples: readonly Sample[]): TextCue[] {
	const cues: TextCue[] = [];
	const open = new Map<number, TextCue>();
	let comments = '';
	for (const { startMs, endMs, data } of samples) {
		for (const { type, data: content } of boxesIn(Buffer.from(data.buffer, data.byteOffset, data.byteLength))) {
			if (type === 'vtta') comments = `${comments}\n\n${content.toString('utf8')}`.trim();
			if (type !== 'vttc') continue;
			const source = boxIn(content, 'vsid');
			const sourceId = source && source.length >= 4 ? source.readUInt32BE(0) : null;
			const earlier = sourceId === null ? undefined : open.get(sourceId);
			if (earlier && earlier.endMs === startMs) {
				earlier.endMs = endMs;
				continue;
			}
			const cue = { startMs, endMs, text: textOf(content, 'payl'), id: textOf(content, 'iden'), settings: textOf(content, 'sttg'), comments };
			comments = '';
			cues.push(cue);
			if (sourceId !== null) open.set(sourceId, cue);
		}
	}
	return cues;
}

function textOf(cue: Buffer, type: string): string {
	return boxIn(cue, type)?.toString('utf8') ?? '';
}
