import { parentPort, workerData } from 'node:worker_threads';
import { composeSheet } from './composeSheet.ts';
import type { SheetTask } from './writeSheet.ts';

// This thread is started by writeSheet.ts alone, which puts this there.
const { graded, form } = workerData as SheetTask;
parentPort?.postMessage(await composeSheet(graded, form));
