import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { failure, isFailure } from '#contract/errors.ts';
import type { JobItem } from '../../platform/jobs/JobRunner.ts';
import { JobPaused } from '../../platform/jobs/JobRunner.ts';
import { type BundledModel, bundleKey, readBundle } from './bundle.ts';
import type { CopyAct, CopyStep, CopyTools } from './CopyAct.ts';
import { diskFailureAt } from './diskFailure.ts';
import { copyIn } from './importCopies.ts';
import { explainPath } from './importPath.ts';
import { viewModel } from './viewModel.ts';

/**
 * Takes in the models of a folder that `exportTo` wrote; an item is named by its checksums (bundleKey).
 *
 * Every byte is compared with the checksum before a file gets its name. What the library has already is passed over. A folder that
 * is not there any more pauses the job.
 */
export async function importBundle(tools: CopyTools, folder: string, items: JobItem[]): Promise<CopyAct> {
	const models = await readAgain(folder);
	const byKey = new Map(models.map((model) => [bundleKey(model.files), model]));
	return {
		target: tools.folder.path,
		totalBytes: items.reduce((bytes, { subjectId }) => bytes + sizeOf(byKey.get(subjectId)), 0),
		async copy(item, step) {
			const model = byKey.get(item.subjectId);
			if (!model) throw failure('FILE_NOT_FOUND', { path: folder });
			if (isInOrder(tools, model)) return step.progress.end(sizeOf(model));
			await refuseMissingFolder(folder);
			await takeIn(tools, folder, model, item, step);
		},
	};
}

async function takeIn(tools: CopyTools, folder: string, model: BundledModel, item: JobItem, step: CopyStep): Promise<void> {
	for (const { name } of model.files) await refuseForeign(join(folder, name));
	const sources = model.files.map(({ name }) => ({ path: join(folder, name), fileName: name }));
	await copyIn(tools, sources, sizeOf(model), item, step, async (copies) => {
		const files = copies.map(({ file, fileName, sums }, i) => {
			const expected = model.files[i];
			if (sums.sha256 !== expected?.sha256 || sums.sizeBytes !== expected.sizeBytes) throw failure('CHECKSUM_MISMATCH', { fileName });
			return { file, fileName, sums: { sha256: sums.sha256, blockSums: sums.blockSums, published: expected.published, checkedAt: Date.now() } };
		});
		const { name, license, tags, defaults } = model;
		// That program keeps nothing on this machine, and the test model is one that is written here.
		const origin = model.origin.source === 'store' || model.origin.source === 'test' ? ({ source: 'local' } as const) : model.origin;
		try {
			await tools.intake.takeOwn(files, { origin, name, license, tags, defaults });
		} catch (error) {
			// Somebody was faster.
			if (!isFailure(error, 'MODEL_EXISTS')) throw error;
		}
	});
}

function isInOrder(tools: CopyTools, model: BundledModel): boolean {
	const known = tools.table.findBySha256(model.files.map(({ sha256 }) => sha256));
	return known !== null && viewModel(known).fileState === 'present';
}

function sizeOf(model: BundledModel | undefined): number {
	return model?.files.reduce((bytes, { sizeBytes }) => bytes + sizeBytes, 0) ?? 0;
}

/** A link could lead out of the folder. */
async function refuseForeign(path: string): Promise<void> {
	const stats = await lstat(path).catch((error) => Promise.reject(explainPath(error, path)));
	if (!stats.isFile()) throw failure('FILE_NOT_ALLOWED', { reason: 'notAFile' });
}

async function refuseMissingFolder(folder: string): Promise<void> {
	await lstat(folder).catch(() => Promise.reject(new JobPaused(failure('DISK_FAILED', { reason: 'gone' }))));
}

async function readAgain(folder: string): Promise<BundledModel[]> {
	try {
		return await readBundle(folder);
	} catch (error) {
		if (isFailure(error, 'BUNDLE_INVALID') && error.data.reason === 'noManifest') throw new JobPaused(failure('DISK_FAILED', { reason: 'gone' }, error));
		const disk = isFailure(error) ? null : await diskFailureAt(error, folder, 0);
		throw disk ? new JobPaused(disk) : error;
	}
}
