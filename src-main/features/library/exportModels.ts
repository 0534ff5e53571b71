import { rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { failure, isFailure } from '#contract/errors.ts';
import { checkRoom } from '../../platform/disk/room.ts';
import { syncFolder } from '../../platform/disk/syncFolder.ts';
import type { JobItem } from '../../platform/jobs/JobRunner.ts';
import { type BundledModel, bundleKey, readBundle, writeBundle } from './bundle.ts';
import type { CopyAct, CopyStep, CopyTools } from './CopyAct.ts';
import { copyWithSums, type FileSums } from './fileSums.ts';
import { ModelsFolder } from './ModelsFolder.ts';
import type { ModelRecord } from './ModelTable.ts';
import { lookAt } from './viewModel.ts';

/** Room for the list and for what a file system keeps of its own: 16 MiB. */
const listBytes = 2 ** 24;

/**
 * Copies models with their facts and checksums to a folder, for `importFrom` elsewhere; an item is the id of a model.
 *
 * After each model the list in the folder is whole and true. A model that the folder has already is passed over, and whatever else
 * is in the folder is left alone.
 */
export async function exportModels(tools: CopyTools, folder: string, items: JobItem[]): Promise<CopyAct> {
	const records = new Map(items.map(({ subjectId }) => [subjectId, tools.table.find(subjectId)]));
	return {
		target: folder,
		totalBytes: [...records.values()].reduce((bytes, record) => bytes + (record?.sizeBytes ?? 0), 0),
		async copy(item, step) {
			const record = records.get(item.subjectId);
			if (!record) throw failure('NOT_FOUND', { what: 'model' });
			const bundled = await readIfThere(folder);
			if (isThere(folder, bundled, record)) return step.progress.end(record.sizeBytes);
			const files = await copyOut(tools, folder, record, step);
			const rest = bundled.filter(
				(model) => bundleKey(model.files) !== bundleKey(files) && !model.files.some(({ name }) => files.some((file) => file.name === name)),
			);
			await writeBundle(folder, [...rest, toBundle(record, files)]);
		},
	};
}

async function copyOut(tools: CopyTools, folder: string, record: ModelRecord, step: CopyStep): Promise<BundledModel['files']> {
	for (const { path } of record.files) if (!lookAt(path)) throw failure('MODEL_MISSING', { name: record.name, fileName: basename(path) });
	await checkRoom(folder, { neededBytes: record.sizeBytes, spareBytes: listBytes });
	const fileNames = record.files.map(({ path }) => (/\.gguf$/i.test(path) ? basename(path) : record.name));
	const paths = await new ModelsFolder(folder).freePaths(fileNames);
	const parts = paths.map((path) => `${path}.part`);
	try {
		const sums: FileSums[] = [];
		for (const [i, { path, sha256 }] of record.files.entries()) {
			step.progress.begin(basename(path));
			const found = await copyWithSums(path, parts[i] ?? '', {
				workerFile: tools.sumWorker,
				signal: step.signal,
				onProgress: (bytesDone) => step.progress.at(bytesDone),
			});
			step.progress.end(found.sizeBytes);
			if (sha256 !== null && sha256 !== found.sha256) throw failure('CHECKSUM_MISMATCH', { fileName: basename(path) });
			// So that the same export again finds that it is there.
			if (sha256 === null) tools.table.updateFile(record.id, i, { sha256: found.sha256, blockSums: found.blockSums });
			sums.push(found);
		}
		for (const [i, path] of paths.entries()) await rename(parts[i] ?? '', path);
		await syncFolder(folder);
		return sums.map(({ sha256, sizeBytes }, i) => ({
			name: basename(paths[i] ?? ''),
			sizeBytes,
			sha256,
			published: record.files[i]?.published ?? false,
		}));
	} catch (error) {
		for (const path of parts) await rm(path, { force: true }).catch(() => {});
		throw error;
	}
}

/** An export that was stopped between two models leaves no list yet; a list that cannot be read is made anew. */
async function readIfThere(folder: string): Promise<BundledModel[]> {
	try {
		return await readBundle(folder);
	} catch (error) {
		if (isFailure(error, 'BUNDLE_INVALID')) return [];
		throw error;
	}
}

function isThere(folder: string, bundled: BundledModel[], record: ModelRecord): boolean {
	const key = record.files.map(({ sha256 }) => sha256).join(' ');
	const twin = bundled.find(({ files }) => bundleKey(files) === key);
	return twin?.files.every(({ name, sizeBytes }) => lookAt(join(folder, name))?.size === sizeBytes) ?? false;
}

function toBundle(record: ModelRecord, files: BundledModel['files']): BundledModel {
	const { name, kind, origin, license, tags, defaults, architecture, parameters, quantization, contextTokens } = record;
	return { name, kind, files, origin, license, tags, defaults, facts: { architecture, parameters, quantization, contextTokens } };
}
