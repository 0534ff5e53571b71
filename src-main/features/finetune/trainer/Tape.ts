import type { LoraPair } from './Adapter.ts';
import type { FrozenMatrix } from './BaseWeights.ts';
import { type Context, exactProduct, type Ggml, type RopeSettings, type Tensor } from './ggml.ts';
import type { Workbench } from './Workbench.ts';

/** A result of the forward pass: `length` values for each token. Its gradient fills up while the tape runs back. */
export interface Value {
	tensor: Tensor;
	length: number;
	/** Whether anything that is trained, or asked for, comes before it. */
	needsGradient: boolean;
	gradient: Tensor | null;
}

/** The gradients that a pair gets in one run of the tape. */
export interface PairGradient {
	pair: LoraPair;
	a: Tensor;
	b: Tensor;
}

/** The gradient that a weight of the model itself gets in one run of the tape, where those are trained. */
export interface WeightGradient {
	/** As the file names it. */
	name: string;
	/** In the order of the weight's values. */
	tensor: Tensor;
}

/** What a product with a frozen matrix is made of. */
export interface Linear {
	matrix: FrozenMatrix;
	/** Wᵀ; null in a pass that does not run back. */
	transposed: Tensor | null;
	bias: Tensor | null;
	pair: LoraPair | null;
	/** Of what the pair adds. */
	pairScale: number;
	/** Whether the matrix itself gets a gradient. */
	trained?: boolean;
}

/** Queries from one token up to another, and who of the tokens up to there each of them sees. */
export interface AttentionBlock {
	from: number;
	to: number;
	/** 0 or -∞ for `to` tokens in each of `to - from` rows. */
	mask: Tensor;
}

/** How heads attend: `heads` queries share `kvHeads` keys and values. */
export interface AttentionSettings {
	heads: number;
	kvHeads: number;
	headLength: number;
	scale: number;
}

const geluScale = Math.sqrt(2 / Math.PI);
const geluCubic = 0.044715;
const pieceLength = 256;

/**
 * The operations of a transformer's forward pass, each with the nodes of its backward pass, so that only what is needed is computed.
 *
 * ggml's own autograd is not used: it takes a frozen product's gradient through ggml_out_prod, three to four times slower than
 * a product with the transposed matrix. All values are F32 and lie token after token.
 */
export class Tape {
	readonly #ggml: Ggml;
	readonly #onCard: boolean;
	readonly #context: Context;
	readonly #tokens: number;
	readonly #steps: (() => void)[] = [];
	readonly pairGradients: PairGradient[] = [];
	readonly weightGradients: WeightGradient[] = [];

	constructor({ ggml, onCard }: Workbench, context: Context, tokens: number) {
		this.#ggml = ggml;
		this.#onCard = onCard;
		this.#context = context;
		this.#tokens = tokens;
	}

	/** Something that was computed before. */
	leaf(tensor: Tensor, length: number, needsGradient: boolean): Value {
		return { tensor, length, needsGradient, gradient: null };
	}

	add(a: Value, b: Value): Value {
		const y = this.#value(this.#ggml.add(this.#context, a.tensor, b.tensor), a.length, a, b);
		return this.#record(y, (dy) => {
			this.#give(a, () => dy);
			this.#give(b, () => dy);
		});
	}

	/**
	 * The root-mean-square norm over `groupLength` values at a time (a head's, or all of a token's), times a weight. With `trainedName`
	 * the weight gets a gradient under this name.
	 */
	rmsNorm(x: Value, weight: Tensor, epsilon: number, groupLength = x.length, trainedName: string | null = null): Value {
		const [g, c] = [this.#ggml, this.#context];
		const grouped = (tensor: Tensor) => (groupLength === x.length ? tensor : g.reshape_3d(c, tensor, groupLength, x.length / groupLength, this.#tokens));
		const flat = (tensor: Tensor) => (groupLength === x.length ? tensor : g.reshape_2d(c, tensor, x.length, this.#tokens));
		const y = this.#value(flat(g.mul(c, g.rms_norm(c, grouped(x.tensor), epsilon), weight)), x.length, x);
		return this.#record(y, (dy) => {
			if (trainedName !== null) {
				const slopes = g.reshape_2d(c, g.mul(c, grouped(dy), g.rms_norm(c, grouped(x.tensor), epsilon)), groupLength, (x.length / groupLength) * this.#tokens);
				this.weightGradients.push({ name: trainedName, tensor: g.sum_rows(c, g.cont(c, g.transpose(c, slopes))) });
			}
			this.#give(x, () => flat(g.rms_norm_back(c, g.mul(c, grouped(dy), weight), grouped(x.tensor), epsilon)));
		});
	}

	/** Wx + bias + scale·BAx. `known` stands for the result where it was kept. */
	linear(x: Value, { matrix, transposed, bias, pair, pairScale, trained = false }: Linear, known?: Tensor): Value {
		const [g, c] = [this.#ggml, this.#context];
		const inner = pair && g.scale(c, this.product(pair.a.tensor, x.tensor), pairScale);
		const compute = () => {
			const product = this.product(matrix.tensor, x.tensor);
			const biased = bias ? g.add(c, product, bias) : product;
			return pair && inner ? g.add(c, biased, this.#pairProduct(pair.b.tensor, inner)) : biased;
		};
		const y: Value = { tensor: known ?? compute(), length: matrix.rows, needsGradient: x.needsGradient || pair !== null || trained, gradient: null };
		return this.#record(y, (dy) => {
			if (trained) this.weightGradients.push({ name: matrix.name, tensor: this.matrixGradient(x.tensor, dy) });
			const dInner = pair && g.scale(c, this.product(pair.b.tensor, dy), pairScale);
			if (pair && inner && dInner)
				this.pairGradients.push({
					pair,
					a: this.#sumOverTokens(x.tensor, pair.columns, dInner, pair.rank),
					b: this.#sumOverTokens(dy, pair.rows, inner, pair.rank),
				});
			this.#give(x, () => {
				if (!transposed) throw new Error(`The transpose of ${matrix.name} is missing`);
				const frozen = this.product(transposed, dy);
				return pair && dInner ? g.add(c, frozen, this.#pairProduct(pair.a.tensor, dInner)) : frozen;
			});
		});
	}

	/**
	 * The gradient of W in y = Wx, summed over tokens: a product of both laid the other way around, which takes a third of the time that
	 * ggml_out_prod takes.
	 */
	matrixGradient(x: Tensor, dy: Tensor): Tensor {
		const [g, c] = [this.#ggml, this.#context];
		return this.product(g.cont(c, g.transpose(c, x)), g.cont(c, g.transpose(c, dy)));
	}

	/** For each row of b, its products with the rows of a, summed up as F32. Where a back end is left its choice, cards sum up as F16. */
	product(a: Tensor, b: Tensor): Tensor {
		const product = this.#ggml.mul_mat(this.#context, a, b);
		this.#ggml.mul_mat_set_prec(product, exactProduct);
		return product;
	}

	/** Cuts each token's values into parts of these lengths. */
	split(x: Value, lengths: readonly number[]): Value[] {
		const [g, c] = [this.#ggml, this.#context];
		let offset = 0;
		const parts = lengths.map((length) => {
			const part = this.#value(g.cont(c, g.view_2d(c, x.tensor, length, this.#tokens, x.length * 4, offset * 4)), length, x);
			offset += length;
			return part;
		});
		this.#steps.push(() => {
			const gradients = parts.flatMap(({ gradient }) => gradient ?? []);
			if (gradients.length === 0) return;
			if (gradients.length < parts.length) throw new Error('A part of a split value has no gradient');
			this.#give(x, () => gradients.reduce((joined, gradient) => g.concat(c, joined, gradient, 0)));
		});
		return parts;
	}

	/** Turns each head's values by the tokens' positions. */
	rope(x: Value, headLength: number, positions: Tensor, factors: Tensor | null, settings: RopeSettings): Value {
		const [g, c] = [this.#ggml, this.#context];
		const heads = (tensor: Tensor) => g.reshape_3d(c, tensor, headLength, x.length / headLength, this.#tokens);
		const flat = (tensor: Tensor) => g.reshape_2d(c, tensor, x.length, this.#tokens);
		const y = this.#value(flat(g.rope_ext(c, heads(x.tensor), positions, factors, ...settings)), x.length, x);
		return this.#record(y, (dy) => this.#give(x, () => flat(g.rope_ext_back(c, heads(dy), positions, factors, ...settings))));
	}

	/**
	 * softmax(scale·KᵀQ + mask)·V. The queries of one key head count as so many more tokens.
	 *
	 * It goes block by block of queries, each with the keys up to its own end: what a mask would hide anyway is not computed.
	 */
	attention(q: Value, k: Value, v: Value, blocks: readonly AttentionBlock[], settings: AttentionSettings): Value {
		const [g, c, tokens] = [this.#ggml, this.#context, this.#tokens];
		const { heads, kvHeads, headLength, scale } = settings;
		const headBytes = headLength * 4;
		/** From token after token to head after head. */
		const keyHeads = (tensor: Tensor) => g.cont(c, g.permute(c, g.reshape_3d(c, tensor, headLength, kvHeads, tokens), 0, 2, 1, 3));
		const turnedHeads = (tensor: Tensor) => g.cont(c, g.permute(c, g.reshape_3d(c, tensor, headLength, kvHeads, tokens), 1, 2, 0, 3));
		const queryGroups = (tensor: Tensor, { from, to }: AttentionBlock) => {
			const part = g.view_3d(c, tensor, headLength, heads, to - from, headBytes, q.length * 4, from * q.length * 4);
			return g.reshape_3d(c, g.cont(c, g.permute(c, part, 0, 2, 1, 3)), headLength, ((to - from) * heads) / kvHeads, kvHeads);
		};
		const byToken = (tensor: Tensor, count: number, length: number) =>
			g.cont_2d(c, g.permute(c, g.reshape_3d(c, tensor, headLength, length, count), 0, 2, 1, 3), headLength * count, length);
		const rowsUpTo = (tensor: Tensor, to: number) => g.view_3d(c, tensor, headLength, to, kvHeads, headBytes, headBytes * tokens, 0);
		const columnsUpTo = (tensor: Tensor, to: number) => g.view_3d(c, tensor, to, headLength, kvHeads, tokens * 4, headBytes * tokens, 0);
		const joined = (parts: readonly Tensor[]) => parts.reduce((all, part) => g.concat(c, all, part, 1));
		/** Sums of keys or values: the last block has all of them, those before it the first ones. */
		const summed = (parts: readonly Tensor[]) =>
			byToken(
				parts.reduceRight((all, part) => g.acc(c, all, part, headBytes, headBytes * tokens, headBytes * tokens * kvHeads, 0)),
				kvHeads,
				tokens,
			);

		const [keys, values] = [keyHeads(k.tensor), turnedHeads(v.tensor)];
		const done = blocks.map((block) => {
			const { from, to, mask } = block;
			const queries = queryGroups(q.tensor, block);
			const scores = g.reshape_3d(c, this.product(rowsUpTo(keys, to), queries), to, to - from, heads);
			const shares = g.reshape_3d(c, g.soft_max_ext(c, scores, mask, scale, 0), to, ((to - from) * heads) / kvHeads, kvHeads);
			return { block, queries, shares, y: byToken(this.product(columnsUpTo(values, to), shares), heads, to - from) };
		});
		const y = this.#value(joined(done.map((each) => each.y)), q.length, q, k, v);
		return this.#record(y, (dy) => {
			const [valueRows, turnedKeys] = [keyHeads(v.tensor), turnedHeads(k.tensor)];
			const back = done.map(({ block, queries, shares }) => {
				const dRows = queryGroups(dy, block);
				const dShares = this.product(rowsUpTo(valueRows, block.to), dRows);
				return { block, queries, shares, dRows, dScores: g.soft_max_ext_back(c, dShares, shares, scale, 0) };
			});
			this.#give(v, () => summed(back.map(({ dRows, shares }) => this.#sumOverRows(dRows, shares))));
			this.#give(q, () =>
				joined(back.map(({ block: { from, to }, dScores }) => byToken(this.product(columnsUpTo(turnedKeys, to), dScores), heads, to - from))),
			);
			this.#give(k, () => summed(back.map(({ queries, dScores }) => this.#sumOverRows(queries, dScores))));
		});
	}

	/** activation(gate)·up */
	gated(gate: Value, up: Value, activation: 'silu' | 'gelu'): Value {
		const [g, c] = [this.#ggml, this.#context];
		const forward = activation === 'silu' ? g.swiglu_split(c, gate.tensor, up.tensor) : g.geglu_split(c, gate.tensor, up.tensor);
		const y = this.#value(forward, gate.length, gate, up);
		return this.#record(y, (dy) => {
			this.#give(up, () => g.mul(c, dy, activation === 'silu' ? g.silu(c, gate.tensor) : this.#gelu(gate.tensor).y));
			this.#give(gate, () => {
				const dActivated = g.mul(c, dy, up.tensor);
				return activation === 'silu' ? g.silu_back(c, dActivated, gate.tensor) : this.#geluBack(dActivated, gate.tensor);
			});
		});
	}

	/** Runs back from a result whose gradient is known. Afterwards each value that needed one has its gradient. */
	runBack(result: Value, gradient: Tensor): void {
		result.gradient = gradient;
		for (const step of this.#steps.toReversed()) step();
	}

	/**
	 * gelu in its form with tanh, as silu(z) / 2s(1 + cx²) with z = 2sx(1 + cx²), which is the same.
	 *
	 * ggml's own reads it from a table of F16 values. The forward pass does so too, to compute what will be computed when the adapter
	 * is used; a slope needs it exactly.
	 */
	#gelu(x: Tensor) {
		const [g, c] = [this.#ggml, this.#context];
		const square = g.sqr(c, x);
		const width = g.scale_bias(c, square, 2 * geluScale * geluCubic, 2 * geluScale);
		const z = g.mul(c, x, width);
		return { square, width, z, y: g.div(c, g.silu(c, z), width) };
	}

	/** dy·(silu'(z)(1 + 3cx²) - 2cx·gelu(x)) / (1 + cx²) */
	#geluBack(dy: Tensor, x: Tensor): Tensor {
		const [g, c] = [this.#ggml, this.#context];
		const { square, width, z, y } = this.#gelu(x);
		const share = g.div(c, g.scale(c, dy, 2 * geluScale), width);
		const steep = g.silu_back(c, g.mul(c, share, g.scale_bias(c, square, 3 * geluCubic, 1)), z);
		return g.sub(c, steep, g.mul(c, share, g.mul(c, y, g.scale(c, x, 2 * geluCubic))));
	}

	/**
	 * Sums over tokens of each of `length` values times each of `count` others: [length, count].
	 *
	 * ggml_out_prod goes over its rows side by side, which in steps of some KB push one another out of the processor's nearest cache.
	 * So long ones are laid out in short pieces first: three times as fast at 2,048 values.
	 */
	#sumOverTokens(long: Tensor, length: number, short: Tensor, count: number): Tensor {
		const [g, c, tokens] = [this.#ggml, this.#context, this.#tokens];
		const pieces = length / pieceLength;
		if (this.#onCard || pieces < 2 || !Number.isInteger(pieces)) return this.#sumOverRows(long, short);
		const apart = g.cont(c, g.permute(c, g.reshape_3d(c, long, pieceLength, pieces, tokens), 0, 2, 1, 3));
		const sums = g.out_prod(c, apart, g.repeat_4d(c, short, count, tokens, pieces, 1));
		return g.cont_2d(c, g.permute(c, sums, 0, 2, 1, 3), length, count);
	}

	/** The half of a pair that makes long values of short ones. */
	#pairProduct(half: Tensor, inner: Tensor): Tensor {
		const [g, c] = [this.#ggml, this.#context];
		return this.#onCard ? this.product(g.cont(c, g.transpose(c, half)), inner) : g.out_prod(c, half, g.transpose(c, inner));
	}

	/** Sums over rows of the values of one times those of the other. Cards know no ggml_out_prod, or a slow one, so there it is a product of both turned. */
	#sumOverRows(a: Tensor, b: Tensor): Tensor {
		return this.#onCard ? this.matrixGradient(a, b) : this.#ggml.out_prod(this.#context, a, b);
	}

	#value(tensor: Tensor, length: number, ...from: readonly Value[]): Value {
		return { tensor, length, needsGradient: from.some(({ needsGradient }) => needsGradient), gradient: null };
	}

	#record(value: Value, back: (gradient: Tensor) => void): Value {
		this.#steps.push(() => {
			if (value.needsGradient && value.gradient) back(value.gradient);
		});
		return value;
	}

	#give(value: Value, gradient: () => Tensor): void {
		if (!value.needsGradient) return;
		value.gradient = value.gradient ? this.#ggml.add(this.#context, value.gradient, gradient()) : gradient();
	}
}
