import type { BaseWeights } from './BaseWeights.ts';
import { type Context, type Tensor, tensorType } from './ggml.ts';
import type { Row } from './Row.ts';
import type { Slot } from './Slot.ts';
import { Tape } from './Tape.ts';
import type { TransposedWeights } from './TransposedWeights.ts';
import type { Workbench } from './Workbench.ts';

/** Of the logits that are held at once; a card has more to do with more of them. */
export const mostLogitBytes = { processor: 8 * 2 ** 20, card: 64 * 2 ** 20 };
const mostTokensAtOnce = 128;

/** A loss, as the sum over tokens, and how many those were. */
export interface Loss {
	sum: number;
	tokens: number;
}

/** How the way back begins. */
export interface HeadBack {
	transposed: TransposedWeights;
	/** What all gradients are multiplied with. */
	lossScale: number;
	/** Takes the gradients of the head's own weights, where those are trained. They can be read until this returns. */
	takeGradients?: (gradients: HeadGradients) => void;
}

/**
 * What the head's own weights get from some tokens, times the loss scale: `expected` has the shape of the head's matrix, and the rows of
 * the wanted tokens in it get `normed` less, times the loss scale, one for each goal.
 */
export interface HeadGradients {
	expected: Tensor;
	normed: Tensor;
	goals: Int32Array;
	outputNorm: Tensor;
}

/**
 * The end of the model: from the last layer's result to the loss, and back. Only the tokens that something is to be learnt from
 * are computed, some at a time, so that a large vocabulary costs little memory.
 */
export class Head {
	readonly #bench: Workbench;
	readonly #weights: BaseWeights;
	readonly #tokensAtOnce: number;
	readonly #rows: Tensor;
	readonly #goals: Tensor;
	readonly #places: Tensor;
	readonly #targetRows: Tensor;

	constructor(bench: Workbench, weights: BaseWeights) {
		this.#bench = bench;
		this.#weights = weights;
		const { ggml } = bench;
		const { columns, rows, typeId } = weights.head;
		const count = Math.max(1, Math.min(mostTokensAtOnce, Math.floor(mostLogitBytes[bench.onCard ? 'card' : 'processor'] / (rows * 4))));
		this.#tokensAtOnce = count;
		const { tensors } = bench.allocate(4, (context) => ({
			rows: ggml.new_tensor_1d(context, tensorType.I32, count),
			goals: ggml.new_tensor_1d(context, tensorType.I32, count),
			places: ggml.new_tensor_1d(context, tensorType.I64, count),
			targetRows: ggml.new_tensor_2d(context, typeId, columns, count),
		}));
		this.#rows = tensors.rows;
		this.#goals = tensors.goals;
		this.#places = tensors.places;
		this.#targetRows = tensors.targetRows;
	}

	/**
	 * The loss of a row that has gone through all layers. With `transposed` also the gradient of the last layer's result, times
	 * `lossScale`, in the slot.
	 */
	run(slot: Slot, row: Row, back: HeadBack | null): Loss {
		const learnt = [...row.goals.keys()].filter((i) => row.goals[i] !== -1);
		if (back) {
			slot.clearGradient();
			back.transposed.prepare([this.#weights.head]);
		}
		let sum = 0;
		for (let first = 0; first < learnt.length; first += this.#tokensAtOnce) {
			const rows = Int32Array.from(learnt.slice(first, first + this.#tokensAtOnce));
			sum += this.#runPart(
				slot,
				rows,
				Int32Array.from(rows, (i) => row.goals[i] ?? 0),
				back,
			);
		}
		return { sum, tokens: learnt.length };
	}

	/** The logits of all tokens of a row, one token after another. */
	logits(slot: Slot): Float32Array {
		const { rows: vocabulary } = this.#weights.head;
		const all = new Float32Array(vocabulary * slot.tokens);
		for (let first = 0; first < slot.tokens; first += this.#tokensAtOnce) {
			const rows = Int32Array.from({ length: Math.min(this.#tokensAtOnce, slot.tokens - first) }, (_, i) => first + i);
			this.#bench.write(this.#rows, rows);
			const logits = this.#bench.run((context, graph) => {
				const { logits } = this.#forward(context, slot, rows.length);
				this.#bench.ggml.set_output(logits);
				this.#bench.ggml.build_forward_expand(graph, logits);
				return logits;
			});
			this.#bench.read(logits, all.subarray(first * vocabulary, (first + rows.length) * vocabulary));
		}
		return all;
	}

	#forward(context: Context, slot: Slot, count: number, trained = false) {
		const { ggml } = this.#bench;
		const { shape } = this.#weights.base;
		const norm = this.#weights.vector('output_norm.weight');
		if (!norm) throw new Error('The model has no last norm');
		const tape = new Tape(this.#bench, context, count);
		const chosen = ggml.get_rows(context, slot.input(ggml, context, shape.layers), ggml.view_1d(context, this.#rows, count, 0));
		const result = tape.leaf(chosen, shape.width, true);
		const normed = tape.rmsNorm(result, norm, shape.epsilon, shape.width, trained ? 'output_norm.weight' : null);
		return { tape, result, normed, logits: tape.product(this.#weights.head.tensor, normed.tensor) };
	}

	#runPart(slot: Slot, rows: Int32Array, goals: Int32Array, back: HeadBack | null): number {
		const { ggml } = this.#bench;
		const { head } = this.#weights;
		const count = rows.length;
		this.#bench.write(this.#rows, rows);
		this.#bench.write(
			this.#goals,
			goals.map((goal, i) => i * head.rows + goal),
		);
		if (back) {
			this.#bench.write(this.#places, BigInt64Array.from(rows, BigInt));
			this.#bench.write(this.#targetRows, this.#weights.readRows(head.name, goals));
		}
		const { likely, gradients } = this.#bench.run((context, graph) => {
			const { tape, result, normed, logits } = this.#forward(context, slot, count, back?.takeGradients !== undefined);
			const shares = ggml.soft_max_ext(context, logits, null, 1, 0);
			const ofGoals = ggml.get_rows(context, ggml.reshape_2d(context, shares, 1, head.rows * count), ggml.view_1d(context, this.#goals, count, 0));
			const compute = (tensor: Tensor) => {
				ggml.set_output(tensor);
				ggml.build_forward_expand(graph, tensor);
			};
			compute(ofGoals);
			if (!back) return { likely: ofGoals, gradients: null };
			// Scaled before the product: Q8_0 rounds small shares away.
			const scaled = ggml.scale(context, shares, back.lossScale);
			const expected = tape.product(back.transposed.of(head), scaled);
			const rowBytes = ggml.nbytes(this.#targetRows) / this.#tokensAtOnce;
			const wanted = ggml.view_2d(context, this.#targetRows, head.columns, count, rowBytes, 0);
			const plain = head.typeId === tensorType.F32 ? wanted : ggml.cast(context, wanted, tensorType.F32);
			tape.runBack(normed, ggml.sub(context, expected, ggml.scale(context, plain, back.lossScale)));
			if (!result.gradient) throw new Error('The last layer got no gradient');
			const places = ggml.view_1d(context, this.#places, count, 0);
			ggml.build_forward_expand(graph, ggml.set_rows(context, slot.gradient(ggml, context), result.gradient, places));
			const [outputNorm] = tape.weightGradients;
			if (!outputNorm) return { likely: ofGoals, gradients: null };
			const gradients: HeadGradients = {
				expected: tape.matrixGradient(normed.tensor, scaled),
				normed: normed.tensor,
				goals,
				outputNorm: outputNorm.tensor,
			};
			compute(gradients.expected);
			compute(gradients.normed);
			compute(gradients.outputNorm);
			return { likely: ofGoals, gradients };
		});
		if (gradients) back?.takeGradients?.(gradients);
		return this.#bench.read(likely, new Float32Array(count)).reduce((sum, share) => sum - Math.log(Math.max(share, 1e-38)), 0);
	}
}
