import { visibleText } from '#contract/visibleText.ts';

/** A cue, by its place in the list, whose translation lacks what a name of its source is otherwise written as. */
export interface StrayName {
	at: number;
	name: string;
	usual: string;
}

const capitalised = /\p{Lu}\p{Ll}[\p{L}\p{M}’']*/gu;
const glyphs = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー]+/gu;
/** In fewer cues than these nothing can be said about what is usual. */
const leastCues = 3;
const leastShare = 0.6;

/**
 * Learns from a project how each name is written in its translation, and finds the cues that write it otherwise or leave it out.
 *
 * A name is a capitalised word within a sentence of the source, so that German, which writes every noun so, and scripts without capitals
 * have none; what it is written as is the word or the run of characters that most of its translations have and few others. A hint, for
 * ranking: a pronoun in place of a name is found as well.
 */
export function learnNames(cues: readonly { source: string; target: string }[], sourceLanguage: string): StrayName[] {
	if (/^de\b/i.test(sourceLanguage)) return [];
	const sources = cues.map(({ source }) => visibleText(source).replace(/\s+/g, ' '));
	const names = new Set(sources.flatMap(namesWithin));
	const having = new Map<string, number[]>();
	for (const [at, source] of sources.entries()) {
		if (visibleText(cues[at]?.target ?? '').trim() === '') continue;
		for (const name of new Set((source.match(capitalised) ?? []).map(bare))) if (names.has(name)) push(having, name, at);
	}
	const writings = cues.map(({ target }) => writingsIn(visibleText(target)));
	const times = new Map<string, number>();
	for (const some of writings) for (const one of some) times.set(one, (times.get(one) ?? 0) + 1);
	return [...having].flatMap(([name, places]) => {
		const usual = places.length < leastCues ? null : usualWriting(name, places, writings, times);
		return usual === null ? [] : places.filter((at) => !writings[at]?.has(usual)).map((at) => ({ at, name, usual }));
	});
}

function push(map: Map<string, number[]>, key: string, value: number): void {
	const found = map.get(key);
	if (found) found.push(value);
	else map.set(key, [value]);
}

/** The capitalised words that begin no sentence. A line in capitals has none, since a name has a small second letter. */
function namesWithin(text: string): string[] {
	return Array.from(text.matchAll(capitalised), ({ 0: word, index }) =>
		/[\p{Ll}\p{N},;’'] $/u.test(text.slice(Math.max(0, index - 2), index)) ? bare(word) : '',
	).filter((name) => name.length > 1 && !/^I['’]/.test(name));
}

function bare(word: string): string {
	return word.replace(/['’]s?$/u, '');
}

/** Everything in a translation that a name may be written as. */
function writingsIn(text: string): Set<string> {
	const found = new Set(Array.from(text.matchAll(capitalised), ([word]) => bare(word)));
	for (const [run] of text.matchAll(glyphs)) {
		const characters = [...run];
		for (let from = 0; from < characters.length; from++) {
			for (let length = 2; length <= 5 && from + length <= characters.length; length++) found.add(characters.slice(from, from + length).join(''));
		}
	}
	return found;
}

function usualWriting(name: string, places: readonly number[], writings: readonly Set<string>[], times: ReadonlyMap<string, number>): string | null {
	const covered = new Map<string, number>();
	for (const at of places) for (const one of writings[at] ?? []) covered.set(one, (covered.get(one) ?? 0) + 1);
	// A name that mostly stays as it is is written so.
	if ((covered.get(name) ?? 0) >= places.length * leastShare) return name;
	let best: { writing: string; cues: number } | null = null;
	for (const [writing, cues] of covered) {
		// What stands in as many cues without the name is a common word.
		if (cues < places.length * leastShare || (times.get(writing) ?? 0) > cues * 1.5) continue;
		const isBetter =
			best === null ||
			cues > best.cues ||
			(cues === best.cues && (writing.length > best.writing.length || (writing.length === best.writing.length && writing < best.writing)));
		if (isBetter) best = { writing, cues };
	}
	return best?.writing ?? null;
}
