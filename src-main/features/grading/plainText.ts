/** Without what cannot be seen or stored: control characters, halves of characters, marks that turn the direction of the text. */
export function plainText(text: string): string {
	return text
		.toWellFormed()
		.replace(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu, (character) => (character === '\n' || character === '\t' ? character : ''))
		.trim();
}
