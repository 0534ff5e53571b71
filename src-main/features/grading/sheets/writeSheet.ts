import type { SheetForm } from '#contract/classReport.ts';
import { failure } from '#contract/errors.ts';
import type { GradedClass } from './GradedClass.ts';
import { runSheetWorker } from './runSheetWorker.ts';
import { sheetFile } from './sheetFile.ts';

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
	const reply = await runSheetWorker({ graded, form }, workerFile, signal);
	if (reply.kind !== 'written') throw failure('SHEET_UNPRINTABLE', {});
	return { ...sheetFile(graded, form), bytes: reply.bytes };
}
