import { ggmlTypes } from './ggmlTypes.ts';
import { type GgufNumberType, type GgufValue, ggufTypeIds } from './ggufValue.ts';

/** Where a tensor lies and what it looks like; `dims[0]` is the length of a row, `offset` counts from the start of the tensor data. */
export interface TensorEntry {
	name: string;
	dims: readonly number[];
	typeId: number;
	offset: number;
}

const numberBytes: Record<GgufNumberType, number> = {
	uint8: 1,
	int8: 1,
	uint16: 2,
	int16: 2,
	uint32: 4,
	int32: 4,
	float32: 4,
	uint64: 8,
	int64: 8,
	float64: 8,
};

/** A piece of a header: `bytes` bytes long, written by `write` at the offset it is given. */
interface Field {
	bytes: number;
	write(target: Buffer, offset: number): void;
}

function numberField(type: GgufNumberType, value: number): Field {
	const writers: Record<GgufNumberType, (target: Buffer, offset: number) => void> = {
		uint8: (target, offset) => target.writeUInt8(value, offset),
		int8: (target, offset) => target.writeInt8(value, offset),
		uint16: (target, offset) => target.writeUInt16LE(value, offset),
		int16: (target, offset) => target.writeInt16LE(value, offset),
		uint32: (target, offset) => target.writeUInt32LE(value, offset),
		int32: (target, offset) => target.writeInt32LE(value, offset),
		float32: (target, offset) => target.writeFloatLE(value, offset),
		uint64: (target, offset) => target.writeBigUInt64LE(BigInt(value), offset),
		int64: (target, offset) => target.writeBigInt64LE(BigInt(value), offset),
		float64: (target, offset) => target.writeDoubleLE(value, offset),
	};
	return { bytes: numberBytes[type], write: writers[type] };
}

function* stringFields(text: string): Generator<Field> {
	const content = Buffer.from(text, 'utf8');
	yield numberField('uint64', content.length);
	yield { bytes: content.length, write: (target, offset) => void content.copy(target, offset) };
}

function* scalarFields(type: GgufNumberType | 'string' | 'bool', value: number | string | boolean): Generator<Field> {
	if (type === 'string') yield* stringFields(String(value));
	else yield numberField(type === 'bool' ? 'uint8' : type, Number(value));
}

function* valueFields(value: GgufValue): Generator<Field> {
	yield numberField('uint32', ggufTypeIds[value.type]);
	if (value.type !== 'array') return yield* scalarFields(value.type, value.value);
	yield numberField('uint32', ggufTypeIds[value.of]);
	yield numberField('uint64', value.values.length);
	for (const element of value.values) yield* scalarFields(value.of, element);
}

function* tensorFields(tensor: TensorEntry): Generator<Field> {
	yield* stringFields(tensor.name);
	yield numberField('uint32', tensor.dims.length);
	for (const length of tensor.dims) yield numberField('uint64', length);
	yield numberField('uint32', tensor.typeId);
	yield numberField('uint64', tensor.offset);
}

function* headerFields(metadata: Readonly<Record<string, GgufValue>>, tensors: readonly TensorEntry[]): Generator<Field> {
	const entries = Object.entries(metadata);
	yield numberField('uint32', 0x46554747 /* "GGUF" */);
	yield numberField('uint32', 3);
	yield numberField('uint64', tensors.length);
	yield numberField('uint64', entries.length);
	for (const [key, value] of entries) {
		yield* stringFields(key);
		yield* valueFields(value);
	}
	for (const tensor of tensors) yield* tensorFields(tensor);
}

/** Bytes of a tensor of this type and these dimensions. `dims[0]` must be a whole number of the type's blocks. */
export function tensorBytes(typeId: number, dims: readonly number[]): number {
	const type = ggmlTypes.get(typeId);
	const [rowLength = 1, ...others] = dims;
	if (!type || rowLength % type.blockElements !== 0) throw new RangeError(`A row of ${rowLength} values cannot be stored as tensor type ${typeId}`);
	return others.reduce((product, length) => product * length, (rowLength / type.blockElements) * type.blockBytes);
}

/** Lays out everything of a GGUF version 3 file that comes before the tensor data, padded to `alignment`. */
export function encodeHeader(metadata: Readonly<Record<string, GgufValue>>, tensors: readonly TensorEntry[], alignment: number): Buffer {
	const fields = [...headerFields(metadata, tensors)];
	const bytes = fields.reduce((sum, field) => sum + field.bytes, 0);
	const header = Buffer.alloc(Math.ceil(bytes / alignment) * alignment);
	let offset = 0;
	for (const field of fields) {
		field.write(header, offset);
		offset += field.bytes;
	}
	return header;
}
