import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncFolder } from '../../../platform/disk/syncFolder.ts';
import { encodeHeader, type TensorEntry, tensorBytes } from './encodeHeader.ts';
import type { GgufValue } from './ggufValue.ts';
import { rowEncoders } from './quantize.ts';

/**
 * A tensor to write. Its content is asked for in order and never held whole: either row by row as numbers (`fillRow`),
 * which the writer quantizes, or in pieces of bytes that are in the type's own format already (`fillBytes`).
 */
export interface TensorSource {
	name: string;
	/** `dims[0]` is the length of a row. */
	dims: readonly number[];
	type: keyof typeof rowEncoders;
	content: { fillRow(row: Float32Array, index: number): void } | { fillBytes(piece: Uint8Array, offset: number): void };
}

const alignment = 32;
const pieceBytes = 1 << 20;

/**
 * Writes a GGUF version 3 file for anything that needs a model made from nothing.
 *
 * The file appears under its name only when it is whole and on the disk (written beside it as `.part`, synced, renamed),
 * and replaces what was there. Memory stays at a few MiB whatever the size. An error or an aborted `signal` leaves nothing behind.
 */
export async function writeGguf(
	file: string,
	content: { metadata: Readonly<Record<string, GgufValue>>; tensors: readonly TensorSource[] },
	signal?: AbortSignal,
): Promise<void> {
	const part = `${file}.part`;
	try {
		const handle = await open(part, 'w', 0o600);
		try {
			await handle.writeFile(encodeHeader(content.metadata, layOut(content.tensors), alignment));
			for (const tensor of content.tensors) await writeTensor(handle, tensor, signal);
			await handle.sync();
		} finally {
			await handle.close();
		}
		await rename(part, file);
		await syncFolder(dirname(file));
	} catch (error) {
		await rm(part, { force: true });
		throw error;
	}
}

function layOut(tensors: readonly TensorSource[]): TensorEntry[] {
	let offset = 0;
	return tensors.map(({ name, dims, type }) => {
		const { typeId } = rowEncoders[type];
		const entry = { name, dims, typeId, offset };
		offset += padded(tensorBytes(typeId, dims));
		return entry;
	});
}

function padded(bytes: number): number {
	return Math.ceil(bytes / alignment) * alignment;
}

async function writeTensor(handle: FileHandle, tensor: TensorSource, signal: AbortSignal | undefined): Promise<void> {
	const bytes = tensorBytes(rowEncoders[tensor.type].typeId, tensor.dims);
	for (const piece of 'fillRow' in tensor.content ? rowPieces(tensor, tensor.content.fillRow) : bytePieces(bytes, tensor.content.fillBytes)) {
		signal?.throwIfAborted();
		await handle.writeFile(piece);
	}
	await handle.writeFile(Buffer.alloc(padded(bytes) - bytes));
}

/** The content in order; each piece is valid until the next is asked for. */
function* rowPieces({ type, dims }: TensorSource, fillRow: (row: Float32Array, index: number) => void): Generator<Uint8Array> {
	const { typeId, encode } = rowEncoders[type];
	const [rowLength = 1, ...others] = dims;
	const rows = others.reduce((product, length) => product * length, 1);
	const rowBytes = tensorBytes(typeId, [rowLength]);
	const rowsAtOnce = Math.max(1, Math.floor(pieceBytes / rowBytes));
	const row = new Float32Array(rowLength);
	const piece = new Uint8Array(Math.min(rowsAtOnce, rows) * rowBytes);
	for (let first = 0; first < rows; first += rowsAtOnce) {
		const count = Math.min(rowsAtOnce, rows - first);
		for (let i = 0; i < count; i++) {
			row.fill(0);
			fillRow(row, first + i);
			encode(row, new DataView(piece.buffer, i * rowBytes, rowBytes));
		}
		yield piece.subarray(0, count * rowBytes);
	}
}

/** The same of bytes that are in the type's format already. */
function* bytePieces(bytes: number, fillBytes: (piece: Uint8Array, offset: number) => void): Generator<Uint8Array> {
	const whole = new Uint8Array(Math.min(pieceBytes, bytes));
	for (let offset = 0; offset < bytes; offset += pieceBytes) {
		const piece = whole.subarray(0, bytes - offset);
		fillBytes(piece, offset);
		yield piece;
	}
}
