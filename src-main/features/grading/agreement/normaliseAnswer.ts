/** Digits and signs set high, which Unicode's compatible form would put on the line: 5² is not 52. */
const high = new Map([...'⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻'].map((sign, place) => [sign, '0123456789+-'[place] ?? '']));

/**
 * The answer as it is compared with others: its compatible Unicode form (NFKC), in lower case, without marks at its end and spaces that
 * part no two words. Answers with the same outcome say the same, letter for letter.
 */
export function normaliseAnswer(text: string): string {
	return (
		text
			.replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻]+/g, (signs) => `^${[...signs].map((sign) => high.get(sign) ?? sign).join('')}`)
			// Invisible: soft hyphens, zero-width spaces and joiners, direction marks.
			.replace(/\p{Cf}+/gu, '')
			.replaceAll('−', '-')
			.normalize('NFKC')
			.toLowerCase()
			.replace(/[\s\p{Cc}]+/gu, ' ')
			.replace(/(?<![\p{L}\p{M}\p{N}]) | (?![\p{L}\p{M}\p{N}])|(?<=\p{Script=Han}) | (?=\p{Script=Han})/gu, '')
			// A factorial at the end is no exclamation.
			.replace(/(?:[.,;:?…。、]|(?<!\p{N}|(?<![\p{L}\p{M}])\p{L})!)+$/u, '')
	);
}
