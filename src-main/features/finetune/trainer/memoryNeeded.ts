import { ggmlTypes } from '../../library/gguf/ggmlTypes.ts';
import type { Target } from './Adapter.ts';
import { mostLogitBytes } from './Head.ts';
import type { Base } from './readBase.ts';

/** What decides how much memory a training takes beside its model. */
export interface MemoryWishes {
	rank: number;
	targets: readonly Target[];
	/** Tokens of the longest row. */
	mostTokens: number;
}

/** Of a training, in bytes. All but `needed` buys speed only. */
export interface MemoryNeeded {
	/** The least that a training works in, one row at a time. */
	needed: number;
	/** For each row that goes through the model together with others. */
	eachRow: number;
	/** For keeping all matrices the other way around as well. */
	transposes: number;
	/** Where a graphics card computes: what `needed` is of its memory, and of the machine's beside it. */
	onCard: { needed: number; beside: number };
}

/** Node, its modules, ggml. */
const processBytes = 120e6;
/** A value of an adapter: itself, its gradient, two running means, and what is computed with. */
const bytesPerValue = 20;
/** Of those values, what is computed with. */
const bytesOnCard = 4;
/** Logits, shares and gradients lie open together. */
const headTensors = 3;
/** A card's driver, and what it compiles. */
const driverBytes = 300e6;

/** Estimates what a training takes, before any of the model is read. For shapes of 5 to 200 million weights it was 0.96 to 1.2 times what was taken then. */
export function memoryNeeded({ shape, tensors }: Base, { rank, targets, mostTokens }: MemoryWishes): MemoryNeeded {
	const matrices = [...tensors.values()].filter(({ name, dims }) => dims.length > 1 && name !== (tensors.has('output.weight') ? 'token_embd.weight' : ''));
	const weights = matrices.reduce((sum, { bytes }) => sum + bytes, 0);
	const turned = matrices.map(({ name, dims, typeId }) => ({
		name,
		bytes: (dims[0] ?? 0) * (dims[1] ?? 0) * (ggmlTypes.get(typeId)?.name === 'F32' ? 4 : 34 / 32),
	}));
	const transposes = turned.reduce((sum, { bytes }) => sum + bytes, 0);
	const openTransposes = turned.filter(({ name }) => !/^blk\.[1-9]/.test(name)).reduce((sum, { bytes }) => sum + bytes, 0);
	const { layers, width, feedForward, heads, kvHeads, headLength } = shape;
	const queries = heads * headLength;
	const masks = shape.slidingWindow === null ? 1 : 2;
	const eachRow = 4 * mostTokens * (width * (layers + 2) + masks * mostTokens);
	const scratch = 4 * mostTokens * (6 * width + 6 * feedForward + 5 * queries + 4 * kvHeads * headLength + heads * mostTokens);
	const lengths = { q: width + queries, k: width + kvHeads * headLength, v: width + kvHeads * headLength, o: queries + width };
	const ofTarget = { ...lengths, gate: width + feedForward, up: width + feedForward, down: feedForward + width };
	const values = layers * rank * targets.reduce((sum, target) => sum + ofTarget[target], 0);
	// Packing a matrix takes the whole of it beside its place; that is over when the rest is asked for.
	const loading = matrices.reduce((most, { bytes }) => Math.max(most, bytes), 0);
	const stepping = openTransposes + headTensors * mostLogitBytes.processor + eachRow + scratch;
	const needed = Math.ceil(processBytes + weights + Math.max(loading, stepping) + values * bytesPerValue);
	// For some products a back end opens a whole matrix as F16.
	const opened = matrices.reduce((most, { dims }) => Math.max(most, 2 * (dims[0] ?? 0) * (dims[1] ?? 0)), 0);
	const ofCard = weights + openTransposes + headTensors * mostLogitBytes.card + eachRow + scratch + opened + values * bytesOnCard;
	const beside = processBytes + driverBytes + values * (bytesPerValue - bytesOnCard);
	return { needed, eachRow, transposes, onCard: { needed: Math.ceil(ofCard), beside: Math.ceil(beside) } };
}
