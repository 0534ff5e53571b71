import { type GgufNumberType, ggufTypeIds } from './ggufValue.ts';
import { type HeaderCursor, Refusal } from './HeaderCursor.ts';

/** What was kept of one metadata value: all of a scalar, of an array its length and, where they are needed, its values. */
export type MetadataValue = number | string | boolean | MetadataArray;

export interface MetadataArray {
	of: keyof typeof ggufTypeIds;
	length: number;
	/** Those of short arrays, such as one number for each block, and the kinds of the tokens. */
	numbers: number[] | null;
	/** The tokens, one character for each byte. */
	strings: string[] | null;
}

export type Metadata = ReadonlyMap<string, MetadataValue>;

export const tokenListKey = 'tokenizer.ggml.tokens';
export const tokenTypesKey = 'tokenizer.ggml.token_type';

/** llama.cpp reads these without looking at their type, and stops the whole process where it is another. */
const fixedTypes: Partial<Record<string, keyof typeof ggufTypeIds>> = {
	'split.no': 'uint16',
	'split.count': 'uint16',
	'adapter.lora.alpha': 'float32',
	'adapter.type': 'string',
	'general.type': 'string',
};

/** llama.cpp compares each key with all others, so thousands are the most that it can take. */
const mostKeys = 4096;
const longestKeyBytes = 1024;
const longestStringBytes = 4 * 2 ** 20;
const longestTokenBytes = 64 * 1024;
const mostTokens = 2 ** 20;
/** As many as there can be blocks: the arrays with one number for each block are kept. */
const mostKeptNumbers = 512;

type TypeName = keyof typeof ggufTypeIds;

// Object.entries forgets that the keys are those of the table.
const typeNames = new Map<number, TypeName>((Object.entries(ggufTypeIds) as [TypeName, number][]).map(([name, id]) => [id, name]));

const readers: Record<GgufNumberType | 'bool', { bytes: number; read(from: Buffer): number }> = {
	uint8: { bytes: 1, read: (from) => from.readUInt8() },
	int8: { bytes: 1, read: (from) => from.readInt8() },
	uint16: { bytes: 2, read: (from) => from.readUInt16LE() },
	int16: { bytes: 2, read: (from) => from.readInt16LE() },
	uint32: { bytes: 4, read: (from) => from.readUInt32LE() },
	int32: { bytes: 4, read: (from) => from.readInt32LE() },
	float32: { bytes: 4, read: (from) => from.readFloatLE() },
	bool: { bytes: 1, read: (from) => from.readUInt8() },
	uint64: { bytes: 8, read: (from) => Number(from.readBigUInt64LE()) },
	int64: { bytes: 8, read: (from) => Number(from.readBigInt64LE()) },
	float64: { bytes: 8, read: (from) => from.readDoubleLE() },
};

/**
 * Reads the `count` key-value pairs of a GGUF file into `metadata`.
 *
 * Where reading breaks off, all that was read so far is there; of a list that was begun its length alone.
 */
export function readMetadata(cursor: HeaderCursor, count: number, metadata: Map<string, MetadataValue>): void {
	if (count > mostKeys) throw new Refusal('damaged', `It claims ${count} metadata entries, more than the ${mostKeys} there can be.`);
	for (let i = 0; i < count; i++) {
		const key = cursor.string(`the name of metadata entry ${i + 1}`, longestKeyBytes);
		if (key === '') throw new Refusal('damaged', `Metadata entry ${i + 1} has no name.`);
		if (metadata.has(key)) throw new Refusal('damaged', `The metadata entry “${key}” is there twice.`);
		metadata.set(
			key,
			readValue(cursor, key, (begun) => metadata.set(key, begun)),
		);
	}
}

function readValue(cursor: HeaderCursor, key: string, onBegun: (list: MetadataArray) => void): MetadataValue {
	const what = `the metadata entry “${key}”`;
	const type = readType(cursor, what);
	const fixed = fixedTypes[key];
	if (fixed && fixed !== type) throw new Refusal('impossible', `The value of ${what} is of type ${type}; it must be ${fixed}.`);
	if (type === 'array') return readArray(cursor, key, what, onBegun);
	if (type === 'string') return cursor.string(what, longestStringBytes);
	const { bytes, read } = readers[type];
	const value = read(cursor.take(bytes, what));
	return type === 'bool' ? value !== 0 : value;
}

function readType(cursor: HeaderCursor, what: string): TypeName {
	const id = cursor.uint32(what);
	const name = typeNames.get(id);
	if (!name) throw new Refusal('damaged', `The value of ${what} is of type ${id}, which does not exist.`);
	return name;
}

function readArray(cursor: HeaderCursor, key: string, what: string, onBegun: (list: MetadataArray) => void): MetadataArray {
	const of = readType(cursor, what);
	if (of === 'array') throw new Refusal('impossible', `The value of ${what} is a list of lists, which no model uses.`);
	const length = cursor.count(`number of values in ${what}`);
	onBegun({ of, length, numbers: null, strings: null });
	if (of === 'string') return { of, length, numbers: null, strings: readStrings(cursor, key, what, length) };
	const { bytes, read } = readers[of];
	if (length > (key === tokenTypesKey ? mostTokens : mostKeptNumbers)) {
		cursor.skip(length * bytes, what);
		return { of, length, numbers: null, strings: null };
	}
	const numbers: number[] = [];
	for (let i = 0; i < length; i++) numbers.push(read(cursor.take(bytes, what)));
	return { of, length, numbers, strings: null };
}

function readStrings(cursor: HeaderCursor, key: string, what: string, length: number): string[] | null {
	if (key !== tokenListKey) {
		for (let i = 0; i < length; i++) cursor.skipString(what);
		return null;
	}
	if (length > mostTokens) throw new Refusal('damaged', `Its vocabulary claims ${length} tokens, more than the ${mostTokens} there can be.`);
	const strings: string[] = [];
	for (let i = 0; i < length; i++) strings.push(cursor.bytesOfString(what, longestTokenBytes));
	return strings;
}
