import type { LoadPlan, LoadWishes, Machine, PlanVerdict } from '#contract/engine.ts';
import type { GgufFacts } from '../library/gguf/readGguf.ts';

const MiB = 2 ** 20;
const GiB = 2 ** 30;
const defaultContextTokens = 8192;
const defaultParallel = 4;
/** The context is only made smaller than this, and only unasked, when nothing else helps. */
const leastUsefulContext = 2048;
const contextStep = 256;
/** llama.cpp keeps keys and values as 16-bit numbers. */
const kvValueBytes = 2;
/** Resident size of the engine's process with its library and no model (measured: 100 MB). */
const processBytes = 128 * MiB;

type CacheFacts = 'blockCount' | 'headCountKvByBlock' | 'keyLength' | 'valueLength' | 'slidingWindow';

export interface PlanFacts {
	gguf: Pick<
		GgufFacts,
		'architecture' | 'tensorBytes' | 'contextTokens' | 'embeddingLength' | 'feedForwardLength' | 'vocabularySize' | 'layerBytes' | 'outputBytes' | CacheFacts
	>;
	machine: Machine;
}

type Shape = Pick<LoadPlan, 'contextTokens' | 'parallel' | 'gpuLayers' | 'batchTokens' | 'threads'>;
type Note = PlanVerdict['notes'][number];

/**
 * Plans how to load a model on a machine: how large a context, how many requests side by side, how many layers on the GPU.
 *
 * Pure: what the file and the machine are comes in as facts. What is wished for is kept if memory allows; what is not, is chosen, and
 * made smaller (first fewer requests, then a smaller context) until it fits beside a reserve for the rest of the system. `tooBig`
 * carries the smallest plan there is. Sizes are estimates on the safe side (planLoad.test.ts compares them with measured ones).
 */
export function planLoad(facts: PlanFacts, wishes: Omit<LoadWishes, 'adapters'>): PlanVerdict {
	const candidates = shapes(facts, wishes).map((shape) => withLayers(facts, shape, wishes.gpuLayers));
	const { gguf, machine } = facts;
	const allLayers = gguf.blockCount + 1;
	const hasGpu = machine.gpus.length > 0;
	const fitting = candidates.filter(
		(plan) => plan.ramBytes <= machine.freeRamBytes - ramReserve(machine) && (plan.vramBytes === 0 || plan.vramBytes <= freeVram(machine)),
	);
	// A somewhat smaller context that lies wholly on the GPU is worth far more than a large one that does not.
	const onGpu =
		hasGpu && wishes.gpuLayers === undefined ? fitting.find((plan) => plan.gpuLayers === allLayers && plan.contextTokens >= leastUsefulContext) : undefined;
	const plan = onGpu ?? fitting[0] ?? candidates.at(-1);
	if (!plan) throw new Error('there is always a smallest plan');
	const nearlyFull = machine.freeRamBytes - plan.ramBytes < 2 * ramReserve(machine) && plan.ramBytes > machine.totalRamBytes / 10;
	const kind = fitting.length === 0 ? 'tooBig' : (hasGpu && plan.gpuLayers < allLayers) || nearlyFull ? 'slow' : 'fits';
	return { kind, plan, freeRamBytes: machine.freeRamBytes, freeVramBytes: totalFreeVram(machine), notes: notesFor(gguf, plan, wishes) };
}

/** The next plan to try when llama.cpp could not get the memory for `plan`, and what to tell the user; null when there is none. */
export function nextSmallerPlan(facts: PlanFacts, plan: LoadPlan): { plan: LoadPlan; note: Note } | null {
	if (plan.parallel > 1) return { plan: withSizes(facts, { ...plan, parallel: Math.floor(plan.parallel / 2) }), note: 'parallelReduced' };
	if (plan.contextTokens > leastUsefulContext)
		return { plan: withSizes(facts, { ...plan, contextTokens: roundContext(plan.contextTokens / 2) }), note: 'contextReduced' };
	if (plan.gpuLayers > 0) return { plan: withSizes(facts, { ...plan, gpuLayers: Math.floor(plan.gpuLayers / 2) }), note: 'gpuLayersReduced' };
	if (plan.contextTokens > 2 * contextStep)
		return { plan: withSizes(facts, { ...plan, contextTokens: roundContext(plan.contextTokens / 2) }), note: 'contextReduced' };
	return null;
}

/** What may be tried, from what is wanted most to the smallest. */
function shapes({ gguf, machine }: PlanFacts, wishes: Omit<LoadWishes, 'adapters'>): Omit<Shape, 'gpuLayers'>[] {
	const context = roundContext(wishes.contextTokens ?? Math.min(gguf.contextTokens, defaultContextTokens));
	const parallel = wishes.parallel ?? defaultParallel;
	const threads = wishes.threads ?? machine.physicalCores;
	// A native call cannot be broken off: on a processor it must be short for the others who wait. A GPU wants large ones.
	const batch = machine.gpus.length > 0 ? 512 : 256;
	const tried: Omit<Shape, 'gpuLayers'>[] = [];
	for (let tokens = context; ; tokens = roundContext(tokens / 2)) {
		for (let beside = parallel; beside >= 1; beside = Math.floor(beside / 2))
			tried.push({ contextTokens: tokens, parallel: beside, threads, batchTokens: Math.max(beside, Math.min(batch, tokens)) });
		if (tokens <= 2 * contextStep) return tried;
	}
}

/** Adds as many layers as the GPU's memory holds, or as many as are wished for. */
function withLayers(facts: PlanFacts, shape: Omit<Shape, 'gpuLayers'>, wished: number | undefined): LoadPlan {
	if (facts.machine.gpus.length === 0) return withSizes(facts, { ...shape, gpuLayers: 0 });
	const free = freeVram(facts.machine);
	for (let gpuLayers = Math.min(wished ?? Number.POSITIVE_INFINITY, facts.gguf.blockCount + 1); gpuLayers > 0; gpuLayers--) {
		const plan = withSizes(facts, { ...shape, gpuLayers });
		if (plan.vramBytes <= free) return plan;
	}
	return withSizes(facts, { ...shape, gpuLayers: 0 });
}

/** Adds up what a plan takes, and where. llama.cpp puts the output on the GPU first, then the last layers. */
function withSizes({ gguf }: PlanFacts, shape: Shape): LoadPlan {
	const { blockCount } = gguf;
	const firstOnGpu = Math.max(0, blockCount - Math.max(0, shape.gpuLayers - 1));
	const onGpu = (layer: number) => shape.gpuLayers > 1 && layer >= firstOnGpu;
	const layerKv = Array.from({ length: blockCount }, (_, layer) => kvBytes(gguf, layer, shape));
	const layerWeights = Array.from({ length: blockCount }, (_, layer) => gguf.layerBytes[layer] ?? 0);
	const sumOnGpu = (sizes: readonly number[]) => sizes.reduce((sum, bytes, layer) => sum + (onGpu(layer) ? bytes : 0), 0);
	const kv = layerKv.reduce((sum, bytes) => sum + bytes, 0);
	const graph = graphBytes(gguf, shape);
	const vramBytes = shape.gpuLayers === 0 ? 0 : gguf.outputBytes + sumOnGpu(layerWeights) + sumOnGpu(layerKv) + graph;
	const overheadBytes = graph + processBytes;
	const whole = gguf.tensorBytes + kv + overheadBytes;
	return {
		...shape,
		kvType: 'f16',
		weightsBytes: gguf.tensorBytes,
		kvBytes: kv,
		overheadBytes,
		// The graph needs its buffer on each side that computes.
		ramBytes: shape.gpuLayers === 0 ? whole : Math.max(processBytes, whole - vramBytes + graph),
		vramBytes,
	};
}

/** Every how many layers one attends to the whole context and not to its window alone; llama.cpp's own tables. */
const fullAttentionEvery: Record<string, number> = { gemma2: 2, gemma3: 6, gemma3n: 5, 'gpt-oss': 2, cohere2: 4, exaone4: 4, llama4: 4, phi3: 1 };

function kvBytes(gguf: PlanFacts['gguf'], layer: number, shape: Shape): number {
	const every = gguf.slidingWindow ? (fullAttentionEvery[gguf.architecture] ?? 1) : 1;
	const whole = (layer + 1) % every === 0;
	const window = gguf.slidingWindow ?? 0;
	const cells = whole ? shape.contextTokens : Math.min(shape.contextTokens, roundContext(window + shape.batchTokens));
	return cells * shape.parallel * (gguf.headCountKvByBlock[layer] ?? 0) * (gguf.keyLength + gguf.valueLength) * kvValueBytes;
}

/**
 * The buffers that a graph is computed in, for a batch of tokens: measured on models of two shapes, what one token needs is the
 * larger of its logits and its feed-forward pair, its hidden state twice and its row of the attention mask.
 */
function graphBytes(gguf: PlanFacts['gguf'], shape: Shape): number {
	const perToken = Math.max(4 * gguf.vocabularySize, 8 * gguf.feedForwardLength) + 8 * gguf.embeddingLength + 2 * shape.contextTokens;
	return shape.batchTokens * perToken;
}

function notesFor(gguf: PlanFacts['gguf'], plan: LoadPlan, wishes: Omit<LoadWishes, 'adapters'>): Note[] {
	const notes: Note[] = [];
	if (wishes.contextTokens !== undefined && plan.contextTokens < wishes.contextTokens) notes.push('contextReduced');
	if (wishes.parallel !== undefined && plan.parallel < wishes.parallel) notes.push('parallelReduced');
	if (wishes.gpuLayers !== undefined && plan.gpuLayers < Math.min(wishes.gpuLayers, gguf.blockCount + 1)) notes.push('gpuLayersReduced');
	if (plan.contextTokens > roundContext(gguf.contextTokens)) notes.push('contextBeyondTraining');
	return notes;
}

/** Left to the rest of the system: without it everything swaps. */
function ramReserve(machine: Machine): number {
	return Math.max(GiB, machine.totalRamBytes * 0.05);
}

function totalFreeVram(machine: Machine): number {
	return machine.gpus.reduce((sum, gpu) => sum + gpu.freeBytes, 0);
}

/** What may be used of the GPU's memory: the screen and the driver need some of it. */
function freeVram(machine: Machine): number {
	const total = machine.gpus.reduce((sum, gpu) => sum + gpu.totalBytes, 0);
	return totalFreeVram(machine) - Math.min(2 * GiB, Math.max(0.5 * GiB, total * 0.06));
}

/** llama.cpp works with contexts of whole steps. */
function roundContext(tokens: number): number {
	return Math.max(contextStep, Math.ceil(tokens / contextStep) * contextStep);
}
