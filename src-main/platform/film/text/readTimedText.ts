import type { Sample } from '../filmTrack.ts';
import { boxesIn } from '../mp4/boxes.ts';
import type { TextCue } from './TextCue.ts';

/** Bits of a style's face (3GPP TS 26.245 section 5.16), and the tag that stands for each. */
const faces: [bit: number, tag: string][] = [
	[1, 'b'],
	[2, 'i'],
	[4, 'u'],
];
/** Of the style that a sample entry holds: behind flags, justification, background and box. */
const defaultFaceAt = 24;

interface StyleRun {
	/** In characters, `end` not included. */
	start: number;
	end: number;
	face: number;
}

/** Reads the cues of a `tx3g` or QuickTime text track, their styles as SubRip's tags. Samples without text are the gaps between cues. */
export function readTimedText(entry: Uint8Array, samples: readonly Sample[], codec: 'tx3g' | 'quickTimeText'): TextCue[] {
	const usualFace = codec === 'tx3g' ? (entry[defaultFaceAt] ?? 0) : 0;
	return samples.flatMap(({ startMs, endMs, data }) => {
		const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
		const length = bytes.length >= 2 ? bytes.readUInt16BE(0) : 0;
		const text = decode(bytes.subarray(2, 2 + length), codec).replaceAll(/\r\n?/g, '\n');
		if (text.trim() === '') return [];
		const runs = styleRuns(bytes, 2 + length);
		return [{ startMs, endMs, text: withTags(text, runs, usualFace) }];
	});
}

function decode(bytes: Buffer, codec: 'tx3g' | 'quickTimeText'): string {
	if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
	if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
	try {
		return new TextDecoder('utf-8', { fatal: codec === 'quickTimeText' }).decode(bytes);
	} catch {
		return new TextDecoder('macintosh').decode(bytes);
	}
}

function styleRuns(sample: Buffer, from: number): StyleRun[] {
	const runs: StyleRun[] = [];
	for (const { type, data } of boxesIn(sample, from)) {
		if (type !== 'styl' || data.length < 2) continue;
		const count = data.readUInt16BE(0);
		// QuickTime's own runs have 20 bytes and fewer faces; what writes text for it today writes those of 3GPP.
		if (data.length < 2 + count * 12 || data.length === 2 + count * 20) continue;
		for (let index = 0; index < count; index++) {
			const at = 2 + index * 12;
			runs.push({ start: data.readUInt16BE(at), end: data.readUInt16BE(at + 2), face: data.readUInt8(at + 6) });
		}
	}
	return runs;
}

/** Writes the tags where a style begins and ends, but never across a line's end, where players look for them no more. */
function withTags(text: string, runs: readonly StyleRun[], usualFace: number): string {
	const characters = [...text];
	const face = new Uint8Array(characters.length).fill(usualFace);
	for (const run of runs) face.fill(run.face, run.start, run.end);
	let written = '';
	let now = 0;
	const turnTo = (next: number) => {
		if (next === now) return;
		for (const [bit, tag] of [...faces].reverse()) if (now & bit) written += `</${tag}>`;
		for (const [bit, tag] of faces) if (next & bit) written += `<${tag}>`;
		now = next;
	};
	for (const [index, character] of characters.entries()) {
		turnTo(character === '\n' ? 0 : (face[index] ?? 0) & 7);
		written += character;
	}
	turnTo(0);
	return written;
}
