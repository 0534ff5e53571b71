import { useEffect, useState } from 'react';
import type { FailedItem, Job } from '#contract/jobs.ts';
import type { Model } from '#contract/library.ts';
import { client } from './client.ts';
import { type OpenFailure, openFailures } from './openFailures.ts';

/** What is still to be told of jobs that ended badly (openFailures.ts); nothing until it is known what failed and what there is. */
export function useOpenFailures(jobs: readonly Job[], models: readonly Model[] | null): ReadonlyMap<string, OpenFailure[]> {
	const [failed, setFailed] = useState<ReadonlyMap<string, FailedItem[]>>(new Map());
	// A job that was tried again may have failed otherwise.
	const key = JSON.stringify(jobs.filter(({ endedAt, itemsFailed }) => endedAt !== null && itemsFailed > 0).map(({ id, endedAt }) => [id, endedAt]));
	useEffect(() => {
		let isCurrent = true;
		// The key is the JSON of exactly this.
		const wanted = JSON.parse(key) as [id: string, endedAt: number][];
		// A job that was dismissed elsewhere meanwhile has nothing to tell.
		const read = wanted.map(async ([id]) => [id, await client.jobs.failedItems({ jobId: id }).catch(() => [])] as const);
		void Promise.all(read).then((entries) => isCurrent && setFailed(new Map(entries)));
		return () => {
			isCurrent = false;
		};
	}, [key]);
	return models === null ? new Map() : openFailures(jobs, failed, models);
}
