/** One or two letters that stand for a name: of its first and last word, or the last two of a name in Chinese characters, which is how they are told apart. */
export function initialsOf(name: string): string {
	const words = name.trim().split(/[\s·]+/u);
	const letters = (word: string) => [...new Intl.Segmenter().segment(word)].map(({ segment }) => segment);
	const [first = '', last = ''] = [words[0], words.length > 1 ? words.at(-1) : ''];
	if (last === '' && /^\p{Script=Han}+$/u.test(first)) return letters(first).slice(-2).join('');
	return `${letters(first)[0] ?? ''}${letters(last)[0] ?? ''}`.toUpperCase();
}
