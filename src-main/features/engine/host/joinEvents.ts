/**
 * Joins what `work` pushes into few values for a reader: the first at once, later ones at least `everyMs` apart, each merged from
 * all that came meanwhile.
 *
 * The work never waits for the reader. When the reader leaves or `signal` aborts, the stream ends at once and `stop` tells the work
 * so, which may take its time to end.
 */
export async function* joinEvents<T>(options: {
	work(push: (value: T) => void, stop: AbortSignal): Promise<void>;
	merge(waiting: T, next: T): T[];
	everyMs: number;
	signal?: AbortSignal | undefined;
}): AsyncGenerator<T, void, void> {
	const { signal, everyMs, merge } = options;
	const leaving = new AbortController();
	const onAbort = () => leaving.abort();
	signal?.addEventListener('abort', onAbort);
	if (signal?.aborted) onAbort();
	let waiting: T[] = [];
	let over: { error?: unknown } | undefined;
	let wake = () => {};
	/** Waits until something is there to be done, or at least for `ms`; the end of the work and the reader's leaving end the wait. */
	const sleep = (ms: number | undefined) =>
		new Promise<void>((resolve) => {
			const timer = ms === undefined ? undefined : setTimeout(resolve, ms);
			wake = () => {
				if (ms !== undefined && !over && !leaving.signal.aborted) return;
				clearTimeout(timer);
				resolve();
			};
		});
	const push = (value: T) => {
		const last = waiting.pop();
		waiting.push(...(last === undefined ? [value] : merge(last, value)));
		wake();
	};
	const end = (how: { error?: unknown }) => {
		over = how;
		wake();
	};
	leaving.signal.addEventListener('abort', () => wake());
	options.work(push, leaving.signal).then(
		() => end({}),
		(error) => end({ error }),
	);
	try {
		while (!leaving.signal.aborted) {
			if (waiting.length > 0) {
				const batch = waiting;
				waiting = [];
				yield* batch;
				if (!over) await sleep(everyMs);
			} else if (over) {
				if ('error' in over) throw over.error;
				return;
			} else await sleep(undefined);
		}
	} finally {
		signal?.removeEventListener('abort', onAbort);
		leaving.abort();
	}
}
