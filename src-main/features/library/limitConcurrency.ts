/** Lets at most `most` pieces of work run at once; the others wait their turn, first come, first served. */
export function limitConcurrency(most: number): <T>(work: () => Promise<T>) => Promise<T> {
	const waiting: (() => void)[] = [];
	let running = 0;
	return async (work) => {
		if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
		else running++;
		try {
			return await work();
		} finally {
			// The place passes to the next in line, so nobody new can take it in between.
			const next = waiting.shift();
			if (next) next();
			else running--;
		}
	};
}
