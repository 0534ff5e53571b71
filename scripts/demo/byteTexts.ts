/** How GPT-2 writes bytes as characters, so that every text can stand in a vocabulary: printable ones are themselves, the rest follow from U+0100 on. */
const characters: readonly string[] = (() => {
	const printable = (byte: number) => (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae;
	let next = 0x100;
	return Array.from({ length: 256 }, (_, byte) => String.fromCodePoint(printable(byte) ? byte : next++));
})();

/** One character for each byte of the text's UTF-8. */
export function byteTextOf(text: string): string {
	return Array.from(new TextEncoder().encode(text), (byte) => characters[byte] ?? '').join('');
}

/** The 256 characters, by the byte each stands for. */
export function byteCharacters(): readonly string[] {
	return characters;
}
