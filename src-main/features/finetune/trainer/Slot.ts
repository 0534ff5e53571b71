import { type KeptName, type KeptValues, keptNames } from './buildLayer.ts';
import { type Context, type Ggml, type Tensor, tensorType } from './ggml.ts';
import { makeMask, type QueryBlock, queryBlocks, type Row } from './Row.ts';
import type { BaseShape } from './readBaseShape.ts';
import type { AttentionBlock } from './Tape.ts';
import type { Workbench } from './Workbench.ts';

/**
 * Room for one row of tokens through a step: the input of each layer, the gradient on its way back and, for some layers, the
 * results of their products. It is as long as the longest row; shorter rows use its beginning.
 */
export class Slot {
	tokens = 0;
	readonly #bench: Workbench;
	readonly #shape: BaseShape;
	readonly #positions: Tensor;
	readonly #mask: Tensor;
	readonly #windowMask: Tensor | null;
	readonly #inputs: readonly Tensor[];
	readonly #gradient: Tensor;
	readonly #kept = new Map<number, Record<KeptName, Tensor>>();
	readonly #mostTokens: number;
	#blocks: readonly QueryBlock[] = [];

	constructor(bench: Workbench, shape: BaseShape, mostTokens: number) {
		this.#bench = bench;
		this.#shape = shape;
		this.#mostTokens = mostTokens;
		const { ggml } = bench;
		const vector = (context: Context, type: number, length: number) => ggml.new_tensor_1d(context, type, length);
		const { tensors } = bench.allocate(shape.layers + 8, (context) => ({
			positions: vector(context, tensorType.I32, mostTokens),
			mask: vector(context, tensorType.F32, mostTokens ** 2),
			windowMask: shape.slidingWindow === null ? null : vector(context, tensorType.F32, mostTokens ** 2),
			gradient: vector(context, tensorType.F32, shape.width * mostTokens),
			inputs: Array.from({ length: shape.layers + 1 }, () => vector(context, tensorType.F32, shape.width * mostTokens)),
		}));
		this.#positions = tensors.positions;
		this.#mask = tensors.mask;
		this.#windowMask = tensors.windowMask;
		this.#inputs = tensors.inputs;
		this.#gradient = tensors.gradient;
	}

	/** What keeping the products of one layer takes. */
	static keptBytes(shape: BaseShape, mostTokens: number): number {
		return keptNames.reduce((sum, name) => sum + keptLength(shape, name), 0) * mostTokens * 4;
	}

	/** Makes room to keep the products of a layer. */
	keep(layer: number): void {
		const { ggml } = this.#bench;
		const { tensors } = this.#bench.allocate(keptNames.length, (context) => {
			const entries = keptNames.map((name) => [name, ggml.new_tensor_1d(context, tensorType.F32, keptLength(this.#shape, name) * this.#mostTokens)]);
			// One entry for each name.
			return Object.fromEntries(entries) as Record<KeptName, Tensor>;
		});
		this.#kept.set(layer, tensors);
	}

	/** Puts a row in, up to its tokens' embeddings, which are the input of the first layer. */
	take(row: Row): void {
		this.tokens = row.tokens.length;
		if (this.tokens > this.#mostTokens) throw new RangeError(`A row of ${this.tokens} tokens is longer than the ${this.#mostTokens} there is room for`);
		this.#blocks = queryBlocks(this.tokens);
		this.#bench.write(this.#positions, row.positions);
		this.#bench.write(this.#mask, makeMask(row, this.#blocks, null));
		if (this.#windowMask) this.#bench.write(this.#windowMask, makeMask(row, this.#blocks, this.#shape.slidingWindow));
	}

	/** The input of a layer; that of the one after the last is the model's result. */
	input(ggml: Ggml, context: Context, layer: number): Tensor {
		const tensor = this.#inputs[layer];
		if (tensor === undefined) throw new RangeError(`There is no layer ${layer}`);
		return this.#view(ggml, context, tensor, this.#shape.width);
	}

	/** The gradient of what the layers that have run back began with. */
	gradient(ggml: Ggml, context: Context): Tensor {
		return this.#view(ggml, context, this.#gradient, this.#shape.width);
	}

	clearGradient(): void {
		this.#bench.write(this.#gradient, new Float32Array(this.#shape.width * this.tokens));
	}

	rowInputs(ggml: Ggml, context: Context) {
		return {
			positions: ggml.view_1d(context, this.#positions, this.tokens, 0),
			blocks: this.#maskBlocks(ggml, context, this.#mask),
			windowBlocks: this.#windowMask && this.#maskBlocks(ggml, context, this.#windowMask),
		};
	}

	/** Where the products of a layer are kept, or null where they are not. */
	kept(ggml: Ggml, context: Context, layer: number): KeptValues | null {
		const tensors = this.#kept.get(layer);
		if (!tensors) return null;
		const entries = keptNames.map((name) => [name, this.#view(ggml, context, tensors[name], keptLength(this.#shape, name))]);
		// One entry for each name.
		return Object.fromEntries(entries) as KeptValues;
	}

	#maskBlocks(ggml: Ggml, context: Context, masks: Tensor): AttentionBlock[] {
		let offset = 0;
		return this.#blocks.map(({ from, to }) => {
			const mask = ggml.view_2d(context, masks, to, to - from, to * 4, offset);
			offset += (to - from) * to * 4;
			return { from, to, mask };
		});
	}

	#view(ggml: Ggml, context: Context, tensor: Tensor, length: number): Tensor {
		return ggml.view_2d(context, tensor, length, this.tokens, length * 4, 0);
	}
}

function keptLength({ heads, kvHeads, headLength, width, feedForward }: BaseShape, name: KeptName): number {
	const queries = heads * headLength;
	const keys = kvHeads * headLength;
	return { q: queries, k: keys, v: keys, attention: queries, middle: width, gate: feedForward, up: feedForward }[name];
}
