import { stat } from 'node:fs/promises';
import path from 'node:path';
import { type ErrorData, failure, isFailure } from '#contract/errors.ts';
import type { FileFault } from '../../library/gguf/HeaderCursor.ts';
import { type GgufFacts, readGguf } from '../../library/gguf/readGguf.ts';
import type { UsedAdapter } from './hostContract.ts';

const kindOf: Partial<Record<FileFault, ErrorData<'ADAPTER_INVALID'>['kind']>> = {
	empty: 'notGguf',
	notGguf: 'notGguf',
	otherVersion: 'unsupported',
	bigEndian: 'unsupported',
	unsupported: 'unsupported',
	noModel: 'noAdapter',
};

/**
 * Looks at an adapter's file before llama.cpp does, which aborts on many a damaged one, and tells how large it is, in bytes. Whether its
 * tensors have the shapes of the model's is found by llama.cpp.
 *
 * Throws `ADAPTER_MISSING`, `ADAPTER_INVALID`, or `ADAPTER_UNFIT` for one of another architecture.
 */
export async function checkAdapter({ file, name }: UsedAdapter, architecture: string): Promise<number> {
	const there = await stat(file).catch(() => null);
	if (!there?.isFile()) throw failure('ADAPTER_MISSING', { name });
	const facts = readFacts(file, name);
	if (facts.kind !== 'adapter') throw failure('ADAPTER_INVALID', { fileName: path.basename(file), kind: 'noAdapter', detail: 'It is no LoRA adapter.' });
	if (facts.architecture !== architecture) {
		const detail = `It is for models of the architecture “${facts.architecture}”; this one is of “${architecture}”.`;
		throw failure('ADAPTER_UNFIT', { name, reason: 'otherArchitecture', detail });
	}
	return there.size;
}

function readFacts(file: string, name: string): GgufFacts {
	try {
		return readGguf([file]);
	} catch (error) {
		if (isFailure(error, 'MODEL_FILE_INVALID'))
			throw failure('ADAPTER_INVALID', { fileName: path.basename(file), kind: kindOf[error.data.kind] ?? 'damaged', detail: error.data.detail }, error);
		if (isFailure(error, 'FILE_NOT_FOUND')) throw failure('ADAPTER_MISSING', { name }, error);
		throw error;
	}
}
