import { Worker } from 'node:worker_threads';
import type { SheetForm } from '#contract/classReport.ts';
import { failure } from '#contract/errors.ts';
import type { GradedClass } from './GradedClass.ts';
import { sheetFile } from './sheetFile.ts';

/** What the writing thread is given. */
export interface SheetTask {
	graded: GradedClass;
	form: SheetForm;
}

/** What it answers: null where the class cannot be printed. */
export interface SheetReply {
	bytes: Uint8Array | null;
}

/** A file that is given out. */
export interface WrittenSheet {
	fileName: string;
	mediaType: string;
	bytes: Uint8Array;
}

/**
 * Writes a class in one of its forms, in a thread of its own: to lay out a PDF takes about 20 ms a student, and what students wrote decides
 * how long.
 *
 * `workerFile` is the program of that thread (sheetWorker.ts). Rejects with the reason of `signal` when it aborts, and ends the thread
 * then; with SHEET_UNPRINTABLE for a PDF of what its fonts have no letters for.
 */
export async function writeSheet(graded: GradedClass, form: SheetForm, workerFile: string, signal?: AbortSignal): Promise<WrittenSheet> {
	signal?.throwIfAborted();
	const task: SheetTask = { graded, form };
	const worker = new Worker(workerFile, { workerData: task, env: {}, execArgv: [] });
	try {
		return { ...sheetFile(graded, form), bytes: await bytesOf(worker, signal) };
	} finally {
		await worker.terminate();
	}
}

function bytesOf(worker: Worker, signal?: AbortSignal): Promise<Uint8Array> {
	return new Promise((resolve, reject) => {
		const giveUp = () => reject(signal?.reason);
		signal?.addEventListener('abort', giveUp, { once: true });
		worker.once('message', ({ bytes }: SheetReply) => (bytes ? resolve(bytes) : reject(failure('SHEET_UNPRINTABLE', {}))));
		worker.once('error', reject);
		worker.once('exit', (code) => {
			signal?.removeEventListener('abort', giveUp);
			// Comes after an answer too, and then changes nothing.
			reject(new Error(`the writing thread ended with code ${code} and no answer`));
		});
	});
}
