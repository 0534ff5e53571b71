import { visibleText } from '#contract/visibleText.ts';
import type { GlossaryTerm } from './Finding.ts';

/** Finds the terms that a source has and its translation has not as the glossary wants them. */
export type FindDepartures = (source: string, target: string) => GlossaryTerm[];

/**
 * Makes ready a glossary for looking through many cues.
 *
 * English is compared with its endings (`cat` is there in "cats'" and "city" in "cities"), other languages that part words by spaces with up to
 * three letters more, those that do not as they stand. A term within a longer one counts for the longer one alone.
 */
export function glossaryDepartures(glossary: readonly GlossaryTerm[], languages: { source: string; target: string }): FindDepartures {
	const terms = glossary
		.filter(({ source, target }) => source.trim() !== '' && target.trim() !== '')
		.map((term) => ({ term, stem: stemOf(term.source), ...patternsOf(term, languages) }))
		.sort((a, b) => b.term.source.length - a.term.source.length);
	const findStems = stemFinder(terms.map(({ stem }) => stem));
	return (source, target) => {
		let rest = flat(source);
		const translation = flat(target);
		const departures: GlossaryTerm[] = [];
		for (const at of findStems(rest.toLowerCase())) {
			const found = terms[at];
			if (!found || rest.search(found.inSource()) === -1) continue;
			const { term, inSource, inTarget } = found;
			// What a longer term holds is no longer there for a shorter one.
			rest = rest.replace(inSource(), '\u0000');
			if (translation.search(inTarget()) === -1) departures.push(term);
		}
		return departures;
	};
}

/** The patterns of a term, each made when it is first asked for: most never are, and each takes about a millisecond. */
function patternsOf({ source, target }: GlossaryTerm, languages: { source: string; target: string }): { inSource: () => RegExp; inTarget: () => RegExp } {
	let inSource: RegExp | null = null;
	let inTarget: RegExp | null = null;
	return {
		inSource: () => {
			inSource ??= termPattern(source, languages.source);
			return inSource;
		},
		inTarget: () => {
			inTarget ??= termPattern(target, languages.target);
			return inTarget;
		},
	};
}

const longestKey = 4;

/** Finds which of some stems a text has, by their places in the list and in its order: at once for all of them, by what they begin with. */
function stemFinder(stems: readonly string[]): (text: string) => number[] {
	const byKey = Map.groupBy(stems.keys(), (at) => stems[at]?.slice(0, longestKey) ?? '');
	const lengths = [...new Set(Array.from(byKey.keys(), (key) => key.length))];
	return (text) => {
		const found = new Set<number>();
		for (let from = 0; from < text.length && byKey.size > 0; from++)
			for (const length of lengths)
				for (const at of byKey.get(text.slice(from, from + length)) ?? []) if (text.startsWith(stems[at] ?? '', from)) found.add(at);
		return [...found].sort((a, b) => a - b);
	};
}

/** What every form of a term has: most terms are not there, which is found out soonest by looking for this. */
function stemOf(term: string): string {
	const word = /^[^\s'’]+/u.exec(flat(term).trim())?.[0] ?? '';
	return word.slice(0, Math.max(1, word.length - 2)).toLowerCase();
}

function flat(text: string): string {
	return visibleText(text).normalize('NFC').replace(/\s+/g, ' ');
}

/** Finds a term and its inflections, whatever its case. */
function termPattern(term: string, language: string): RegExp {
	const words = flat(term).trim().split(' ');
	const isEnglish = /^en\b/i.test(language);
	const parts = words.map((word) => {
		if (!/^[\p{L}\p{M}\p{N}'’-]+$/u.test(word) || unspaced.test(word)) return escaped(word);
		return isEnglish ? englishForms(word) : `${escaped(word)}\\p{L}{0,3}`;
	});
	const starts = /^[\p{L}\p{N}]/u.test(words[0] ?? '') && !unspaced.test(words[0] ?? '') ? '(?<![\\p{L}\\p{N}])' : '';
	const ends = /[\p{L}\p{N}]$/u.test(words.at(-1) ?? '') && !unspaced.test(words.at(-1) ?? '') ? '(?![\\p{L}\\p{N}])' : '';
	return new RegExp(`${starts}${parts.join(' ')}${ends}`, 'giu');
}

const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Hangul}]/u;

/** A word with the regular endings of English. */
function englishForms(word: string): string {
	const possessive = "(?:['’]s?)?";
	const stem = escaped(word);
	if (word.length < 3) return `${stem}${possessive}`;
	const forms = [`${stem}(?:s|es|ed|d|ing|er|ers|ly)?`];
	if (/[^aeiou]y$/i.test(word)) forms.push(`${escaped(word.slice(0, -1))}(?:ies|ied|ier)`);
	if (/e$/i.test(word)) forms.push(`${escaped(word.slice(0, -1))}(?:ing)`);
	if (/[^aeiou][aeiou][bdgklmnprt]$/i.test(word)) forms.push(`${stem}${escaped(word.slice(-1))}(?:ed|ing|er|ers)`);
	if (/fe?$/i.test(word)) forms.push(`${escaped(word.replace(/fe?$/i, ''))}ves`);
	return `(?:${forms.join('|')})${possessive}`;
}

function escaped(text: string): string {
	return text.replace(/[.*+?^${}()|[\]\\/-]/g, (mark) => (mark === '-' ? '\\x2d' : `\\${mark}`)).replace(/['’]/g, "['’]");
}
