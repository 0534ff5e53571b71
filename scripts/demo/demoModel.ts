import { RandomStream } from '../../src-main/features/finetune/trainer/RandomStream.ts';
import type { GgufValue } from '../../src-main/features/library/gguf/ggufValue.ts';
import { type TensorSource, writeGguf } from '../../src-main/features/library/gguf/writeGguf.ts';
import type { Tokenizer } from './Tokenizer.ts';
import { wireCopying } from './wireCopying.ts';

/** The measures of the demonstration model: 3.6 million weights with a vocabulary of 2,950. */
const shape = { layers: 3, width: 256, heads: 4, kvHeads: 2, feedForward: 640, contextTokens: 2048, ropeBase: 10_000 };

interface Weights {
	name: string;
	dims: readonly number[];
	values: Float32Array;
}

/** Writes the model with weights from a seed, all F32, to be trained. */
export async function writeFirstWeights(file: string, tokenizer: Tokenizer, seed: number): Promise<void> {
	const random = new RandomStream(seed);
	const tensors = shapeTensors(tokenizer.size).map(({ name, dims, spread }) => {
		const length = dims.reduce((product, each) => product * each, 1);
		return { name, dims, values: Float32Array.from({ length }, () => (spread === 0 ? 1 : normal(random) * spread)) };
	});
	wireCopying(new Map(tensors.map(({ name, values }) => [name, values])), random, shape);
	await writeModel(file, tokenizer, 'F32', tensors);
}

/** Writes the model with trained weights as Q8_0, the norms as F32. */
export async function writeQuantized(file: string, tokenizer: Tokenizer, weights: readonly { name: string; values: Float32Array }[]): Promise<void> {
	const values = new Map(weights.map((each) => [each.name, each.values]));
	const tensors = shapeTensors(tokenizer.size).map(({ name, dims }) => ({ name, dims, values: values.get(name) ?? new Float32Array(0) }));
	await writeModel(file, tokenizer, 'Q8_0', tensors);
}

async function writeModel(file: string, tokenizer: Tokenizer, type: 'F32' | 'Q8_0', weights: readonly Weights[]): Promise<void> {
	const tensors = weights.map(
		({ name, dims, values }): TensorSource => ({
			name,
			dims,
			type: dims.length === 1 ? 'F32' : type,
			content: { fillRow: (row, index) => row.set(values.subarray(index * row.length, (index + 1) * row.length)) },
		}),
	);
	await writeGguf(file, { metadata: { ...shapeMetadata(type), ...tokenizer.metadata() }, tensors });
}

function shapeMetadata(type: 'F32' | 'Q8_0'): Record<string, GgufValue> {
	const count = (value: number): GgufValue => ({ type: 'uint32', value });
	const text = (value: string): GgufValue => ({ type: 'string', value });
	return {
		'general.architecture': text('llama'),
		'general.name': text('Homeroom demonstration (演示)'),
		'general.description': text('A demonstration model that ships with Homeroom. It shows how the app works and knows nothing of the world.'),
		'general.license': text('mit'),
		'general.languages': { type: 'array', of: 'string', values: ['en', 'zh'] },
		'general.file_type': count({ F32: 0, Q8_0: 7 }[type]),
		'llama.block_count': count(shape.layers),
		'llama.context_length': count(shape.contextTokens),
		'llama.embedding_length': count(shape.width),
		'llama.feed_forward_length': count(shape.feedForward),
		'llama.attention.head_count': count(shape.heads),
		'llama.attention.head_count_kv': count(shape.kvHeads),
		'llama.attention.layer_norm_rms_epsilon': { type: 'float32', value: 1e-5 },
		'llama.rope.dimension_count': count(shape.width / shape.heads),
		'llama.rope.freq_base': { type: 'float32', value: shape.ropeBase },
	};
}

/** `spread` is that of the first weights; 0 stands for ones. */
function shapeTensors(vocabulary: number): { name: string; dims: readonly number[]; spread: number }[] {
	const { layers, width, heads, kvHeads, feedForward } = shape;
	const keys = (width / heads) * kvHeads;
	// What is added to the stream of each token begins small, the more so the more layers add to it (Radford et al. 2019).
	const added = 1 / Math.sqrt(2 * layers);
	const matrix = (name: string, columns: number, rows: number, by = 1) => ({
		name: `${name}.weight`,
		dims: [columns, rows],
		spread: (0.8 * by) / Math.sqrt(columns),
	});
	const norm = (name: string) => ({ name: `${name}.weight`, dims: [width], spread: 0 });
	const blocks = Array.from({ length: layers }, (_, layer) => [
		norm(`blk.${layer}.attn_norm`),
		matrix(`blk.${layer}.attn_q`, width, width),
		matrix(`blk.${layer}.attn_k`, width, keys),
		matrix(`blk.${layer}.attn_v`, width, keys),
		matrix(`blk.${layer}.attn_output`, width, width, added),
		norm(`blk.${layer}.ffn_norm`),
		matrix(`blk.${layer}.ffn_gate`, width, feedForward),
		matrix(`blk.${layer}.ffn_up`, width, feedForward),
		matrix(`blk.${layer}.ffn_down`, feedForward, width, added),
	]);
	const words = { dims: [width, vocabulary] };
	return [{ ...words, name: 'token_embd.weight', spread: 0.1 }, norm('output_norm'), { ...words, name: 'output.weight', spread: 0.02 }, ...blocks.flat()];
}

/** Box and Muller. */
function normal(random: RandomStream): number {
	return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}
