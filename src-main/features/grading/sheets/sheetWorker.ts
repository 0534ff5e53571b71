import { parentPort, workerData } from 'node:worker_threads';
import { isFailure } from '#contract/errors.ts';
import { composeSheet } from './composeSheet.ts';
import { findUnprintable } from './findUnprintable.ts';
import type { SheetReply, SheetTask } from './runSheetWorker.ts';
import { openSheetFonts } from './sheetFonts.ts';

/** About as many are looked at in half a second; a class of 1,000 students with a page each has fewer. */
const mostCharacters = 3_000_000;

// This thread is started by runSheetWorker.ts alone, which puts this there.
const { graded, form } = workerData as SheetTask;
parentPort?.postMessage(await reply());

async function reply(): Promise<SheetReply> {
	if (form === null) return { kind: 'found', unprintable: findUnprintable(graded, await openSheetFonts(), mostCharacters) };
	try {
		return { kind: 'written', bytes: await composeSheet(graded, form) };
	} catch (error) {
		// An expected failure does not survive the way between threads as one.
		if (isFailure(error, 'SHEET_UNPRINTABLE')) return { kind: 'refused' };
		throw error;
	}
}
