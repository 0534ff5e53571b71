import { Refusal } from '../../library/gguf/HeaderCursor.ts';
import { readAdapter } from '../../library/gguf/readKind.ts';
import type { Target } from './Adapter.ts';
import { baseDigestKey } from './baseDigest.ts';
import { type FileTensor, type ModelFile, readModelFile } from './readModelFile.ts';
import { type RefusalKind, TrainerRefusal } from './TrainerRefusal.ts';

/** One pair of an adapter's file, with the matrix of the model that it changes: W + scale·B·A. */
export interface FilePair {
	matrix: FileTensor;
	/** Rank rows as long as those of the matrix. */
	a: FileTensor;
	/** As many rows as the matrix has, of rank values. */
	b: FileTensor;
	rank: number;
	/** What B·A is multiplied with where the adapter is used at scale 1. */
	scale: number;
}

/** A LoRA adapter's file, as far as its header tells, checked against the model it is for. */
export interface AdapterFile {
	file: ModelFile;
	pairs: readonly FilePair[];
	/** The largest of its pairs. */
	rank: number;
	alpha: number;
	targets: Target[];
	/** Of the model it was made for; null where the file does not say. */
	baseDigest: string | null;
}

/** Four times what can be trained here. The work of looking into a pair grows with the square of its rank. */
const mostRank = 1024;

const kinds: Partial<Record<Refusal['kind'], RefusalKind>> = { empty: 'notGguf', notGguf: 'notGguf', noModel: 'noAdapter', unsupported: 'unsupported' };
const halfForm = /^(.+)\.lora_([ab])$/;
const targetsOfMatrix: Partial<Record<string, readonly Target[]>> = {
	attn_q: ['q'],
	attn_k: ['k'],
	attn_v: ['v'],
	attn_qkv: ['q', 'k', 'v'],
	attn_output: ['o'],
	ffn_gate: ['gate'],
	ffn_up: ['up'],
	ffn_down: ['down'],
};

/**
 * Reads an adapter's file as far as its header and checks that each pair is whole and fits its matrix of the model.
 *
 * @throws TrainerRefusal `notGguf`, `noAdapter`, `damaged`, `noPair`, `unsupported`, `otherArchitecture`, `otherShape`
 */
export function readAdapterFile(path: string, model: ModelFile): AdapterFile {
	try {
		const file = readModelFile(path);
		const { metadata, kind } = file.header;
		if (kind !== 'adapter') throw new TrainerRefusal('noAdapter', `This file is no adapter but a ${kind}.`);
		for (const name of file.tensors.keys()) checkHalf(name, file.tensors);
		const { alpha, rank } = readAdapter(metadata, file.header.tensors);
		const [ours, theirs] = [model.header.model.architecture, metadata.get('general.architecture')];
		if (theirs !== ours) throw new TrainerRefusal('otherArchitecture', `The adapter is for “${String(theirs)}” models and this one is “${ours}”.`);
		const pairs = [...file.tensors.values()].flatMap((a) => pairOf(a, file, model, alpha));
		const names = new Set(pairs.flatMap(({ matrix }) => targetsOfMatrix[/^blk\.\d+\.(.+)\.weight$/.exec(matrix.name)?.[1] ?? ''] ?? []));
		const digest = metadata.get(baseDigestKey);
		return { file, pairs, rank, alpha, targets: [...names], baseDigest: typeof digest === 'string' ? digest.slice(0, 200) : null };
	} catch (error) {
		if (error instanceof Refusal) throw new TrainerRefusal(kinds[error.kind] ?? 'damaged', error.message, { cause: error });
		throw error;
	}
}

function checkHalf(name: string, tensors: ReadonlyMap<string, FileTensor>): void {
	const [, of, half] = halfForm.exec(name) ?? [];
	if (of === undefined) return;
	const other = `${of}.lora_${half === 'a' ? 'b' : 'a'}`;
	if (!tensors.has(other)) throw new TrainerRefusal('noPair', `The tensor “${name}” has no counterpart “${other}”.`);
}

/** The pair that a tensor is the first half of. */
function pairOf(a: FileTensor, file: ModelFile, model: ModelFile, alpha: number): FilePair[] {
	const [, of = '', half] = halfForm.exec(a.name) ?? [];
	const b = file.tensors.get(`${of}.lora_b`);
	if (half !== 'a' || !b) return [];
	if (of === 'token_embd.weight') throw new TrainerRefusal('unsupported', 'The adapter changes the embedding of tokens, which is not supported.');
	const matrix = model.tensors.get(of);
	if (!matrix) throw new TrainerRefusal('otherShape', `The adapter changes “${of}”, which this model does not have.`);
	if (matrix.dims.length > 2) throw new TrainerRefusal('unsupported', `The adapter changes the experts “${of}”, which is not supported.`);
	const [columns = 1, rows = 1] = matrix.dims;
	if (a.dims[0] !== columns || b.dims[1] !== rows)
		throw new TrainerRefusal('otherShape', `The adapter is for a matrix “${of}” of ${a.dims[0]} × ${b.dims[1]}, and this model's is ${columns} × ${rows}.`);
	const rank = a.dims[1] ?? 1;
	if (rank > mostRank) throw new TrainerRefusal('unsupported', `The pair of “${of}” has rank ${rank}; up to ${mostRank} can be used.`);
	// As llama.cpp reads it: an alpha of 0 means that there is none.
	return [{ matrix, a, b, rank, scale: alpha === 0 ? 1 : alpha / rank }];
}
