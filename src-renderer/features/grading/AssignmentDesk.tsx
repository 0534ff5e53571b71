import Box from '@mui/material/Box';
import { lazy, Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '#contract/grading.ts';
import { isJobActive } from '../../rpc/isJobActive.ts';
import { BackHeader } from '../../ui/BackHeader.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { useAim } from '../../ui/useAim.ts';
import { BulkAccept } from './BulkAccept.tsx';
import { CalibrationBar } from './CalibrationBar.tsx';
import { DeskHeader } from './DeskHeader.tsx';
import { DeskKeysDialog } from './DeskKeysDialog.tsx';
import { DeskTabs } from './DeskTabs.tsx';
import { DeskToolbar } from './DeskToolbar.tsx';
import { DeskWork } from './DeskWork.tsx';
import { forgetActs } from './deskActs.ts';
import { chooseQuestion, layDesk, select, setFilter, useDesk } from './deskStore.ts';
import { failureOfJob } from './failureOfJob.ts';
import { forgetError, holdQuestion, openAssignment, useGrading } from './gradingStore.ts';
import { keepMarkDrafts } from './keepDrafts.ts';
import { OvertakenBar } from './OvertakenBar.tsx';
import { SecondMarkingBar } from './SecondMarkingBar.tsx';
import { useDeskPage } from './useDeskPage.ts';

const nobody: Answer[] = [];

// Its drawings weigh as much as the desk.
const DeskReport = lazy(async () => ({ default: (await import('./DeskReport.tsx')).DeskReport }));

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
		keepMarkDrafts();
		layDesk(assignmentId);
		forgetActs();
		openAssignment(assignmentId);
		return () => openAssignment(null);
	}, [assignmentId]);
	useHeldQuestion();
	useAim(['question', 'answer'], assignment !== null, ({ question, answer }) => {
		if (question !== null) chooseQuestion(question);
		setFilter('all');
		if (answer !== null) select({ id: answer, submissionId: '' });
	});
	if (!assignment) return <NotRead error={error} assignmentId={assignmentId} />;
	const jobActive = isJobActive(assignment.job?.state);
	return (
		<Box sx={{ height: '100%', display: 'flex', flexDirection: 'column', minWidth: 0, overflow: { xs: 'auto', md: 'visible' } }}>
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
			{page !== 'desk' && (
				<Suspense fallback={null}>
					<DeskReport page={page} assignment={assignment} answers={answers} />
				</Suspense>
			)}
		</Box>
	);
}

/** The head of a desk that is not read yet, or could not be: the way back stays, and one more try. */
function NotRead({ error, assignmentId }: { error: unknown; assignmentId: string }) {
	const { t } = useTranslation('grading');
	const { t: ui } = useTranslation('ui');
	const tryAgain = () => {
		openAssignment(null);
		openAssignment(assignmentId);
	};
	return (
		<>
			<BackHeader back={{ to: '/grading', label: t('desk.back') }} titlePx={{ narrow: 200, wide: 420 }} title={t('title')} />
			<ErrorNotice error={error} action={{ label: ui('again'), onClick: tryAgain }} sx={{ mx: 3 }} />
		</>
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
