/**
 * Shares things out among those who work side by side, so that each goes on behind what it did before: everyone has a stretch of its own, and who
 * is done takes the second half of the longest that is left. The next one of a worker, undefined where there is nothing any more.
 */
export function shareOut<Item>(items: readonly Item[], workers: number): (worker: number) => Item | undefined {
	const size = Math.ceil(items.length / workers);
	const stretches = Array.from({ length: workers }, (_, worker) => items.slice(worker * size, (worker + 1) * size));
	return (worker) => {
		const own = stretches[worker];
		if (own && own.length > 0) return own.shift();
		const longest = stretches.reduce((most, each) => (each.length > most.length ? each : most), []);
		const taken = longest.splice(Math.floor(longest.length / 2));
		stretches[worker] = taken;
		return taken.shift();
	};
}
