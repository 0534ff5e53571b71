import type { FailedItem, Job } from '#contract/jobs.ts';
import type { Model } from '#contract/library.ts';

/** What of a job could not be done and is worth telling. */
export type OpenFailure = Pick<FailedItem, 'name' | 'failure'>;

/**
 * What is still to be told of the jobs that ended badly, by job; a job of which nothing is left to tell is not there.
 *
 * What a check or a repair said of a model is over when the model is in order or gone from the library, and when a newer one says it
 * anew. `jobs` come newest first; `failed` lacks the jobs whose failed items are not known yet.
 */
export function openFailures(jobs: readonly Job[], failed: ReadonlyMap<string, FailedItem[]>, models: readonly Model[]): Map<string, OpenFailure[]> {
	const open = new Map<string, OpenFailure[]>();
	const told = new Set<string>();
	/** True once for a model of the library, where it is not in order or that was not the matter. */
	const isNews = (model: Model | undefined, isOfFile = true) => {
		if (model === undefined || told.has(model.id)) return false;
		told.add(model.id);
		return !isOfFile || model.fileState !== 'present';
	};
	for (const job of jobs) {
		// A repair has no items: its title is the name of the model.
		const isNewsOfRepair = job.kind !== 'repair' || isNews(models.find(({ name }) => name === job.title));
		if (job.endedAt === null || !isNewsOfRepair) continue;
		const items = failuresOf(job, failed).filter(({ subjectId, failure: { code } }) => {
			if (job.kind !== 'verify' || subjectId === '') return true;
			const isOfFile = code === 'MODEL_DAMAGED' || code === 'MODEL_MISSING';
			return isNews(
				models.find(({ id }) => id === subjectId),
				isOfFile,
			);
		});
		if (items.length > 0) open.set(job.id, items);
	}
	return open;
}

function failuresOf(job: Job, failed: ReadonlyMap<string, FailedItem[]>): FailedItem[] {
	if (job.itemsFailed > 0) return failed.get(job.id) ?? [];
	return job.failure ? [{ subjectId: '', name: '', failure: job.failure }] : [];
}
