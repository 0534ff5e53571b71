import type { Term } from '#contract/glossary.ts';
import { foldTerm } from './foldSource.ts';

/** Those of the terms that occur in a text: as words where they are letters of a script with spaces, so that “Al” is not in “also”. */
export function termsIn(terms: readonly Term[], text: string): Term[] {
	const said = foldTerm(text);
	return terms.filter(({ source }) => {
		const wanted = foldTerm(source);
		for (let at = said.indexOf(wanted); at !== -1; at = said.indexOf(wanted, at + 1)) {
			if (!isInWord(said, at, wanted)) return true;
		}
		return false;
	});
}

const spaced = /[\p{L}\p{N}]/u;
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/** A word goes on before or behind; an ending of one or two letters (plural, genitive) is still the same word. */
function isInWord(said: string, at: number, wanted: string): boolean {
	const joins = (one: string, other: string) => spaced.test(one) && spaced.test(other) && !unspaced.test(one) && !unspaced.test(other);
	if (joins(said[at - 1] ?? '', wanted[0] ?? '')) return true;
	const rest = /^[\p{L}\p{N}]*/u.exec(said.slice(at + wanted.length))?.[0] ?? '';
	return rest.length > 2 && joins(rest[0] ?? '', wanted.at(-1) ?? '');
}
