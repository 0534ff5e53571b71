/** So long after a row went, a press may have been meant for it: the next one has moved under the pointer. Longer than two clicks of one double click. */
const movingMs = 1000;

/**
 * Lets one removal through at a time, and none right after another: the second press of a double click lands on a row that nobody aimed at. True
 * where it was let through. `now` tells milliseconds.
 */
export function onlyAimed(now: () => number): (remove: () => unknown) => Promise<boolean> {
	let isUnderWay = false;
	let goneAt = Number.NEGATIVE_INFINITY;
	return async (remove) => {
		if (isUnderWay || now() - goneAt < movingMs) return false;
		isUnderWay = true;
		try {
			await remove();
		} finally {
			isUnderWay = false;
			goneAt = now();
		}
		return true;
	};
}

/** That of the whole page: a row that goes may move those of another list. */
export const removeAimed = onlyAimed(() => performance.now());
