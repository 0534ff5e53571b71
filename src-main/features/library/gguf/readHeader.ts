import type { ModelKind } from '#contract/library.ts';
import { type HeaderCursor, Refusal } from './HeaderCursor.ts';
import { readKind } from './readKind.ts';
import { type Metadata, type MetadataValue, readMetadata } from './readMetadata.ts';
import { type ModelShape, noShape, readArchitecture, readShape } from './readShape.ts';
import { readSplit, type SplitPlace } from './readSplit.ts';
import { readTensors, type TensorInfo } from './readTensors.ts';
import { readTokenizer, type TokenizerFacts } from './readTokenizer.ts';

/** What the header of one file holds, each entry checked by itself. */
export interface Header {
	kind: ModelKind;
	split: SplitPlace | null;
	metadata: Metadata;
	/** What stands for it is empty in files that have no shape and no tokenizer. */
	model: ModelShape & TokenizerFacts;
	tensors: TensorInfo[];
	fileBytes: number;
}

const magic = 'GGUF';
/** The magic, the version and the two counts. */
const shortestBytes = 24;
const defaultAlignment = 32;

/** Reads a whole header. `metadata` fills while it is read, for those who can make do with a part of it. */
export function readHeader(cursor: HeaderCursor, metadata = new Map<string, MetadataValue>()): Header {
	readVersion(cursor);
	const tensorCount = cursor.count('number of tensors');
	readMetadata(cursor, cursor.count('number of metadata entries'), metadata);
	const kind = readKind(metadata);
	const split = readSplit(metadata);
	const use = { computed: kind !== 'projector', mayBeEmpty: split?.part === 1 };
	const model = kind === 'model' && (split?.part ?? 1) === 1 ? { ...readShape(metadata), ...readTokenizer(metadata) } : noModel(metadata, kind);
	const tensors = readTensors(cursor, tensorCount, readAlignment(metadata), use);
	return { kind, split, metadata, model, tensors, fileBytes: cursor.fileBytes };
}

function noModel(metadata: Metadata, kind: ModelKind): ModelShape & TokenizerFacts {
	const named = kind !== 'model' || metadata.has('general.architecture');
	return { ...noShape, architecture: named ? readArchitecture(metadata) : '', vocabularySize: 0, chatTemplate: null };
}

function readVersion(cursor: HeaderCursor): void {
	if (cursor.fileBytes === 0) throw new Refusal('empty', 'The file is empty.');
	const beginning = cursor.take(Math.min(magic.length, cursor.fileBytes), 'the first four bytes').toString('latin1');
	if (!magic.startsWith(beginning)) throw new Refusal('notGguf', 'It is not a GGUF file: it does not begin with the letters GGUF.');
	if (cursor.fileBytes < shortestBytes) throw new Refusal('cutOff', `The file is only ${cursor.fileBytes} bytes long.`);
	const version = cursor.uint32('the version');
	if (version !== 0 && (version & 0xffff) === 0)
		throw new Refusal('bigEndian', 'It was written for big-endian machines. Get the little-endian file of this model.');
	if (version !== 2 && version !== 3) throw new Refusal('otherVersion', `It is of GGUF version ${version}; versions 2 and 3 can be used.`);
}

function readAlignment(metadata: Metadata): number {
	const alignment = metadata.get('general.alignment') ?? defaultAlignment;
	if (typeof alignment === 'number' && Number.isInteger(Math.log2(alignment)) && alignment >= 1 && alignment <= 2 ** 20) return alignment;
	throw new Refusal('damaged', `Its alignment is ${String(alignment)}, which is not a power of two.`);
}
