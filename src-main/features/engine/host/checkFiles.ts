import path from 'node:path';
import { failure, isFailure } from '#contract/errors.ts';
import { groupSplit } from '../../library/gguf/groupSplit.ts';
import type { FileFault } from '../../library/gguf/HeaderCursor.ts';
import { type GgufFacts, readGguf } from '../../library/gguf/readGguf.ts';

/**
 * Looks at all files of a model before llama.cpp does, which aborts on many a damaged one: with the parts that llama.cpp finds beside
 * the first of a split one. Throws MODEL_FILE_INVALID.
 */
export function checkFiles(file: string): void {
	refuseNoModel(read(file, partsOf(file)), file);
}

/** Refuses what is used together with a model, and not alone, as a model. Throws MODEL_FILE_INVALID. */
export function refuseNoModel({ kind }: Pick<GgufFacts, 'kind'>, file: string): void {
	if (kind === 'adapter') throw invalid(file, 'accessory', 'It is a LoRA adapter, which is used together with a model, not a model.');
	if (kind === 'projector') throw invalid(file, 'accessory', 'It is the picture part (mmproj) of a model, not the model itself.');
}

/** All parts of the model by the names that llama.cpp looks for. */
function partsOf(file: string): string[] {
	const [group] = groupSplit([file]);
	return group ? [...group.parts, ...group.missing].sort() : [file];
}

function read(file: string, parts: string[]): GgufFacts {
	try {
		const facts = readGguf(parts);
		if (facts.split && parts.length === 1)
			throw invalid(file, 'strayPart', `It is one of ${facts.split.parts} parts of a model, and its name does not say which.`);
		return facts;
	} catch (error) {
		if (isFailure(error, 'MODEL_FILE_INVALID')) throw error;
		const missing = isFailure(error, 'FILE_NOT_FOUND') ? error.data.path : file;
		throw invalid(missing, 'unreadable', 'The file could not be opened.', error);
	}
}

function invalid(file: string, kind: FileFault, detail: string, cause?: unknown) {
	return failure('MODEL_FILE_INVALID', { fileName: path.basename(file), kind, detail }, cause);
}
