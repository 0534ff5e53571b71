import { useEffect, useState } from 'react';
import type { Job } from '#contract/jobs.ts';
import { client } from '../../rpc/client.ts';
import { useMay } from '../../rpc/useMe.ts';
import { type Unfinished, unfinished } from './unfinished.ts';

/** What waits for the reader, read anew whenever a job begins or ends; `found` is null until it is known. `hasWork`: something was ever begun. */
export function useUnfinished(jobs: readonly Job[] | null): { found: Unfinished[] | null; hasWork: boolean; error: unknown } {
	const mayWork = useMay('user');
	const [state, setState] = useState<{ found: Unfinished[] | null; hasWork: boolean; error: unknown }>({ found: null, hasWork: false, error: null });
	const work = jobs?.map(({ id, state }) => `${id} ${state}`).join() ?? '';
	// biome-ignore lint/correctness/useExhaustiveDependencies: what is unfinished changes with the work on it
	useEffect(() => {
		if (!mayWork) return setState({ found: [], hasWork: false, error: null });
		let isCurrent = true;
		Promise.all([client.grading.list(), client.subtitles.list()]).then(
			([assignments, projects]) =>
				isCurrent && setState({ found: unfinished(assignments, projects), hasWork: assignments.length + projects.length > 0, error: null }),
			(error: unknown) => isCurrent && setState((before) => ({ ...before, error })),
		);
		return () => {
			isCurrent = false;
		};
	}, [mayWork, work]);
	return state;
}
