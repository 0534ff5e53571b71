import type { ModelKind } from '#contract/library.ts';
import { Refusal } from './HeaderCursor.ts';
import type { Metadata } from './readMetadata.ts';
import type { TensorInfo } from './readTensors.ts';

/** What a LoRA adapter says of itself. */
export interface AdapterFacts {
	/** Its strength: at scale 1 it is added with the weight `alpha / rank`, or with 1 where alpha is 0. */
	alpha: number;
	/** The largest rank among its tensors. */
	rank: number;
	/** The model it was made for, by the name it gives. */
	baseName: string | null;
}

const neither: Partial<Record<string, string>> = {
	imatrix: 'It is an importance matrix, which is used to quantize models, not a model.',
	controlvector: 'It is a control vector, which Homeroom has no use for.',
};

/** Tells what a file is by what it says of itself, and refuses what is of no use here. */
export function readKind(metadata: Metadata): ModelKind {
	const architecture = metadata.get('general.architecture');
	const type = metadata.get('general.type');
	for (const said of [architecture, type]) {
		const detail = typeof said === 'string' ? neither[said] : undefined;
		if (detail) throw new Refusal('noModel', detail);
	}
	if (type === 'adapter') return 'adapter';
	// Files of before 2024-08 have no type: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
	return type === 'mmproj' || architecture === 'clip' ? 'projector' : 'model';
}

/**
 * Reads what a LoRA adapter is, and checks it for what would make llama.cpp stop the whole process.
 *
 * The rules are those of `llama_adapter_lora_init_impl` (llama-adapter.cpp) and of the products that `build_lora_mm`,
 * `build_lora_mm_id` and `build_inp_embd` (llama-graph.cpp) make of its tensors. Whether it suits a model is found by llama.cpp.
 */
export function readAdapter(metadata: Metadata, tensors: readonly TensorInfo[]): AdapterFacts {
	const type = metadata.get('adapter.type');
	if (type !== 'lora') throw new Refusal('unsupported', `It is an adapter of the type “${String(type)}”; only “lora” can be used.`);
	const alpha = metadata.get('adapter.lora.alpha') ?? 0;
	if (typeof alpha !== 'number' || !Number.isFinite(alpha)) throw new Refusal('impossible', 'Its alpha is not a number.');
	const byName = new Map(tensors.map((tensor) => [tensor.name, tensor]));
	let rank = 0;
	for (const { name } of tensors) {
		if (name.endsWith('_norm.weight')) continue;
		const [, of, half] = /^(.+)\.lora_([ab])$/.exec(name) ?? [];
		if (of === undefined) throw new Refusal('unsupported', `The tensor “${name}” is none that a LoRA adapter has.`);
		const other = byName.get(`${of}.lora_${half === 'a' ? 'b' : 'a'}`);
		if (!other) throw new Refusal('impossible', `The tensor “${name}” has no counterpart.`);
		const own = byName.get(name);
		if (own && half === 'a') rank = Math.max(rank, rankOf(of, own.dims, other.dims));
	}
	if (rank === 0) throw new Refusal('noModel', 'It changes nothing: it has no pair of tensors.');
	const baseName = metadata.get('general.base_model.0.name');
	return { alpha, rank, baseName: typeof baseName === 'string' && baseName.trim() !== '' ? baseName.trim() : null };
}

/** The rank of a pair of tensors, which must be the same in both. */
function rankOf(of: string, a: readonly number[], b: readonly number[]): number {
	const [aColumns = 1, aRows = 1, ...aOthers] = a;
	const [bRank = 1, , ...bOthers] = b;
	// Those of the embedding lie the other way around.
	const rank = of.endsWith('token_embd.weight') ? aColumns : aRows;
	const layers = (others: readonly number[]) => others.reduce((product, length) => product * length, 1);
	const together = /_exps\.weight$/.test(of) || layers(aOthers) === 1;
	if (rank !== bRank || layers(aOthers) !== layers(bOthers) || !together || aOthers.length > 1 || bOthers.length > 1)
		throw new Refusal('impossible', `The tensors of “${of}” do not fit each other: ${a.join(' × ')} and ${b.join(' × ')}.`);
	return rank;
}
