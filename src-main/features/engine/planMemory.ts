import type { KvType, LoadPlan } from '#contract/engine.ts';
import type { GgufFacts } from '../library/gguf/readGguf.ts';

const MiB = 2 ** 20;

/** What must be known of a model to tell the memory that a load takes. */
export type PlanGguf = Pick<
	GgufFacts,
	| 'architecture'
	| 'tensorBytes'
	| 'contextTokens'
	| 'embeddingLength'
	| 'feedForwardLength'
	| 'vocabularySize'
	| 'layerBytes'
	| 'outputBytes'
	| 'blockCount'
	| 'headCountKvByBlock'
	| 'keyLength'
	| 'valueLength'
	| 'slidingWindow'
>;

/** The measures of a plan that its memory follows from. */
export type PlanShape = Pick<LoadPlan, 'contextTokens' | 'parallel' | 'gpuLayers' | 'batchTokens' | 'threads' | 'kvType'>;

/** Resident size of an engine host that has loaded its library and answered once, without the model (bench/fit.ts). */
const processBytes = 168 * MiB;
/** What one token of the vocabulary takes in llama.cpp's tables and while the file's header is read (bench/fit.ts). */
const vocabularyEntryBytes = 700;

/**
 * Adds up what a plan takes, and where: the weights, the keys and values of all contexts at their full length, and what else the
 * engine's process needs.
 *
 * What is meant is memory that the machine must really give, for good: an engine host reads the weights into memory of its own
 * (LoadedModel.ts), so it is the host's resident size once it has worked, and what it holds of the GPU's memory. llama.cpp puts the
 * output on the GPU first, then the last layers.
 */
export function planMemory(gguf: PlanGguf, shape: PlanShape): LoadPlan {
	const { blockCount } = gguf;
	const firstOnGpu = Math.max(0, blockCount - Math.max(0, shape.gpuLayers - 1));
	const onGpu = (layer: number) => shape.gpuLayers > 1 && layer >= firstOnGpu;
	const sumLayers = (bytesOf: (layer: number) => number, counts: (layer: number) => boolean) =>
		Array.from({ length: blockCount }, (_, layer) => (counts(layer) ? bytesOf(layer) : 0)).reduce((sum, bytes) => sum + bytes, 0);
	const layerKv = (layer: number) => layerKvBytes(gguf, layer, shape);
	const layerWeights = (layer: number) => gguf.layerBytes[layer] ?? 0;
	const weightsBytes = gguf.tensorBytes + outputCopyBytes(gguf, shape);
	const kvBytes = Math.ceil(sumLayers(layerKv, () => true));
	const overheadBytes = processBytes + vocabularyEntryBytes * gguf.vocabularySize + workBytes(gguf, shape);
	const weightsAndKv = weightsBytes + kvBytes;
	if (shape.gpuLayers === 0) return { ...shape, weightsBytes, kvBytes, overheadBytes, ramBytes: weightsAndKv + overheadBytes, vramBytes: 0 };
	const held = Math.ceil(gguf.outputBytes + sumLayers(layerWeights, onGpu) + sumLayers(layerKv, onGpu));
	// Each side that computes has its buffer; the GPU's is taken whole, of the other what is touched counts.
	return { ...shape, weightsBytes, kvBytes, overheadBytes, ramBytes: weightsAndKv + overheadBytes - held, vramBytes: held + graphBytes(gguf, shape) };
}

/** The kind of cache that a model can have where `wished` is: llama.cpp keeps 8-bit values in blocks of 32, which its heads must be whole numbers of. */
export function usableKvType({ keyLength, valueLength }: PlanGguf, wished: KvType | undefined): KvType {
	return wished === 'q8_0' && keyLength % 32 === 0 && valueLength % 32 === 0 ? 'q8_0' : 'f16';
}

/** llama.cpp works with contexts of whole steps (`GGML_PAD(n_ctx, 256)` in llama-context.cpp). */
export const contextStep = 256;
export function roundContext(tokens: number): number {
	return Math.max(contextStep, Math.ceil(tokens / contextStep) * contextStep);
}

/** Bytes of one kept number: ggml's q8_0 has 32 of them and a 16-bit scale. */
const kvValueBytes: Record<KvType, number> = { f16: 2, q8_0: 34 / 32 };

/** Every how many layers one attends to the whole context and not to its window alone: `load_swa_pattern` in llama.cpp's src/models. */
const fullAttentionEvery: Record<string, number> = {
	gemma2: 2,
	gemma3: 6,
	gemma3n: 5,
	'gpt-oss': 2,
	cohere2: 4,
	exaone4: 4,
	llama4: 4,
	olmo2: 4,
	phi3: 1,
};

/** Of layers with a window llama.cpp keeps that and one batch, in whole steps (llama-kv-cache-iswa.cpp, `size_swa`). */
function layerKvBytes(gguf: PlanGguf, layer: number, shape: PlanShape): number {
	const every = gguf.slidingWindow ? (fullAttentionEvery[gguf.architecture] ?? 1) : 1;
	const whole = (layer + 1) % every === 0;
	const context = roundContext(shape.contextTokens);
	const cells = whole ? context : Math.min(context, roundContext((gguf.slidingWindow ?? 0) + shape.batchTokens));
	const heads = gguf.headCountKvByBlock[layer] ?? 0;
	// Latent attention, which shows as one head: the values are part of the keys (`is_mla` in llama-kv-cache.cpp).
	const isLatent = gguf.architecture === 'deepseek2' && heads === 1;
	return cells * shape.parallel * heads * (gguf.keyLength + (isLatent ? 0 : gguf.valueLength)) * kvValueBytes[shape.kvType];
}

/** Matrices of at most so many bits a weight are laid out anew for the processor (`ggml_repack_get_optimal_repack_type` in ggml's repack.cpp). */
const repackedBits = process.arch === 'arm64' ? 8.6 : 4.6;

/**
 * The second copy of an embedding that serves as the output too: the GPU has its own, and so has a processor that lays the output
 * out anew (llama.cpp's `TENSOR_DUPLICATED`).
 */
function outputCopyBytes(gguf: PlanGguf, shape: PlanShape): number {
	const layers = gguf.layerBytes.reduce((sum, bytes) => sum + bytes, 0);
	const isShared = gguf.tensorBytes - layers - gguf.outputBytes < gguf.outputBytes / 10;
	const bits = (8 * gguf.outputBytes) / (gguf.vocabularySize * gguf.embeddingLength);
	return isShared && (shape.gpuLayers > 0 || bits <= repackedBits) ? gguf.outputBytes : 0;
}

/** What one token of a batch needs while the layers are computed: the feed-forward pair and its product, four hidden states, its row of the 16-bit attention mask. */
function layerTokenBytes(gguf: PlanGguf, shape: PlanShape): number {
	return 12 * gguf.feedForwardLength + 16 * gguf.embeddingLength + 2 * roundContext(shape.contextTokens);
}

/**
 * The buffer that llama.cpp reserves for computing a batch: the layers take turns in it with the logits of every token (compared
 * with its own figures, `compute buffer size`, in planLoad.test.ts).
 */
export function graphBytes(gguf: PlanGguf, shape: PlanShape): number {
	const logits = 4 * gguf.vocabularySize + 8 * gguf.embeddingLength;
	return shape.batchTokens * Math.max(layerTokenBytes(gguf, shape), logits);
}

/** What of that buffer is ever touched, and the logits: Homeroom asks for those of the last token of each request alone, which are there twice. */
function workBytes(gguf: PlanGguf, shape: PlanShape): number {
	return shape.batchTokens * layerTokenBytes(gguf, shape) + 2 * 4 * gguf.vocabularySize * shape.parallel;
}
