import { visibleText } from '#contract/visibleText.ts';
import { chineseScript } from '../../../platform/text/detectLanguage.ts';
import { hasFunctionWords, tellingLanguages, wordsOf } from '../../../platform/text/functionWords.ts';
import { chineseScriptOf, primaryLanguage, scriptsOf } from '../../../platform/text/scriptsOf.ts';

/** Fewer letters in another script are an abbreviation or a cry: OK, DVD. */
const leastForeign = 4;
/** Of so many Chinese characters in a row at the least, Japanese has kana and Korean Hangul among them. */
const leastWithoutOwn = { ja: 10, ko: 6 };
const leastTelling = 3;
const word = /[\p{L}\p{M}]+/gu;

interface Languages {
	/** BCP 47; `und` where it is not known. */
	sourceLanguage: string;
	targetLanguage: string;
}

/** Tells of a translation whether it is in another language or script than it is to be. */
export type IsInOtherLanguage = (pair: { source: string; target: string }) => boolean;

/**
 * Makes ready the languages of a project for looking through many cues.
 *
 * A translation is in another script where half of its letters are, those of names left out that its source has too; Chinese also where it is
 * written in the other characters of the two; where no Chinese, Japanese or Korean is written one of their characters is enough. In the same script as its source it is in another language where it has function words of that
 * and hardly any of its own, and in any other where it has none of its own. What it is not sure of it lets pass.
 */
export function otherLanguage({ sourceLanguage, targetLanguage }: Languages): IsInOtherLanguage {
	const isForeign = otherScript(targetLanguage);
	const isSource = sourceWords(primaryLanguage(sourceLanguage), primaryLanguage(targetLanguage));
	const isOther = otherWords(primaryLanguage(targetLanguage));
	const chinese = chineseScriptOf(targetLanguage);
	return ({ source, target }) => {
		const [from, to] = [visibleText(source), visibleText(target)];
		if (isForeign(from, to) || isSource(to) || isOther(to)) return true;
		return chinese !== null && (chineseScript(to) ?? chinese) !== chinese;
	};
}

function otherScript(targetLanguage: string): (source: string, target: string) => boolean {
	const scripts = scriptsOf(targetLanguage);
	if (scripts === null) return () => false;
	const own = new RegExp(`(?=\\p{L})[${scripts.map((name) => `\\p{Script_Extensions=${name}}`).join('')}][\\p{M}]*`, 'gu');
	const lacks = lacksOwn(primaryLanguage(targetLanguage));
	const isEastern = scripts.some((name) => eastern.has(name));
	return (source, target) => {
		if (!isEastern && (target.match(easternCharacter) ?? []).some((one) => !source.includes(one))) return true;
		const kept = namesOf(source);
		const mine = weightOf((target.match(own) ?? []).join(''));
		const others = (target.replace(own, ' ').match(word) ?? []).filter((one) => !kept.has(one.toLowerCase()));
		const foreign = weightOf(others.join(''));
		return (foreign >= leastForeign && foreign >= mine) || lacks(target);
	};
}

const eastern: ReadonlySet<string> = new Set(['Hani', 'Hira', 'Kana', 'Hang', 'Bopo']);
const easternCharacter = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu;

/** A character of a script that writes syllables or words is about as much as two letters. */
function weightOf(letters: string): number {
	const wide = letters.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu)?.length ?? 0;
	return letters.length + wide;
}

/** The words of a source that a translation may have as they are: those with a capital, unless they are no names, or all of it is in capitals and no sign. */
function namesOf(source: string): ReadonlySet<string> {
	const words = source.match(word) ?? [];
	const isShouted = words.length > 2 && !/\p{Ll}/u.test(source);
	const capitals = isShouted ? [] : words.filter((one) => /\p{Lu}/u.test(one)).map((one) => one.toLowerCase());
	return new Set(capitals.filter((one) => tellingLanguages(one).length === 0));
}

/** Chinese characters alone, so many of them that no Japanese and no Korean is so. */
function lacksOwn(language: string): (text: string) => boolean {
	if (language !== 'ja' && language !== 'ko') return () => false;
	const own = language === 'ja' ? /[\p{Script=Hiragana}\p{Script=Katakana}]/u : /\p{Script=Hangul}/u;
	return (text) => !own.test(text) && (text.match(/\p{Script=Han}/gu)?.length ?? 0) >= leastWithoutOwn[language];
}

/** Whether a text is told to be in some other language by its function words, of which its own has none in it. */
function otherWords(target: string): (text: string) => boolean {
	if (!hasFunctionWords(target)) return () => false;
	return (text) => {
		const told = [...new Set(wordsOf(text))].map(tellingLanguages);
		if (told.some((languages) => languages.includes(target))) return false;
		const hits = new Map<string, number>();
		for (const language of told.flat()) hits.set(language, (hits.get(language) ?? 0) + 1);
		return Math.max(0, ...hits.values()) >= leastTelling;
	};
}

/** Whether a text is told to be in the source's language by its function words, those left out that both languages have. */
function sourceWords(source: string, target: string): (text: string) => boolean {
	if (source === target || !hasFunctionWords(source) || !hasFunctionWords(target)) return () => false;
	return (text) => {
		const words = [...new Set(wordsOf(text))];
		const count = (one: string, other: string) => words.map(tellingLanguages).filter((told) => told.includes(one) && !told.includes(other)).length;
		const hits = count(source, target);
		return hits >= leastTelling && hits > 2 * count(target, source);
	};
}
