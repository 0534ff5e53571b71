import { useEffect, useRef } from 'react';
import type { Errand } from '#contract/shell.ts';
import { bridge } from '../../rpc/bridge.ts';
import { client } from '../../rpc/client.ts';
import { watchStream } from '../../rpc/watchStream.ts';

/** Does what comes to the window from outside of it, one after the other in their order; a page in a browser gets none. What fails is told to `onError`. */
export function useErrands(carryOut: (errand: Errand) => Promise<void>, onError: (error: unknown) => void): void {
	const now = useRef({ carryOut, onError });
	useEffect(() => {
		now.current = { carryOut, onError };
	});
	useEffect(() => {
		if (bridge() === null) return;
		const begun = new Set<string>();
		let last: Promise<unknown> = Promise.resolve();
		const begin = (id: string) => {
			begun.add(id);
			last = last.then(() => client.shell.takeErrand({ id }).then((errand) => now.current.carryOut(errand))).catch((error) => now.current.onError(error));
		};
		return watchStream(
			(signal) => client.shell.errands(undefined, { signal }),
			(ids) => ids.filter((id) => !begun.has(id)).forEach(begin),
		);
	}, []);
}
