import type { Adapter } from './Adapter.ts';
import type { BaseWeights } from './BaseWeights.ts';
import type { Tensor } from './ggml.ts';
import type { AttentionBlock, Linear, Tape, Value } from './Tape.ts';
import type { TransposedWeights } from './TransposedWeights.ts';

/** What is computed with, in one direction (`transposed` null) or in both. */
export interface LayerParts {
	weights: BaseWeights;
	adapter: Pick<Adapter, 'pairs' | 'scale'>;
	/** Whether the weights themselves get gradients. */
	trained?: boolean;
	transposed: TransposedWeights | null;
	/** For longrope: the model's factors for long contexts, or for short ones. */
	longContext: boolean;
}

/** What a row of tokens brings along. */
export interface RowInputs {
	positions: Tensor;
	/** Which tokens may look at which, without and with the sliding window. */
	blocks: readonly AttentionBlock[];
	windowBlocks: readonly AttentionBlock[] | null;
}

/** The results of a layer's products that its backward pass can use again instead of computing them once more. */
export const keptNames = ['q', 'k', 'v', 'attention', 'middle', 'gate', 'up'] as const;
export type KeptName = (typeof keptNames)[number];
export type KeptValues = Record<KeptName, Tensor>;

/** One layer's results: its output and what may be kept of it. Fused parts are kept before they are cut. */
export interface LayerValues extends Record<KeptName, Value> {
	output: Value;
}

/** The matrices of a layer, in the order in which they are used. */
export function layerMatrices({ base: { shape } }: BaseWeights, layer: number): string[] {
	const names = [
		...(shape.fusedQkv ? ['attn_qkv'] : ['attn_q', 'attn_k', 'attn_v']),
		'attn_output',
		...(shape.fusedGateUp ? ['ffn_up'] : ['ffn_gate', 'ffn_up']),
		'ffn_down',
	];
	return names.map((name) => `blk.${layer}.${name}.weight`);
}

/**
 * Puts one layer of the model on a tape: what llama.cpp computes for the same architecture (`src/models/*.cpp`), with the adapter.
 *
 * What is in `kept` is taken from there; the rest is computed.
 */
export function buildLayer(tape: Tape, parts: LayerParts, layer: number, x: Value, inputs: RowInputs, kept?: KeptValues): LayerValues {
	const { weights } = parts;
	const { shape } = weights.base;
	const { headLength, heads, kvHeads, epsilon } = shape;
	const vector = (name: string) => weights.vector(`blk.${layer}.${name}`);
	const norm = (value: Value, name: string, groupLength?: number) => {
		const weight = vector(`${name}.weight`);
		const trainedName = parts.trained ? `blk.${layer}.${name}.weight` : null;
		return weight ? tape.rmsNorm(value, weight, epsilon, groupLength, trainedName) : value;
	};
	const linear = (value: Value, name: string, known?: Tensor) => tape.linear(value, linearOf(parts, layer, name), known);
	const settings = shape.ropes[layer];
	if (!settings) throw new RangeError(`There is no layer ${layer}`);
	const factors = ropeFactors(parts, layer);
	const turn = (value: Value, name: string) => tape.rope(norm(value, name, headLength), headLength, inputs.positions, factors, settings);

	const normed = norm(x, 'attn_norm');
	const { q, k, v } = shape.fusedQkv ? fusedQkv() : separateQkv();
	const blocks = (shape.windowed[layer] ? inputs.windowBlocks : null) ?? inputs.blocks;
	const attended = tape.attention(turn(q, 'attn_q_norm'), turn(k, 'attn_k_norm'), v, blocks, { heads, kvHeads, headLength, scale: shape.attentionScale });
	const attention = kept ? replaced(attended, kept.attention) : attended;
	const added = tape.add(norm(linear(attention, 'attn_output'), 'post_attention_norm'), x);
	const middle = kept ? replaced(added, kept.middle) : added;
	const ahead = norm(middle, 'ffn_norm');
	const { gate, up } = shape.fusedGateUp ? fusedGateUp() : separateGateUp();
	const down = linear(tape.gated(gate, up, shape.activation), 'ffn_down');
	return { q, k, v, attention, middle, gate, up, output: tape.add(norm(down, 'post_ffw_norm'), middle) };

	function separateQkv() {
		return { q: linear(normed, 'attn_q', kept?.q), k: linear(normed, 'attn_k', kept?.k), v: linear(normed, 'attn_v', kept?.v) };
	}
	function fusedQkv() {
		const lengths = [heads, kvHeads, kvHeads].map((count) => count * headLength);
		return named(['q', 'k', 'v'], tape.split(linear(normed, 'attn_qkv'), lengths), kept);
	}
	function separateGateUp() {
		return { gate: linear(ahead, 'ffn_gate', kept?.gate), up: linear(ahead, 'ffn_up', kept?.up) };
	}
	function fusedGateUp() {
		return named(['gate', 'up'], tape.split(linear(ahead, 'ffn_up'), [shape.feedForward, shape.feedForward]), kept);
	}
}

/** The same value, read from where it was kept: what made it is then not computed, but still gets its gradient. */
function replaced(value: Value, tensor: Tensor): Value {
	value.tensor = tensor;
	return value;
}

function named<Name extends KeptName>(names: readonly Name[], values: readonly Value[], kept?: KeptValues): Record<Name, Value> {
	// One value for each name: the caller cut as many.
	return Object.fromEntries(names.map((name, i) => [name, kept ? replaced(values[i] as Value, kept[name]) : values[i]])) as Record<Name, Value>;
}

function linearOf({ weights, adapter, transposed, trained }: LayerParts, layer: number, name: string): Linear {
	const matrix = weights.matrix(`blk.${layer}.${name}.weight`);
	return {
		matrix,
		transposed: transposed?.of(matrix) ?? null,
		bias: weights.vector(`blk.${layer}.${name}.bias`),
		pair: adapter.pairs.get(matrix.name) ?? null,
		pairScale: adapter.scale,
		...(trained && { trained }),
	};
}

function ropeFactors({ weights, longContext }: LayerParts, layer: number): Tensor | null {
	const names = ['rope_freqs', longContext ? 'rope_factors_long' : 'rope_factors_short'];
	const found = names.flatMap((name) => [weights.vector(`blk.${layer}.${name}.weight`), weights.vector(`${name}.weight`)]);
	return found.find((tensor) => tensor !== null) ?? null;
}
