import { useEffect, useRef, useState } from 'react';
import { remainingMs } from './remainingMs.ts';

interface Work {
	/** Other work, which is counted anew. */
	id: string;
	isRunning: boolean;
	done: number;
	total: number;
}

/** How long counted work still takes, in milliseconds, from what was done since this screen saw it running; null until that is known. */
export function useRemainingMs({ id, isRunning, done, total }: Work): number | null {
	const [since, setSince] = useState<{ at: number; done: number } | null>(null);
	const latest = useRef(done);
	latest.current = done;
	const first = useRef(done);
	// biome-ignore lint/correctness/useExhaustiveDependencies: other work, or work that goes on after a pause, is counted anew.
	useEffect(() => {
		first.current = latest.current;
		setSince(null);
	}, [isRunning, id]);
	// Counted from the first item that is done here: before it a model may still have been loading.
	useEffect(() => {
		if (isRunning && since === null && done > first.current) setSince({ at: Date.now(), done });
	}, [isRunning, since, done]);
	return since === null ? null : remainingMs({ done, total }, since, Date.now());
}
