import { useEffect, useState } from 'react';
import { useConnection } from '../../rpc/useConnection.ts';

/** What the app answered to a question; `value` is null until then. `error`: why it did not. */
export interface Asked<T> {
	value: T | null;
	error: unknown;
}

/** Asks the app when it is first shown, when `ask` is another one, and again after a lost connection; an answer to an earlier question is passed over. */
export function useAsked<T>(ask: ((signal: AbortSignal) => Promise<T>) | null): Asked<T> {
	const [asked, setAsked] = useState<Asked<T>>({ value: null, error: null });
	const isLost = useConnection(({ state }) => state === 'lost');
	useEffect(() => {
		setAsked({ value: null, error: null });
		if (isLost || ask === null) return;
		const stop = new AbortController();
		ask(stop.signal).then(
			(value) => stop.signal.aborted || setAsked({ value, error: null }),
			(error: unknown) => stop.signal.aborted || setAsked({ value: null, error }),
		);
		return () => stop.abort();
	}, [ask, isLost]);
	return asked;
}
