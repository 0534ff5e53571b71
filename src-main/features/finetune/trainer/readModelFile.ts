import { closeSync, fstatSync, openSync } from 'node:fs';
import { ggmlTypes } from '../../library/gguf/ggmlTypes.ts';
import { fileSource, HeaderCursor, type ReadLimits, Refusal } from '../../library/gguf/HeaderCursor.ts';
import { type Header, readHeader } from '../../library/gguf/readHeader.ts';
import { checkParts } from '../../library/gguf/readSplit.ts';
import { TrainerRefusal } from './TrainerRefusal.ts';

/** A tensor and where it lies. `dims[0]` is the length of a row. */
export interface FileTensor {
	name: string;
	dims: readonly number[];
	/** As ggml numbers it. */
	typeId: number;
	/** Which of the model's files it is in, from 0. */
	part: number;
	/** From the start of that file. */
	offset: number;
	bytes: number;
}

/** A GGUF file, or all parts of a model that is split into several, as far as the headers tell. */
export interface ModelFile {
	/** In order; one for a model that is whole. */
	paths: readonly string[];
	/** Bytes of each file up to the end of its table of tensors. */
	headerBytes: readonly number[];
	/** Of all files together. */
	fileBytes: number;
	/** Of the first file, which has the metadata. */
	header: Header;
	tensors: ReadonlyMap<string, FileTensor>;
}

/** As the library's reader has them, which is not imported: it brings the whole contract into this small process. */
const limits: ReadLimits = { bytes: 64 * 2 ** 20, milliseconds: 5000 };
const typeIds = new Map([...ggmlTypes].map(([id, { name }]) => [name, id]));
const partForm = /-(\d{5})-of-(\d{5})\.gguf$/i;

/**
 * Reads the header of a GGUF file and finds where its tensors lie; of a split model, given by its first part, those of all parts,
 * which lie beside it under the names that llama.cpp looks for too (`llama_split_path`).
 *
 * @throws Refusal where a file is damaged or no GGUF file; TrainerRefusal (`badInput`) where it cannot be opened.
 */
export function readModelFile(path: string): ModelFile {
	const first = readOne(path);
	const split = first.header.split;
	if (split && split.part !== 1) throw new Refusal('partsDiffer', `This is part ${split.part} of ${split.parts}; a split model is named by its first part.`);
	const paths = split ? partPaths(path, split.parts) : [path];
	const parts = paths.map((each, i) => (i === 0 ? first : readOne(each)));
	if (split) checkParts(parts.map(({ header }) => header));
	return {
		paths,
		headerBytes: parts.map(({ headerBytes }) => headerBytes),
		fileBytes: parts.reduce((sum, { header }) => sum + header.fileBytes, 0),
		header: first.header,
		tensors: new Map(parts.flatMap(({ header, headerBytes }, part) => placeTensors(header, headerBytes, part)).map((tensor) => [tensor.name, tensor])),
	};
}

function readOne(path: string): { header: Header; headerBytes: number } {
	const file = open(path);
	try {
		const cursor = new HeaderCursor(fileSource(file, fstatSync(file).size), limits);
		const header = readHeader(cursor);
		return { header, headerBytes: cursor.position };
	} finally {
		closeSync(file);
	}
}

function open(path: string): number {
	try {
		return openSync(path, 'r');
	} catch (cause) {
		throw new TrainerRefusal('badInput', `The file ${path} cannot be opened.`, { cause });
	}
}

function partPaths(path: string, parts: number): string[] {
	if (!partForm.test(path)) throw new Refusal('partsDiffer', 'This model is split into several files and its name does not say how the others are called.');
	const number = (value: number) => String(value).padStart(5, '0');
	return Array.from({ length: parts }, (_, i) => path.replace(partForm, `-${number(i + 1)}-of-${number(parts)}.gguf`));
}

/** Tensors follow one another, each at a multiple of the alignment: the reader has checked that. */
function placeTensors({ metadata, tensors }: Header, headerBytes: number, part: number): FileTensor[] {
	const alignment = Number(metadata.get('general.alignment') ?? 32);
	const padded = (bytes: number) => Math.ceil(bytes / alignment) * alignment;
	let offset = padded(headerBytes);
	return tensors.map(({ name, dims, type, bytes }) => {
		const place = { name, dims, typeId: typeIds.get(type) ?? 0, part, offset, bytes };
		offset += padded(bytes);
		return place;
	});
}
