import { foldText } from './foldText.ts';

/** Marks that end a statement; a question is none. */
const endMarks = /[\s.!;:。！；：]+$/u;

/**
 * The sentences of an answer, as `sentencesOf` gives them, where each is also one of the expected answer's, word for word: then none can take back
 * what another says. None where one is not, or where there is no expected answer. `isWhole` is whether the answer leaves none of them out.
 */
export function keySentences(key: string, answer: string): { said: ReadonlySet<string>; isWhole: boolean } {
	const expected = sentencesOf(key);
	const said = sentencesOf(answer);
	if (![...said].every((sentence) => expected.has(sentence))) return { said: new Set(), isWhole: false };
	return { said, isWhole: said.size > 0 && said.size === expected.size };
}

/** The sentences of a text but for case, spacing, width of characters and the marks at their ends. */
export function sentencesOf(text: string): ReadonlySet<string> {
	const sentences = new Intl.Segmenter(undefined, { granularity: 'sentence' }).segment(text);
	return new Set(Array.from(sentences, ({ segment }) => withoutEnd(foldText(segment).text).trimStart()).filter((sentence) => sentence !== ''));
}

/** A sentence without the marks that end it. */
export function withoutEnd(sentence: string): string {
	return sentence.replace(endMarks, '');
}
