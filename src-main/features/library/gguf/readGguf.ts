import { closeSync, constants, fstatSync, openSync } from 'node:fs';
import { basename } from 'node:path';
import { failure } from '#contract/errors.ts';
import { fileTypeNames } from './fileTypeNames.ts';
import { HeaderCursor, type ReadLimits, Refusal } from './HeaderCursor.ts';
import { type Metadata, readMetadata } from './readMetadata.ts';
import { type ModelShape, readShape } from './readShape.ts';
import { readTensors, type TensorInfo } from './readTensors.ts';
import { readTokenizer, type TokenizerFacts } from './readTokenizer.ts';

/** What is known of a model file without loading it. Sizes are in bytes. */
export interface GgufFacts extends ModelShape, TokenizerFacts {
	/** The model's own name for itself. */
	name: string | null;
	fileBytes: number;
	tensorBytes: number;
	/** Tensor bytes of each block, and of what comes after the last one. */
	layerBytes: number[];
	outputBytes: number;
	/** Such as `Q4_K_M`. */
	quantization: string;
	/** Number of weights. */
	parameters: number;
}

const defaultAlignment = 32;

/**
 * Checks a GGUF file and tells what is in it, for the library before it takes a model in and for the engine before
 * llama.cpp sees it. Only the header is read.
 *
 * It ends within `limits` whatever the file holds, blocks its thread while it reads, and keeps nothing open. Every file
 * that is not whole and consistent is refused with MODEL_FILE_INVALID and a sentence that names the cause; a path that
 * cannot be opened gives FILE_NOT_FOUND or FILE_NOT_ALLOWED.
 */
export function readGguf(path: string, limits: ReadLimits = { bytes: 64 * 2 ** 20, milliseconds: 5000 }): GgufFacts {
	const file = openFile(path);
	try {
		const stats = fstatSync(file);
		if (!stats.isFile()) throw failure('FILE_NOT_ALLOWED', { reason: 'notAFile' });
		return readFacts(new HeaderCursor(file, stats.size, limits));
	} catch (error) {
		if (error instanceof Refusal) throw failure('MODEL_FILE_INVALID', { fileName: basename(path), reason: error.message });
		const code = errorCode(error);
		if (code === 'EIO') throw failure('MODEL_FILE_INVALID', { fileName: basename(path), reason: 'The disk could not read it.' }, error);
		throw error;
	} finally {
		closeSync(file);
	}
}

function openFile(path: string): number {
	try {
		// Without waiting: a named pipe would hold the thread until somebody writes to it.
		return openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
	} catch (error) {
		switch (errorCode(error)) {
			case 'ENOENT':
			case 'ENOTDIR':
				throw failure('FILE_NOT_FOUND', { path }, error);
			case 'EACCES':
			case 'EPERM':
				throw failure('FILE_NOT_ALLOWED', { reason: 'noPermission' }, error);
			case 'EISDIR':
			case 'ENXIO':
				throw failure('FILE_NOT_ALLOWED', { reason: 'notAFile' }, error);
			case 'ENAMETOOLONG':
			case 'ELOOP':
				throw failure('FILE_NOT_ALLOWED', { reason: 'badName' }, error);
			default:
				throw error;
		}
	}
}

function errorCode(error: unknown): string | undefined {
	return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

function readFacts(cursor: HeaderCursor): GgufFacts {
	readVersion(cursor);
	const tensorCount = cursor.count('number of tensors');
	const metadata = readMetadata(cursor, cursor.count('number of metadata entries'));
	const shape = readShape(metadata);
	const tokenizer = readTokenizer(metadata);
	const tensors = readTensors(cursor, tensorCount, readAlignment(metadata));
	checkWidths(tensors, shape, tokenizer);
	const name = metadata.get('general.name');
	return {
		...shape,
		...tokenizer,
		name: typeof name === 'string' && name.trim() !== '' ? name.trim() : null,
		fileBytes: cursor.fileBytes,
		quantization: nameQuantization(metadata, tensors),
		parameters: sum(tensors, 'elements'),
		...weigh(tensors, shape.blockCount),
	};
}

function readVersion(cursor: HeaderCursor): void {
	if (cursor.fileBytes === 0) throw new Refusal('The file is empty.');
	if (cursor.fileBytes < 24) throw new Refusal(`The file is only ${cursor.fileBytes} bytes long.`);
	const magic = cursor.take(4, 'the first four bytes').toString('latin1');
	if (magic !== 'GGUF') throw new Refusal('It is not a GGUF file: it does not begin with the letters GGUF.');
	const version = cursor.uint32('the version');
	if (version !== 0 && (version & 0xffff) === 0) throw new Refusal('It was written for big-endian machines. Get the little-endian file of this model.');
	if (version !== 2 && version !== 3) throw new Refusal(`It is of GGUF version ${version}; versions 2 and 3 can be used.`);
}

function readAlignment(metadata: Metadata): number {
	const alignment = metadata.get('general.alignment') ?? defaultAlignment;
	if (typeof alignment === 'number' && Number.isInteger(Math.log2(alignment)) && alignment >= 1 && alignment <= 2 ** 20) return alignment;
	throw new Refusal(`Its alignment is ${String(alignment)}, which is not a power of two.`);
}

/** llama.cpp wants one row of the embedding for each token, and lays out the first matrices of a block by the embedding's width, whatever theirs is. */
function checkWidths(tensors: readonly TensorInfo[], shape: ModelShape, tokenizer: TokenizerFacts): void {
	const embedding = tensors.find(({ name }) => name === 'token_embd.weight');
	if (!embedding) throw new Refusal('It has no token embedding (token_embd.weight).');
	const [width, rows = 1] = embedding.dims;
	if (width !== shape.embeddingLength) throw new Refusal(`Its token embedding is ${width} wide where its metadata says ${shape.embeddingLength}.`);
	if (rows !== tokenizer.vocabularySize) throw new Refusal(`Its token embedding has ${rows} rows for ${tokenizer.vocabularySize} tokens.`);
	const misfit = tensors.find(({ name, blockElements }) => width % blockElements !== 0 && /^blk\.\d+\.(attn_[qkv]|ffn_(gate|up))\.weight$/.test(name));
	if (misfit) throw new Refusal(`The tensor “${misfit.name}” is stored in blocks of ${misfit.blockElements} values, which rows of ${width} cannot be.`);
}

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
