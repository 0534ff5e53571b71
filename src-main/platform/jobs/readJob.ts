import { asc, desc, eq, type SQL, sql } from 'drizzle-orm';
import type { FailureRecord } from '#contract/errors.ts';
import type { Job } from '#contract/jobs.ts';
import type { Store } from '../database/openDatabase.ts';
import { everyOwner, owned } from '../database/owned.ts';
import { job, jobItem } from './schema.ts';

/** A job as its owner sees it, and whose it is. */
export type OwnedJob = Job & { ownerId: string };

/** More would fill no screen, and counting their items would hold the app up. */
const listedJobs = 200;
const listedItems = 100;

const columns = {
	id: job.id,
	ownerId: job.ownerId,
	kind: job.kind,
	state: job.state,
	title: job.title,
	detail: job.detail,
	fraction: job.fraction,
	failure: job.failure,
	dismissed: job.dismissed,
	createdAt: job.createdAt,
	startedAt: job.startedAt,
	endedAt: job.endedAt,
	itemsTotal: sumOfItems(sql`size`),
	itemsDone: sumOfItems(sql`case state when 'done' then size else done end`),
	itemsFailed: sumOfItems(sql`case state when 'failed' then size - done else 0 end`),
};

/** Adds something up over the items of a job, in what people count of them. */
function sumOfItems(each: SQL): SQL<number> {
	return sql<number>`(select coalesce(sum(${each}), 0) from job_item where job_item.job_id = job.id)`;
}

/** Reads one job of an owner, or with null whoever owns it, for the runner's own work; null when there is none. */
export function readJob(store: Store, ownerId: string | null, jobId: string): OwnedJob | null {
	const isIt = eq(job.id, jobId);
	const row = select(store, ownerId === null ? everyOwner(job, isIt) : owned(job, ownerId, isIt)).get();
	return row ? withFraction(row) : null;
}

/** Reads the jobs of one owner, newest first: all that have not ended, and ended ones that were not dismissed up to 200 in all. */
export function listJobs(store: Store, ownerId: string): OwnedJob[] {
	const rows = select(store, owned(job, ownerId, eq(job.dismissed, false))).orderBy(sql`${job.endedAt} is not null`, desc(job.createdAt), sql`job.rowid desc`);
	const all = rows.limit(listedJobs).all();
	return all.map(withFraction).sort((a, b) => b.createdAt - a.createdAt);
}

/** Reads what failed of a job of an owner, the first hundred in their order, and the job's spec to name them by. */
export function listFailedItems(store: Store, ownerId: string, jobId: string): { spec: unknown; items: { subjectId: string; failure: FailureRecord }[] } {
	const rows = store
		.select({ spec: job.spec, subjectId: jobItem.subjectId, failure: jobItem.failure })
		.from(jobItem)
		.innerJoin(job, eq(job.id, jobItem.jobId))
		.where(owned(job, ownerId, eq(jobItem.jobId, jobId), eq(jobItem.state, 'failed')))
		.orderBy(asc(jobItem.position))
		.limit(listedItems)
		.all();
	return { spec: rows[0]?.spec ?? null, items: rows.flatMap(({ subjectId, failure }) => (failure ? [{ subjectId, failure }] : [])) };
}

function select(store: Store, where: SQL) {
	return store.select(columns).from(job).where(where).$dynamic();
}

/** A job with items is as far as its items are, one without as far as it says. */
function withFraction(row: OwnedJob): OwnedJob {
	if (row.state === 'completed') return { ...row, fraction: 1 };
	if (row.itemsTotal === 0) return row;
	return { ...row, fraction: (row.itemsDone + row.itemsFailed) / row.itemsTotal };
}
