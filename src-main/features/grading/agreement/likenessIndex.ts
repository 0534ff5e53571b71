import { normaliseAnswer } from './normaliseAnswer.ts';

/** An answer, with its embedding if a model made one. */
export interface LikeItem {
	id: string;
	text: string;
	vector?: readonly number[];
}

/** How like each answer is to each other: the cosine, 1 for the same direction. */
export interface LikenessIndex {
	kind: 'vectors' | 'characters';
	/** Likeness of the answer at that place to those after it, in their order. */
	toLater(place: number): Float64Array;
}

/** The same by characters, for texts that are not among them too. */
export interface CharacterIndex extends LikenessIndex {
	/** Likeness of a normalised text to all answers, in their order. */
	toText(text: string): Float64Array;
}

/**
 * Prepares answers to be compared with one another: by their vectors where every one has one of the same length, else by counts of short
 * strings of characters, which need no model and know no language.
 */
export function likenessIndex(items: readonly LikeItem[]): LikenessIndex {
	const vectors = items.flatMap(({ vector }) => (vector !== undefined && usable(vector) ? [vector] : []));
	const sameLength = new Set(vectors.map(({ length }) => length)).size === 1;
	return vectors.length === items.length && sameLength ? ofVectors(vectors) : characterIndex(items.map(({ text }) => normaliseAnswer(text)));
}

function usable(vector: readonly number[]): boolean {
	return vector.every(Number.isFinite) && vector.some((value) => value !== 0);
}

function ofVectors(vectors: readonly (readonly number[])[]): LikenessIndex {
	const units = vectors.map((vector) => {
		const length = Math.hypot(...vector);
		return Float64Array.from(vector, (value) => value / length);
	});
	return {
		kind: 'vectors',
		toLater(place) {
			const own = units[place] ?? new Float64Array();
			return Float64Array.from(units.slice(place + 1), (other) => product(own, other));
		},
	};
}

function product(a: Float64Array, b: Float64Array): number {
	let sum = 0;
	for (let index = 0; index < a.length; index++) sum += (a[index] ?? 0) * (b[index] ?? 0);
	return sum;
}

/** Strings of characters as numbers from 0, and how often the answer has each. */
interface Grams {
	ids: Uint32Array;
	counts: Uint32Array;
}

/** Prepares answers to be compared by their characters; all texts are normalised (normaliseAnswer.ts). */
export function characterIndex(texts: readonly string[]): CharacterIndex {
	const { answers, numbers } = numberGrams(texts.map(countGrams));
	const lengths = answers.map(({ counts }) => squares(counts));
	const own = new Uint32Array(numbers.size);
	const toThose = ({ ids, counts }: Grams, length: number, from: number) => {
		for (let index = 0; index < ids.length; index++) own[ids[index] ?? 0] = counts[index] ?? 0;
		const likeness = Float64Array.from(answers.slice(from), (other, index) => {
			const shared = sharedCount(own, other);
			return shared === 0 ? 0 : shared / Math.sqrt(length * (lengths[from + index] ?? 0));
		});
		for (const id of ids) own[id] = 0;
		return likeness;
	};
	return {
		kind: 'characters',
		toLater: (place) => toThose(answers[place] ?? { ids: new Uint32Array(), counts: new Uint32Array() }, lengths[place] ?? 0, place + 1),
		toText(text) {
			const counted = countGrams(text);
			const known = [...counted].flatMap(([gram, count]) => {
				const id = numbers.get(gram);
				return id === undefined ? [] : [{ id, count }];
			});
			const grams = { ids: Uint32Array.from(known, ({ id }) => id), counts: Uint32Array.from(known, ({ count }) => count) };
			return toThose(grams, squares(counted.values()), 0);
		},
	};
}

function squares(counts: Iterable<number>): number {
	let sum = 0;
	for (const count of counts) sum += count ** 2;
	return sum;
}

/** Of the counts of one answer, spread out by number, and those of another. */
function sharedCount(own: Uint32Array, { ids, counts }: Grams): number {
	let sum = 0;
	for (let index = 0; index < ids.length; index++) sum += (own[ids[index] ?? 0] ?? 0) * (counts[index] ?? 0);
	return sum;
}

function numberGrams(counted: readonly ReadonlyMap<string, number>[]): { answers: Grams[]; numbers: ReadonlyMap<string, number> } {
	const numbers = new Map<string, number>();
	const answers = counted.map((grams) => {
		const ids = Uint32Array.from(grams.keys(), (gram) => {
			const known = numbers.get(gram) ?? numbers.size;
			numbers.set(gram, known);
			return known;
		});
		return { ids, counts: Uint32Array.from(grams.values()) };
	});
	return { answers, numbers };
}

/** Three characters, or two from a Chinese one on, whose words are that much shorter; a space stands before and after the whole. */
function countGrams(text: string): Map<string, number> {
	const characters = text === '' ? [] : [' ', ...text, ' '];
	const counts = new Map<string, number>();
	for (const [place, character] of characters.entries()) {
		const length = /\p{Script=Han}/u.test(character) ? 2 : 3;
		if (place + length > characters.length) continue;
		const gram = characters.slice(place, place + length).join('');
		counts.set(gram, (counts.get(gram) ?? 0) + 1);
	}
	return counts;
}
