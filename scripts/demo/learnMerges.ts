import { byteTextOf } from './byteTexts.ts';
import { joinPair, type Merge } from './Tokenizer.ts';

/** A text that merges are learnt from, and how often it counts. */
export interface Sample {
	text: string;
	count: number;
}

/**
 * Learns which neighbours become one token (byte pair encoding: the most frequent pair first, ties by its text), without any that
 * `already` holds. Pairs that occur less than `leastCount` times stay apart, and so do those of more than `longest` bytes.
 *
 * No merge gives a token twice, and none holds a piece of a control token's text, so that no text can be read as one.
 */
export function learnMerges(samples: readonly Sample[], already: readonly Merge[], most: number, leastCount: number, longest: number): Merge[] {
	const learnt: Merge[] = [...already];
	const made = new Set(already.map(([left, right]) => left + right));
	const texts = collect(samples).map(({ text, count }) => ({ tokens: [...byteTextOf(text)], count }));
	for (const merge of already) applyTo(texts, merge);
	const pairs = countPairs(texts);
	while (learnt.length < already.length + most) {
		const best = mostFrequent(pairs, made, longest);
		if (!best || best.count < leastCount) break;
		learnt.push(best.merge);
		made.add(best.merge[0] + best.merge[1]);
		mergeEverywhere(texts, pairs, best);
	}
	return learnt.slice(already.length);
}

interface CountedText {
	tokens: string[];
	count: number;
}

interface Pair {
	merge: Merge;
	count: number;
	/** Numbers of texts in which it is, or was. */
	places: Set<number>;
}

function collect(samples: readonly Sample[]): Sample[] {
	const counts = new Map<string, number>();
	for (const { text, count } of samples) counts.set(text, (counts.get(text) ?? 0) + count);
	return Array.from(counts, ([text, count]) => ({ text, count }));
}

function applyTo(texts: readonly CountedText[], merge: Merge): void {
	for (const text of texts) if (text.tokens.includes(merge[0])) text.tokens = joinPair(text.tokens, merge);
}

function countPairs(texts: readonly CountedText[]): Map<string, Pair> {
	const pairs = new Map<string, Pair>();
	for (const [place, text] of texts.entries()) addPairs(pairs, text, place, 1);
	return pairs;
}

function addPairs(pairs: Map<string, Pair>, { tokens, count }: CountedText, place: number, sign: 1 | -1): void {
	for (let i = 0; i + 1 < tokens.length; i++) {
		const merge: Merge = [tokens[i] ?? '', tokens[i + 1] ?? ''];
		const key = merge.join(' ');
		const pair = pairs.get(key) ?? { merge, count: 0, places: new Set() };
		pair.count += sign * count;
		if (sign === 1) pair.places.add(place);
		pairs.set(key, pair);
	}
}

function mostFrequent(pairs: ReadonlyMap<string, Pair>, made: ReadonlySet<string>, longest: number): Pair | null {
	let best: Pair | null = null;
	for (const pair of pairs.values()) {
		if (best && (pair.count < best.count || (pair.count === best.count && pair.merge.join(' ') >= best.merge.join(' ')))) continue;
		const token = pair.merge.join('');
		if (token.length <= longest && !made.has(token) && !token.includes('<|') && !token.includes('|>')) best = pair;
	}
	return best;
}

function mergeEverywhere(texts: readonly CountedText[], pairs: Map<string, Pair>, { merge, places }: Pair): void {
	for (const place of [...places]) {
		const text = texts[place];
		if (!text) continue;
		addPairs(pairs, text, place, -1);
		text.tokens = joinPair(text.tokens, merge);
		addPairs(pairs, text, place, 1);
	}
	pairs.delete(merge.join(' '));
}
