/**
 * Clusters `count` things so that any two in a cluster are at least `threshold` alike: complete linkage, by the chain of nearest neighbours
 * (Benzécri 1982; Murtagh 1983), in count² steps.
 *
 * `likeness` holds a row of `count` numbers for each thing, symmetric. Of equally near neighbours the earlier counts as the nearer, so that the order of
 * things decides ties and nothing else. Clusters hold places, rising.
 */
export function completeLinkage(likeness: Float32Array, count: number, threshold: number): number[][] {
	const near = likeness.slice();
	const clusters = new Map(Array.from({ length: count }, (_, place) => [place, [place]]));
	const open = new Uint8Array(count).fill(1);
	const chain: number[] = [];
	for (let start = 0; start < count || chain.length > 0; ) {
		const top = chain.at(-1) ?? start++;
		if (open[top] === 0) continue;
		if (chain.length === 0) chain.push(top);
		const before = chain.at(-2) ?? -1;
		const nearest = nearestOf(near.subarray(top * count, (top + 1) * count), open, top, before);
		if (nearest === -1 || (near[top * count + nearest] ?? -1) < threshold) {
			// Joining makes clusters less alike, never more: this one is done.
			open[top] = 0;
			chain.pop();
		} else if (nearest === before) {
			chain.splice(-2);
			const [kept, gone] = [Math.min(top, nearest), Math.max(top, nearest)];
			clusters.get(kept)?.push(...(clusters.get(gone) ?? []));
			clusters.delete(gone);
			open[gone] = 0;
			takeLess(near, count, kept, gone);
			// A lone start is left when its first joins another; what was joined starts again.
			if (chain.length === 0) chain.push(kept);
		} else chain.push(nearest);
	}
	return [...clusters.values()].map((places) => places.sort((a, b) => a - b));
}

/** The open thing that is most like, -1 where there is none; `before`, if any, is taken rather than one just as near, so that a chain ends. */
function nearestOf(row: Float32Array, open: Uint8Array, top: number, before: number): number {
	let nearest = before;
	let best = before === -1 ? Number.NEGATIVE_INFINITY : (row[before] ?? 0);
	for (let place = 0; place < row.length; place++) {
		const likeness = row[place] ?? 0;
		if (likeness > best && open[place] === 1 && place !== top) {
			best = likeness;
			nearest = place;
		}
	}
	return nearest;
}

/** A cluster is as like to others as the less like of the two that it was joined of. */
function takeLess(near: Float32Array, count: number, kept: number, gone: number): void {
	for (let place = 0; place < count; place++) {
		const less = Math.min(near[kept * count + place] ?? 0, near[gone * count + place] ?? 0);
		near[kept * count + place] = less;
		near[place * count + kept] = less;
	}
}
