import { eq } from 'drizzle-orm';
import { failure } from '#contract/errors.ts';
import type { Tx } from '../database/openDatabase.ts';
import { owned, ownedIn } from '../database/owned.ts';
import type { JobKind } from './JobKind.ts';
import { type JobEvent, nextState } from './nextState.ts';
import { readJob } from './readJob.ts';
import { job, jobItem } from './schema.ts';

/** What a person can want of a job. */
export type PersonalEvent = Extract<JobEvent, 'pause' | 'resume' | 'cancel' | 'retry'>;

/**
 * Carries out what a person wants of a job: its state goes on by `event`, `fields` with it, and its kind is told where that takes the
 * job up again, lets it rest or ends it.
 *
 * @param change.kindOf the registered kind of this name.
 * @param change.isRunning one that runs writes yet what it has used up to now, so that its kind is told of its rest or end only then.
 * @throws NOT_FOUND, also where the job is another's; JOB_STATE; and what its kind refuses it with.
 */
export function changeJob(
	tx: Tx,
	change: {
		ownerId: string;
		jobId: string;
		event: PersonalEvent;
		fields: Partial<typeof job.$inferInsert>;
		kindOf(name: string): JobKind | undefined;
		isRunning: boolean;
	},
): void {
	const { ownerId, jobId, event } = change;
	const found = readJob(tx, ownerId, jobId);
	if (!found) throw failure('NOT_FOUND', { what: 'job' });
	const next = nextState(found.state, event, found.itemsFailed);
	if (next === null) throw failure('JOB_STATE', { state: found.state });
	tx.update(job)
		.set({ ...change.fields, state: next })
		.where(owned(job, ownerId, eq(job.id, jobId)))
		.run();
	if (event === 'retry') {
		const failed = ownedIn(jobItem.jobId, job, ownerId, jobId, eq(jobItem.state, 'failed'));
		tx.update(jobItem).set({ state: 'pending', failure: null }).where(failed).run();
	}
	const kind = change.kindOf(found.kind);
	if (event === 'resume' || event === 'retry') kind?.resumed?.({ id: jobId, ownerId, failure: found.failure, ...readLeft(tx, ownerId, jobId) }, tx);
	if (event === 'pause' && !change.isRunning) kind?.rested?.({ id: jobId, ownerId }, tx);
	if (event === 'cancel' && !change.isRunning) kind?.ended?.({ id: jobId, ownerId }, tx);
}

/** What a job is to do, and the subjects of the items that are left. */
function readLeft(tx: Tx, ownerId: string, jobId: string): { spec: unknown; subjectIds: string[] } {
	const found = tx
		.select({ spec: job.spec })
		.from(job)
		.where(owned(job, ownerId, eq(job.id, jobId)))
		.get();
	const left = tx
		.select({ subjectId: jobItem.subjectId })
		.from(jobItem)
		.where(ownedIn(jobItem.jobId, job, ownerId, jobId, eq(jobItem.state, 'pending')))
		.all();
	return { spec: found?.spec, subjectIds: left.map(({ subjectId }) => subjectId) };
}
