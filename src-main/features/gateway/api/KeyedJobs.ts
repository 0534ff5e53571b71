import { eq, inArray } from 'drizzle-orm';
import { isJobOver } from '#contract/isJobOver.ts';
import type { JobState } from '#contract/jobs.ts';
import { type Db, immediate } from '../../../platform/database/openDatabase.ts';
import { everyOwner } from '../../../platform/database/owned.ts';
import type { JobRunner } from '../../../platform/jobs/JobRunner.ts';
import { job } from '../../../platform/jobs/schema.ts';
import type { Principal } from '../../../platform/rpc/guard.ts';
import { chargedToJob, type Ledger } from '../../ledger/ledger.ts';
import { type KeyBook, keyShort } from '../Payments.ts';
import { keyedJob } from '../schema.ts';

/**
 * The jobs that were begun with a key, so that what they cost counts as spent through it once they have ended; also those that go on after the app
 * was closed, or ended while nobody looked.
 */
export class KeyedJobs {
	readonly #options: { db: Db; ledger: Ledger; keys: KeyBook };

	constructor(options: { db: Db; ledger: Ledger; keys: KeyBook; jobs: Pick<JobRunner, 'onChange'> }) {
		this.#options = options;
		// Whoever's they are: what the last run of the app did not come to.
		const isOver = everyOwner(job, inArray(job.state, ['completed', 'failed', 'cancelled']));
		const left = options.db.select({ id: job.id, state: job.state }).from(keyedJob).innerJoin(job, eq(job.id, keyedJob.jobId)).where(isOver).all();
		for (const { id, state } of left) this.#follow(id, state);
		options.jobs.onChange(({ id, state }) => this.#follow(id, state));
	}

	/** Throws KEY_TOKENS_SHORT where the caller's key may not spend so much in this month any more. */
	refuseBeyond({ key }: Principal, tokens: number): void {
		if (key === null) return;
		const { tokensLeft = 0, tokensPerMonth } = this.#options.keys.standing(key.id) ?? {};
		if (tokensLeft < tokens) throw keyShort({ needed: tokens, available: tokensLeft, ofMonth: tokensPerMonth ?? 0, now: Date.now() });
	}

	/** Counts what this job costs for the caller's key. */
	add({ key }: Principal, jobId: string): void {
		if (key !== null) this.#options.db.insert(keyedJob).values({ jobId, keyId: key.id }).run();
	}

	#follow(jobId: string, state: JobState): void {
		if (!isJobOver(state)) return;
		const { db, ledger, keys } = this.#options;
		// Whoever's it is: the app's own counting.
		const isIt = everyOwner(keyedJob.jobId, eq(keyedJob.jobId, jobId));
		immediate(db, (tx) => {
			const known = tx.select().from(keyedJob).where(isIt).get();
			if (!known) return;
			const charged = chargedToJob(ledger, jobId);
			const isKeyThere = keys.standing(known.keyId) !== null;
			if (isKeyThere && charged > known.counted) keys.use(known.keyId, charged - known.counted, tx);
			// One that failed or was cancelled may be taken up again.
			if (isKeyThere && state !== 'completed') tx.update(keyedJob).set({ counted: charged }).where(isIt).run();
			else tx.delete(keyedJob).where(isIt).run();
		});
	}
}
