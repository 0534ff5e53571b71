import Box from '@mui/material/Box';
import { useMemo } from 'react';
import type { Submission } from '#contract/grading.ts';
import { arrangeDesk } from './arrangeDesk.ts';
import { DeskTable } from './DeskTable.tsx';
import { useDesk } from './deskStore.ts';
import { SubmissionPanel } from './SubmissionPanel.tsx';
import { useDeskKeys } from './useDeskKeys.ts';

/** The part of the desk that is worked on: the table and the chosen submission. Moving through the class draws nothing else again. */
export function DeskWork({ submissions, jobActive }: { submissions: Submission[]; jobActive: boolean }) {
	const filter = useDesk((state) => state.filter);
	const order = useDesk((state) => state.order);
	const selectedId = useDesk((state) => state.selectedId);
	const shown = useMemo(() => arrangeDesk(submissions, filter, order, jobActive), [submissions, filter, order, jobActive]);
	// The chosen one stays beside the table also where a filter has taken it out of it, as when it has just been settled.
	const selected = useMemo(() => submissions.find((submission) => submission.id === selectedId) ?? shown[0] ?? null, [submissions, selectedId, shown]);
	useDeskKeys(shown, selected);
	return (
		<Box sx={{ flex: 1, minHeight: 0, display: 'flex', borderTop: 1, borderColor: 'divider' }}>
			<DeskTable submissions={shown} selectedId={selected?.id ?? null} jobActive={jobActive} />
			{selected && <SubmissionPanel key={selected.id} submission={selected} jobActive={jobActive} />}
		</Box>
	);
}
