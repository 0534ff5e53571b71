import { useEffect, useState } from 'react';
import type { Counted, CountedBy, History, MonitorSpan } from '#contract/monitor.ts';
import { client } from '../../rpc/client.ts';

/** How often what is shown is read anew: as often as it grows by a step that is seen. */
const everyMs: Readonly<Record<MonitorSpan, number>> = { hour: 10_000, day: 60_000, month: 300_000, year: 300_000 };

export interface HistoryChoice {
	counted: Counted;
	span: MonitorSpan;
	/** Null: of all. */
	of: { by: CountedBy; key: string } | null;
}

/** Reads what came in a span, and anew while it is looked at. What was read stays until the next is there. */
export function useHistory({ counted, span, of }: HistoryChoice): { history: History | null; error: unknown; again: () => void } {
	const [history, setHistory] = useState<History | null>(null);
	const [error, setError] = useState<unknown>(null);
	const [tries, setTries] = useState(0);
	const [by, key] = of ? [of.by, of.key] : [null, ''];
	// biome-ignore lint/correctness/useExhaustiveDependencies: another try reads anew.
	useEffect(() => {
		let isCurrent = true;
		const read = () =>
			client.monitor.history({ counted, span, of: by === null ? null : { by, key } }).then(
				(found) => {
					if (!isCurrent) return;
					setHistory(found);
					setError(null);
				},
				(thrown: unknown) => isCurrent && setError(thrown),
			);
		void read();
		const timer = setInterval(() => document.visibilityState === 'visible' && void read(), everyMs[span]);
		return () => {
			isCurrent = false;
			clearInterval(timer);
		};
	}, [counted, span, by, key, tries]);
	return { history, error, again: () => setTries(tries + 1) };
}
