import { closeSync, fstatSync, openSync } from 'node:fs';
import { encodeHeader, type TensorEntry } from '../../library/gguf/encodeHeader.ts';
import { type GgufValue, ggufTypeIds } from '../../library/gguf/ggufValue.ts';
import { fileSource, HeaderCursor } from '../../library/gguf/HeaderCursor.ts';

/** One metadata entry as it lies in a file, its key included. */
export interface RawEntry {
	key: string;
	bytes: Uint8Array;
}

const limits = { bytes: 64 * 2 ** 20, milliseconds: 30_000 };
const longestKeyBytes = 1024;
/** The magic, the version and the two counts. */
const startBytes = 24;
const { string: stringId, array: arrayId } = ggufTypeIds;
const fixedBytes: Partial<Record<number, number>> = {
	[ggufTypeIds.uint8]: 1,
	[ggufTypeIds.int8]: 1,
	[ggufTypeIds.bool]: 1,
	[ggufTypeIds.uint16]: 2,
	[ggufTypeIds.int16]: 2,
	[ggufTypeIds.uint32]: 4,
	[ggufTypeIds.int32]: 4,
	[ggufTypeIds.float32]: 4,
	[ggufTypeIds.uint64]: 8,
	[ggufTypeIds.int64]: 8,
	[ggufTypeIds.float64]: 8,
};

/** Reads the metadata of a GGUF file that `readModelFile` has found whole, entry by entry as it lies, so that it can be copied unseen. */
export function readRawMetadata(path: string): RawEntry[] {
	const file = openSync(path, 'r');
	try {
		const cursor = new HeaderCursor(fileSource(file, fstatSync(file).size), limits);
		cursor.skip(startBytes - 8, 'the beginning');
		const count = cursor.count('number of metadata entries');
		return Array.from({ length: count }, () => {
			const from = cursor.position;
			const key = cursor.string('a key', longestKeyBytes);
			skipValue(cursor, key, cursor.uint32(key));
			const bytes = cursor.position - from;
			cursor.position = from;
			return { key, bytes: Uint8Array.from(cursor.take(bytes, key)) };
		});
	} finally {
		closeSync(file);
	}
}

function skipValue(cursor: HeaderCursor, key: string, type: number): void {
	if (type === stringId) cursor.skipString(key);
	else if (type === arrayId) skipArray(cursor, key);
	else cursor.skip(fixedBytes[type] ?? 0, key);
}

function skipArray(cursor: HeaderCursor, key: string): void {
	const of = cursor.uint32(key);
	const length = cursor.count(key);
	if (of === stringId) for (let i = 0; i < length; i++) cursor.skipString(key);
	else cursor.skip(length * (fixedBytes[of] ?? 0), key);
}

/** An entry that is made here. */
export function rawEntry(key: string, value: GgufValue): RawEntry {
	return { key, bytes: encodeHeader({ [key]: value }, [], 1).subarray(startBytes) };
}

/** Everything of a GGUF file that comes before its tensors' values. */
export function joinHeader(entries: readonly RawEntry[], tensors: readonly TensorEntry[], alignment: number): Buffer {
	const table = encodeHeader({}, tensors, 1);
	const start = table.subarray(0, startBytes);
	start.writeBigUInt64LE(BigInt(entries.length), startBytes - 8);
	const all = Buffer.concat([start, ...entries.map(({ bytes }) => bytes), table.subarray(startBytes)]);
	return Buffer.concat([all, Buffer.alloc((alignment - (all.length % alignment)) % alignment)]);
}
