import { decodeText } from '../../text/decodeText.ts';
import type { Sample } from '../filmTrack.ts';
import type { TextCue } from './TextCue.ts';

/**
 * Reads the text of each sample: in UTF-8, or where they are not all valid in it, in the encoding that all of them together look like.
 *
 * Containers say UTF-8, but old programs put files of other encodings into them as they were.
 */
export async function decodeSamples(samples: readonly Sample[]): Promise<TextCue[]> {
	const strict = new TextDecoder('utf-8', { fatal: true });
	let encoding = 'utf-8';
	try {
		for (const { data } of samples) strict.decode(data);
	} catch {
		const newline = new Uint8Array([10]);
		encoding = (await decodeText(Buffer.concat(samples.flatMap(({ data }) => [data, newline])))).encoding;
	}
	const decoder = new TextDecoder(encoding);
	// A zero byte ends the text where a program stored one.
	return samples.map(({ startMs, endMs, data }) => ({ startMs, endMs, text: decoder.decode(data).replace(/\0+$/, '') }));
}
