import { useEffect, useState } from 'react';
import type { Person } from '#contract/accounts.ts';
import type { Use } from '#contract/ledger.ts';
import { client } from '../../rpc/client.ts';
import { type Span, wholeSpan } from './spans.ts';

/** What was used in a span, and by whom. */
export interface UseRead {
	uses: readonly Use[];
	people: readonly Person[];
	span: Span;
}

/** Reads what was used in a span (null: in none), anew when the page is come back to. What was read stays until the next is there. */
export function useUse(span: Span | null): { read: UseRead | null; error: unknown; again: () => void } {
	const [read, setRead] = useState<UseRead | null>(null);
	const [error, setError] = useState<unknown>(null);
	const [tries, setTries] = useState(0);
	const [from, until] = span ? [span.from, span.until] : [null, 0];
	// biome-ignore lint/correctness/useExhaustiveDependencies: another try reads anew.
	useEffect(() => {
		let isCurrent = true;
		Promise.all([client.ledger.use(wholeSpan({ from, until })), client.accounts.people()]).then(
			([uses, people]) => {
				if (!isCurrent) return;
				setRead({ uses, people, span: { from, until } });
				setError(null);
			},
			(thrown: unknown) => isCurrent && setError(thrown),
		);
		return () => {
			isCurrent = false;
		};
	}, [from, until, tries]);
	useEffect(() => {
		const onFocus = () => setTries((before) => before + 1);
		window.addEventListener('focus', onFocus);
		return () => window.removeEventListener('focus', onFocus);
	}, []);
	return { read, error, again: () => setTries(tries + 1) };
}
