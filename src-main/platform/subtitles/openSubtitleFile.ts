import { failure } from '#contract/errors.ts';
import { decodeText } from '../text/decodeText.ts';
import { canEncode } from '../text/encodeText.ts';
import { foreignKind } from '../text/foreignKind.ts';
import { lineEndOf } from './textLines.ts';

/** A subtitle file with all that it takes to write it back as it was. */
export interface SubtitleFile {
	/** As it came. */
	bytes: Uint8Array;
	/** Without the byte order mark. What could not be decoded is U+FFFD. */
	text: string;
	/** As `TextDecoder` spells it. */
	encoding: string;
	/** The byte order mark, with which it may begin. */
	mark: Uint8Array;
	/** What ends most of its lines. */
	lineEnd: '\r\n' | '\n' | '\r';
	/** How many characters could not be decoded: many of them tell that the encoding is another one. */
	undecoded: number;
}

/** Of one file; those with fonts in them are the largest. */
const limitBytes = 32 * 2 ** 20;

const marks: Readonly<Record<string, readonly number[]>> = { 'utf-8': [0xef, 0xbb, 0xbf], 'utf-16le': [0xff, 0xfe], 'utf-16be': [0xfe, 0xff] };

/**
 * Opens a subtitle file: finds out its encoding, or takes the one that it is told, and keeps its byte order mark and line ends. What
 * `saveSubtitleFile` makes of it without a change is the same byte for byte, also where bytes were not valid in the encoding.
 *
 * @throws SUBTITLES_INVALID where the file is empty or plainly no text, TOO_LARGE above 32 MiB, INVALID_INPUT for an unknown encoding
 */
export async function openSubtitleFile(bytes: Uint8Array, encoding?: string): Promise<SubtitleFile> {
	if (bytes.length > limitBytes) throw failure('TOO_LARGE', { limitBytes });
	if (bytes.length === 0) throw failure('SUBTITLES_INVALID', { reason: 'empty' });
	const foreign = isPictures(bytes) ? 'pictures' : foreignKind(bytes);
	if (foreign) throw failure('SUBTITLES_INVALID', { reason: foreign });
	const decoded = await decodeText(bytes, encoding);
	if (!(await canEncode(decoded.encoding)))
		throw failure('INVALID_INPUT', { issues: [{ path: 'encoding', message: 'Files in this encoding can be read and not written.' }] });
	const mark = marks[decoded.encoding] ?? [];
	const hasMark = mark.length > 0 && mark.every((byte, at) => bytes[at] === byte);
	return {
		...{ bytes, text: decoded.text, encoding: decoded.encoding, mark: bytes.subarray(0, hasMark ? mark.length : 0) },
		...{ lineEnd: lineEndOf(decoded.text), undecoded: decoded.text.match(/\uFFFD/g)?.length ?? 0 },
	};
}

/** VobSub (an MPEG stream, `.sub` like MicroDVD) and PGS (`.sup`). */
function isPictures(bytes: Uint8Array): boolean {
	return /^(?:000001ba|5047.{16}16)/.test(Buffer.from(bytes.subarray(0, 11)).toString('hex'));
}
