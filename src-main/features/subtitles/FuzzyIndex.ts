import { foldTerm } from './foldSource.ts';

/** Less like than this is of no help to a translator: the usual bound of translation memories. */
export const leastFraction = 0.7;

/**
 * Finds texts that are like another one: by the Sørensen–Dice coefficient of their pairs of neighbouring characters, twice those that both have
 * over those that each has, case and spacing aside (Dice 1945, Ecology 26). 1: the same; 0: nothing in common.
 */
export class FuzzyIndex {
	/** By pair, as often as a text has it: the texts. */
	readonly #texts = new Map<string, number[]>();
	readonly #sizes: number[];

	constructor(texts: readonly string[]) {
		this.#sizes = texts.map((text, at) => {
			const pairs = pairsOf(text);
			for (const pair of pairs) {
				const there = this.#texts.get(pair);
				if (there) there.push(at);
				else this.#texts.set(pair, [at]);
			}
			return pairs.length;
		});
	}

	/** The texts most like this one, likest first, of equals the first ones given; none below `leastFraction`. */
	find(text: string, most: number): { at: number; fraction: number }[] {
		const pairs = pairsOf(text);
		const shared = new Map<number, number>();
		for (const pair of pairs) for (const at of this.#texts.get(pair) ?? []) shared.set(at, (shared.get(at) ?? 0) + 1);
		return [...shared]
			.map(([at, count]) => ({ at, fraction: (2 * count) / (pairs.length + (this.#sizes[at] ?? 0)) }))
			.filter(({ fraction }) => fraction >= leastFraction)
			.sort((a, b) => b.fraction - a.fraction || a.at - b.at)
			.slice(0, most);
	}
}

/** The pairs of a text, a repeated one each time by another name, so that as many count as both have. */
function pairsOf(text: string): string[] {
	const characters = [...` ${foldTerm(text)} `];
	const seen = new Map<string, number>();
	return characters.slice(1).map((character, at) => {
		const pair = `${characters[at]}${character}`;
		const times = (seen.get(pair) ?? 0) + 1;
		seen.set(pair, times);
		return `${pair}${times}`;
	});
}
