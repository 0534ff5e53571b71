import { useEffect, useState } from 'react';

/** The time now, in epoch milliseconds, each second anew while `isRunning`. */
export function useNow(isRunning: boolean): number {
	const [now, setNow] = useState(Date.now);
	useEffect(() => {
		if (!isRunning) return;
		setNow(Date.now());
		const timer = setInterval(() => setNow(Date.now()), 1000);
		return () => clearInterval(timer);
	}, [isRunning]);
	return now;
}
