/** The oldest queued job of one owner. */
export interface Waiting {
	jobId: string;
	ownerId: string;
}

/**
 * Picks the job to start next, one from each owner in turn: whoever had a turn longest ago, and of those who had none, the first
 * in `waiting`. So a thousand jobs of one owner never hold back the one of another.
 *
 * @param lastTurns per owner a number that grows with every turn given.
 */
export function chooseNext(waiting: readonly Waiting[], lastTurns: ReadonlyMap<string, number>): Waiting | null {
	let chosen: Waiting | null = null;
	for (const candidate of waiting) {
		if (chosen === null || turnOf(candidate) < turnOf(chosen)) chosen = candidate;
	}
	return chosen;

	function turnOf({ ownerId }: Waiting): number {
		return lastTurns.get(ownerId) ?? -1;
	}
}
