const units = 'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(' ');
const tens = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');

/** Numbers in English words as they stand in a text; `one` by itself is seldom meant as one. */
export const englishNumerals = new RegExp(
	`\\b(?:minus\\s+)?(?:${[...units, ...tens, 'hundred', 'thousand'].join('|')})(?:[\\s-]+(?:and\\s+)?(?:${[...units, ...tens, 'hundred', 'thousand'].join('|')})){0,8}\\b`,
	'giu',
);

/** What a number in English words says, under a million (`fourteen`, `two hundred and six`); null for what is none. */
export function englishNumeral(text: string): number | null {
	const words = text.toLowerCase().split(/[\s-]+/u);
	const isNegative = words[0] === 'minus';
	let [thousands, section] = [0, 0];
	// A word may add only what is smaller than the word before it.
	let limit = Number.POSITIVE_INFINITY;
	for (const word of isNegative ? words.slice(1) : words) {
		if (word === 'and') continue;
		const unit = units.indexOf(word);
		const ten = tens.indexOf(word);
		if (word === 'hundred' && section > 0 && section < 10) [section, limit] = [section * 100, 100];
		else if (word === 'thousand' && section > 0 && thousands === 0) [thousands, section, limit] = [section * 1000, 0, 1000];
		else if (unit >= 0 && unit < limit) [section, limit] = [section + unit, 1];
		else if (ten >= 0 && limit > 10) [section, limit] = [section + (ten + 2) * 10, 10];
		else return null;
	}
	return (isNegative ? -1 : 1) * (thousands + section);
}
