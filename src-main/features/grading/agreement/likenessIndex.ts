/** How like each answer is to each other: the cosine, 1 for the same direction. */
export interface LikenessIndex {
	/** Likeness of the answer at that place to those after it, in their order. */
	toLater(place: number): Float64Array;
}

/** The same by characters, for texts that are not among them too. */
export interface CharacterIndex extends LikenessIndex {
	/** Likeness of a normalised text to all answers, in their order. */
	toText(text: string): Float64Array;
}

/** What a model makes of an answer (AnswerVectors.ts): null where it can make nothing of it. */
export type AnswerVector = readonly number[] | Float32Array | null;

/** The same by a model's vectors. */
export interface VectorIndex extends LikenessIndex {
	/** Likeness of another vector to all answers, in their order. */
	toVector(vector: AnswerVector): Float64Array;
}

/** Prepares answers to be compared by their vectors. One that has none, or one of another length, is like no other: its likeness is -1. */
export function vectorIndex(vectors: readonly AnswerVector[]): VectorIndex {
	const units = vectors.map(unitOf);
	const likeness = (one: Float64Array | null, other: Float64Array | null) => (one && other && one.length === other.length ? product(one, other) : -1);
	return {
		toLater: (place) => Float64Array.from(units.slice(place + 1), (other) => likeness(units[place] ?? null, other)),
		toVector(vector) {
			const own = unitOf(vector);
			return Float64Array.from(units, (other) => likeness(own, other));
		},
	};
}

function unitOf(vector: AnswerVector): Float64Array | null {
	if (vector === null) return null;
	const length = Math.sqrt(product(vector, vector));
	return Number.isFinite(length) && length > 0 ? Float64Array.from(vector, (value) => value / length) : null;
}

function product(a: ArrayLike<number>, b: ArrayLike<number>): number {
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
