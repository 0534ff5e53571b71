/** What a file is that is no text: of an office program, an archive, a PDF, a picture, film or sound, a model. */
export type ForeignKind = 'office' | 'archive' | 'pdf' | 'media' | 'model';

/** The first bytes that give a kind away, as hexadecimal digits; dots stand for any. */
const beginnings: readonly (readonly [ForeignKind, RegExp])[] = [
	['office', /^d0cf11e0a1b11ae1/],
	['archive', /^(504b(0304|0506|0708)|1f8b08|377abcaf271c|526172211a07|28b52ffd|fd377a585a00|425a68.{2}314159)/],
	['pdf', /^25504446/],
	// PNG, JPEG, GIF, WebP, AVI and WAV, MP4 and HEIC, Matroska, MP3, Ogg, TIFF.
	['media', /^(89504e47|ffd8ff|47494638|52494646.{8}(57415645|41564920|57454250)|.{8}66747970|1a45dfa3|49443303|49443304|4f676753|49492a00|4d4d002a)/],
	['model', /^47475546/],
];
/** The packages of office programs are archives whose first file has one of these names. */
const officeNames = /^(\[Content_Types\]\.xml|_rels\/|docProps\/|mimetypeapplication\/vnd\.oasis)/;

/** Tells what a file is that cannot be read as text, from its first bytes; null where they do not give it away. */
export function foreignKind(bytes: Uint8Array): ForeignKind | null {
	const start = Buffer.from(bytes.subarray(0, 80));
	const kind = beginnings.find(([, form]) => form.test(start.toString('hex')))?.[0] ?? null;
	const isZip = start.toString('latin1', 0, 4) === 'PK\x03\x04';
	return isZip && officeNames.test(start.toString('latin1', 30)) ? 'office' : kind;
}
