import { visibleText } from '#contract/visibleText.ts';

const letters = /\p{L}/u;
/** The script that a language is written in, for those whose script tells them from most others. */
const scripts: Readonly<Record<string, RegExp>> = {
	zh: /\p{Script=Han}/u,
	ja: /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u,
	ko: /\p{Script=Hangul}/u,
	ru: /\p{Script=Cyrillic}/u,
	uk: /\p{Script=Cyrillic}/u,
	bg: /\p{Script=Cyrillic}/u,
	el: /\p{Script=Greek}/u,
	ar: /\p{Script=Arabic}/u,
	fa: /\p{Script=Arabic}/u,
	he: /\p{Script=Hebrew}/u,
	hi: /\p{Script=Devanagari}/u,
	th: /\p{Script=Thai}/u,
};

interface Pair {
	source: string;
	target: string;
}

/**
 * Whether nothing of a cue is translated: there is no translation, or in a language of a script of its own none of it is in that script, though
 * the source has words in small letters (a name or a sign may stay as it is).
 */
export function isUntranslated({ source, target }: Pair, { sourceLanguage, targetLanguage }: { sourceLanguage: string; targetLanguage: string }): boolean {
	const from = visibleText(source);
	const to = visibleText(target);
	if (!letters.test(from) && to.trim() !== '') return false;
	if (to.trim() === '') return from.trim() !== '';
	const script = scripts[primary(targetLanguage)];
	if (script === undefined || script === scripts[primary(sourceLanguage)] || script.test(to)) return false;
	return (to.match(/(?<![\p{L}\p{M}])\p{Ll}{2,}/gu) ?? []).length >= 2;
}

/** Whether a translation says what its source says word for word: of one word alone nothing is said, since names and cries stay. */
export function isIdentical({ source, target }: Pair): boolean {
	const from = flat(source);
	return from === flat(target) && (from.match(/\p{L}+/gu) ?? []).length >= 2;
}

function flat(text: string): string {
	return visibleText(text).normalize('NFKC').replace(/\s+/g, ' ').trim().toLowerCase();
}

function primary(language: string): string {
	return language.toLowerCase().split(/[-_]/)[0] ?? '';
}
