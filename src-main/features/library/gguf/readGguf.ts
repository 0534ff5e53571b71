import { closeSync, constants, fstatSync, openSync } from 'node:fs';
import { basename } from 'node:path';
import { failure } from '#contract/errors.ts';
import { type GgufFacts, gatherFacts } from './gatherFacts.ts';
import { fileSource, HeaderCursor, type ReadLimits, Refusal } from './HeaderCursor.ts';
import { type Header, readHeader } from './readHeader.ts';

export type { GgufFacts } from './gatherFacts.ts';

/** The limits that headers are read under wherever no others are given. */
export const usualLimits: ReadLimits = { bytes: 64 * 2 ** 20, milliseconds: 5000 };

/**
 * Checks a GGUF file, or all parts of a split model in order, and tells what is in it, for the library before it takes a
 * model in and for the engine before llama.cpp sees it. Only the headers are read.
 *
 * It ends within `limits` (the bytes are of each file, the time is of all) whatever the files hold, blocks its thread while
 * it reads, and keeps nothing open. What is not whole and consistent is refused with MODEL_FILE_INVALID, the kind of
 * fault and a sentence that names the cause; a path that cannot be opened gives FILE_NOT_FOUND or FILE_NOT_ALLOWED. One part
 * of a split model is read as such (`split`), without the checks that need the others.
 */
export function readGguf(path: string | readonly string[], limits: ReadLimits = usualLimits): GgufFacts {
	const paths = typeof path === 'string' ? [path] : path;
	const startedAt = performance.now();
	const headers = paths.map((each) => refusing(each, () => readFile(each, limits, startedAt)));
	return refusing(paths[0] ?? '', () => gatherFacts(headers));
}

/** Turns a refusal into the failure that names the file. */
function refusing<T>(path: string, work: () => T): T {
	try {
		return work();
	} catch (error) {
		if (error instanceof Refusal) throw failure('MODEL_FILE_INVALID', { fileName: basename(path), kind: error.kind, detail: error.message });
		if (errorCode(error) === 'EIO')
			throw failure('MODEL_FILE_INVALID', { fileName: basename(path), kind: 'unreadable', detail: 'The disk could not read it.' }, error);
		throw error;
	}
}

function readFile(path: string, limits: ReadLimits, startedAt: number): Header {
	const file = openFile(path);
	try {
		const stats = fstatSync(file);
		if (!stats.isFile()) throw failure('FILE_NOT_ALLOWED', { reason: 'notAFile' });
		return readHeader(new HeaderCursor(fileSource(file, stats.size), limits, startedAt));
	} finally {
		closeSync(file);
	}
}

function openFile(path: string): number {
	try {
		// Without waiting: a named pipe would hold the thread until somebody writes to it.
		return openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
	} catch (error) {
		switch (errorCode(error)) {
			case 'ENOENT':
			case 'ENOTDIR':
				throw failure('FILE_NOT_FOUND', { path }, error);
			case 'EACCES':
			case 'EPERM':
				throw failure('FILE_NOT_ALLOWED', { reason: 'noPermission' }, error);
			case 'EISDIR':
			case 'ENXIO':
				throw failure('FILE_NOT_ALLOWED', { reason: 'notAFile' }, error);
			case 'ENAMETOOLONG':
			case 'ELOOP':
				throw failure('FILE_NOT_ALLOWED', { reason: 'badName' }, error);
			default:
				throw error;
		}
	}
}

function errorCode(error: unknown): string | undefined {
	return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
