import { TextDecoder } from 'node:util';
import { failure } from '#contract/errors.ts';

/** Text with the name of the encoding it was read as, as `TextDecoder` spells it. */
export interface DecodedText {
	text: string;
	encoding: string;
}

const marks: [encoding: string, bytes: number[]][] = [
	['utf-8', [0xef, 0xbb, 0xbf]],
	['utf-16le', [0xff, 0xfe]],
	['utf-16be', [0xfe, 0xff]],
];

/**
 * Reads the bytes of a text file in whatever common encoding they are.
 *
 * A byte order mark decides; then valid UTF-8; then UTF-16 by its zero bytes; then a guess among the encodings of schools'
 * spreadsheets, of which only one that the bytes are valid in is taken. `encoding` overrules all of it. What cannot be decoded
 * becomes U+FFFD. An encoding that no one knows is `INVALID_INPUT`.
 */
export async function decodeText(bytes: Uint8Array, encoding?: string): Promise<DecodedText> {
	if (encoding !== undefined) return decodeAs(bytes, encoding);
	const marked = marks.find(([, mark]) => mark.every((byte, index) => bytes[index] === byte));
	if (marked) return decodeAs(bytes, marked[0]);
	const isUtf8 = isValid(bytes, 'utf-8');
	if (isUtf8 && !bytes.subarray(0, 65_536).includes(0)) return decodeAs(bytes, 'utf-8');
	// Latin letters in UTF-16 are half zero bytes; what is UTF-8 as well and has fewer is UTF-8 with a stray one.
	return decodeAs(bytes, wideEncoding(bytes, isUtf8 ? 1 / 3 : 1 / 100) ?? (isUtf8 || isNearlyUtf8(bytes) ? 'utf-8' : await guessEncoding(bytes)));
}

function decodeAs(bytes: Uint8Array, encoding: string): DecodedText {
	const decoder = decoderFor(encoding);
	return { text: decoder.decode(bytes), encoding: decoder.encoding };
}

function decoderFor(encoding: string): TextDecoder {
	try {
		return new TextDecoder(encoding);
	} catch {
		throw failure('INVALID_INPUT', { issues: [{ path: 'encoding', message: 'This encoding is not known.' }] });
	}
}

function isValid(bytes: Uint8Array, encoding: string): boolean {
	try {
		new TextDecoder(encoding, { fatal: true }).decode(bytes);
		return true;
	} catch {
		return false;
	}
}

/** UTF-16 without a mark: a whole number of pairs, in which delimiters, line ends and digits have their zero byte always on the same side. */
function wideEncoding(bytes: Uint8Array, leastZeros: number): string | null {
	const sample = bytes.subarray(0, 65_536);
	const zeros = [0, 0];
	for (const [index, byte] of sample.entries()) if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
	const [even = 0, odd = 0] = zeros;
	if (even + odd < sample.length * leastZeros || Math.min(even, odd) * 10 > Math.max(even, odd)) return null;
	const encoding = odd >= even ? 'utf-16le' : 'utf-16be';
	return isValid(bytes, encoding) ? encoding : null;
}

/**
 * A UTF-8 file with a damaged spot is still UTF-8: what another encoding writes beyond ASCII is hardly ever a whole character of UTF-8 by
 * chance (at most one in seven, in GB18030), so that far more would be broken than whole.
 */
function isNearlyUtf8(bytes: Uint8Array): boolean {
	const text = new TextDecoder('utf-8').decode(bytes);
	const broken = text.match(/\ufffd/g)?.length ?? 0;
	const beyondAscii = text.match(/[^\0-\x7f]/g)?.length ?? 0;
	return broken * 2 <= beyondAscii - broken;
}

const numbered = (name: string, numbers: number[]) => Object.fromEntries(numbers.map((number) => [`${name}-${number}`, `${name}-${number}`]));

/** The detector's name of each encoding it may answer with, and the name `TextDecoder` reads it by. */
const latin: Record<string, string> = { ...numbered('windows', [1250, 1252, 1254, 1257, 1258]), ...numbered('iso-8859', [1, 2, 9, 13, 15]) };
const others: Record<string, string> = {
	gb18030: 'gb18030',
	gb2312: 'gb18030',
	gbk: 'gb18030',
	big5: 'big5',
	'big5-hkscs': 'big5',
	shift_jis: 'shift_jis',
	cp932: 'shift_jis',
	'euc-kr': 'euc-kr',
	cp949: 'euc-kr',
	'euc-jp': 'euc-jp',
	'koi8-r': 'koi8-r',
	...numbered('windows', [1251, 1253, 1255, 1256]),
	...numbered('iso-8859', [5, 7]),
};

async function guessEncoding(bytes: Uint8Array): Promise<string> {
	// Its tables are large and most files are UTF-8: they are not read before they are needed.
	const { detectAll } = await import('jschardet');
	const sample = letters(bytes);
	const guessable = hasAccentsOnly(sample) ? latin : others;
	for (const guess of detectAll(sample).sort((a, b) => b.confidence - a.confidence)) {
		const encoding = guessable[(guess.encoding ?? '').toLowerCase()];
		if (encoding === undefined || !isValid(bytes, encoding)) continue;
		if (eastern.includes(encoding) && hasTilde(sample)) continue;
		return encoding;
	}
	return 'windows-1252';
}

const eastern = ['windows-1250', 'iso-8859-2'];

/** The byte that is ñ in the West is ń in the East, before which no vowel stands in Polish; without that, Núñez on a short list is taken for Polish. */
function hasTilde(sample: Uint8Array): boolean {
	return /[\xd1\xf1][aeiou\xe1\xe9\xed\xf3\xfa]/i.test(Buffer.from(sample).toString('latin1'));
}

/**
 * Tells a text in Latin letters with accents from any other by how the bytes beyond ASCII stand: alone, or two (as in Größe) within a word of
 * ASCII letters, where other scripts have them side by side. On the few letters of a short file the detector alone takes French for Russian.
 */
function hasAccentsOnly(sample: Uint8Array): boolean {
	const text = Buffer.from(sample).toString('latin1');
	let beyond = 0;
	let sideBySide = 0;
	for (const { 0: run, index } of text.matchAll(/[\x80-\xff]+/g)) {
		const isInWord = /[a-z]/i.test(text[index - 1] ?? '') && /[a-z]/i.test(text[index + run.length] ?? '');
		beyond += run.length;
		if (run.length > 2 || (run.length === 2 && !isInWord)) sideBySide += run.length;
	}
	return sideBySide < beyond * 0.7;
}

/** The lines with anything beyond ASCII, up to 64 KiB of them: they are what tells encodings apart, wherever in the file they are. */
function letters(bytes: Uint8Array): Uint8Array {
	const lines: Uint8Array[] = [];
	let size = 0;
	for (let start = 0; start < bytes.length && size < 65_536; ) {
		const newline = bytes.indexOf(0x0a, start);
		const end = newline === -1 ? bytes.length : newline + 1;
		const line = bytes.subarray(start, Math.min(end, start + 65_536));
		if (line.some((byte) => byte > 0x7f)) {
			lines.push(line);
			size += line.length;
		}
		start = end;
	}
	return Buffer.concat(lines);
}
