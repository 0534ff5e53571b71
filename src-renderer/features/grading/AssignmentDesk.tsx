import Box from '@mui/material/Box';
import { useEffect } from 'react';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { DeskHeader } from './DeskHeader.tsx';
import { DeskToolbar } from './DeskToolbar.tsx';
import { DeskWork } from './DeskWork.tsx';
import { clearDesk } from './deskStore.ts';
import { forgetError, openAssignment, useGrading } from './gradingStore.ts';
import { isJobActive } from './isJobActive.ts';

/** The desk: the whole class in one table, the chosen answer beside it, and the grading of the class. */
export function AssignmentDesk({ assignmentId }: { assignmentId: string }) {
	const assignment = useGrading((state) => state.assignment);
	const submissions = useGrading((state) => state.submissions);
	const error = useGrading((state) => state.error);
	useEffect(() => {
		clearDesk();
		openAssignment(assignmentId);
		return () => openAssignment(null);
	}, [assignmentId]);
	if (!assignment) return <ErrorNotice error={error} sx={{ m: 3 }} />;
	const jobActive = isJobActive(assignment.job?.state);
	return (
		<Box sx={{ height: '100%', display: 'flex', flexDirection: 'column', minWidth: 0 }}>
			<DeskHeader assignment={assignment} />
			<Box sx={{ px: 3, display: 'flex', flexDirection: 'column', gap: 1, '&:not(:empty)': { pb: 1 } }}>
				<ErrorNotice error={error} onClose={forgetError} />
				{(assignment.job?.state === 'failed' || assignment.job?.state === 'paused') && <ErrorNotice error={assignment.job.failure} />}
			</Box>
			{submissions !== null && (
				<>
					<DeskToolbar submissions={submissions} jobActive={jobActive} />
					<DeskWork submissions={submissions} jobActive={jobActive} />
				</>
			)}
		</Box>
	);
}
