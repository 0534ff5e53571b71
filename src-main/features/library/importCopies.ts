import { rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { checkRoom } from '../../platform/disk/room.ts';
import type { JobItem } from '../../platform/jobs/JobRunner.ts';
import type { CopyAct, CopyStep, CopyTools } from './CopyAct.ts';
import { copyWithSums, type FileSums } from './fileSums.ts';
import type { OwnFile } from './Intake.ts';

/** Copies model files of this machine into the models folder and takes them in; an item is a position in `models`. */
export async function importCopies(tools: CopyTools, models: { paths: string[]; sizeBytes: number }[], items: JobItem[]): Promise<CopyAct> {
	const modelOf = (item: JobItem) => models[Number(item.subjectId)] ?? { paths: [], sizeBytes: 0 };
	return {
		target: tools.folder.path,
		totalBytes: items.reduce((bytes, item) => bytes + modelOf(item).sizeBytes, 0),
		async copy(item, step) {
			const sources = modelOf(item).paths.map((path) => ({ path, fileName: basename(path) }));
			await copyIn(tools, sources, modelOf(item).sizeBytes, item, step, async (copies) => {
				const files = copies.map(({ file, fileName, sums }) => ({ file, fileName, sums: { ...sums, published: false, checkedAt: null } }));
				await tools.intake.takeOwn(files, { origin: { source: 'local' } });
			});
		},
	};
}

/** A copy in the models folder that has no name of its own yet. */
export interface Copy extends Pick<OwnFile, 'file' | 'fileName'> {
	sums: FileSums;
}

/**
 * Copies the files of one model into the models folder, as `.part`, and hands them to `take` when they are all there.
 *
 * Whatever `take` does not move away is deleted at the end. Throws DISK_FULL before the first byte where there is no room.
 */
export async function copyIn(
	tools: CopyTools,
	sources: { path: string; fileName: string }[],
	sizeBytes: number,
	item: JobItem,
	step: CopyStep,
	take: (copies: Copy[]) => Promise<void>,
): Promise<void> {
	const { signal, progress, jobId } = step;
	await checkRoom(tools.folder.path, { neededBytes: sizeBytes });
	const parts = sources.map((_, i) => tools.folder.partPath(`${jobId}-${item.position}-${i}`));
	try {
		const copies: Copy[] = [];
		for (const [i, { path, fileName }] of sources.entries()) {
			const file = parts[i] ?? '';
			progress.begin(fileName);
			const sums = await copyWithSums(path, file, { workerFile: tools.sumWorker, signal, onProgress: (bytesDone) => progress.at(bytesDone) });
			progress.end(sums.sizeBytes);
			copies.push({ file, fileName, sums });
		}
		await take(copies);
	} finally {
		for (const part of parts) await rm(part, { force: true });
	}
}
