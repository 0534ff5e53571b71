import { buildLayer, keptNames, type LayerParts, layerMatrices } from './buildLayer.ts';
import { type Ggml, type Tensor, tensorType } from './ggml.ts';
import { Head, type HeadGradients, type Loss } from './Head.ts';
import type { Row } from './Row.ts';
import type { Base } from './readBase.ts';
import { Slot } from './Slot.ts';
import { Tape } from './Tape.ts';
import { TrainedWeights } from './TrainedWeights.ts';
import { TrainerRefusal } from './TrainerRefusal.ts';
import { TransposedWeights } from './TransposedWeights.ts';
import { Workbench } from './Workbench.ts';

export interface WeightTrainerSettings {
	threads: number;
	/** Tokens of the longest row. */
	mostTokens: number;
}

/**
 * A small model all of whose weights are trained, from the embedding to the head: what the demonstration model is made with.
 *
 * It goes the way of `Trainer`, one row at a time, on weights that change with each step. With one thread the same calls give the same
 * numbers.
 */
export class WeightTrainer {
	readonly base: Base;
	readonly weights: TrainedWeights;
	readonly #bench: Workbench;
	readonly #transposed: TransposedWeights;
	readonly #head: Head;
	readonly #slot: Slot;
	readonly #embedded: Tensor;
	readonly #parts: LayerParts;
	/** Where gradients are read into before they are added. */
	readonly #more: Float32Array;

	constructor(ggml: Ggml, base: Base, { threads, mostTokens }: WeightTrainerSettings) {
		if (mostTokens > base.shape.contextTokens)
			throw new TrainerRefusal('badInput', `Rows of ${mostTokens} tokens are longer than the ${base.shape.contextTokens} that this model knows.`);
		this.base = base;
		const bench = new Workbench(ggml, threads);
		this.#bench = bench;
		this.weights = new TrainedWeights(bench, base);
		this.#transposed = new TransposedWeights(bench, this.weights);
		this.#transposed.spend(Infinity);
		this.#head = new Head(bench, this.weights);
		this.#slot = new Slot(bench, base.shape, mostTokens);
		for (let layer = 0; layer < base.shape.layers; layer++) this.#slot.keep(layer);
		this.#embedded = bench.allocate(1, (context) => ggml.new_tensor_2d(context, tensorType.F32, base.shape.width, mostTokens)).tensors;
		this.#parts = { weights: this.weights, adapter: { pairs: new Map(), scale: 0 }, transposed: null, trained: true, longContext: false };
		this.#more = new Float32Array(Math.max(base.shape.width * mostTokens, ...this.parameters.map(({ values }) => values.length)));
	}

	/** What is trained. */
	get parameters() {
		return this.weights.parameters;
	}

	/** What tells this training from another of the same model. */
	get identity(): unknown {
		return 'all weights';
	}

	clearGradients(): void {
		for (const { gradient } of this.parameters) gradient.fill(0);
	}

	/** Makes what was written into the values what is computed with. */
	upload(): void {
		this.weights.upload();
		this.#transposed.forget();
	}

	/** The loss of rows, which changes nothing. */
	evaluate(rows: readonly Row[]): Loss {
		return total(
			rows.map((row) => {
				this.#forward(row, false);
				return this.#head.run(this.#slot, row, null);
			}),
		);
	}

	/** Adds the gradients of the rows' summed loss to those that the parameters have, and returns that loss. */
	accumulate(rows: readonly Row[]): Loss {
		return total(rows.map((row) => this.#accumulateRow(row)));
	}

	close(): void {
		this.weights.close();
		this.#bench.close();
	}

	#accumulateRow(row: Row): Loss {
		this.#forward(row, true);
		const loss = this.#head.run(this.#slot, row, { transposed: this.#transposed, lossScale: 1, takeGradients: (gradients) => this.#addHead(gradients) });
		for (let layer = this.base.shape.layers - 1; layer >= 0; layer--) {
			this.#transposed.prepare(layerMatrices(this.weights, layer).map((name) => this.weights.matrix(name)));
			this.#layerBack(layer);
		}
		this.#addEmbedding(row);
		return loss;
	}

	#forward(row: Row, keep: boolean): void {
		const { ggml } = this.#bench;
		const { width, embeddingScale, layers } = this.base.shape;
		this.#slot.take(row);
		this.#bench.write(this.#embedded, this.weights.readRows('token_embd.weight', row.tokens));
		this.#bench.run((context, graph) => {
			const plain = ggml.view_2d(context, this.#embedded, width, row.tokens.length, width * 4, 0);
			ggml.build_forward_expand(graph, ggml.cpy(context, ggml.scale(context, plain, embeddingScale), this.#slot.input(ggml, context, 0)));
		});
		for (let layer = 0; layer < layers; layer++) this.#layerForward(layer, keep);
	}

	#layerForward(layer: number, keep: boolean): void {
		const { ggml } = this.#bench;
		const slot = this.#slot;
		this.#bench.run((context, graph) => {
			const tape = new Tape(this.#bench, context, slot.tokens);
			const x = tape.leaf(slot.input(ggml, context, layer), this.base.shape.width, false);
			const values = buildLayer(tape, this.#parts, layer, x, slot.rowInputs(ggml, context));
			const room = keep ? slot.kept(ggml, context, layer) : null;
			if (room) for (const name of keptNames) ggml.build_forward_expand(graph, ggml.cpy(context, values[name].tensor, room[name]));
			ggml.build_forward_expand(graph, ggml.cpy(context, values.output.tensor, slot.input(ggml, context, layer + 1)));
		});
	}

	#layerBack(layer: number): void {
		const { ggml } = this.#bench;
		const slot = this.#slot;
		const gradients = this.#bench.run((context, graph) => {
			const tape = new Tape(this.#bench, context, slot.tokens);
			const x = tape.leaf(slot.input(ggml, context, layer), this.base.shape.width, true);
			const kept = slot.kept(ggml, context, layer) ?? undefined;
			const { output } = buildLayer(tape, { ...this.#parts, transposed: this.#transposed }, layer, x, slot.rowInputs(ggml, context), kept);
			const gradient = slot.gradient(ggml, context);
			tape.runBack(output, gradient);
			for (const { tensor } of tape.weightGradients) {
				ggml.set_output(tensor);
				ggml.build_forward_expand(graph, tensor);
			}
			// Last, because it overwrites what the others are computed from.
			if (x.gradient) ggml.build_forward_expand(graph, ggml.cpy(context, x.gradient, gradient));
			return tape.weightGradients;
		});
		for (const { name, tensor } of gradients) this.#add(name, tensor);
	}

	#add(name: string, tensor: Tensor): void {
		const { gradient } = this.weights.parameter(name);
		const more = this.#bench.read(tensor, this.#more.subarray(0, gradient.length));
		for (let i = 0; i < gradient.length; i++) gradient[i] = (gradient[i] ?? 0) + (more[i] ?? 0);
	}

	#addHead({ expected, normed, goals, outputNorm }: HeadGradients): void {
		const { name } = this.weights.head;
		this.#add(name, expected);
		this.#add('output_norm.weight', outputNorm);
		const { width } = this.base.shape;
		const rows = this.#bench.read(normed, this.#more.subarray(0, goals.length * width));
		addRows(this.weights.parameter(name).gradient, rows, goals, width, -1);
	}

	#addEmbedding({ tokens }: Row): void {
		const { ggml } = this.#bench;
		const { width, embeddingScale } = this.base.shape;
		const result = this.#bench.run((context, graph) => {
			const gradient = ggml.cont(context, this.#slot.gradient(ggml, context));
			ggml.set_output(gradient);
			ggml.build_forward_expand(graph, gradient);
			return gradient;
		});
		const rows = this.#bench.read(result, this.#more.subarray(0, tokens.length * width));
		addRows(this.weights.parameter('token_embd.weight').gradient, rows, tokens, width, embeddingScale);
	}
}

/** Adds row i of `rows`, times a factor, to the row `places[i]` of a matrix. */
function addRows(matrix: Float32Array, rows: Float32Array, places: Int32Array, width: number, factor: number): void {
	for (const [i, place] of places.entries())
		for (let j = 0; j < width; j++) matrix[place * width + j] = (matrix[place * width + j] ?? 0) + factor * (rows[i * width + j] ?? 0);
}

function total(losses: readonly Loss[]): Loss {
	return losses.reduce((sum, loss) => ({ sum: sum.sum + loss.sum, tokens: sum.tokens + loss.tokens }), { sum: 0, tokens: 0 });
}
