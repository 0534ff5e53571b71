/** A text as bytes of an encoding. */
export interface EncodedText {
	bytes: Uint8Array;
	/** The characters that the encoding does not have, each once, in the order in which they stand; `bytes` has something else in their place. */
	unwritable: string[];
}

/** A text is compared in pieces of this many characters where some cannot be written. */
const piece = 64;

/** Tells whether text can be written in an encoding, by the name `TextDecoder` has for it. */
export async function canEncode(encoding: string): Promise<boolean> {
	const { default: iconv } = await import('iconv-lite');
	return iconv.encodingExists(encoding);
}

/**
 * Writes a text in the encoding that `decodeText` read it as, without a byte order mark. What counts is that `TextDecoder` reads the bytes as
 * the same text: the tables of encodings differ in places, and what would be read as something else cannot be written.
 *
 * @throws RangeError for an encoding that `canEncode` does not know
 */
export async function encodeText(text: string, encoding: string): Promise<EncodedText> {
	const { default: iconv } = await import('iconv-lite');
	if (!iconv.encodingExists(encoding)) throw new RangeError(`No text can be written in ${encoding}.`);
	const encode = (part: string) => iconv.encode(part, encoding);
	const decoder = new TextDecoder(encoding, { ignoreBOM: true });
	const survives = (part: string) => decoder.decode(encode(part)) === part;
	const bytes = encode(text);
	if (decoder.decode(bytes) === text) return { bytes, unwritable: [] };
	const unwritable = new Set<string>();
	const characters = [...text];
	for (let at = 0; at < characters.length; at += piece) {
		const part = characters.slice(at, at + piece);
		if (!survives(part.join(''))) for (const character of part) if (!survives(character)) unwritable.add(character);
	}
	return { bytes, unwritable: [...unwritable] };
}
