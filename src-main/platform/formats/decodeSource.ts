import { decodeText } from '../text/decodeText.ts';
import { FormatError } from './FormatError.ts';
import type { NoteBook } from './NoteBook.ts';

/** A source as text, without its byte order mark. */
export interface Source {
	text: string;
	/** As `TextDecoder` spells it. */
	encoding: string;
}

/**
 * Reads the bytes of a source: UTF-8 strictly, then as `decodeText` finds. An encoding that was guessed is noted, and so are bytes that belong to
 * none, of which U+FFFD is left.
 *
 * @throws FormatError `encodingUnknown` for a name no one knows, `encodingUnsupported` for UTF-32
 */
export async function decodeSource(bytes: Uint8Array, encoding: string | undefined, notes: NoteBook): Promise<Source> {
	if (encoding !== undefined && !isKnown(encoding)) throw new FormatError('encodingUnknown', `No encoding is called ${encoding}.`, { detail: encoding });
	if (encoding === undefined) {
		const [a, b, c, d] = bytes;
		const isUtf32 = (a === 0xff && b === 0xfe && c === 0 && d === 0) || (a === 0 && b === 0 && c === 0xfe && d === 0xff);
		if (isUtf32) throw new FormatError('encodingUnsupported', 'UTF-32 is not read: save the file as UTF-8.', { offset: 0, detail: 'UTF-32' });
		const text = strictUtf8(bytes);
		if (text !== undefined && !text.slice(0, 1024).includes('\0')) return { text, encoding: 'utf-8' };
	}
	const source = await decodeText(bytes, encoding);
	const broken = source.text.indexOf('\ufffd');
	if (broken !== -1) notes.add({ code: 'brokenBytes', kind: 'lost', what: source.encoding, became: '\ufffd' });
	if (encoding === undefined && !source.encoding.startsWith('utf-')) notes.add({ code: 'encodingGuessed', kind: 'convention', what: source.encoding });
	return source;
}

function strictUtf8(bytes: Uint8Array): string | undefined {
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch {
		return undefined;
	}
}

function isKnown(encoding: string): boolean {
	try {
		return new TextDecoder(encoding).encoding !== '';
	} catch {
		return false;
	}
}
