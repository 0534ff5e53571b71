/** From fewer than this, in less time, the speed is a guess: what was done while nobody looked arrives all at once. */
const leastSeen = 3;
const leastMs = 3_000;

/**
 * Estimates how long work that is counted in items still takes, in milliseconds, for a progress line; null before it can be known.
 *
 * `since` is what the screen saw first of it: the items done by then tell nothing of the speed now, as they may be from before a
 * pause or a restart.
 */
export function remainingMs(work: { done: number; total: number }, since: { at: number; done: number }, now: number): number | null {
	const seen = work.done - since.done;
	if (seen < leastSeen || now - since.at < leastMs) return null;
	return ((now - since.at) / seen) * (work.total - work.done);
}
