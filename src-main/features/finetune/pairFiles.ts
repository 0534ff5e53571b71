import { languageOf } from './languageOf.ts';
import type { LanguagePair } from './translationTurns.ts';

export interface PairedFiles<File> {
	pairs: { source: File; target: File }[];
	/** Files that no other belongs to, or of which the language is not known. */
	alone: File[];
}

/**
 * Finds the files that belong together: those whose names differ in the word for the language alone, such as `film.en.srt` and
 * `film.zh.srt`. Of two files whose names do not tell, the first is in the source's language.
 */
export function pairFiles<File extends { fileName: string }>(files: readonly File[], languages: LanguagePair): PairedFiles<File> {
	const [first, second, ...more] = files;
	const groups = Map.groupBy(files, ({ fileName }) => splitName(fileName, languages).title);
	const found = { pairs: [] as PairedFiles<File>['pairs'], alone: [] as File[] };
	for (const group of groups.values()) {
		const ofSide = (side: 'source' | 'target') => group.filter(({ fileName }) => splitName(fileName, languages).side === side);
		const [source, target] = [ofSide('source'), ofSide('target')];
		const isPair = source.length === 1 && target.length === 1;
		if (isPair && source[0] && target[0]) found.pairs.push({ source: source[0], target: target[0] });
		found.alone.push(...group.filter((file) => !isPair || (file !== source[0] && file !== target[0])));
	}
	if (found.pairs.length > 0 || !first || !second || more.length > 0) return found;
	const isTurned = splitName(first.fileName, languages).side === 'target' || splitName(second.fileName, languages).side === 'source';
	return { pairs: [isTurned ? { source: second, target: first } : { source: first, target: second }], alone: [] };
}

/** A name without its language and its ending, and which side's that language is. */
function splitName(fileName: string, { source, target }: LanguagePair): { title: string; side: 'source' | 'target' | null } {
	const words = fileName
		.toLowerCase()
		.normalize('NFC')
		.replace(/\.(?:srt|vtt|ass|ssa|sbv|lrc|sub|ttml|dfxp|xml|smi|sami|txt)$/, '')
		.split(/[\s._()[\]]+|-(?=[^-]*$)/)
		.filter((word) => word !== '');
	// The word for the language is mostly the last one; a title may have one, too.
	const at = words.findLastIndex((word) => sideOf(word, source, target) !== null);
	const side = at === -1 ? null : sideOf(words[at] ?? '', source, target);
	return { title: words.filter((_, index) => index !== at).join(' '), side };
}

function sideOf(word: string, source: string, target: string): 'source' | 'target' | null {
	const isOf = (language: string) => word === language.toLowerCase() || (languageOf(word) !== null && languageOf(word) === codeOf(language));
	return isOf(source) ? 'source' : isOf(target) ? 'target' : null;
}

/** Also of `Simplified Chinese`: its last word names it. */
function codeOf(language: string): string | null {
	return languageOf(language) ?? languageOf(language.split(/\s+/).at(-1) ?? '');
}
