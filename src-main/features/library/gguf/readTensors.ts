import { ggmlTypes } from './ggmlTypes.ts';
import { type HeaderCursor, Refusal } from './HeaderCursor.ts';

/** One tensor of a file, checked: it lies within the file, where llama.cpp will look for it. */
export interface TensorInfo {
	name: string;
	dims: number[];
	type: string;
	/** Values that are stored together; a row is a whole number of these. */
	blockElements: number;
	elements: number;
	bytes: number;
}

/** llama.cpp compares each name with all others; the largest real models have about 3,000. */
const mostTensors = 16_384;
const longestNameBytes = 63;
const mostDimensions = 4;
/** llama.cpp stops the whole process where mapped tensor data does not begin at a multiple of this (`TENSOR_ALIGNMENT`). */
const mappedAlignment = 32;

/** What a file of tensors is for; llama.cpp computes with models and adapters alone. */
export interface TensorUse {
	/** Its tensors are checked for types that cannot be computed with. */
	computed: boolean;
	/** The first part of a split model may hold the metadata alone. */
	mayBeEmpty: boolean;
}

interface TensorEntry extends TensorInfo {
	offset: number;
}

/** Reads the table of `count` tensors, which ends a GGUF file's header, and checks where each of them lies. */
export function readTensors(cursor: HeaderCursor, count: number, alignment: number, use: TensorUse): TensorInfo[] {
	if (count === 0 && !use.mayBeEmpty) throw new Refusal('noModel', 'It holds no tensors, only a vocabulary or settings.');
	if (count > mostTensors) throw new Refusal('damaged', `It claims ${count} tensors, more than the ${mostTensors} there can be.`);
	const names = new Set<string>();
	const tensors: TensorEntry[] = [];
	for (let i = 0; i < count; i++) {
		const tensor = readEntry(cursor, i, use);
		if (names.has(tensor.name)) throw new Refusal('damaged', `The tensor “${tensor.name}” is there twice.`);
		names.add(tensor.name);
		tensors.push(tensor);
	}
	checkPlaces(tensors, padded(cursor.position, alignment), alignment, cursor.fileBytes);
	return tensors;
}

function readEntry(cursor: HeaderCursor, index: number, use: TensorUse): TensorEntry {
	const name = cursor.string(`the name of tensor ${index + 1}`, longestNameBytes);
	const what = `the description of tensor “${name}”`;
	if (name === '') throw new Refusal('damaged', `Tensor ${index + 1} has no name.`);
	const dimensions = cursor.uint32(what);
	if (dimensions > mostDimensions)
		throw new Refusal('damaged', `The tensor “${name}” claims ${dimensions} dimensions, more than the ${mostDimensions} there can be.`);
	const dims = Array.from({ length: dimensions }, () => cursor.count(`size of tensor “${name}”`));
	const typeId = cursor.uint32(what);
	const offset = cursor.count(`place of tensor “${name}”`);
	const measures = measure(name, dims, typeId);
	if (use.computed && !canCompute(name, dims, measures.type))
		throw new Refusal('unsupported', `The tensor “${name}” is of type ${measures.type}, which cannot be computed with in this place.`);
	return { name, dims, offset, ...measures };
}

function measure(name: string, dims: readonly number[], typeId: number): Omit<TensorInfo, 'name' | 'dims'> {
	const type = ggmlTypes.get(typeId);
	if (!type) throw new Refusal('unsupported', `The tensor “${name}” is of type ${typeId}, which this version does not know.`);
	if (dims.includes(0)) throw new Refusal('impossible', `The tensor “${name}” is empty.`);
	const elements = dims.reduce((product, length) => product * length, 1);
	const rowLength = dims[0] ?? 1;
	if (rowLength % type.blockElements !== 0)
		throw new Refusal('impossible', `The rows of tensor “${name}” have ${rowLength} values, not a whole number of ${type.name} blocks.`);
	const bytes = (elements / type.blockElements) * type.blockBytes;
	if (!Number.isSafeInteger(elements) || !Number.isSafeInteger(bytes)) throw new Refusal('damaged', `The tensor “${name}” claims to be impossibly large.`);
	return { type: type.name, blockElements: type.blockElements, elements, bytes };
}

/**
 * llama.cpp stops the whole process, or reads where it must not, when weights are whole numbers or of a type that is made
 * for intermediate results only, and when vectors and norms are not plain numbers.
 */
function canCompute(name: string, dims: readonly number[], type: string): boolean {
	// The one kind of weight that is a table of whole numbers: which expert is for which token.
	if (name.includes('tid2eid')) return type === 'I32';
	if (dims.length < 2 || name.endsWith('_norm.weight')) return type === 'F32';
	return !['I8', 'I16', 'I32', 'I64', 'F64', 'Q8_1', 'Q8_K'].includes(type);
}

function checkPlaces(tensors: readonly TensorEntry[], dataStart: number, alignment: number, fileBytes: number): void {
	let expected = 0;
	for (const { name, offset, bytes } of tensors) {
		if (offset % alignment !== 0) throw new Refusal('damaged', `The tensor “${name}” does not begin at a multiple of ${alignment} bytes.`);
		if (dataStart + offset + bytes > fileBytes) throw new Refusal('cutOff', `The file is cut off or damaged: the tensor “${name}” would reach beyond its end.`);
		if (offset !== expected)
			throw new Refusal('damaged', `The tensor “${name}” ${offset < expected ? 'overlaps the one before it' : 'does not follow the one before it'}.`);
		if ((dataStart + offset) % mappedAlignment !== 0)
			throw new Refusal('damaged', `The tensor “${name}” does not begin at a multiple of ${mappedAlignment} bytes of the file.`);
		expected += padded(bytes, alignment);
	}
}

function padded(bytes: number, alignment: number): number {
	return Math.ceil(bytes / alignment) * alignment;
}
