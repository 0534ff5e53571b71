import { useEffect, useState } from 'react';
import type { Inputs, Outputs } from '#contract/contract.ts';
import { client } from '../../rpc/client.ts';

/** What of a class is to be graded, and how often each answer is looked at. */
export type GradingWish = Required<Pick<Inputs['grading']['start'], 'scope' | 'questionId' | 'passes'>>;

type Estimate = Outputs['grading']['estimate'];

/** About what a grading would cost; null while that is being found out. */
export function useEstimate(order: GradingWish & { assignmentId: string; modelId: string; adapterId: string | null }): {
	estimate: Estimate | null;
	error: unknown;
} {
	const [state, setState] = useState<{ estimate: Estimate | null; error: unknown }>({ estimate: null, error: null });
	const { assignmentId, modelId, adapterId, scope, questionId, passes } = order;
	useEffect(() => {
		let isCurrent = true;
		setState({ estimate: null, error: null });
		client.grading.estimate({ assignmentId, modelId, adapter: adapterId ? { id: adapterId } : null, scope, questionId, passes }).then(
			(estimate) => isCurrent && setState({ estimate, error: null }),
			(error: unknown) => isCurrent && setState({ estimate: null, error }),
		);
		return () => {
			isCurrent = false;
		};
	}, [assignmentId, modelId, adapterId, scope, questionId, passes]);
	return state;
}
