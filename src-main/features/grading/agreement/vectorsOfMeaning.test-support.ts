import { normaliseAnswer } from './normaliseAnswer.ts';
import { paraphrases } from './paraphrases.ts';

const width = 96;

/**
 * For tests: what a model that knows what answers mean would make of the paraphrases: the same direction for what says the same, and a tenth of it by
 * chance. Such a model weighs more than a test can carry. Other texts get a direction of their own.
 */
export function vectorsOfMeaning(): (text: string) => number[] {
	const meanings = new Map<string, string>();
	for (const [at, { rows }] of paraphrases.entries())
		for (const [row, texts] of rows.entries()) for (const text of texts) meanings.set(normaliseAnswer(text), `${at}/${row}`);
	return (text) => {
		const said = normaliseAnswer(text);
		const [meaning, own] = [directionOf(meanings.get(said) ?? said), directionOf(`own ${said}`)];
		return meaning.map((value, at) => value + 0.1 * (own[at] ?? 0));
	};
}

/** Numbers from -1 to 1 that follow from a text: FNV-1a, then a linear congruential generator (Numerical Recipes). */
function directionOf(text: string): number[] {
	let state = 0x811c9dc5;
	for (const character of text) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
	return Array.from({ length: width }, () => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return state / 2 ** 31 - 1;
	});
}
