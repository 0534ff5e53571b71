import { useEffect, useState } from 'react';
import { client } from '../../rpc/client.ts';
import { watchStream } from '../../rpc/watchStream.ts';
import { type FollowedRun, mergeRun } from './mergeRun.ts';

/** Follows one run with its curves and its log; null is followed by nothing. What was shown stays while a lost connection is sought. */
export function useRun(runId: string | null): { followed: FollowedRun | null; error: unknown } {
	const [state, setState] = useState<{ followed: FollowedRun | null; error: unknown }>({ followed: null, error: null });
	useEffect(() => {
		setState({ followed: null, error: null });
		if (runId === null) return;
		let followed: FollowedRun | null = null;
		return watchStream(
			(signal) =>
				client.finetune.watchRun({ runId, afterStep: (followed?.points.at(-1)?.step ?? 0) - 1, afterLine: followed?.lines.at(-1)?.seq ?? 0 }, { signal }),
			(came) => {
				followed = mergeRun(followed, came);
				setState({ followed, error: null });
			},
			{ onError: (error) => setState({ followed, error }) },
		);
	}, [runId]);
	return state;
}
