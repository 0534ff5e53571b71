import { useEffect, useState } from 'react';
import type { Inputs, Outputs } from '#contract/contract.ts';
import { client } from '../../rpc/client.ts';

type Estimate = Outputs['subtitles']['estimate'];

/** About what an order would cost; null while that is being found out. */
export function useEstimate(order: Inputs['subtitles']['estimate']): { estimate: Estimate | null; error: unknown } {
	const [state, setState] = useState<{ estimate: Estimate | null; error: unknown }>({ estimate: null, error: null });
	const key = JSON.stringify(order);
	useEffect(() => {
		let isCurrent = true;
		setState({ estimate: null, error: null });
		// An order is plain data, so that its text is all of it, and is the same as long as nothing of it changes.
		const asked: Inputs['subtitles']['estimate'] = JSON.parse(key);
		client.subtitles.estimate(asked).then(
			(estimate) => isCurrent && setState({ estimate, error: null }),
			(error: unknown) => isCurrent && setState({ estimate: null, error }),
		);
		return () => {
			isCurrent = false;
		};
	}, [key]);
	return state;
}
