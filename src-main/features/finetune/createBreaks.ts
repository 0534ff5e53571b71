import { setImmediate } from 'node:timers/promises';

/** Long enough that taking breaks costs next to nothing, short enough that nobody notices the work between two. */
const mostMs = 15;

/** Makes a function for the middle of long work: it lets the rest of the app have its turn where that has waited for some milliseconds. */
export function createBreaks(): () => Promise<void> | undefined {
	let since = performance.now();
	return () => {
		if (performance.now() - since < mostMs) return;
		return setImmediate().then(() => {
			since = performance.now();
		});
	};
}
