import { encodeText } from '../text/encodeText.ts';
import type { SubtitleFile } from './openSubtitleFile.ts';
import { type CueChange, replacementsOf, rewriteCues } from './rewriteCues.ts';
import { textOffsetsToBytes } from './textOffsetsToBytes.ts';
import type { WrittenFormat } from './writeTime.ts';

/** A character that the file's encoding does not have. */
export interface UnwritableCharacter {
	character: string;
	/** The lines, from 1, in which the times of the cues stand whose new text has it. */
	lines: number[];
}

export type SavedSubtitles =
	| {
			kind: 'saved';
			bytes: Uint8Array;
			encoding: string;
			/** Whether all that was not changed is the same byte for byte; without it, bytes that were not valid have become U+FFFD. */
			isExact: boolean;
	  }
	/** Nothing was written. Save it as UTF-8, which has every character. */
	| { kind: 'unwritable'; encoding: string; characters: UnwritableCharacter[] };

/**
 * A subtitle file with some of its cues changed, in the encoding that it came in, or as UTF-8 where `encoding` says so. In its own encoding
 * only the bytes of what changed are made anew: whatever else is in the file, valid in its encoding or not, is the same byte for byte.
 *
 * As UTF-8 a file has no byte order mark, unless it was UTF-8 with one.
 *
 * @param format what the file was read as
 */
export async function saveSubtitleFile(
	file: SubtitleFile,
	format: WrittenFormat,
	changes: readonly CueChange[],
	{ encoding = file.encoding }: { encoding?: 'utf-8' | (string & {}) } = {},
): Promise<SavedSubtitles> {
	const text = rewriteCues(file.text, format, changes);
	if (encoding !== file.encoding) return saveAnew(text, encoding, file.undecoded === 0);
	const replacements = replacementsOf(file.text, format, changes);
	const encoded = await encodeText(replacements.map(({ by }) => by).join('\n'), encoding);
	if (encoded.unwritable.length > 0) return { kind: 'unwritable', encoding, characters: placesOf(encoded.unwritable, changes) };
	const body = file.bytes.subarray(file.mark.length);
	const offsets = await textOffsetsToBytes(
		{ body, text: file.text, encoding },
		replacements.flatMap(({ start, end }) => [start, end]),
	);
	const parts: Uint8Array[] = [file.mark];
	let from = 0;
	for (const [at, { by }] of replacements.entries()) {
		parts.push(body.subarray(from, offsets[at * 2]), (await encodeText(by, encoding)).bytes);
		from = offsets[at * 2 + 1] ?? body.length;
	}
	const bytes = Buffer.concat([...parts, body.subarray(from)]);
	// Bytes that are not valid may stand where a change begins, so that they are read together with what comes after them.
	if (new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes.subarray(file.mark.length)) === text) {
		return { kind: 'saved', bytes, encoding, isExact: true };
	}
	return saveAnew(text, encoding, false, file.mark);
}

async function saveAnew(text: string, encoding: string, isExact: boolean, mark: Uint8Array = new Uint8Array()): Promise<SavedSubtitles> {
	const { bytes, unwritable } = await encodeText(text, encoding);
	if (unwritable.length > 0) return { kind: 'unwritable', encoding, characters: unwritable.map((character) => ({ character, lines: [] })) };
	return { kind: 'saved', bytes: Buffer.concat([mark, bytes]), encoding, isExact };
}

function placesOf(unwritable: readonly string[], changes: readonly CueChange[]): UnwritableCharacter[] {
	return unwritable.map((character) => ({
		character,
		lines: changes.flatMap(({ cue, text }) => (text?.includes(character) ? [cue.line] : [])),
	}));
}
