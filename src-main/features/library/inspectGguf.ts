import { basename } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type ErrorCode, type ErrorData, failure } from '#contract/errors.ts';
import type { ReadLimits } from './gguf/HeaderCursor.ts';
import type { HeaderView } from './gguf/readBeginning.ts';
import type { GgufFacts } from './gguf/readGguf.ts';

/** What the inspecting thread is given: files, or the first bytes of one. */
export type InspectTask =
	| { kind: 'files'; paths: readonly string[]; limits: ReadLimits }
	| { kind: 'beginning'; beginning: Uint8Array; fileBytes: number; fileName: string; limits: ReadLimits };

type Answer<Code extends ErrorCode> = { kind: Code; data: ErrorData<Code> };

/** What the inspecting thread says when it begins, before it touches a file. */
export const began = 'began';

/** What the inspecting thread answers; a failure travels as its code and data, since threads do not pass on classes. */
export type InspectReply =
	| { kind: 'facts'; facts: GgufFacts }
	| { kind: 'view'; view: HeaderView }
	| Answer<'MODEL_FILE_INVALID'>
	| Answer<'FILE_NOT_FOUND'>
	| Answer<'FILE_NOT_ALLOWED'>;

const limits: ReadLimits = { bytes: 64 * 2 ** 20, milliseconds: 5000 };
/** A thread that says nothing for this long after it began hangs in a call to the disk, where its own limit cannot reach. */
const silenceMs = 8000;
/** A busy machine takes its time until a thread begins: that is no fault of the file. */
const startMs = 60_000;
const memoryMiB = 256;

/**
 * Reads the header of a model file, or of all parts of a split model in order (readGguf.ts), in a thread of its own, so
 * that no file can hold up or fill the app's process.
 *
 * Ends within 8 s of the thread's beginning. Throws what readGguf throws; a file that takes the thread's time or memory is MODEL_FILE_INVALID.
 */
export async function inspectGguf(path: string | readonly string[], workerFile: string): Promise<GgufFacts> {
	const paths = typeof path === 'string' ? [path] : path;
	const reply = await inspect({ kind: 'files', paths, limits }, basename(paths[0] ?? ''), workerFile);
	if (reply.kind === 'facts') return reply.facts;
	throw new Error(`a ${reply.kind} was answered where facts were asked for`);
}

/**
 * Does the same with the first bytes of a file that lies elsewhere and is `fileBytes` long in all (readBeginning.ts).
 *
 * Throws MODEL_FILE_INVALID for what is no usable file; a beginning that ends too early is none of that.
 */
export async function inspectHeader(beginning: Uint8Array, file: { fileBytes: number; fileName: string }, workerFile: string): Promise<HeaderView> {
	const reply = await inspect({ kind: 'beginning', beginning, ...file, limits }, file.fileName, workerFile);
	if (reply.kind === 'view') return reply.view;
	throw new Error(`${reply.kind} were answered where a view was asked for`);
}

type Told = Extract<InspectReply, { kind: 'facts' | 'view' }>;

async function inspect(task: InspectTask, fileName: string, workerFile: string): Promise<Told> {
	const worker = new Worker(workerFile, { workerData: task, resourceLimits: { maxOldGenerationSizeMb: memoryMiB }, env: {}, execArgv: [] });
	try {
		const reply = await replyOf(worker, fileName);
		switch (reply.kind) {
			case 'facts':
			case 'view':
				return reply;
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

function replyOf(worker: Worker, fileName: string): Promise<InspectReply> {
	const refused = (detail: string): InspectReply => ({ kind: 'MODEL_FILE_INVALID', data: { fileName, kind: 'tooLong', detail } });
	return new Promise((resolve, reject) => {
		let timer = setTimeout(() => reject(new Error(`the inspecting thread did not begin within ${startMs / 1000} seconds`)), startMs);
		worker.on('message', (said: InspectReply | typeof began) => {
			if (said !== began) return resolve(said);
			clearTimeout(timer);
			timer = setTimeout(() => resolve(refused(`Reading its header took longer than ${silenceMs / 1000} seconds.`)), silenceMs);
		});
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
