/** Digits and signs set high, which Unicode's compatible form would put on the line: 5² is not 52. */
const high = new Map([...'⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻'].map((sign, place) => [sign, '0123456789+-'[place] ?? '']));

/**
 * The answer as it is compared with others: its compatible Unicode form (NFKC), in lower case, without marks at its end and spaces that
 * part no two words. Answers with the same outcome say the same, letter for letter.
 */
export function normaliseAnswer(text: string): string {
	return withoutEndMarks(
		text
			.replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻]+/g, (signs) => `^${[...signs].map((sign) => high.get(sign) ?? sign).join('')}`)
			// Invisible: soft hyphens, zero-width spaces and joiners, direction marks.
			.replace(/\p{Cf}+/gu, '')
			.replaceAll('−', '-')
			.normalize('NFKC')
			.toLowerCase()
			.replace(/[\s\p{Cc}]+/gu, ' ')
			.replace(/(?<![\p{L}\p{M}\p{N}]) | (?![\p{L}\p{M}\p{N}])|(?<=\p{Script=Han}) | (?=\p{Script=Han})/gu, ''),
	);
}

/** A factorial at the end, behind a number or a single letter, is no exclamation. */
const factorial = /(?:\p{N}|(?<![\p{L}\p{M}])\p{L})!$/u;

/** From the end and one at a time: a pattern that looks for them from the front takes the square of the time for a long row of dots. */
function withoutEndMarks(text: string): string {
	let end = text.length;
	while (end > 0 && /[.,;:?…。、!]/.test(text.charAt(end - 1)) && !factorial.test(text.slice(Math.max(0, end - 6), end))) end--;
	return text.slice(0, end);
}
