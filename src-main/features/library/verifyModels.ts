import { basename } from 'node:path';
import { failure, isFailure, toFailureRecord } from '#contract/errors.ts';
import type { JobKind, JobRun } from '../../platform/jobs/JobRunner.ts';
import { ByteProgress } from './ByteProgress.ts';
import { bytesOfBlocks, type FileSums, findBadBlocks, sumFile } from './fileSums.ts';
import { explainPath } from './importPath.ts';
import type { FileRecord, ModelRecord, ModelTable } from './ModelTable.ts';
import { isChanged, lookAt } from './viewModel.ts';

interface VerifyTools {
	table: ModelTable;
	/** The program of the summing thread (sumWorker.ts). */
	sumWorker: string;
}

/**
 * The job that reads every byte of models and compares it with what it should be; an item is a model.
 *
 * What it finds is written down as soon as a file has been read. A model that was found damaged is a failed item, MODEL_DAMAGED; one
 * whose file was changed by somebody is no damage, and shows as `changed`. A file that nobody published a checksum for is written
 * down as it is, so that the next check can compare.
 */
export function verifyModels(tools: VerifyTools): JobKind {
	return {
		kind: 'verify',
		concurrency: 1,
		nameItem: (_spec, modelId) => tools.table.find(modelId)?.name ?? null,
		async run(run) {
			const items = run.pendingItems();
			const records = items.map(({ subjectId }) => tools.table.find(subjectId));
			const progress = new ByteProgress(
				run,
				records.reduce((bytes, record) => bytes + (record?.sizeBytes ?? 0), 0),
			);
			for (const [i, { position }] of items.entries()) {
				const record = records[i];
				try {
					if (!record) throw failure('NOT_FOUND', { what: 'model' });
					await verifyModel(tools, record, run, progress);
					run.completeItem(position);
				} catch (error) {
					if (run.signal.aborted || !isFailure(error)) throw error;
					run.failItem(position, toFailureRecord(error, run.id));
				}
			}
		},
	};
}

async function verifyModel(tools: VerifyTools, record: ModelRecord, run: JobRun, progress: ByteProgress): Promise<void> {
	for (const file of record.files) {
		if (!lookAt(file.path)) throw failure('MODEL_MISSING', { name: record.name, fileName: basename(file.path) });
	}
	for (const [i, file] of record.files.entries()) {
		progress.begin(basename(file.path));
		const sums = await sumFile(file.path, {
			workerFile: tools.sumWorker,
			signal: run.signal,
			onProgress: (bytesDone) => progress.at(bytesDone),
		}).catch((error) => Promise.reject(explainPath(error, file.path)));
		progress.end(file.sizeBytes);
		// Also where nothing is written down: the file may have shown itself as changed.
		noteCheck(tools.table, record.id, file, tools.table.blockSums(record.id)[i] ?? null, sums);
		tools.table.tell();
	}
	const { files } = tools.table.get(record.id);
	const badBytes = files.reduce((bytes, file) => bytes + bytesOfBlocks(file.sizeBytes, file.badBlocks), 0);
	if (badBytes > 0) throw failure('MODEL_DAMAGED', { name: record.name, badBytes });
}

/** Writes down what the check of a file came to. */
function noteCheck(table: ModelTable, modelId: string, file: FileRecord, blockSums: Buffer | null, found: FileSums): void {
	const stats = lookAt(file.path);
	if (!stats) return;
	const good = { sha256: found.sha256, blockSums: found.blockSums, modifiedAt: Math.trunc(stats.mtimeMs), checkedAt: Date.now(), badBlocks: [] };
	const changed = isChanged(file, stats);
	if (file.sha256 === found.sha256 || (file.sha256 === null && !changed)) {
		table.updateFile(modelId, file.position, good);
		return;
	}
	// Without a published checksum, a file that somebody wrote to is another file, not a broken one.
	if (changed && !file.published) return;
	const badBlocks = findBadBlocks(file.sizeBytes, blockSums, found.blockSums);
	// Where the sums do not tell, as after bytes were added at the end, all of it is suspect.
	const suspect = badBlocks.length > 0 ? badBlocks : findBadBlocks(file.sizeBytes, null, found.blockSums);
	table.updateFile(modelId, file.position, { checkedAt: Date.now(), badBlocks: suspect });
}
