import { eq, gte, lt, type SQL } from 'drizzle-orm';
import { failure, toFailureRecord } from '#contract/errors.ts';
import { type Db, immediate } from '../database/openDatabase.ts';
import { everyOwner } from '../database/owned.ts';
import type { JobKind } from './JobKind.ts';
import { job } from './schema.ts';

/** Starts without anything finished after which a job waits for a person. */
const fruitlessStarts = 3;

/**
 * Takes up what the last run of the app left behind: its running jobs are interrupted, and interrupted ones are queued again.
 *
 * A job that the app ended on three times without finishing anything stays interrupted and says so; it can be resumed by hand.
 * Its kind is told that it rests; `kindOf` gives the registered one of a name.
 */
export function recoverJobs(db: Db, kindOf: (name: string) => JobKind | undefined): void {
	const gaveUp = toFailureRecord(failure('JOB_GAVE_UP', { attempts: fruitlessStarts }), '');
	// Whoever's they are: nobody has asked for anything yet.
	const every = (...conditions: SQL[]) => everyOwner(job, ...conditions);
	const interrupted = eq(job.state, 'interrupted');
	immediate(db, (tx) => {
		tx.update(job)
			.set({ state: 'interrupted' })
			.where(every(eq(job.state, 'running')))
			.run();
		const given = tx
			.update(job)
			.set({ failure: gaveUp })
			.where(every(interrupted, gte(job.attempts, fruitlessStarts)))
			.returning({ id: job.id, ownerId: job.ownerId, kind: job.kind })
			.all();
		for (const { kind, ...rests } of given) kindOf(kind)?.rested?.(rests, tx);
		tx.update(job)
			.set({ state: 'queued' })
			.where(every(interrupted, lt(job.attempts, fruitlessStarts)))
			.run();
	});
}
