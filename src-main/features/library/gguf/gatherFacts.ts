import type { ModelKind } from '#contract/library.ts';
import { fileTypeNames } from './fileTypeNames.ts';
import { Refusal } from './HeaderCursor.ts';
import type { Header } from './readHeader.ts';
import { type AdapterFacts, readAdapter } from './readKind.ts';
import type { Metadata } from './readMetadata.ts';
import type { ModelShape } from './readShape.ts';
import { checkParts, type SplitPlace } from './readSplit.ts';
import type { TensorInfo } from './readTensors.ts';
import type { TokenizerFacts } from './readTokenizer.ts';

/**
 * What is known of a model without loading it. Sizes are in bytes.
 *
 * Projectors, adapters and single later parts of a split model have no shape (all 0) and no tokenizer; `architecture` of a
 * projector is `clip`, of an adapter that of the model it is for, of a later part that names none an empty text.
 */
export interface GgufFacts extends ModelShape, TokenizerFacts {
	kind: ModelKind;
	/** Null for a model in one file. Where all parts were read, all else is of the whole model and this is of its first part. */
	split: SplitPlace | null;
	/** Of a LoRA adapter. */
	adapter: AdapterFacts | null;
	/** The model's own name for itself. */
	name: string | null;
	/** As the file names it, such as `apache-2.0`. */
	license: string | null;
	/** As the file names it, such as `7B`. */
	sizeLabel: string | null;
	/** Of all files. */
	fileBytes: number;
	tensorBytes: number;
	/** Tensor bytes of each block, and of what comes after the last one. */
	layerBytes: number[];
	outputBytes: number;
	/** Such as `Q4_K_M`; empty where only the beginning of the file was there and did not tell it. */
	quantization: string;
	/** Number of weights. */
	parameters: number;
}

/** Puts together what the headers of a model's files hold: of the only one, of one part of a split model, or of all parts in order. */
export function gatherFacts(headers: readonly Header[]): GgufFacts {
	const [first] = headers;
	if (!first) throw new Refusal('impossible', 'It has no file.');
	if (headers.length > 1) checkParts(headers);
	const { kind, split, metadata } = first;
	const tensors = headers.flatMap((header) => header.tensors);
	const { model } = first;
	const whole = split === null || headers.length > 1;
	if (kind === 'model' && whole) checkWidths(tensors, model);
	return {
		...model,
		...namesOf(metadata),
		kind,
		split,
		adapter: kind === 'adapter' ? readAdapter(metadata, tensors) : null,
		fileBytes: headers.reduce((total, header) => total + header.fileBytes, 0),
		quantization: nameQuantization(metadata, tensors),
		parameters: sum(tensors, 'elements'),
		...weigh(tensors, model.blockCount),
	};
}

const longestText = 300;

/** What a file says of itself to people. */
export function namesOf(metadata: Metadata): Pick<GgufFacts, 'name' | 'license' | 'sizeLabel'> {
	return { name: textOf(metadata, 'general.name'), license: textOf(metadata, 'general.license'), sizeLabel: textOf(metadata, 'general.size_label') };
}

function textOf(metadata: Metadata, key: string): string | null {
	const text = metadata.get(key);
	return typeof text === 'string' && text.trim() !== '' ? text.trim().slice(0, longestText) : null;
}

/** llama.cpp wants one row of the embedding for each token, and lays out the first matrices of a block by the embedding's width, whatever theirs is. */
function checkWidths(tensors: readonly TensorInfo[], model: ModelShape & TokenizerFacts): void {
	const embedding = tensors.find(({ name }) => name === 'token_embd.weight');
	if (!embedding) throw new Refusal('impossible', 'It has no token embedding (token_embd.weight).');
	const [width, rows = 1] = embedding.dims;
	if (width !== model.embeddingLength)
		throw new Refusal('impossible', `Its token embedding is ${width} wide where its metadata says ${model.embeddingLength}.`);
	if (rows !== model.vocabularySize) throw new Refusal('impossible', `Its token embedding has ${rows} rows for ${model.vocabularySize} tokens.`);
	const misfit = tensors.find(({ name, blockElements }) => width % blockElements !== 0 && /^blk\.\d+\.(attn_[qkv]|ffn_(gate|up))\.weight$/.test(name));
	if (misfit)
		throw new Refusal('impossible', `The tensor “${misfit.name}” is stored in blocks of ${misfit.blockElements} values, which rows of ${width} cannot be.`);
}

/** By the file's own word or, without one, by the type that most of its bytes are of. */
function nameQuantization(metadata: Metadata, tensors: readonly TensorInfo[]): string {
	const fileType = metadata.get('general.file_type');
	const named = typeof fileType === 'number' ? fileTypeNames.get(fileType) : undefined;
	if (named) return named;
	const bytesByType = new Map<string, number>();
	for (const { type, bytes } of tensors) bytesByType.set(type, (bytesByType.get(type) ?? 0) + bytes);
	const [[most] = ['F32']] = [...bytesByType].sort(([, a], [, b]) => b - a);
	return most;
}

function weigh(tensors: readonly TensorInfo[], blockCount: number): Pick<GgufFacts, 'tensorBytes' | 'layerBytes' | 'outputBytes'> {
	const layerBytes = new Array<number>(blockCount).fill(0);
	for (const { name, bytes } of tensors) {
		const block = Number(/^blk\.(\d+)\./.exec(name)?.[1] ?? -1);
		if (block in layerBytes) layerBytes[block] = (layerBytes[block] ?? 0) + bytes;
	}
	const output = tensors.filter(({ name }) => name.startsWith('output'));
	// Without a matrix of its own the output layer uses the embedding's.
	const shared = tensors.filter(({ name }) => name === 'token_embd.weight' && !output.some((tensor) => tensor.name === 'output.weight'));
	return { tensorBytes: sum(tensors, 'bytes'), layerBytes, outputBytes: sum([...output, ...shared], 'bytes') };
}

function sum(tensors: readonly TensorInfo[], measure: 'bytes' | 'elements'): number {
	return tensors.reduce((total, tensor) => total + tensor[measure], 0);
}
