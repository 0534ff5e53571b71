import { parentPort, workerData } from 'node:worker_threads';
import { isFailure } from '#contract/errors.ts';
import { Refusal } from './gguf/HeaderCursor.ts';
import { readBeginning } from './gguf/readBeginning.ts';
import { readGguf } from './gguf/readGguf.ts';
import { began, type InspectReply, type InspectTask } from './inspectGguf.ts';

// This thread is started by inspectGguf.ts alone, which puts this there.
const task = workerData as InspectTask;
parentPort?.postMessage(began);
parentPort?.postMessage(inspect());

function inspect(): InspectReply {
	try {
		if (task.kind === 'files') return { kind: 'facts', facts: readGguf(task.paths, task.limits) };
		return { kind: 'view', view: readBeginning(task.beginning, task.fileBytes, task.limits) };
	} catch (error) {
		if (error instanceof Refusal && task.kind === 'beginning')
			return { kind: 'MODEL_FILE_INVALID', data: { fileName: task.fileName, kind: error.kind, detail: error.message } };
		if (isFailure(error, 'MODEL_FILE_INVALID')) return { kind: error.code, data: error.data };
		if (isFailure(error, 'FILE_NOT_FOUND')) return { kind: error.code, data: error.data };
		if (isFailure(error, 'FILE_NOT_ALLOWED')) return { kind: error.code, data: error.data };
		throw error;
	}
}
