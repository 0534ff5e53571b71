const longest = 60;

/**
 * Makes a conversation's title from its first message: the first line with anything in it, cut at a word where it is long, and where
 * one word is all there is (Chinese has no spaces), between two characters as people see them.
 */
export function titleFrom(text: string): string {
	const line = text.split(/[\r\n]+/).find((candidate) => candidate.trim() !== '') ?? '';
	const plain = line.replace(/[\s\p{Cc}]+/gu, ' ').trim();
	const characters = [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(plain.slice(0, 20 * longest))].map(({ segment }) => segment);
	if (characters.length <= longest) return characters.join('');
	const cut = characters.slice(0, longest - 1).join('');
	// Where a word ends right at the cut, all of it stays.
	const space = characters[longest - 1] === ' ' ? cut.length : cut.lastIndexOf(' ');
	return `${space > cut.length / 2 ? cut.slice(0, space) : cut}…`;
}
