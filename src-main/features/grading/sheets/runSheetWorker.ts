import { Worker } from 'node:worker_threads';
import type { SheetForm, Unprintable } from '#contract/classReport.ts';
import type { GradedClass } from './GradedClass.ts';

/** What the writing thread is given. Without a form it says only what a PDF of the class cannot print. */
export interface SheetTask {
	graded: GradedClass;
	form: SheetForm | null;
}

/** What it answers: the file, or what cannot be printed of the class. */
export type SheetReply = { kind: 'written'; bytes: Uint8Array } | { kind: 'refused' } | { kind: 'found'; unprintable: Unprintable };

/**
 * Has a thread of its own do a task with a class: what students wrote decides how long that takes.
 *
 * `workerFile` is the program of that thread (sheetWorker.ts). Rejects with the reason of `signal` when it aborts, and ends the thread then.
 */
export async function runSheetWorker(task: SheetTask, workerFile: string, signal?: AbortSignal): Promise<SheetReply> {
	signal?.throwIfAborted();
	const worker = new Worker(workerFile, { workerData: task, env: {}, execArgv: [] });
	try {
		return await replyOf(worker, signal);
	} finally {
		await worker.terminate();
	}
}

function replyOf(worker: Worker, signal?: AbortSignal): Promise<SheetReply> {
	return new Promise((resolve, reject) => {
		const giveUp = () => reject(signal?.reason);
		signal?.addEventListener('abort', giveUp, { once: true });
		worker.once('message', resolve);
		worker.once('error', reject);
		worker.once('exit', (code) => {
			signal?.removeEventListener('abort', giveUp);
			// Comes after an answer too, and then changes nothing.
			reject(new Error(`the writing thread ended with code ${code} and no answer`));
		});
	});
}
