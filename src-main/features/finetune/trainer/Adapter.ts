import type { BaseWeights, FrozenMatrix } from './BaseWeights.ts';
import { type Tensor, tensorType } from './ggml.ts';
import { RandomStream } from './RandomStream.ts';
import type { BaseShape } from './readBaseShape.ts';
import { TrainerRefusal } from './TrainerRefusal.ts';
import type { Workbench } from './Workbench.ts';

/** The matrices of a layer that can be adapted, by the letters they go by. */
export const targets = ['q', 'k', 'v', 'o', 'gate', 'up', 'down'] as const;
export type Target = (typeof targets)[number];

export interface AdapterSettings {
	/** Columns of A and of B, 1 or more. */
	rank: number;
	/** What an adapter adds is multiplied with alpha / rank. */
	alpha: number;
	targets: readonly Target[];
	/** The beginning of A follows from it. */
	seed: number;
}

/** One half of a pair: its values and their gradient here, and the tensor that is computed with. */
export interface Parameter {
	name: string;
	values: Float32Array;
	gradient: Float32Array;
	tensor: Tensor;
}

/**
 * What is trained for one matrix: y = Wx + (alpha / rank)·B·A·x.
 *
 * `b` lies transposed, rank rows as long as y, so that forward and backward pass need no other order of it.
 */
export interface LoraPair {
	/** The matrix, such as `blk.0.attn_q.weight`. */
	matrix: string;
	columns: number;
	rows: number;
	rank: number;
	a: Parameter;
	b: Parameter;
}

/** The LoRA pairs of one training. They begin as nothing: A is random (uniform within 1/√columns, as PEFT begins), B is zero. */
export class Adapter {
	readonly settings: AdapterSettings;
	readonly pairs: ReadonlyMap<string, LoraPair>;
	/** In one order for all that goes over them: by layer, then as the targets stand in the list. */
	readonly parameters: readonly Parameter[];
	readonly #bench: Workbench;

	constructor(bench: Workbench, weights: BaseWeights, settings: AdapterSettings) {
		if (!Number.isInteger(settings.rank) || settings.rank < 1) throw new TrainerRefusal('badInput', `The rank is ${settings.rank}; it must be 1 or more.`);
		this.#bench = bench;
		this.settings = settings;
		const random = new RandomStream(settings.seed);
		const { shape } = weights.base;
		const names = matricesOf(shape, settings.targets);
		const pairs = Array.from({ length: shape.layers }, (_, layer) => names.map((name) => weights.matrix(`blk.${layer}.${name}.weight`))).flat();
		this.pairs = new Map(pairs.map((matrix) => [matrix.name, makePair(bench, matrix, settings.rank, random)]));
		this.parameters = [...this.pairs.values()].flatMap(({ a, b }) => [a, b]);
		this.upload();
	}

	/** What B·A·x is multiplied with. */
	get scale(): number {
		return this.settings.alpha / this.settings.rank;
	}

	/** Makes what was written into the values what is computed with. */
	upload(): void {
		for (const { tensor, values } of this.parameters) this.#bench.write(tensor, values);
	}

	clearGradients(): void {
		for (const { gradient } of this.parameters) gradient.fill(0);
	}
}

/** The matrices of a layer that the targets mean. Where several lie in one matrix, that is adapted whole. */
function matricesOf(shape: BaseShape, chosen: readonly Target[]): string[] {
	const qkv = shape.fusedQkv ? { q: 'attn_qkv', k: 'attn_qkv', v: 'attn_qkv' } : { q: 'attn_q', k: 'attn_k', v: 'attn_v' };
	const gateUp = shape.fusedGateUp ? { gate: 'ffn_up', up: 'ffn_up' } : { gate: 'ffn_gate', up: 'ffn_up' };
	const names = { ...qkv, o: 'attn_output', ...gateUp, down: 'ffn_down' };
	return [...new Set(targets.filter((target) => chosen.includes(target)).map((target) => names[target]))];
}

function makePair(bench: Workbench, matrix: FrozenMatrix, rank: number, random: RandomStream): LoraPair {
	const { name, columns, rows } = matrix;
	const half = (suffix: string, length: number): Parameter => ({
		name: `${name}.lora_${suffix}`,
		values: new Float32Array(length * rank),
		gradient: new Float32Array(length * rank),
		tensor: bench.allocate(1, (context) => bench.ggml.new_tensor_2d(context, tensorType.F32, length, rank)).tensors,
	});
	const a = half('a', columns);
	const bound = 1 / Math.sqrt(columns);
	for (let i = 0; i < a.values.length; i++) a.values[i] = (random.next() * 2 - 1) * bound;
	return { matrix: name, columns, rows, rank, a, b: half('b', rows) };
}
