import type { Job } from '#contract/jobs.ts';
import { latest } from '../rpc/latest.ts';
import { tellMs } from './ChangeFeed.ts';
import type { OwnedJob } from './readJob.ts';

/**
 * Streams the jobs of one owner: first all that `list` gives, then those that changed, ten times a second at most.
 *
 * A reader that is slow gets each changed job once, as it is by then. Ends when `signal` aborts.
 */
export async function* watchJobs(options: {
	ownerId: string;
	list: () => OwnedJob[];
	subscribe: (listener: (job: OwnedJob) => void) => () => void;
	signal: AbortSignal;
}): AsyncGenerator<Job[], void, void> {
	const { ownerId, list, subscribe, signal } = options;
	const changes = latest<Map<string, OwnedJob>>(
		(push) => {
			const unsubscribe = subscribe((job) => {
				if (job.ownerId === ownerId) push(new Map([[job.id, job]]));
			});
			push(new Map(list().map((job) => [job.id, job])));
			return unsubscribe;
		},
		{ signal, merge: addTo },
	);
	for await (const changed of changes) {
		yield [...changed.values()].map(withoutOwner);
		await pause(tellMs, signal);
	}
}

/** A job as the contract has it. */
export function withoutOwner({ ownerId: _, ...job }: OwnedJob): Job {
	return job;
}

/** Waits, but not beyond `signal`. */
function pause(waitMs: number, signal: AbortSignal): Promise<void> {
	return new Promise((resolve) => {
		const end = () => {
			clearTimeout(timer);
			signal.removeEventListener('abort', end);
			resolve();
		};
		const timer = setTimeout(end, waitMs).unref();
		signal.addEventListener('abort', end);
		if (signal.aborted) end();
	});
}

function addTo(waiting: Map<string, OwnedJob>, next: Map<string, OwnedJob>): Map<string, OwnedJob> {
	for (const [id, job] of next) waiting.set(id, job);
	return waiting;
}
