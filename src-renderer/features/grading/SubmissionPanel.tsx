import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import type { Submission } from '#contract/grading.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { deskStatus } from './arrangeDesk.ts';
import { edit, useDesk } from './deskStore.ts';
import { startGrading, useGrading } from './gradingStore.ts';
import { MarkEditor } from './MarkEditor.tsx';
import { ProposalView } from './ProposalView.tsx';
import { RevealedText } from './RevealedText.tsx';
import { StatusLabel } from './StatusLabel.tsx';

/** The chosen submission beside the table: the whole answer, what the model proposes, and the teacher's mark. */
export function SubmissionPanel({ submission, jobActive }: { submission: Submission; jobActive: boolean }) {
	const { t } = useTranslation('grading');
	const editing = useDesk((state) => (state.editing?.submissionId === submission.id ? state.editing : null));
	const assignmentId = useGrading((state) => state.openId) ?? '';
	const modelId = useGrading((state) => state.assignment?.modelId ?? null);
	const adapter = useGrading((state) => state.assignment?.adapter ?? null);
	const { proposal, mark, failure } = submission;
	const name = submission.studentName || submission.studentId || t('desk.unnamed');
	const isMarking = mark !== null || editing !== null;
	return (
		<Box
			component="aside"
			aria-label={t('panel.label', { name })}
			sx={{
				width: { xs: 320, lg: 420 },
				flex: 'none',
				borderLeft: 1,
				borderColor: 'divider',
				overflow: 'auto',
				bgcolor: 'background.paper',
				display: 'flex',
				flexDirection: 'column',
				gap: 2,
				p: 2,
			}}
		>
			<Box>
				<Box sx={{ display: 'flex', alignItems: 'baseline', gap: 1, justifyContent: 'space-between' }}>
					<Typography variant="h2" dir="auto" sx={{ overflowWrap: 'anywhere' }}>
						{name}
					</Typography>
					<StatusLabel status={deskStatus(submission, jobActive)} />
				</Box>
				<Typography variant="caption" sx={{ color: 'text.secondary', fontVariantNumeric: 'tabular-nums' }}>
					{[submission.studentName && submission.studentId, t('panel.row', { row: submission.row })].filter(Boolean).join(' · ')}
				</Typography>
			</Box>
			<RevealedText text={submission.answer} label={t('panel.answer')} />
			<ErrorNotice
				error={failure}
				action={
					modelId === null || jobActive ? undefined : { label: t('panel.retry'), onClick: () => void startGrading(assignmentId, modelId, adapter, false) }
				}
			/>
			{isMarking && <MarkEditor key={editing ? `edit ${editing.typed}` : 'kept'} submission={submission} editing={editing} />}
			{proposal && <ProposalView submission={submission} proposal={proposal} isFolded={isMarking} />}
			{!proposal && !isMarking && (
				<Button variant="outlined" onClick={() => edit(submission.id)} sx={{ alignSelf: 'flex-start' }}>
					{t('panel.markYourself')}
				</Button>
			)}
		</Box>
	);
}
