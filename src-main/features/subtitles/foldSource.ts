/**
 * A text as the translation memory compares it: what differs in nothing but spacing and line breaks is the same. Between characters that are
 * written without spaces a line break is none either.
 */
export function foldSource(text: string): string {
	return text
		.normalize('NFC')
		.replace(/(?<=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}，。！？、])\s+(?=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])/gu, '')
		.replace(/\s+/gu, ' ')
		.trim();
}

/** A term as glossaries compare it: case is no matter either. */
export function foldTerm(text: string): string {
	return foldSource(text).normalize('NFKC').toLowerCase();
}
