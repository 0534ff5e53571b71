import { failure } from '#contract/errors.ts';
import type { JobState } from '#contract/jobs.ts';
import { isJobOver } from '#contract/jobs.ts';
import { type Db, immediate } from '../../../platform/database/openDatabase.ts';
import type { JobRunner } from '../../../platform/jobs/JobRunner.ts';
import type { Principal } from '../../../platform/rpc/guard.ts';
import { chargedToJob, type Ledger } from '../../ledger/ledger.ts';
import type { KeyBook } from '../Payments.ts';

/** A month is not over for long; whoever is refused asks again when it is. */
const retryAfterMs = 60 * 60_000;

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

	/** Throws TOO_MANY_REQUESTS where the caller's key may not spend so much in this month any more. */
	refuseBeyond({ key }: Principal, tokens: number): void {
		const left = key === null ? Number.POSITIVE_INFINITY : (this.#options.keys.standing(key.id)?.tokensLeft ?? 0);
		if (left < tokens) throw failure('TOO_MANY_REQUESTS', { what: 'tokens', retryAfterMs });
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
