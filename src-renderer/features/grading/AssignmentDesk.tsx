import Box from '@mui/material/Box';
import { useEffect } from 'react';
import type { Answer } from '#contract/grading.ts';
import { isJobActive } from '../../rpc/isJobActive.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { BulkAccept } from './BulkAccept.tsx';
import { CalibrationBar } from './CalibrationBar.tsx';
import { DeskHeader } from './DeskHeader.tsx';
import { DeskKeysDialog } from './DeskKeysDialog.tsx';
import { DeskReport } from './DeskReport.tsx';
import { DeskTabs } from './DeskTabs.tsx';
import { DeskToolbar } from './DeskToolbar.tsx';
import { DeskWork } from './DeskWork.tsx';
import { forgetActs } from './deskActs.ts';
import { clearDesk, useDesk } from './deskStore.ts';
import { failureOfJob } from './failureOfJob.ts';
import { forgetError, holdQuestion, openAssignment, useGrading } from './gradingStore.ts';
import { OvertakenBar } from './OvertakenBar.tsx';
import { SecondMarkingBar } from './SecondMarkingBar.tsx';
import { useDeskPage } from './useDeskPage.ts';

const nobody: Answer[] = [];

/** The desk: the class by question or by student, the answer that is looked at, its mark beside it, and the grading of the class. */
export function AssignmentDesk({ assignmentId }: { assignmentId: string }) {
	const assignment = useGrading((state) => state.assignment);
	const answers = useGrading((state) => state.answers);
	const error = useGrading((state) => state.error);
	const open = useDesk((state) => state.open);
	const isCalibrating = useDesk((state) => state.calibration !== null);
	const [asked] = useDeskPage();
	// The other pages tell what a second marker is not to see.
	const isSecond = useDesk((state) => state.marker === 'second');
	const page = isSecond ? 'desk' : asked;
	useEffect(() => {
		clearDesk();
		forgetActs();
		openAssignment(assignmentId);
		return () => openAssignment(null);
	}, [assignmentId]);
	useHeldQuestion();
	if (!assignment) return <ErrorNotice error={error} sx={{ m: 3 }} />;
	const jobActive = isJobActive(assignment.job?.state);
	return (
		<Box sx={{ height: '100%', display: 'flex', flexDirection: 'column', minWidth: 0 }}>
			<DeskHeader assignment={assignment} />
			<Box sx={{ px: 3, display: 'flex', flexDirection: 'column', gap: 1, '&:not(:empty)': { pb: 1 } }}>
				<ErrorNotice error={error} onClose={forgetError} />
				<ErrorNotice error={failureOfJob(assignment)} />
			</Box>
			{!isSecond && <DeskTabs />}
			{page === 'desk' && (
				<>
					{isCalibrating ? <CalibrationBar answers={answers ?? []} /> : <DeskToolbar assignment={assignment} answers={answers ?? []} jobActive={jobActive} />}
					<SecondMarkingBar />
					<OvertakenBar assignment={assignment} answers={answers ?? nobody} />
					{open === 'accept' && <BulkAccept assignment={assignment} answers={answers ?? []} />}
					<DeskWork assignment={assignment} answers={answers} jobActive={jobActive} />
					{open === 'keys' && <DeskKeysDialog />}
				</>
			)}
			{page !== 'desk' && <DeskReport page={page} assignment={assignment} answers={answers} />}
		</Box>
	);
}

/** Has the answers read that the desk shows: those to one question, or by student all. */
function useHeldQuestion(): void {
	const view = useDesk((state) => state.view);
	const chosenId = useDesk((state) => state.questionId);
	const firstId = useGrading((state) => state.assignment?.questions[0]?.id);
	const isChosenThere = useGrading((state) => state.assignment?.questions.some(({ id }) => id === chosenId) ?? false);
	const questionId = isChosenThere ? chosenId : firstId;
	useEffect(() => {
		if (questionId) holdQuestion(view === 'student' ? null : questionId);
	}, [view, questionId]);
}
