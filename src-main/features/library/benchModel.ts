import type { GgufValue } from './gguf/ggufValue.ts';
import { rowEncoders } from './gguf/quantize.ts';
import { type TensorSource, writeGguf } from './gguf/writeGguf.ts';
import { seededRandom } from './seededRandom.ts';
import { type Token, testVocabulary, tokenizerMetadata } from './testVocabulary.ts';

/** The measures of a model made for measuring speed; `width` and `feedForward` are whole numbers of 32. */
export interface BenchShape {
	architecture: 'qwen2' | 'llama';
	blocks: number;
	width: number;
	heads: number;
	kvHeads: number;
	feedForward: number;
	vocabulary: number;
	contextTokens: number;
	type: 'Q4_0' | 'Q8_0' | 'F16' | 'F32';
}

/** The shape of a 0.5B model. */
const halfBillion: BenchShape = {
	architecture: 'qwen2',
	blocks: 24,
	width: 896,
	heads: 14,
	kvHeads: 2,
	feedForward: 4864,
	vocabulary: 32_000,
	contextTokens: 32_768,
	type: 'Q4_0',
};

/**
 * Writes a model of a chosen shape with random weights, for measuring speed, which does not depend on what the weights are.
 *
 * It shares tokenizer and chat template with the test model; the vocabulary is filled up with tokens that no text reaches.
 */
export async function writeBenchModel(file: string, shape: Partial<BenchShape> = {}): Promise<void> {
	const whole = { ...halfBillion, ...shape };
	await writeGguf(file, {
		metadata: { ...shapeMetadata(whole), ...tokenizerMetadata(fillUp(testVocabulary(), whole.vocabulary)) },
		tensors: shapeTensors(whole),
	});
}

function shapeMetadata(shape: BenchShape): Record<string, GgufValue> {
	const count = (value: number): GgufValue => ({ type: 'uint32', value });
	const key = (name: string) => `${shape.architecture}.${name}`;
	return {
		'general.architecture': { type: 'string', value: shape.architecture },
		'general.name': { type: 'string', value: `bench ${shape.architecture} ${shape.width}x${shape.blocks}` },
		'general.file_type': count({ F32: 0, F16: 1, Q4_0: 2, Q8_0: 7 }[shape.type]),
		[key('block_count')]: count(shape.blocks),
		[key('context_length')]: count(shape.contextTokens),
		[key('embedding_length')]: count(shape.width),
		[key('feed_forward_length')]: count(shape.feedForward),
		[key('attention.head_count')]: count(shape.heads),
		[key('attention.head_count_kv')]: count(shape.kvHeads),
		[key('attention.layer_norm_rms_epsilon')]: { type: 'float32', value: 1e-6 },
		[key('rope.freq_base')]: { type: 'float32', value: 1e6 },
	};
}

function shapeTensors(shape: BenchShape): TensorSource[] {
	const { width, feedForward } = shape;
	const kvWidth = (width / shape.heads) * shape.kvHeads;
	const randomBytes = weightsOf(shape.type);
	const matrix = (name: string, columns: number, rows: number): TensorSource => ({
		name: `${name}.weight`,
		dims: [columns, rows],
		type: shape.type,
		content: { fillBytes: randomBytes },
	});
	const vector = (name: string, length: number, value: number): TensorSource => ({
		name,
		dims: [length],
		type: 'F32',
		content: { fillRow: (row) => row.fill(value) },
	});
	const blocks = Array.from({ length: shape.blocks }, (_, index) => {
		const block = `blk.${index}`;
		const biases = [vector(`${block}.attn_q.bias`, width, 0), vector(`${block}.attn_k.bias`, kvWidth, 0), vector(`${block}.attn_v.bias`, kvWidth, 0)];
		return [
			vector(`${block}.attn_norm.weight`, width, 1),
			matrix(`${block}.attn_q`, width, width),
			matrix(`${block}.attn_k`, width, kvWidth),
			matrix(`${block}.attn_v`, width, kvWidth),
			matrix(`${block}.attn_output`, width, width),
			...(shape.architecture === 'qwen2' ? biases : []),
			vector(`${block}.ffn_norm.weight`, width, 1),
			matrix(`${block}.ffn_gate`, width, feedForward),
			matrix(`${block}.ffn_up`, width, feedForward),
			matrix(`${block}.ffn_down`, feedForward, width),
		];
	});
	return [matrix('token_embd', width, shape.vocabulary), vector('output_norm.weight', width, 1), ...blocks.flat()];
}

/** Random weights in a type's own format: one stretch of a few MB, made once, laid end to end. */
function weightsOf(type: BenchShape['type']): (piece: Uint8Array, offset: number) => void {
	const random = seededRandom(1);
	const values = Float32Array.from({ length: 1 << 20 }, () => random.normal() * 0.02);
	const bytesPerBlock = { F32: 128, F16: 64, Q4_0: 18, Q8_0: 34 }[type];
	const stretch = new Uint8Array((values.length / 32) * bytesPerBlock);
	rowEncoders[type].encode(values, new DataView(stretch.buffer));
	return (piece, offset) => {
		for (let at = 0; at < piece.length; ) {
			const from = (offset + at) % stretch.length;
			const part = stretch.subarray(from, from + piece.length - at);
			piece.set(part, at);
			at += part.length;
		}
	};
}

function fillUp(tokens: readonly Token[], count: number): Token[] {
	const filler = (id: number): Token => ({ text: `▁zq${id.toString(36)}`, kind: 'word' });
	return Array.from({ length: count }, (_, id) => tokens[id] ?? filler(id));
}
