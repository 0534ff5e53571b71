/** How many character n-grams of each length an answer and its reference have, and how many they share; of several texts these are summed. */
export type ChrfCounts = readonly { answer: number; reference: number; shared: number }[];

const longest = 6;
/** Recall counts this many times as much as precision, squared. */
const factor = 2 ** 2;

/**
 * Counts what chrF2 is computed from: n-grams of 1 to 6 characters, white space left out (Popović 2015, “chrF: character n-gram F-score
 * for automatic MT evaluation”; as sacrebleu counts it, `nrefs:1|case:mixed|eff:yes|nc:6|nw:0|space:no`).
 */
export function countChrf(answer: string, reference: string): ChrfCounts {
	const [ours, theirs] = [answer, reference].map((text) => Array.from(text.replace(/\s+/gu, '')));
	return Array.from({ length: longest }, (_, i) => {
		const found = gramsOf(ours ?? [], i + 1);
		const wanted = gramsOf(theirs ?? [], i + 1);
		let shared = 0;
		for (const [gram, count] of wanted) shared += Math.min(count, found.get(gram) ?? 0);
		// A reference that is shorter than n says nothing about n-grams.
		return { answer: wanted.size > 0 ? sum(found.values()) : 0, reference: sum(wanted.values()), shared };
	});
}

/** chrF2, 0..100: of one text, or of a whole test set by the counts of all its texts together. */
export function chrfOf(counts: readonly ChrfCounts[]): number {
	const orders = Array.from({ length: longest }, (_, i) => ({
		answer: sum(counts.map((each) => each[i]?.answer ?? 0)),
		reference: sum(counts.map((each) => each[i]?.reference ?? 0)),
		shared: sum(counts.map((each) => each[i]?.shared ?? 0)),
	})).filter(({ answer, reference }) => answer > 0 && reference > 0);
	if (orders.length === 0) return 0;
	const precision = sum(orders.map(({ shared, answer }) => shared / answer)) / orders.length;
	const recall = sum(orders.map(({ shared, reference }) => shared / reference)) / orders.length;
	return precision + recall === 0 ? 0 : (100 * (1 + factor) * precision * recall) / (factor * precision + recall);
}

function gramsOf(characters: readonly string[], length: number): Map<string, number> {
	const counts = new Map<string, number>();
	for (let at = 0; at + length <= characters.length; at++) {
		const gram = characters.slice(at, at + length).join('');
		counts.set(gram, (counts.get(gram) ?? 0) + 1);
	}
	return counts;
}

function sum(numbers: Iterable<number>): number {
	let total = 0;
	for (const each of numbers) total += each;
	return total;
}
