import { useEffect } from 'react';
import { useSearchParams } from 'react-router';
import { create } from 'zustand';

/** The adapter that the reader chose elsewhere to grade with next, and the model that it belongs to; null where none was. */
export const useProposal = create<{ proposal: { modelId: string; adapterId: string } | null }>(() => ({ proposal: null }));

/** Takes what the address proposes, `/grading?model=…&adapter=…`, and takes it off the address. */
export function useProposalOfAddress(): void {
	const [asked, setAsked] = useSearchParams();
	const modelId = asked.get('model');
	const adapterId = asked.get('adapter');
	useEffect(() => {
		if (modelId === null || adapterId === null) return;
		useProposal.setState({ proposal: { modelId, adapterId } });
		setAsked({}, { replace: true });
	}, [modelId, adapterId, setAsked]);
}

/** Lets the proposal go: it was taken up, or is not wanted any more. */
export function forgetProposal(): void {
	useProposal.setState({ proposal: null });
}
