import { type NumberInText, numbersIn, readsWords } from './numbersIn.ts';

/**
 * The numbers of a source that its translation has not, and those of a translation that its source has not, as they are written.
 *
 * A number counts as there however it is written; how often does not count. Small ones may be written out in a language whose words for
 * them are not known here: up to 20 they are not missed there.
 */
export function compareNumbers(source: string, target: string, languages: { source: string; target: string }): { missing: string[]; added: string[] } {
	const here = numbersIn(source, languages.source);
	const there = numbersIn(target, languages.target);
	return { missing: absent(here, there, languages.target), added: absent(there, here, languages.source) };
}

function absent(wanted: readonly NumberInText[], from: readonly NumberInText[], language: string): string[] {
	const known = new Set(from.flatMap(({ values }) => values));
	const mayBeWritten = (values: number[]) => !readsWords.test(language) && values.every((value) => value <= 20);
	const missing = wanted.filter(({ sure, values }) => sure && !values.some((value) => known.has(value)) && !mayBeWritten(values));
	return [...new Set(missing.map(({ text }) => text))];
}
