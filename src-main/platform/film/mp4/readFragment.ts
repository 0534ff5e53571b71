import { bigAt, boxesIn, boxIn } from './boxes.ts';
import { mostSpans, type SampleSpan } from './SampleSpan.ts';

/** What samples are where a fragment does not say otherwise (`trex`). */
export interface FragmentDefaults {
	duration: number;
	sizeBytes: number;
}

/**
 * Lists the samples of one track in a fragment (`moof`, ISO/IEC 14496-12 section 8.8).
 *
 * @param start when the first one is shown, in ticks of the track, where the fragment does not say.
 * @param moofAt where the fragment begins in the file.
 */
export function readFragment(
	moof: Buffer,
	{ trackId, moofAt, start, defaults }: { trackId: number; moofAt: number; start: number; defaults: FragmentDefaults },
) {
	const spans: SampleSpan[] = [];
	let dataEnd = moofAt;
	let time = start;
	for (const { type, data } of boxesIn(moof)) {
		if (type !== 'traf') continue;
		const header = readHeader(boxIn(data, 'tfhd'), { base: dataEnd, moofAt, defaults });
		if (!header) continue;
		const isOurs = header.trackId === trackId;
		const decodeTime = isOurs ? boxIn(data, 'tfdt') : null;
		if (decodeTime && decodeTime.length >= 8) time = decodeTime[0] === 1 && decodeTime.length >= 12 ? bigAt(decodeTime, 4) : decodeTime.readUInt32BE(4);
		dataEnd = header.base;
		for (const run of boxesIn(data)) {
			if (run.type !== 'trun') continue;
			const read = readRun(run.data, { header, at: dataEnd, time, most: isOurs ? mostSpans + 1 - spans.length : 0 });
			dataEnd = read.at;
			if (!isOurs) continue;
			time = read.time;
			for (const span of read.spans) spans.push(span);
		}
	}
	return { spans, end: time };
}

interface TrackHeader extends FragmentDefaults {
	trackId: number;
	base: number;
}

function readHeader(tfhd: Buffer | null, { base, moofAt, defaults }: { base: number; moofAt: number; defaults: FragmentDefaults }): TrackHeader | null {
	if (!tfhd || tfhd.length < 8) return null;
	const flags = tfhd.readUInt32BE(0) & 0xffffff;
	let at = 8;
	const next = (bytes: 4 | 8): number | null => {
		at += bytes;
		if (at > tfhd.length) return null;
		return bytes === 8 ? bigAt(tfhd, at - 8) : tfhd.readUInt32BE(at - 4);
	};
	const named = flags & 0x01 ? next(8) : null;
	if (flags & 0x02) next(4);
	const duration = flags & 0x08 ? next(4) : null;
	const sizeBytes = flags & 0x10 ? next(4) : null;
	return {
		trackId: tfhd.readUInt32BE(4),
		base: named ?? (flags & 0x020000 ? moofAt : base),
		duration: duration ?? defaults.duration,
		sizeBytes: sizeBytes ?? defaults.sizeBytes,
	};
}

interface Run {
	header: TrackHeader;
	at: number;
	time: number;
	/** How many samples are wanted; 0 of a run of another track, of which only the end matters. */
	most: number;
}

/** One run of samples that lie side by side. */
function readRun(trun: Buffer, { header, at, time, most }: Run): { spans: SampleSpan[]; at: number; time: number } {
	const spans: SampleSpan[] = [];
	if (trun.length < 8) return { spans, at, time };
	const flags = trun.readUInt32BE(0) & 0xffffff;
	let place = 8;
	if (flags & 0x01 && trun.length >= 12) at = header.base + trun.readInt32BE(8);
	if (flags & 0x01) place += 4;
	if (flags & 0x04) place += 4;
	const step = [0x100, 0x200, 0x400, 0x800].filter((flag) => flags & flag).length * 4;
	const count = trun.readUInt32BE(4);
	// Samples that say nothing of themselves take no room in the table, so their number is not bounded by it.
	if (step === 0 && most === 0) return { spans, at: at + count * header.sizeBytes, time };
	const room = step === 0 ? most : Math.max(0, Math.floor((trun.length - place) / step));
	for (let index = 0; index < Math.min(count, room); index++) {
		const duration = flags & 0x100 ? trun.readUInt32BE(place) : header.duration;
		const sizeBytes = flags & 0x200 ? trun.readUInt32BE(place + (flags & 0x100 ? 4 : 0)) : header.sizeBytes;
		if (spans.length < most) spans.push({ at, sizeBytes, start: time, duration });
		at += sizeBytes;
		time += duration;
		place += step;
	}
	return { spans, at, time };
}
