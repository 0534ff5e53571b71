import { foldText } from './foldText.ts';

/** Scripts that put no space between words: each of their characters is a word of the index, and a word of theirs is found as a row of them. */
const unspaced = String.raw`\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}`;
/** The characters that FTS5's unicode61 makes its words of. */
const letters = String.raw`\p{L}\p{N}\p{Co}`;
const words = new RegExp(`[${letters}]+`, 'gv');
const unspacedLetter = new RegExp(`[[${unspaced}]&&[${letters}]]`, 'gv');
const spacedLetter = `[[${letters}]--[${unspaced}]]`;

const mostWords = 8;
/** A single Latin letter that goes on is nearly every word. */
const shortestBeginning = 2;

/** One word of a question, as the index has it: several where its script puts no space between words. */
export interface SearchTerm {
	tokens: string[];
	/** Words that go on after it fit too: it is still being typed. */
	isBeginning: boolean;
}

/** A text as it goes into the index: folded, with a space around each character that is a word by itself. */
export function spaceWords(text: string): string {
	return foldText(text).replace(unspacedLetter, ' $& ');
}

/** What a question asks for: its words, of which all must be in a text. The last one may go on, unless a space follows it. None: there is nothing to look for. */
export function readTerms(question: string): SearchTerm[] {
	const given = question.normalize('NFC').split(/\s+/u).filter(Boolean);
	const terms = given.map((word) => spaceWords(word).match(words) ?? []).filter((tokens) => tokens.length > 0);
	return terms.slice(0, mostWords).map((tokens, at) => {
		const last = tokens.at(-1) ?? '';
		const isOpen = at === terms.length - 1 && !/\s$/u.test(question);
		return { tokens, isBeginning: isOpen && last.length >= shortestBeginning && !isUnspaced(last) };
	});
}

/** The terms in the language of FTS5. Words hold letters and digits alone, so that nothing in them is a sign of that language. */
export function matchOf(terms: readonly SearchTerm[]): string {
	return terms.map(({ tokens, isBeginning }) => `"${tokens.join(' ')}"${isBeginning ? '*' : ''}`).join(' AND ');
}

/** The same as one row of words, one after the other. */
export function rowOf(terms: readonly SearchTerm[]): SearchTerm[] {
	return [{ tokens: terms.flatMap(({ tokens }) => tokens), isBeginning: terms.at(-1)?.isBeginning ?? false }];
}

/** Finds the terms in a folded text, where words begin and end as in the index. */
export function patternOf(terms: readonly SearchTerm[]): RegExp {
	const each = terms.map(({ tokens, isBeginning }) => {
		const begin = isUnspaced(tokens[0]) ? '' : `(?<!${spacedLetter})`;
		const end = isBeginning || isUnspaced(tokens.at(-1)) ? '' : `(?!${spacedLetter})`;
		// Between the words of a row nothing stands, or what is no word.
		return begin + tokens.join(`[^${letters}]*`) + end;
	});
	return new RegExp(each.join('|'), 'gv');
}

function isUnspaced(token: string | undefined): boolean {
	return token?.match(unspacedLetter) != null;
}
