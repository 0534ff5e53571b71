import { writeFileSync } from 'node:fs';
import { encodeHeader, type TensorEntry, tensorBytes } from '../../library/gguf/encodeHeader.ts';
import { ggmlTypes } from '../../library/gguf/ggmlTypes.ts';
import type { GgufValue } from '../../library/gguf/ggufValue.ts';
import { seededRandom } from '../../library/seededRandom.ts';
import { testVocabulary, tokenizerMetadata } from '../../library/testVocabulary.ts';
import { findLibraries } from './findLibraries.ts';
import { type Ggml, openGgml } from './ggml.ts';
import type { Architecture } from './readBaseShape.ts';

/** The measures of a random model for tests. */
export interface TestShape {
	architecture: Architecture;
	/** Of the matrices in the layers, as ggml names it. */
	type: string;
	layers: number;
	width: number;
	heads: number;
	kvHeads: number;
	headLength: number;
	feedForward: number;
	vocabulary: number;
	/** Logits come from a matrix of their own. */
	separateHead: boolean;
	/** With rope factors, as Llama 3 has them. */
	ropeFactors: boolean;
	slidingWindow: number;
	seed: number;
	/** Keys that are added to the metadata, or put in place of others. */
	metadata: Record<string, GgufValue>;
}

const small: TestShape = {
	architecture: 'llama',
	type: 'F32',
	layers: 3,
	width: 256,
	heads: 4,
	kvHeads: 2,
	headLength: 64,
	feedForward: 512,
	vocabulary: 512,
	separateHead: false,
	ropeFactors: false,
	slidingWindow: 8,
	seed: 1,
	metadata: {},
};

/** The libraries, opened once for all tests of a file. */
export const testGgml: Ggml = openGgml(await findLibraries());

/** Writes a model of any architecture that can be trained, with random weights of about the size that trained ones have. */
export function writeArchitectureModel(file: string, shape: Partial<TestShape> = {}): TestShape {
	const whole = { ...small, ...shape };
	const random = seededRandom(whole.seed);
	const typeIds = new Map([...ggmlTypes].map(([id, { name }]) => [name, id]));
	const contents: Uint8Array[] = [];
	let offset = 0;
	const entries = tensorsOf(whole).map(({ name, dims, spread, middle }): TensorEntry => {
		const typeId = dims.length > 1 ? (typeIds.get(whole.type) ?? 0) : 0;
		const values = Float32Array.from({ length: dims.reduce((product, each) => product * each) }, () => middle + random.normal() * spread);
		const content = new Uint8Array(tensorBytes(typeId, dims));
		if (typeId === 0) content.set(new Uint8Array(values.buffer));
		else testGgml.quantize_chunk(typeId, values, content, 0, dims[1] ?? 1, dims[0] ?? 1, null);
		const entry = { name, dims, typeId, offset };
		const padding = (32 - (content.length % 32)) % 32;
		contents.push(content, new Uint8Array(padding));
		offset += content.length + padding;
		return entry;
	});
	writeFileSync(file, Buffer.concat([encodeHeader(metadataOf(whole), entries, 32), ...contents]));
	return whole;
}

function metadataOf(shape: TestShape): Record<string, GgufValue> {
	const count = (value: number): GgufValue => ({ type: 'uint32', value });
	const real = (value: number): GgufValue => ({ type: 'float32', value });
	const key = (name: string) => `${shape.architecture}.${name}`;
	return {
		'general.architecture': { type: 'string', value: shape.architecture },
		'general.name': { type: 'string', value: 'random test model' },
		[key('block_count')]: count(shape.layers),
		[key('context_length')]: count(512),
		[key('embedding_length')]: count(shape.width),
		[key('feed_forward_length')]: count(shape.feedForward),
		[key('attention.head_count')]: count(shape.heads),
		[key('attention.head_count_kv')]: count(shape.kvHeads),
		[key('attention.key_length')]: count(shape.headLength),
		[key('attention.value_length')]: count(shape.headLength),
		[key('attention.layer_norm_rms_epsilon')]: real(1e-5),
		[key('rope.dimension_count')]: count(shape.headLength),
		[key('rope.freq_base')]: real(50_000),
		...(shape.architecture === 'gemma3' && {
			[key('attention.sliding_window')]: count(shape.slidingWindow),
			[key('attention.sliding_window_pattern')]: count(2),
			[key('rope.scaling.type')]: { type: 'string', value: 'linear' },
			[key('rope.scaling.factor')]: real(4),
		}),
		...tokenizerMetadata(testVocabulary().slice(0, shape.vocabulary)),
		...shape.metadata,
	};
}

interface TestTensor {
	name: string;
	dims: number[];
	middle: number;
	spread: number;
}

function tensorsOf(shape: TestShape): TestTensor[] {
	const { architecture, width, feedForward, headLength } = shape;
	const [queries, keys] = [shape.heads * headLength, shape.kvHeads * headLength];
	const matrix = (name: string, columns: number, rows: number): TestTensor => ({
		name: `${name}.weight`,
		dims: [columns, rows],
		middle: 0,
		spread: 1 / Math.sqrt(columns),
	});
	const norm = (name: string, length: number): TestTensor => ({ name: `${name}.weight`, dims: [length], middle: 1, spread: 0.2 });
	const bias = (name: string, length: number): TestTensor => ({ name: `${name}.bias`, dims: [length], middle: 0, spread: 0.2 });
	const factors = (name: string): TestTensor => ({ name: `${name}.weight`, dims: [headLength / 2], middle: 2, spread: 0.3 });
	const gemma = architecture === 'gemma3';
	const layers = Array.from({ length: shape.layers }, (_, layer) => {
		const at = (name: string) => `blk.${layer}.${name}`;
		const attention =
			architecture === 'phi3'
				? [matrix(at('attn_qkv'), width, queries + 2 * keys)]
				: [matrix(at('attn_q'), width, queries), matrix(at('attn_k'), width, keys), matrix(at('attn_v'), width, keys)];
		return [
			norm(at('attn_norm'), width),
			...attention,
			...(architecture === 'qwen2' ? [bias(at('attn_q'), queries), bias(at('attn_k'), keys), bias(at('attn_v'), keys)] : []),
			...(gemma || architecture === 'qwen3' ? [norm(at('attn_q_norm'), headLength), norm(at('attn_k_norm'), headLength)] : []),
			matrix(at('attn_output'), queries, width),
			...(gemma ? [norm(at('post_attention_norm'), width), norm(at('post_ffw_norm'), width)] : []),
			norm(at('ffn_norm'), width),
			...(architecture === 'phi3'
				? [matrix(at('ffn_up'), width, 2 * feedForward)]
				: [matrix(at('ffn_gate'), width, feedForward), matrix(at('ffn_up'), width, feedForward)]),
			matrix(at('ffn_down'), feedForward, width),
		];
	});
	return [
		{ ...matrix('token_embd', width, shape.vocabulary), spread: gemma ? 1 / Math.sqrt(width) : 0.3 },
		norm('output_norm', width),
		...(shape.separateHead ? [matrix('output', width, shape.vocabulary)] : []),
		...(shape.ropeFactors && architecture === 'llama' ? [factors('rope_freqs')] : []),
		...(shape.ropeFactors && architecture === 'phi3' ? [factors('rope_factors_long'), factors('rope_factors_short')] : []),
		...layers.flat(),
	];
}
