import { useEffect } from 'react';
import { useSearchParams } from 'react-router';
import { create } from 'zustand';
import type { Adapter } from '#contract/finetune.ts';
import { useAdapters } from './useAdapters.ts';

/** The work that an adapter is proposed for. */
type Work = 'grading' | 'subtitles';

/** The adapter that the reader chose elsewhere to work with next, and the model that it belongs to. */
interface Proposal {
	work: Work;
	modelId: string;
	adapterId: string;
}

const useProposals = create<{ proposal: Proposal | null }>(() => ({ proposal: null }));

/** What was chosen elsewhere for this work; null where nothing was. */
export function useProposal(work: Work): Proposal | null {
	return useProposals(({ proposal }) => (proposal?.work === work ? proposal : null));
}

/** The adapter that was chosen elsewhere for this work; null where none was, where it is gone, and until the adapters are known. */
export function useProposedAdapter(work: Work): Adapter | null {
	const proposal = useProposal(work);
	return useAdapters().value?.find(({ id }) => id === proposal?.adapterId) ?? null;
}

/** Takes what the address proposes for this work, such as `/grading?model=…&adapter=…`, and takes it off the address. */
export function useProposalOfAddress(work: Work): void {
	const [asked, setAsked] = useSearchParams();
	const modelId = asked.get('model');
	const adapterId = asked.get('adapter');
	useEffect(() => {
		if (modelId === null || adapterId === null) return;
		useProposals.setState({ proposal: { work, modelId, adapterId } });
		setAsked({}, { replace: true });
	}, [work, modelId, adapterId, setAsked]);
}

/** Lets the proposal go: it was taken up, or is not wanted any more. */
export function forgetProposal(): void {
	useProposals.setState({ proposal: null });
}
