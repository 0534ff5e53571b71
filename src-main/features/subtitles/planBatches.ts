/** A cue by its times. */
interface Timed {
	startMs: number;
	endMs: number;
}

/** The cues in their order as batches of at most so many; where nothing is said for `sceneGapMs` a scene ends, and with it a batch. */
export function planBatches<Row extends Timed>(rows: readonly Row[], { batchCues, sceneGapMs }: { batchCues: number; sceneGapMs: number }): Row[][] {
	const batches: Row[][] = [];
	let silentFrom = Number.NEGATIVE_INFINITY;
	for (const row of rows) {
		const last = batches.at(-1);
		if (last && last.length < batchCues && row.startMs - silentFrom < sceneGapMs) last.push(row);
		else batches.push([row]);
		silentFrom = Math.max(silentFrom, row.endMs);
	}
	return batches;
}
