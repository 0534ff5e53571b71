import { trainableArchitectures } from '#contract/trainableArchitectures.ts';
import type { Header } from '../../library/gguf/readHeader.ts';
import type { RopeSettings } from './ggml.ts';
import type { FileTensor } from './readModelFile.ts';
import { TrainerRefusal } from './TrainerRefusal.ts';

/** The architectures that the forward pass is written for, as GGUF files name them. */
export const architectures = trainableArchitectures;
export type Architecture = (typeof architectures)[number];

/** The measures of a model that its forward pass is built from. Lengths are in values. */
export interface BaseShape {
	architecture: Architecture;
	/** As the file names itself. */
	name: string | null;
	layers: number;
	width: number;
	heads: number;
	kvHeads: number;
	headLength: number;
	feedForward: number;
	vocabulary: number;
	contextTokens: number;
	epsilon: number;
	/** What scores are multiplied with before softmax. */
	attentionScale: number;
	embeddingScale: number;
	activation: 'silu' | 'gelu';
	/** One matrix makes query, key and value (`attn_qkv`). */
	fusedQkv: boolean;
	/** One matrix makes gate and up (`ffn_up`, the gate's half first). */
	fusedGateUp: boolean;
	/** Tokens that the layers with a window look back over, themselves included; null where all look over everything. */
	slidingWindow: number | null;
	/** Whether a layer has the window, for each. */
	windowed: readonly boolean[];
	/** Of each layer. */
	ropes: readonly RopeSettings[];
}

const neox = 2;

/** Reads the measures from a model's header, as llama.cpp reads them (`load_hparams` in llama-model.cpp, `src/models/*.cpp`). */
export function readBaseShape({ metadata, model }: Header, tensors: ReadonlyMap<string, FileTensor>): BaseShape {
	const architecture = architectures.find((each) => each === model.architecture);
	if (!architecture)
		throw new TrainerRefusal(
			'modelUnsupported',
			`Models of the architecture “${model.architecture}” cannot be trained yet. These can: ${architectures.join(', ')}.`,
		);
	const number = (key: string, otherwise: number) => {
		const value = metadata.get(`${architecture}.${key}`);
		return typeof value === 'number' ? value : otherwise;
	};
	for (const [key, what] of unknownSettings)
		if (number(key, 0) !== 0) throw new TrainerRefusal('modelUnsupported', `This model has ${what} (${key}), which cannot be trained yet.`);
	if (model.keyLength !== model.valueLength) throw new TrainerRefusal('modelUnsupported', 'This model has keys and values of different lengths.');
	if (model.headCountKvByBlock.some((count) => count !== model.headCountKv))
		throw new TrainerRefusal('modelUnsupported', 'This model has layers with different numbers of heads.');
	const embedding = tensors.get('token_embd.weight');
	const name = metadata.get('general.name');
	const hasWindow = readWindow(metadata.get('gemma3.attention.sliding_window_pattern'));
	const slidingWindow = architecture === 'gemma3' ? model.slidingWindow : null;
	const windowed = Array.from({ length: model.blockCount }, (_, layer) => slidingWindow !== null && hasWindow(layer));
	const shape: BaseShape = {
		architecture,
		name: typeof name === 'string' ? name : null,
		layers: model.blockCount,
		width: model.embeddingLength,
		heads: model.headCount,
		kvHeads: model.headCountKv,
		headLength: model.keyLength,
		feedForward: model.feedForwardLength,
		vocabulary: embedding?.dims[1] ?? 0,
		contextTokens: model.contextTokens,
		epsilon: number('attention.layer_norm_rms_epsilon', 1e-5),
		// Of gemma3, the 27B model alone (62 layers) divides by another length.
		attentionScale: 1 / Math.sqrt(architecture === 'gemma3' && model.blockCount === 62 ? model.embeddingLength / model.headCount : model.keyLength),
		embeddingScale: architecture === 'gemma3' ? Math.sqrt(model.embeddingLength) : 1,
		activation: architecture === 'gemma3' ? 'gelu' : 'silu',
		fusedQkv: tensors.has('blk.0.attn_qkv.weight'),
		fusedGateUp: !tensors.has('blk.0.ffn_gate.weight'),
		slidingWindow,
		windowed,
		ropes: readRopes(metadata, architecture, model, windowed),
	};
	checkTensors(shape, tensors);
	return shape;
}

const unknownSettings: readonly [key: string, what: string][] = [
	['expert_count', 'experts'],
	['final_logit_softcapping', 'a cap on its logits'],
	['attn_logit_softcapping', 'a cap on its attention'],
	['rope.scaling.yarn_log_multiplier', 'a kind of long context'],
	['attention.clamp_kqv', 'a limit on keys, queries and values'],
];

/** Which layers have the window: one list for all, or every so many layers one without. */
function readWindow(pattern: ReturnType<Header['metadata']['get']>): (layer: number) => boolean {
	if (typeof pattern === 'object') return (layer) => (pattern.numbers?.[layer] ?? 0) !== 0;
	const period = typeof pattern === 'number' ? pattern : 6;
	return (layer) => period === 0 || layer % period < period - 1;
}

function readRopes(
	metadata: Header['metadata'],
	architecture: Architecture,
	model: { contextTokens: number; keyLength: number },
	windowed: readonly boolean[],
): RopeSettings[] {
	const read = (key: string) => metadata.get(`${architecture}.rope.${key}`);
	const number = (key: string, otherwise: number) => {
		const value = read(key);
		return typeof value === 'number' ? value : otherwise;
	};
	const kind = read('scaling.type') ?? 'linear';
	const factor = number('scaling.factor', 0) || number('scale_linear', 0);
	const scale = factor === 0 || kind === 'none' ? 1 : 1 / factor;
	const mode = architecture === 'llama' ? 0 : neox;
	const dimensions = number('dimension_count', model.keyLength);
	const original = number('scaling.original_context_length', model.contextTokens);
	// With yarn, llama.cpp's own factor cancels what ggml multiplies with, so that the file's alone is left.
	const [extFactor, attentionFactor] = [kind === 'yarn' ? 1 : 0, number('scaling.attn_factor', 1)];
	const settings = (base: number, by: number): RopeSettings => [dimensions, mode, original, base, by, extFactor, attentionFactor, 32, 1];
	const everywhere = settings(number('freq_base', 10_000), scale);
	const nearby = settings(number('freq_base_swa', 10_000), 1);
	return windowed.map((hasWindow) => (hasWindow ? nearby : everywhere));
}

/** The tensors of one layer that the forward pass uses, without `blk.N.`; any other changes what the model computes. */
const layerTensors = new Set(
	['attn_norm', 'attn_q', 'attn_k', 'attn_v', 'attn_qkv', 'attn_output', 'ffn_norm', 'ffn_gate', 'ffn_up', 'ffn_down']
		.concat(['attn_q_norm', 'attn_k_norm', 'post_attention_norm', 'post_ffw_norm'])
		.map((name) => `${name}.weight`)
		.concat(['attn_q.bias', 'attn_k.bias', 'attn_v.bias', 'attn_qkv.bias', 'attn_output.bias']),
);
const wholeTensors = new Set(['token_embd.weight', 'output_norm.weight', 'output.weight', 'rope_freqs.weight']);
const ropeFactors = /^(blk\.\d+\.)?rope_factors_(long|short)\.weight$|^(blk\.\d+\.)?rope_freqs\.weight$/;

function checkTensors(shape: BaseShape, tensors: ReadonlyMap<string, FileTensor>): void {
	for (const name of tensors.keys()) {
		const inLayer = /^blk\.\d+\.(.+)$/.exec(name)?.[1];
		if (!(inLayer ? layerTensors.has(inLayer) : wholeTensors.has(name)) && !ropeFactors.test(name))
			throw new TrainerRefusal('modelUnsupported', `This model has a tensor that cannot be trained with: “${name}”.`);
	}
	const { heads, kvHeads, headLength, width, feedForward } = shape;
	const attention = shape.fusedQkv
		? { attn_qkv: [width, (heads + 2 * kvHeads) * headLength] }
		: { attn_q: [width, heads * headLength], attn_k: [width, kvHeads * headLength], attn_v: [width, kvHeads * headLength] };
	const gate = shape.fusedGateUp ? { ffn_up: [width, 2 * feedForward] } : { ffn_gate: [width, feedForward], ffn_up: [width, feedForward] };
	const expected = { attn_norm: [width], ...attention, attn_output: [heads * headLength, width], ffn_norm: [width], ...gate, ffn_down: [feedForward, width] };
	for (let layer = 0; layer < shape.layers; layer++)
		for (const [name, dims] of Object.entries(expected)) expectTensor(tensors, `blk.${layer}.${name}.weight`, dims);
	expectTensor(tensors, 'output_norm.weight', [width]);
	expectTensor(tensors, 'token_embd.weight', [width, shape.vocabulary]);
}

function expectTensor(tensors: ReadonlyMap<string, FileTensor>, name: string, dims: readonly number[]): void {
	const found = tensors.get(name)?.dims.join(' × ') ?? 'missing';
	if (found !== dims.join(' × ')) throw new TrainerRefusal('modelUnsupported', `The tensor “${name}” is ${found}; it should be ${dims.join(' × ')}.`);
}
