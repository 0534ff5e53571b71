import { useEffect, useState } from 'react';
import { useConnection } from '../../rpc/useConnection.ts';

/** What the app answered; `value` is null until then, and stays as it was while the same is asked again. `error`: why it did not. */
export interface Report<T> {
	value: T | null;
	error: unknown;
}

/** Asks the app for a report on what `ask` is about, and again when `changes` is another, as when there are more marks. Null asks for nothing. */
export function useReport<T>(ask: ((signal: AbortSignal) => Promise<T>) | null, changes: string | number = ''): Report<T> {
	const [report, setReport] = useState<Report<T> & { of: unknown }>({ of: null, value: null, error: null });
	const isLost = useConnection(({ state }) => state === 'lost');
	// biome-ignore lint/correctness/useExhaustiveDependencies: what changed is told by `changes`, and the question stays the same
	useEffect(() => {
		if (isLost || ask === null) return;
		const stop = new AbortController();
		ask(stop.signal).then(
			(value) => stop.signal.aborted || setReport({ of: ask, value, error: null }),
			(error: unknown) => stop.signal.aborted || setReport({ of: ask, value: null, error }),
		);
		return () => stop.abort();
	}, [ask, isLost, changes]);
	return report.of === ask ? report : { value: null, error: null };
}
