import type { Run } from '#contract/finetune.ts';

const places = { running: 0, queued: 1, paused: 2, interrupted: 2, failed: 3, completed: 3, cancelled: 3 } as const;

/** The runs in the order of the list: what runs, what waits in its turn, what stands still, what is over; of what is over the newest first. */
export function arrangeRuns(runs: readonly Run[]): Run[] {
	return runs.toSorted((a, b) => {
		const place = places[a.job.state] - places[b.job.state];
		if (place !== 0) return place;
		return a.endedAt !== null && b.endedAt !== null ? b.endedAt - a.endedAt : a.createdAt - b.createdAt;
	});
}
