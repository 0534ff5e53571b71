import type { JobState } from '#contract/jobs.ts';
import { isJobOver } from '#contract/jobs.ts';
import { type Db, immediate } from '../../../platform/database/openDatabase.ts';
import type { JobRunner } from '../../../platform/jobs/JobRunner.ts';
import type { Principal } from '../../../platform/rpc/guard.ts';
import { chargedToJob, type Ledger } from '../../ledger/ledger.ts';
import { type KeyBook, keyShort } from '../Payments.ts';

/**
 * The jobs that were begun with a key, so that what they cost counts as spent through it once they have ended. A job that outlives the app is paid
 * by its owner all the same, and is not counted for its key any more.
 */
export class KeyedJobs {
	readonly #options: { db: Db; ledger: Ledger; keys: KeyBook };
	readonly #keyOf = new Map<string, { keyId: string; counted: number }>();

	constructor(options: { db: Db; ledger: Ledger; keys: KeyBook; jobs: Pick<JobRunner, 'onChange'> }) {
		this.#options = options;
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
		if (key !== null) this.#keyOf.set(jobId, { keyId: key.id, counted: 0 });
	}

	#follow(jobId: string, state: JobState): void {
		const known = this.#keyOf.get(jobId);
		if (!known || !isJobOver(state)) return;
		const charged = chargedToJob(this.#options.ledger, jobId);
		immediate(this.#options.db, (tx) => this.#options.keys.use(known.keyId, charged - known.counted, tx));
		// One that failed or was cancelled may be taken up again.
		if (state === 'completed') this.#keyOf.delete(jobId);
		else known.counted = charged;
	}
}
