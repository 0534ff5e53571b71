import { closeSync, fstatSync, openSync } from 'node:fs';
import { ggmlTypes } from '../../library/gguf/ggmlTypes.ts';
import { fileSource, HeaderCursor, type ReadLimits, Refusal } from '../../library/gguf/HeaderCursor.ts';
import { type Header, readHeader } from '../../library/gguf/readHeader.ts';
import { type BaseShape, readBaseShape } from './readBaseShape.ts';
import { TrainerRefusal } from './TrainerRefusal.ts';

/** A tensor of the model's file. `dims[0]` is the length of a row. */
export interface BaseTensor {
	name: string;
	dims: readonly number[];
	/** As ggml numbers it. */
	typeId: number;
	/** From the start of the file. */
	offset: number;
	bytes: number;
}

/** What a training knows of the model it starts from, before any of it is loaded. */
export interface Base {
	path: string;
	fileBytes: number;
	shape: BaseShape;
	tensors: ReadonlyMap<string, BaseTensor>;
}

/** The types that weights may be stored as. */
const knownTypes = new Set(['F32', 'F16', 'BF16', 'Q8_0', 'Q4_0', 'Q4_1', 'Q5_0', 'Q5_1', 'Q2_K', 'Q3_K', 'Q4_K', 'Q5_K', 'Q6_K', 'IQ4_NL', 'IQ4_XS']);
/** As the library's reader has them, which is not imported: it brings the whole contract into this small process. */
const limits: ReadLimits = { bytes: 64 * 2 ** 20, milliseconds: 5000 };
const typeIds = new Map([...ggmlTypes].map(([id, { name }]) => [name, id]));

/**
 * Reads what kind of model a GGUF file holds and where its tensors lie. Nothing but the header is read.
 *
 * Refuses (`modelUnsupported`) by name what cannot be trained: another architecture, a setting or a tensor that the forward pass
 * does not know. A file that is no whole model is refused as the library refuses it.
 */
export function readBase(path: string): Base {
	const file = openSync(path, 'r');
	try {
		const cursor = new HeaderCursor(fileSource(file, fstatSync(file).size), limits);
		const header = readHeader(cursor);
		if (header.kind !== 'model') throw new TrainerRefusal('modelUnsupported', `This file is no model but a ${header.kind}.`);
		if (header.split) throw new TrainerRefusal('modelUnsupported', 'This model is split into several files. Models in one file can be trained.');
		const tensors = placeTensors(header, cursor.position);
		return { path, fileBytes: header.fileBytes, tensors, shape: readBaseShape(header, tensors) };
	} catch (error) {
		if (error instanceof Refusal) throw new TrainerRefusal('modelUnsupported', error.message, { cause: error });
		throw error;
	} finally {
		closeSync(file);
	}
}

/** Tensors follow one another, each at a multiple of the alignment: the reader has checked that. */
function placeTensors(header: Header, headerEnd: number): Map<string, BaseTensor> {
	const alignment = Number(header.metadata.get('general.alignment') ?? 32);
	const padded = (bytes: number) => Math.ceil(bytes / alignment) * alignment;
	let offset = padded(headerEnd);
	const tensors = new Map<string, BaseTensor>();
	for (const { name, dims, type, bytes } of header.tensors) {
		const typeId = typeIds.get(type);
		if (typeId === undefined || !knownTypes.has(type))
			throw new TrainerRefusal('modelUnsupported', `The tensor “${name}” is stored as ${type}, which cannot be trained on.`);
		tensors.set(name, { name, dims, typeId, offset, bytes });
		offset += padded(bytes);
	}
	return tensors;
}
