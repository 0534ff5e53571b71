import { rm } from 'node:fs/promises';
import { failure } from '#contract/errors.ts';
import { diskCode } from '../../platform/disk/diskFailure.ts';
import { diskFailureAt } from './diskFailure.ts';
import { type Refused, refusedFor } from './findModels.ts';
import type { ModelsFolder } from './ModelsFolder.ts';
import type { ModelRecord, ModelTable } from './ModelTable.ts';
import { lookAt } from './viewModel.ts';

/**
 * Takes models off the list, with `deleteFiles` also what Homeroom stored of them; files of the user's own are never touched.
 *
 * `freedBytes` is what the disk gets back: a hard link frees nothing while the bytes have another name. What is in use or cannot be
 * deleted stays and is told in `refused`; what is gone already is passed over.
 */
export async function removeModels(
	tools: { table: ModelTable; folder: ModelsFolder; isInUse: (modelId: string) => boolean; isTrained?: (modelId: string) => boolean },
	modelIds: readonly string[],
	deleteFiles: boolean,
): Promise<{ freedBytes: number; removed: number; refused: Refused[] }> {
	const refused: Refused[] = [];
	let freedBytes = 0;
	let removed = 0;
	for (const modelId of new Set(modelIds)) {
		const record = tools.table.find(modelId);
		if (!record) continue;
		try {
			// A training may have loaded it, too: unloading it would not help.
			if (tools.isTrained?.(modelId)) throw failure('MODEL_TRAINED', { name: record.name });
			if (tools.isInUse(modelId)) throw failure('MODEL_IN_USE', { name: record.name });
			// The files first: a kill in between leaves a model whose file is missing, rather than bytes that nobody knows of.
			if (deleteFiles && record.owned) freedBytes += await deleteStored(tools.folder, record);
			tools.table.remove(modelId);
			removed += 1;
		} catch (error) {
			refused.push(refusedFor(record.name, error));
		}
	}
	return { freedBytes, removed, refused };
}

async function deleteStored(folder: ModelsFolder, record: ModelRecord): Promise<number> {
	let freedBytes = 0;
	for (const { path } of record.files.filter((file) => folder.holds(file.path))) {
		const stats = lookAt(path);
		try {
			await rm(path, { force: true });
		} catch (error) {
			// Windows keeps a file that some program has open.
			const isOpen = diskCode(error) === 'EBUSY' || (process.platform === 'win32' && diskCode(error) === 'EPERM');
			throw isOpen ? failure('MODEL_IN_USE', { name: record.name }, error) : ((await diskFailureAt(error, folder.path, 0)) ?? error);
		}
		if (stats?.nlink === 1) freedBytes += stats.size;
	}
	return freedBytes;
}
