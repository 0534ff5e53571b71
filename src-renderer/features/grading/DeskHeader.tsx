import EditIcon from '@mui/icons-material/EditOutlined';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import Tooltip from '@mui/material/Tooltip';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Assignment } from '#contract/grading.ts';
import { isJobActive } from '../../rpc/isJobActive.ts';
import { BackHeader } from '../../ui/BackHeader.tsx';
import { AddAnswersButton } from './AddAnswersButton.tsx';
import { EditAssignmentDialog } from './EditAssignmentDialog.tsx';
import { ExportButton } from './ExportButton.tsx';
import { GradingProgress } from './GradingProgress.tsx';
import { StartGrading } from './StartGrading.tsx';

/** The head of the desk: the assignment's title, its questions, what is given out of it, and the grading of the class. */
export function DeskHeader({ assignment }: { assignment: Assignment }) {
	const { t } = useTranslation('grading');
	const [isEditing, setEditing] = useState(false);
	const activeJob = isJobActive(assignment.job?.state) ? assignment.job : null;
	return (
		<BackHeader
			back={{ to: '/grading', label: t('desk.back') }}
			titlePx={{ narrow: 200, wide: 420 }}
			title={assignment.title}
			action={
				<>
					<AddAnswersButton assignment={assignment} />
					<ExportButton assignment={assignment} />
					{!activeJob && <StartGrading assignment={assignment} />}
				</>
			}
		>
			<Tooltip title={t('desk.editQuestion')}>
				<IconButton aria-label={t('desk.editQuestion')} onClick={() => setEditing(true)} sx={{ ml: -1 }}>
					<EditIcon fontSize="small" />
				</IconButton>
			</Tooltip>
			{activeJob && (
				<Box sx={{ flex: 1, minWidth: 0, maxWidth: 720, ml: 'auto' }}>
					<GradingProgress key={activeJob.id} jobId={activeJob.id} />
				</Box>
			)}
			{isEditing && <EditAssignmentDialog assignment={assignment} onClose={() => setEditing(false)} />}
		</BackHeader>
	);
}
