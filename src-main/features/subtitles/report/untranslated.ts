import { visibleText } from '#contract/visibleText.ts';

interface Pair {
	source: string;
	target: string;
}

/** Whether something that is shown has no translation. */
export function isUntranslated({ source, target }: Pair): boolean {
	return visibleText(target).trim() === '' && visibleText(source).trim() !== '';
}

/**
 * Whether a translation says what its source says word for word, marks and case aside. Of one word nothing is said, nor of a few that all
 * begin with a capital: names and cries stay as they are.
 */
export function isIdentical({ source, target }: Pair): boolean {
	const said = wordsIn(source);
	if (said.length < 2 || flat(said) !== flat(wordsIn(target))) return false;
	return said.length >= 4 || said.some((word) => !/^\p{Lu}/u.test(word));
}

function wordsIn(text: string): string[] {
	return (
		visibleText(text)
			.normalize('NFKC')
			.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
	);
}

function flat(words: readonly string[]): string {
	return words.join(' ').toLowerCase();
}
