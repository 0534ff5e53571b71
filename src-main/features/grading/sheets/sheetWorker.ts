import { parentPort, workerData } from 'node:worker_threads';
import { isFailure } from '#contract/errors.ts';
import { composeSheet } from './composeSheet.ts';
import type { SheetReply, SheetTask } from './writeSheet.ts';

// This thread is started by writeSheet.ts alone, which puts this there.
const { graded, form } = workerData as SheetTask;
parentPort?.postMessage(await reply());

async function reply(): Promise<SheetReply> {
	try {
		return { bytes: await composeSheet(graded, form) };
	} catch (error) {
		// An expected failure does not survive the way between threads as one.
		if (isFailure(error, 'SHEET_UNPRINTABLE')) return { bytes: null };
		throw error;
	}
}
