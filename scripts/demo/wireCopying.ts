import type { RandomStream } from '../../src-main/features/finetune/trainer/RandomStream.ts';

/** The measures of the model that heads are wired in. */
interface Measures {
	width: number;
	heads: number;
	kvHeads: number;
	ropeBase: number;
}

/** How firmly a head looks so far back, and how firmly one looks for what it saw before: in units of the attention's exponent. */
const firmness = { back: 4.5, match: 6 };
/** Of the pairs that turn with the place, the first tell near places apart; the rest hardly turn within a row and tell what stands there. */
const placePairs = 14;

/**
 * Gives first weights, which are drawn by chance, a beginning of the two heads by which a model says again what it read (Olsson et al., “In-context
 * Learning and Induction Heads”, 2022): in the first layer one that looks one token back and one that looks two back, in the second one that
 * looks for the place after what it sees now. A model of this size finds them by itself only in many times the training that this one gets,
 * and without them it cannot quote an answer, compare two numbers or find a line by its number. All of it is learnt on like any other weight.
 *
 * `weights` are changed in place; a matrix's rows stand one after the other.
 */
export function wireCopying(weights: ReadonlyMap<string, Float32Array>, random: RandomStream, { width, heads, kvHeads, ropeBase }: Measures): void {
	const headLength = width / heads;
	const of = (name: string) => new Rows(weights.get(`${name}.weight`) ?? new Float32Array(0), width);
	const [words, head] = [of('token_embd'), of('output')];
	const [q0, k0, v0, o0] = ['q', 'k', 'v', 'output'].map((name) => of(`blk.0.attn_${name}`)) as [Rows, Rows, Rows, Rows];
	const [q1, k1, v1, o1] = ['q', 'k', 'v', 'output'].map((name) => of(`blk.1.attn_${name}`)) as [Rows, Rows, Rows, Rows];

	// What a word says of itself is also what makes it likely; the same for all words is by what heads know no more than their place.
	const always = Float32Array.from({ length: width }, () => (random.next() < 0.5 ? -1 : 1) / Math.sqrt(width));
	for (let word = 0; word < words.count; word++) {
		head.set(word, scaled(words.get(word), 0.5));
		words.set(word, sum(words.get(word), scaled(always, norm(words.get(word)))));
	}
	// After the first norm half of a word's square is `always`.
	const alwaysShare = Math.sqrt(width / 2);
	const amplitude = Math.sqrt(firmness.back * Math.sqrt(headLength)) / alwaysShare;
	for (let pair = 0; pair < headLength / 2; pair++) {
		const turn = ropeBase ** ((-2 * pair) / headLength);
		const isPlace = pair < placePairs;
		k0.set(2 * pair, isPlace ? scaled(always, amplitude) : scaled(k0.get(2 * pair), 0.3));
		k0.set(2 * pair + 1, scaled(k0.get(2 * pair + 1), isPlace ? 0 : 0.3));
		for (const [at, back] of [1, 2].entries()) {
			const row = at * headLength + 2 * pair;
			q0.set(row, isPlace ? scaled(always, amplitude * Math.cos(back * turn)) : scaled(q0.get(row), 0.3));
			q0.set(row + 1, isPlace ? scaled(always, -amplitude * Math.sin(back * turn)) : scaled(q0.get(row + 1), 0.3));
		}
	}
	const perKey = heads / kvHeads;
	for (let row = 0; row < headLength; row++) v0.set(row, without(v0.get(row), always));
	for (let column = 0; column < 2 * headLength; column++) o0.setColumn(column, scaled(o0.getColumn(column), 1.5));

	// The second layer: what is read now against what stood one (or two) before each place, as the first layer left it there.
	for (const [at, key] of [0, kvHeads - 1].entries()) {
		const query = key * perKey;
		for (let row = 0; row < headLength; row++) {
			const isPlace = row < 2 * placePairs;
			const [ofQuery, ofKey] = [query * headLength + row, key * headLength + row];
			q1.set(ofQuery, isPlace ? scaled(q1.get(ofQuery), 0.3) : scaled(v0.get(row), Math.sqrt(firmness.match) * 1.15));
			k1.set(ofKey, isPlace ? scaled(k1.get(ofKey), 0.3) : scaled(o0.getColumn(at * headLength + row), Math.sqrt(firmness.match) * 1.15));
			const value = without(v1.get(ofKey), always);
			v1.set(ofKey, value);
			o1.setColumn(query * headLength + row, scaled(value, 3));
		}
	}
}

/** A matrix as its rows. */
class Rows {
	readonly #values: Float32Array;
	readonly #columns: number;

	constructor(values: Float32Array, columns: number) {
		this.#values = values;
		this.#columns = columns;
	}

	get count(): number {
		return this.#values.length / this.#columns;
	}

	get(row: number): Float32Array {
		return this.#values.slice(row * this.#columns, (row + 1) * this.#columns);
	}

	set(row: number, values: Float32Array): void {
		this.#values.set(values, row * this.#columns);
	}

	getColumn(column: number): Float32Array {
		return Float32Array.from({ length: this.count }, (_, row) => this.#values[row * this.#columns + column] ?? 0);
	}

	setColumn(column: number, values: Float32Array): void {
		for (const [row, value] of values.entries()) this.#values[row * this.#columns + column] = value;
	}
}

function scaled(vector: Float32Array, by: number): Float32Array {
	return vector.map((value) => value * by);
}

function sum(a: Float32Array, b: Float32Array): Float32Array {
	return a.map((value, at) => value + (b[at] ?? 0));
}

function dot(a: Float32Array, b: Float32Array): number {
	return a.reduce((total, value, at) => total + value * (b[at] ?? 0), 0);
}

function norm(vector: Float32Array): number {
	return Math.sqrt(dot(vector, vector));
}

/** What is left of a vector across another one of length 1. */
function without(vector: Float32Array, unit: Float32Array): Float32Array {
	return sum(vector, scaled(unit, -dot(vector, unit)));
}
