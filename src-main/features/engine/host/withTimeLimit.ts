import vm from 'node:vm';

/** Thrown by `withTimeLimit` when the work did not end in time. */
export class TimeLimitError extends Error {
	override name = 'TimeLimitError';
}

// Made once: a context takes a millisecond to make.
const box: vm.Context = vm.createContext({ work: undefined });
const call = new vm.Script('work()');

const mostTries = 4;
/** Who had this share of the time had it as good as alone. */
const ownShare = 0.9;

/**
 * Runs synchronous work that may never end by itself, such as rendering a template out of a model file, and breaks it off
 * after `limitMs`: no loop and no `catch` inside can go on after that. What the work throws comes through.
 *
 * Work that was broken off because the machine was busy with something else, and did not have that much of the processor, is begun anew,
 * at most three times and with more time each; so it must be fit to be repeated.
 */
export function withTimeLimit<T>(limitMs: number, work: () => T): T {
	for (let tries = 1; ; tries++) {
		const before = process.threadCpuUsage();
		try {
			return runOnce(limitMs * tries, work);
		} catch (error) {
			const { user, system } = process.threadCpuUsage(before);
			const computedMs = (user + system) / 1000;
			if (!(error instanceof TimeLimitError) || computedMs > limitMs * ownShare || tries === mostTries) throw error;
		}
	}
}

function runOnce<T>(limitMs: number, work: () => T): T {
	// `timeout` ends whatever runs below the call, also functions from outside the context; only the call itself is in it.
	box.work = work;
	try {
		return call.runInContext(box, { timeout: limitMs });
	} catch (error) {
		// It is an error of the other context, so not an instance of our `Error`.
		if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT')
			throw new TimeLimitError(`not done after ${limitMs} ms`);
		throw error;
	} finally {
		box.work = undefined;
	}
}
