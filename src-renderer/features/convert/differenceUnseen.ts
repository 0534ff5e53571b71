import { findHidden } from '#contract/findHidden.ts';

const mostTold = 6;

/**
 * How two texts differ that look the same, as the code points in which they do, such as `U+00E9 → U+0065 U+0301`; empty where the difference is seen.
 * The same is what has the same letters in whichever form (NFKC), hidden characters aside.
 */
export function differenceUnseen(one: string, other: string): string {
	if (one === other || seenOf(one) !== seenOf(other)) return '';
	const [left, right] = [[...one], [...other]];
	let begin = 0;
	while (begin < left.length && left[begin] === right[begin]) begin += 1;
	let end = 0;
	while (end < Math.min(left.length, right.length) - begin && left.at(-1 - end) === right.at(-1 - end)) end += 1;
	return [left, right].map((characters) => codePoints(characters.slice(begin, characters.length - end))).join(' → ');
}

function seenOf(text: string): string {
	return [...findHidden(text)]
		.toReversed()
		.reduce((rest, { at, end }) => rest.slice(0, at) + rest.slice(end), text)
		.normalize('NFKC');
}

function codePoints(characters: readonly string[]): string {
	const told = characters.slice(0, mostTold).map((character) => `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`);
	return [...told, ...(characters.length > mostTold ? ['…'] : [])].join(' ') || '—';
}
