import { eq, inArray, isNotNull, sql } from 'drizzle-orm';
import { failure } from '#contract/errors.ts';
import { isJobOver } from '#contract/isJobOver.ts';
import type { DeletedSource } from '../../platform/database/DeletedSource.ts';
import { type Db, immediate, type Store } from '../../platform/database/openDatabase.ts';
import { everyOwner, owned } from '../../platform/database/owned.ts';
import { readJob } from '../../platform/jobs/readJob.ts';
import { ofAdapter } from './adapterRows.ts';
import type { RunFolders } from './RunFolders.ts';
import { ofRun } from './runRows.ts';
import { adapter, dataset, datasetVersion, finetuneRun } from './schema.ts';

type Restorer = { restore(ownerId: string, id: string): unknown };

/** What of the fine-tuning was deleted: datasets with their versions, runs with what was measured, and adapters with their files. */
export function deletedTraining({
	db,
	folders,
	datasets,
	runs,
	adapters,
}: {
	db: Db;
	folders: RunFolders;
	datasets: Restorer;
	runs: Restorer;
	adapters: Restorer;
}): DeletedSource<'dataset' | 'run' | 'adapter'>[] {
	const heading = sql<string>`''`;
	return [
		{
			kind: 'dataset',
			list: (ownerId) =>
				db
					.select({ id: dataset.id, placeId: dataset.id, heading, title: dataset.title, deletedAt: sql<number>`${dataset.deletedAt}` })
					.from(dataset)
					.where(owned(dataset, ownerId, isNotNull(dataset.deletedAt)))
					.all(),
			restore: (ownerId, id) => datasets.restore(ownerId, id),
			purge(ownerId, id) {
				immediate(db, (tx) => {
					refuseWhileLearnt(tx, ownerId, id);
					const hidden = owned(dataset, ownerId, eq(dataset.id, id), isNotNull(dataset.deletedAt));
					if (tx.delete(dataset).where(hidden).run().changes === 0) throw failure('NOT_FOUND', { what: 'dataset' });
				});
			},
		},
		{
			kind: 'run',
			list: (ownerId) =>
				db
					.select({ id: finetuneRun.id, placeId: finetuneRun.id, heading, title: finetuneRun.title, deletedAt: sql<number>`${finetuneRun.deletedAt}` })
					.from(finetuneRun)
					.where(owned(finetuneRun, ownerId, isNotNull(finetuneRun.deletedAt)))
					.all(),
			restore: (ownerId, id) => runs.restore(ownerId, id),
			async purge(ownerId, id) {
				const { changes } = db
					.delete(finetuneRun)
					.where(ofRun(ownerId, id, isNotNull(finetuneRun.deletedAt)))
					.run();
				if (changes === 0) throw failure('NOT_FOUND', { what: 'run' });
				await folders.removeRun(id).catch(keepForNextStart);
			},
		},
		{
			kind: 'adapter',
			list: (ownerId) =>
				db
					.select({ id: adapter.id, placeId: adapter.id, heading, title: adapter.name, deletedAt: sql<number>`${adapter.deletedAt}` })
					.from(adapter)
					.where(owned(adapter, ownerId, isNotNull(adapter.deletedAt)))
					.all(),
			restore: (ownerId, id) => adapters.restore(ownerId, id),
			async purge(ownerId, id) {
				const { changes } = db
					.delete(adapter)
					.where(ofAdapter(ownerId, id, isNotNull(adapter.deletedAt)))
					.run();
				if (changes === 0) throw failure('NOT_FOUND', { what: 'adapter' });
				await folders.removeAdapter(id).catch(keepForNextStart);
			},
		},
	];
}

/** Files that another process still holds open stay, without a row, until the next start deletes them (RunFolders.ts). */
function keepForNextStart(): void {}

/** Throws DATASET_IN_USE where a run that is not over, paused ones too, learns from a version of this dataset: it may read it again. */
function refuseWhileLearnt(store: Store, ownerId: string, datasetId: string): void {
	// Whoever's the dataset is: the runs are the owner's, and nothing of it is answered.
	const versions = store
		.select({ id: datasetVersion.id })
		.from(datasetVersion)
		.where(everyOwner(datasetVersion.datasetId, eq(datasetVersion.datasetId, datasetId)));
	const learning = store
		.select({ title: finetuneRun.title, jobId: finetuneRun.jobId })
		.from(finetuneRun)
		.where(owned(finetuneRun, ownerId, inArray(finetuneRun.versionId, versions)))
		.all();
	for (const { title, jobId } of learning) {
		const job = readJob(store, ownerId, jobId);
		if (job && !isJobOver(job.state)) throw failure('DATASET_IN_USE', { run: title });
	}
}
