import type { RawTrack } from '../filmTrack.ts';
import { decodeSamples } from './decodeSamples.ts';
import { readMatroskaVtt, readOldVtt } from './readMatroskaVtt.ts';
import { readStpp } from './readStpp.ts';
import { readTimedText } from './readTimedText.ts';
import { readWvtt, wvttHead } from './readWvtt.ts';
import { writeAssTrack } from './writeAssTrack.ts';
import { writeSrtTrack, writeVttTrack } from './writePlainTrack.ts';

/** A track as a whole file of subtitles. */
export interface TrackText {
	format: 'srt' | 'vtt' | 'ass';
	text: string;
}

/** Writes what a container holds of a track as a file of the format that keeps all of it. */
export async function writeTrack(raw: RawTrack): Promise<TrackText> {
	const { codec, head, samples, originMs } = raw;
	switch (codec) {
		case 'srt':
			return { format: 'srt', text: writeSrtTrack(await decodeSamples(samples)) };
		case 'ass':
		case 'ssa':
			return { format: 'ass', text: writeAssTrack(new TextDecoder().decode(head), await decodeSamples(samples), codec) };
		case 'vtt':
			return { format: 'vtt', text: writeVttTrack(new TextDecoder().decode(head), samples.map(readMatroskaVtt)) };
		case 'oldVtt':
			return { format: 'vtt', text: writeVttTrack(new TextDecoder().decode(head), samples.map(readOldVtt)) };
		case 'wvtt':
			return { format: 'vtt', text: writeVttTrack(wvttHead(head), readWvtt(samples)) };
		case 'stpp':
			return { format: 'srt', text: writeSrtTrack(readStpp(samples, originMs)) };
		case 'tx3g':
		case 'quickTimeText':
			return { format: 'srt', text: writeSrtTrack(readTimedText(head, samples, codec)) };
		default:
			return codec satisfies never;
	}
}
