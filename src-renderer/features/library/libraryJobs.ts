import type { Job } from '#contract/jobs.ts';

/** The kinds of work on models that the Models screen shows. */
export type LibraryJobKind = 'copy' | 'export' | 'takeIn' | 'verify' | 'repair';

const kinds: ReadonlySet<string> = new Set<LibraryJobKind>(['copy', 'export', 'takeIn', 'verify', 'repair']);

/** The work on models that is to be seen: what is not over, and what ended badly and was not read yet. */
export function libraryJobs(jobs: readonly Job[]): Job[] {
	return jobs.filter(
		({ kind, endedAt, state, itemsFailed, dismissed }) => kinds.has(kind) && !dismissed && (endedAt === null || state === 'failed' || itemsFailed > 0),
	);
}

/** The work on models that was going on `before` and is done `now`, with nothing failed. */
export function endedWell(before: readonly Job[] | null, now: readonly Job[] | null): Job[] {
	const going = new Set((before ?? []).filter(({ endedAt }) => endedAt === null).map(({ id }) => id));
	return (now ?? []).filter(({ id, kind, state, itemsFailed }) => kinds.has(kind) && going.has(id) && state === 'completed' && itemsFailed === 0);
}

/** Changes whenever work that may have written to the disk has ended. */
export function endedWork(jobs: readonly Job[]): string {
	return jobs
		.filter(({ endedAt }) => endedAt !== null)
		.map(({ id }) => id)
		.join();
}
