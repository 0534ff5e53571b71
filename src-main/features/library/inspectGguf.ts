import { basename } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type ErrorCode, type ErrorData, failure } from '#contract/errors.ts';
import type { ReadLimits } from './gguf/HeaderCursor.ts';
import type { GgufFacts } from './gguf/readGguf.ts';

/** What the inspecting thread is given. */
export interface InspectTask {
	path: string;
	limits: ReadLimits;
}

type Answer<Code extends ErrorCode> = { kind: Code; data: ErrorData<Code> };

/** What the inspecting thread answers; a failure travels as its code and data, since threads do not pass on classes. */
export type InspectReply = { kind: 'facts'; facts: GgufFacts } | Answer<'MODEL_FILE_INVALID'> | Answer<'FILE_NOT_FOUND'> | Answer<'FILE_NOT_ALLOWED'>;

const limits: ReadLimits = { bytes: 64 * 2 ** 20, milliseconds: 5000 };
/** A thread that says nothing for this long hangs in a call to the disk, where its own limit cannot reach. */
const silenceMs = 8000;
const memoryMiB = 256;

/**
 * Reads a model file's header (readGguf.ts) in a thread of its own, so that no file can hold up or fill the app's process.
 *
 * Ends within 8 s. Throws what readGguf throws; a file that takes the thread's time or memory is MODEL_FILE_INVALID.
 */
export async function inspectGguf(path: string, workerFile: string): Promise<GgufFacts> {
	const task: InspectTask = { path, limits };
	const worker = new Worker(workerFile, { workerData: task, resourceLimits: { maxOldGenerationSizeMb: memoryMiB }, env: {}, execArgv: [] });
	try {
		const reply = await replyOf(worker, path);
		switch (reply.kind) {
			case 'facts':
				return reply.facts;
			case 'MODEL_FILE_INVALID':
				throw failure(reply.kind, reply.data);
			case 'FILE_NOT_FOUND':
				throw failure(reply.kind, reply.data);
			case 'FILE_NOT_ALLOWED':
				throw failure(reply.kind, reply.data);
			default:
				throw new Error(`unknown reply ${String(reply satisfies never)}`);
		}
	} finally {
		await worker.terminate();
	}
}

function replyOf(worker: Worker, path: string): Promise<InspectReply> {
	const refused = (reason: string): InspectReply => ({ kind: 'MODEL_FILE_INVALID', data: { fileName: basename(path), reason } });
	return new Promise((resolve, reject) => {
		const timer = setTimeout(() => resolve(refused(`Reading its header took longer than ${silenceMs / 1000} seconds.`)), silenceMs);
		worker.once('message', resolve);
		worker.once('error', (error) => {
			const outOfMemory = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
			if (outOfMemory) resolve(refused(`Its header needs more than ${memoryMiB} MiB of memory.`));
			else reject(error);
		});
		worker.once('exit', (code) => {
			clearTimeout(timer);
			// Comes after an answer too, and then changes nothing.
			reject(new Error(`the inspecting thread ended with code ${code} and no answer`));
		});
	});
}
