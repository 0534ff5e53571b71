import Box from '@mui/material/Box';
import { useMemo } from 'react';
import type { Answer, Assignment } from '#contract/grading.ts';
import { AnswerPane } from './AnswerPane.tsx';
import { arrangeDesk } from './arrangeDesk.ts';
import { calibrated } from './calibration.ts';
import { DeskList } from './DeskList.tsx';
import { DeskQuestions } from './DeskQuestions.tsx';
import { useDesk } from './deskStore.ts';
import { HistoryDialog } from './HistoryDialog.tsx';
import { MarkPane } from './MarkPane.tsx';
import { useDeskKeys } from './useDeskKeys.ts';
import { useDeskTrust } from './useDeskTrust.ts';
import { useStudentName } from './useStudentName.ts';

const nobody: Answer[] = [];

/** The part of the desk that is worked on: the list, the chosen answer, and its mark. Moving through the class draws nothing else again. */
export function DeskWork({ assignment, answers, jobActive }: { assignment: Assignment; answers: Answer[] | null; jobActive: boolean }) {
	const view = useDesk((state) => state.view);
	const filter = useDesk((state) => state.filter);
	const chosenOrder = useDesk((state) => state.order);
	const marker = useDesk((state) => state.marker);
	const selection = useDesk((state) => state.selected);
	const open = useDesk((state) => state.open);
	const calibration = useDesk((state) => state.calibration);
	// By doubt one could tell what is proposed, and what has just been settled would move.
	const order = view === 'student' || calibration ? 'table' : chosenOrder;
	const held = useMemo(() => (calibration ? calibrated(answers ?? nobody, calibration) : (answers ?? nobody)), [answers, calibration]);
	const onDesk = answers?.[0]?.questionId;
	const occasion = [onDesk, filter, order, calibration === null, jobActive].join(' ');
	const trust = useDeskTrust(view === 'question' ? assignment.questions.find(({ id }) => id === onDesk) : undefined, answers, occasion);
	const eye = useMemo(() => ({ marker, jobActive, trust }), [marker, jobActive, trust]);
	const shown = useMemo(() => arrangeDesk(held, filter, order, eye), [held, filter, order, eye]);
	// The chosen one stays in the middle also where a filter has taken it off the list, as when it has just been settled.
	const selected = useMemo(
		() => held.find(({ id }) => id === selection?.answerId) ?? held.find(({ submissionId }) => submissionId === selection?.submissionId) ?? shown[0] ?? null,
		[held, selection, shown],
	);
	const question = assignment.questions.find(({ id }) => id === selected?.questionId) ?? null;
	const nameOf = useStudentName(assignment, answers ?? nobody);
	useDeskKeys({ assignment, shown, selected, question });
	return (
		// In a narrow window, as at twice the size of its letters, one below the other.
		<Box sx={{ flex: { xs: 'none', md: 1 }, minHeight: 0, display: 'flex', flexDirection: { xs: 'column', md: 'row' }, borderTop: 1, borderColor: 'divider' }}>
			<Box
				sx={{
					// In a low window, as at twice the size of its letters, the questions stand beside the list and leave room for the answer.
					...{ width: { xs: '100%', md: 200, lg: 256 }, height: { xs: 240, sm: 'clamp(144px, 36vh, 240px)', md: 'auto' }, flex: 'none' },
					...{ display: 'flex', flexDirection: { xs: 'column', sm: 'row', md: 'column' } },
					...{ borderRight: { md: 1 }, borderBottom: { xs: 1, md: 0 }, borderColor: { xs: 'divider', md: 'divider' } },
				}}
			>
				{view === 'question' && assignment.questions.length > 1 && <DeskQuestions questions={assignment.questions} />}
				<DeskList assignment={assignment} isRead={answers !== null} shown={shown} selectedId={selected?.id ?? null} eye={eye} nameOf={nameOf} />
			</Box>
			{selected && question && (
				<>
					<AnswerPane answer={selected} question={question} shown={shown} eye={eye} name={nameOf(selected)} />
					<MarkPane answer={selected} question={question} eye={eye} name={nameOf(selected)} />
					{open === 'history' && <HistoryDialog answer={selected} />}
				</>
			)}
		</Box>
	);
}
