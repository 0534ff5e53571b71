import { useEffect, useState } from 'react';
import type { TokenStatistics } from '#contract/finetune.ts';
import { client } from '../../rpc/client.ts';
import { watchStream } from '../../rpc/watchStream.ts';

interface Counting {
	statistics: TokenStatistics | null;
	/** How far it is, 0..1; null while nothing is counted. */
	fraction: number | null;
	error: unknown;
}

const nothing: Counting = { statistics: null, fraction: null, error: null };

/** Has the tokens of a version counted for a model; leaving, or another model, ends it. */
export function useTokenStatistics(versionId: string, modelId: string | null): Counting {
	const [counting, setCounting] = useState(nothing);
	useEffect(() => {
		if (modelId === null) return;
		setCounting({ ...nothing, fraction: 0 });
		const stop = watchStream(
			(signal) => client.finetune.datasetTokens({ versionId, modelId }, { signal }),
			(told) => setCounting(told.type === 'progress' ? { ...nothing, fraction: told.fraction } : { ...nothing, statistics: told.statistics }),
			{ onError: (error) => setCounting({ ...nothing, error }) },
		);
		return () => {
			stop();
			setCounting(nothing);
		};
	}, [versionId, modelId]);
	return counting;
}
