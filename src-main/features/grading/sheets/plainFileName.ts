/** A name that every system takes: letters, digits and spaces after a word of our own, at most about 80 characters. */
export function plainFileName(word: string, about: string, extension: string): string {
	const plain = about
		.replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
		.trim()
		.slice(0, 60)
		.toWellFormed()
		.replaceAll('\uFFFD', '')
		.trim();
	return `${word} ${plain}`.trim().concat('.', extension);
}
