import { parentPort, workerData } from 'node:worker_threads';
import { isFailure } from '#contract/errors.ts';
import { readGguf } from './gguf/readGguf.ts';
import type { InspectReply, InspectTask } from './inspectGguf.ts';

// This thread is started by inspectGguf.ts alone, which puts this there.
const { path, limits } = workerData as InspectTask;
parentPort?.postMessage(inspect());

function inspect(): InspectReply {
	try {
		return { kind: 'facts', facts: readGguf(path, limits) };
	} catch (error) {
		if (isFailure(error, 'MODEL_FILE_INVALID')) return { kind: error.code, data: error.data };
		if (isFailure(error, 'FILE_NOT_FOUND')) return { kind: error.code, data: error.data };
		if (isFailure(error, 'FILE_NOT_ALLOWED')) return { kind: error.code, data: error.data };
		throw error;
	}
}
