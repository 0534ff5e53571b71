/**
 * Turns a subscription into a stream that a slow reader cannot make grow: what it has not taken yet is replaced by the newest
 * value, or joined with it by `merge`.
 *
 * Ends when `signal` aborts or the reader leaves; either way the subscription is undone.
 */
export async function* latest<T>(
	subscribe: (push: (value: T) => void) => () => void,
	options: { signal?: AbortSignal | undefined; merge?: (waiting: T, next: T) => T } = {},
): AsyncGenerator<T, void, void> {
	const { signal, merge } = options;
	const waiting: { value: T }[] = [];
	let wake = () => {};
	const push = (value: T) => {
		const before = waiting.pop();
		waiting.push({ value: before && merge ? merge(before.value, value) : value });
		wake();
	};
	const onAbort = () => wake();
	signal?.addEventListener('abort', onAbort);
	const unsubscribe = subscribe(push);
	try {
		while (!signal?.aborted) {
			const taken = waiting.pop();
			if (!taken) {
				await new Promise<void>((resolve) => {
					wake = resolve;
				});
				continue;
			}
			yield taken.value;
		}
	} finally {
		unsubscribe();
		signal?.removeEventListener('abort', onAbort);
	}
}
