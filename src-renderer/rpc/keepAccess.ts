import { access } from './browserDoor.ts';
import { reopenConnection } from './client.ts';
import { useConnection } from './useConnection.ts';

/** How often it is looked whether access is old; a machine that slept misses at most this much of being awake. */
const lookEveryMs = 60_000;

/**
 * Keeps a signed-in browser's access fresh while the page is open, and when it is looked at again after long. Returns how to stop that.
 *
 * A connection ends with the access it was opened with, so that the page's is opened anew whenever any window has renewed that.
 */
export function keepAccess(): () => void {
	let shown = access.givenAt();
	const look = async () => {
		if ((await access.renewIfOld()) === 'refused') useConnection.setState({ state: 'signedOut' });
		if (access.givenAt() === shown) return;
		shown = access.givenAt();
		await reopenConnection();
	};
	const lookIfVisible = () => {
		if (document.visibilityState === 'visible') void look();
	};
	void look();
	const timer = setInterval(look, lookEveryMs);
	document.addEventListener('visibilitychange', lookIfVisible);
	return () => {
		clearInterval(timer);
		document.removeEventListener('visibilitychange', lookIfVisible);
	};
}
