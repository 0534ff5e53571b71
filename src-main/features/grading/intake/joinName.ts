/** Puts the parts of a name together, in the order given: with a space between them, but none between Chinese, Japanese or Korean parts. */
export function joinName(parts: readonly string[]): string {
	const trimmed = parts.map((part) => part.replaceAll(/\s+/g, ' ').trim()).filter((part) => part !== '');
	return trimmed.reduce((whole, part) => (whole === '' || (isEastAsian(whole.at(-1)) && isEastAsian(part[0])) ? whole + part : `${whole} ${part}`), '');
}

function isEastAsian(character = ''): boolean {
	return /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(character);
}
