import type { JobItem } from '../../platform/jobs/JobRunner.ts';
import type { ByteProgress } from './ByteProgress.ts';
import type { Intake } from './Intake.ts';
import type { ModelsFolder } from './ModelsFolder.ts';
import type { ModelTable } from './ModelTable.ts';

/** What the kinds of copying work with. */
export interface CopyTools {
	table: ModelTable;
	folder: ModelsFolder;
	intake: Intake;
	/** The program of the summing thread (sumWorker.ts). */
	sumWorker: string;
}

/** One kind of copying, made ready for the items that are left. */
export interface CopyAct {
	/** Where it writes. */
	target: string;
	totalBytes: number;
	/** Copies one model whole, or throws: a failure for this item alone, or the disk's error. What it began is gone then. */
	copy(item: JobItem, step: CopyStep): Promise<void>;
}

/** What copying an item is given. */
export interface CopyStep {
	jobId: string;
	signal: AbortSignal;
	progress: ByteProgress;
}
