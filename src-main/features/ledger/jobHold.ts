import { type FailureRecord, failure, isFailure } from '#contract/errors.ts';
import type { Tx } from '../../platform/database/openDatabase.ts';
import { JobPaused } from '../../platform/jobs/JobRunner.ts';
import type { Hold, ReserveOrder } from './holds.ts';
import type { Ledger } from './ledger.ts';

/**
 * The hold that pays for a job: its id is the job's, and with a number behind it for each time that the job is taken up again after it
 * had ended or had paused itself, since a hold ends once. Null for `hold` where the job has none now; `id` is then that of the one to be made.
 */
export function findJobHold(ledger: Ledger, jobId: string): { id: string; hold: Hold | null } {
	for (let attempt = 1; ; attempt++) {
		const id = attempt === 1 ? jobId : `${jobId}#${attempt}`;
		const hold = ledger.hold(id);
		if (hold === null || hold.isOpen) return { id, hold };
	}
}

/**
 * Sets aside what a job is likely to cost in all, so that other work cannot keep it from its end. Where the balance has less than that, only what its
 * `first` item takes, or as much of that as there is from `least` on: the hold then grows with the work (HoldShare.ts), and the rest of the balance
 * is there for whatever else is asked meanwhile. Throws INSUFFICIENT_TOKENS.
 *
 * @param stoppedBy why a job had stopped that is taken up again: where that was for want of tokens, it takes what it lacked then to go on.
 */
export function openHoldForJob(
	ledger: Ledger,
	order: Omit<ReserveOrder, 'tokens' | 'atLeast'>,
	{ all, first, least }: { all: number; first: number; least: number },
	stoppedBy: FailureRecord | null,
	tx?: Tx,
): Hold {
	const available = ledger.spendable(order.accountId) ?? Number.POSITIVE_INFINITY;
	const lacked = lackedBy(stoppedBy);
	const tokens = Math.max(lacked, available < all ? Math.min(first, all) : all);
	return ledger.openHold({ ...order, tokens, atLeast: Math.max(lacked, Math.min(least, tokens)) }, tx);
}

/**
 * The pause of a job whose answer had `charged` when it was put back: what it lacks is told without that, which is paid, and what there is as well.
 * Any other pause stays what it is.
 */
export function pausedAfter(paused: JobPaused, charged: number): JobPaused {
	const { reason } = paused;
	if (charged === 0 || !isFailure(reason, 'INSUFFICIENT_TOKENS')) return paused;
	const { needed, available } = reason.data;
	return new JobPaused(failure('INSUFFICIENT_TOKENS', { needed: Math.max(1, needed - charged), available: Math.max(0, available - charged) }, reason));
}

function lackedBy(stoppedBy: FailureRecord | null): number {
	const needed = stoppedBy?.code === 'INSUFFICIENT_TOKENS' ? stoppedBy.data.needed : 0;
	return typeof needed === 'number' && Number.isSafeInteger(needed) && needed > 0 ? needed : 0;
}

/** What a job has cost so far, with all the holds that it ever had. */
export function chargedToJob(ledger: Ledger, jobId: string): number {
	let charged = 0;
	for (let attempt = 1; ; attempt++) {
		const hold = ledger.hold(attempt === 1 ? jobId : `${jobId}#${attempt}`);
		if (hold === null) return charged;
		charged += hold.charged;
	}
}

/** Gives back what a job has not used of the hold that pays for it now; nothing where it has none. */
export function releaseJobHold(ledger: Ledger, jobId: string, tx?: Tx): void {
	const { id, hold } = findJobHold(ledger, jobId);
	if (hold) ledger.release(id, tx);
}

/** The job that a hold pays for. */
export function jobOfHold(holdId: string): string {
	return holdId.split('#')[0] ?? holdId;
}
