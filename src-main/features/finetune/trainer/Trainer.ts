import { Adapter, type AdapterSettings } from './Adapter.ts';
import { BaseWeights } from './BaseWeights.ts';
import { buildLayer, keptNames, type LayerParts, layerMatrices } from './buildLayer.ts';
import { type Device, type Ggml, type Tensor, tensorType } from './ggml.ts';
import { Head, type Loss } from './Head.ts';
import { type Row, rowStep } from './Row.ts';
import type { Base } from './readBase.ts';
import { Slot } from './Slot.ts';
import { type PairGradient, Tape } from './Tape.ts';
import { TrainerRefusal } from './TrainerRefusal.ts';
import { TransposedWeights } from './TransposedWeights.ts';
import { Workbench } from './Workbench.ts';

export interface TrainerSettings {
	adapter: AdapterSettings;
	threads: number;
	/** Tokens of the longest row. */
	mostTokens: number;
	/** Rows that go through the model together, layer by layer; each takes the inputs of all layers. */
	rowsAtOnce: number;
	/** Told how much of the model is read, 0..1. */
	onProgress?: (fraction: number) => void;
	/** Called again and again while it computes, which is the only time for others. */
	onWork?: () => void;
	/** The graphics card that computes; without one the processor does. */
	card?: Device | null;
}

/**
 * Q8_0 keeps the scale of 32 neighbours as F16, in which gradients as small as a mean loss gives them vanish. So they are computed
 * this many times as large. A power of two, so that F32 loses nothing.
 */
const lossScale = 1024;

/**
 * A model, an adapter on it, and the gradients of the adapter: what one training computes with.
 *
 * Each layer keeps its input only and computes itself again on its way back (gradient checkpointing), so memory grows with one
 * layer and not with the depth. Memory that is left over buys time (`spend`) and changes no number. With one
 * thread the same calls give the same numbers.
 */
export class Trainer {
	readonly base: Base;
	readonly adapter: Adapter;
	readonly #bench: Workbench;
	readonly #weights: BaseWeights;
	readonly #transposed: TransposedWeights;
	readonly #head: Head;
	readonly #slots: readonly Slot[];
	readonly #embedded: Tensor;
	readonly #parts: LayerParts;
	readonly #mostTokens: number;
	/** Where gradients are read into before they are added. */
	readonly #more: Float32Array;

	constructor(ggml: Ggml, base: Base, settings: TrainerSettings) {
		if (settings.mostTokens > base.shape.contextTokens)
			throw new TrainerRefusal('badInput', `Rows of ${settings.mostTokens} tokens are longer than the ${base.shape.contextTokens} that this model knows.`);
		this.base = base;
		const bench = new Workbench(ggml, settings.threads, settings.onWork, settings.card);
		this.#bench = bench;
		try {
			this.#weights = new BaseWeights(bench, base, settings.onProgress);
			this.adapter = new Adapter(bench, this.#weights, settings.adapter);
			this.#transposed = new TransposedWeights(bench, this.#weights);
			this.#head = new Head(bench, this.#weights);
			this.#mostTokens = Math.ceil(settings.mostTokens / rowStep) * rowStep;
			this.#slots = Array.from({ length: settings.rowsAtOnce }, () => new Slot(bench, base.shape, this.#mostTokens));
			const embedding = base.tensors.get('token_embd.weight');
			const embeddingType = embedding?.typeId ?? tensorType.F32;
			this.#embedded = bench.allocate(1, (context) => ggml.new_tensor_2d(context, embeddingType, base.shape.width, this.#mostTokens)).tensors;
			const longContext = settings.mostTokens > (base.shape.ropes[0]?.[2] ?? Infinity);
			this.#parts = { weights: this.#weights, adapter: this.adapter, transposed: null, longContext };
			this.#more = new Float32Array(Math.max(0, ...this.adapter.parameters.map(({ values }) => values.length)));
		} catch (error) {
			// Whoever goes on without this trainer needs the memory.
			bench.close();
			throw error;
		}
	}

	/** Rows that go through the model together. */
	get rowsAtOnce(): number {
		return this.#slots.length;
	}

	/** What computes. */
	get device(): Device {
		return this.#bench.device;
	}

	/** What is trained. */
	get parameters() {
		return this.adapter.parameters;
	}

	get identity(): AdapterSettings {
		return this.adapter.settings;
	}

	clearGradients(): void {
		this.adapter.clearGradients();
	}

	/** Makes what was written into the adapter's values what is computed with. */
	upload(): void {
		this.adapter.upload();
	}

	/** Bytes that ggml holds for the weights and for its graphs, and of those all that lie on a card; null where none computes. */
	get memory() {
		return { weightBytes: this.#weights.sizeBytes, scratchBytes: this.#bench.scratchBytes, cardBytes: this.#bench.cardBytes };
	}

	/**
	 * Uses up to so many bytes more to save work: first to keep the products of the forward pass, which then need not be computed
	 * again on the way back, then to keep transposed weights; `transposeBytes` of them before. To be called once, when it is known what a
	 * step takes without.
	 */
	spend(bytes: number, transposeBytes = 0): void {
		const { shape } = this.base;
		const each = Slot.keptBytes(shape, this.#mostTokens);
		const places = Array.from({ length: shape.layers }, (_, i) => this.#slots.map((slot) => ({ slot, layer: shape.layers - 1 - i }))).flat();
		const kept = places.slice(0, Math.max(0, Math.floor((bytes - transposeBytes) / each)));
		for (const { slot, layer } of kept) slot.keep(layer);
		this.#transposed.spend(bytes - kept.length * each);
	}

	/** The loss of rows, which changes nothing. */
	evaluate(rows: readonly Row[]): Loss {
		const losses = this.#inGroups(rows).map((group) => {
			this.#forward(group, false);
			return total(group.map(({ slot, row }) => this.#head.run(slot, row, null)));
		});
		return total(losses);
	}

	/** Adds the gradients of the rows' summed loss to those that the adapter's parameters have, and returns that loss. */
	accumulate(rows: readonly Row[]): Loss {
		return total(this.#inGroups(rows).map((group) => this.#accumulateGroup(group)));
	}

	/** All logits of a row, one token after another. */
	logits(row: Row): Float32Array {
		const [group] = this.#inGroups([row]);
		const [only] = group ?? [];
		if (!group || !only) throw new Error('There is no room for a row');
		this.#forward(group, false);
		return this.#head.logits(only.slot);
	}

	close(): void {
		this.#weights.close();
		this.#bench.close();
	}

	#inGroups(rows: readonly Row[]): { slot: Slot; row: Row }[][] {
		const count = this.#slots.length;
		return Array.from({ length: Math.ceil(rows.length / count) }, (_, group) =>
			this.#slots.flatMap((slot, i) => {
				const row = rows[group * count + i];
				return row ? [{ slot, row }] : [];
			}),
		);
	}

	#accumulateGroup(group: readonly { slot: Slot; row: Row }[]): Loss {
		const { shape } = this.base;
		this.#forward(group, true);
		const loss = total(group.map(({ slot, row }) => this.#head.run(slot, row, { transposed: this.#transposed, lossScale })));
		for (let layer = shape.layers - 1; layer >= 0; layer--) {
			const names = layerMatrices(this.#weights, layer);
			this.#transposed.prepare(names.map((name) => this.#weights.matrix(name)));
			for (const { slot } of group) this.#layerBack(slot, layer);
		}
		return loss;
	}

	#forward(group: readonly { slot: Slot; row: Row }[], keep: boolean): void {
		for (const { slot, row } of group) {
			slot.take(row);
			this.#embed(slot, row);
		}
		for (let layer = 0; layer < this.base.shape.layers; layer++) for (const { slot } of group) this.#layerForward(slot, layer, keep);
	}

	#embed(slot: Slot, row: Row): void {
		const { ggml } = this.#bench;
		const { width, embeddingScale } = this.base.shape;
		this.#bench.write(this.#embedded, this.#weights.readRows('token_embd.weight', row.tokens));
		const rowBytes = (this.base.tensors.get('token_embd.weight')?.bytes ?? 0) / this.base.shape.vocabulary;
		this.#bench.run((context, graph) => {
			const raw = ggml.view_2d(context, this.#embedded, width, slot.tokens, rowBytes, 0);
			const plain = this.base.tensors.get('token_embd.weight')?.typeId === tensorType.F32 ? raw : ggml.cast(context, raw, tensorType.F32);
			const scaled = embeddingScale === 1 ? plain : ggml.scale(context, plain, embeddingScale);
			ggml.build_forward_expand(graph, ggml.cpy(context, scaled, slot.input(ggml, context, 0)));
		});
	}

	#layerForward(slot: Slot, layer: number, keep: boolean): void {
		const { ggml } = this.#bench;
		this.#bench.run((context, graph) => {
			const tape = new Tape(this.#bench, context, slot.tokens);
			const x = tape.leaf(slot.input(ggml, context, layer), this.base.shape.width, false);
			const values = buildLayer(tape, this.#parts, layer, x, slot.rowInputs(ggml, context));
			const room = keep ? slot.kept(ggml, context, layer) : null;
			if (room) for (const name of keptNames) ggml.build_forward_expand(graph, ggml.cpy(context, values[name].tensor, room[name]));
			ggml.build_forward_expand(graph, ggml.cpy(context, values.output.tensor, slot.input(ggml, context, layer + 1)));
		});
	}

	#layerBack(slot: Slot, layer: number): void {
		const { ggml } = this.#bench;
		const gradients = this.#bench.run((context, graph) => {
			const tape = new Tape(this.#bench, context, slot.tokens);
			const x = tape.leaf(slot.input(ggml, context, layer), this.base.shape.width, layer > 0);
			const kept = slot.kept(ggml, context, layer) ?? undefined;
			const { output } = buildLayer(tape, { ...this.#parts, transposed: this.#transposed }, layer, x, slot.rowInputs(ggml, context), kept);
			const gradient = slot.gradient(ggml, context);
			tape.runBack(output, gradient);
			for (const { a, b } of tape.pairGradients)
				for (const tensor of [a, b]) {
					ggml.set_output(tensor);
					ggml.build_forward_expand(graph, tensor);
				}
			// Last, because it overwrites what the others are computed from.
			if (x.gradient) ggml.build_forward_expand(graph, ggml.cpy(context, x.gradient, gradient));
			return tape.pairGradients;
		});
		for (const each of gradients) this.#addGradients(each);
	}

	#addGradients({ pair, a, b }: PairGradient): void {
		for (const [parameter, tensor] of [[pair.a, a] as const, [pair.b, b] as const]) {
			const { gradient } = parameter;
			const more = this.#bench.read(tensor, this.#more.subarray(0, gradient.length));
			for (let i = 0; i < gradient.length; i++) gradient[i] = (gradient[i] ?? 0) + (more[i] ?? 0) / lossScale;
		}
	}
}

function total(losses: readonly Loss[]): Loss {
	return losses.reduce((sum, loss) => ({ sum: sum.sum + loss.sum, tokens: sum.tokens + loss.tokens }), { sum: 0, tokens: 0 });
}
