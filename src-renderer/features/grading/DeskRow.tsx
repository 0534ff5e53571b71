import Box from '@mui/material/Box';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Submission } from '#contract/grading.ts';
import { excerptOf } from '../../ui/excerptOf.ts';
import { useFormat } from '../../ui/format.ts';
import { deskStatus } from './arrangeDesk.ts';
import { deskColumns } from './deskColumns.ts';
import { edit, select } from './deskStore.ts';
import { StatusLabel } from './StatusLabel.tsx';
import { scoreOf } from './scoreStatistics.ts';

export const rowHeightPx = 32;

interface Props {
	submission: Submission;
	/** Its place in the table, from 0. */
	index: number;
	topPx: number;
	isSelected: boolean;
	jobActive: boolean;
}

/** One student's answer in the table. A click shows it beside the table, a double click edits its mark. */
export const DeskRow = memo(function DeskRow({ submission, index, topPx, isSelected, jobActive }: Props) {
	const { t } = useTranslation('grading');
	const format = useFormat();
	const score = scoreOf(submission);
	return (
		<Box
			role="row"
			id={`submission-${submission.id}`}
			aria-rowindex={index + 2}
			aria-selected={isSelected}
			onClick={() => select(submission.id)}
			onDoubleClick={() => edit(submission.id)}
			sx={{
				...deskColumns,
				position: 'absolute',
				insetInline: 0,
				top: topPx,
				height: rowHeightPx,
				borderBottom: 1,
				borderColor: 'divider',
				cursor: 'default',
				bgcolor: isSelected ? 'action.selected' : 'transparent',
				boxShadow: isSelected ? 'inset 2px 0 0 var(--mui-palette-primary-main)' : 'none',
				'&:hover': { bgcolor: isSelected ? 'action.selected' : 'action.hover' },
			}}
		>
			<Box role="gridcell" sx={{ textAlign: 'right', color: 'text.secondary', fontVariantNumeric: 'tabular-nums' }}>
				{submission.row}
			</Box>
			<Excerpt text={submission.studentName || submission.studentId || t('desk.unnamed')} isStrong />
			<Excerpt className="answer" text={submission.answer} />
			<Box
				role="gridcell"
				sx={{
					textAlign: 'right',
					fontVariantNumeric: 'tabular-nums',
					fontWeight: submission.mark ? 600 : 400,
					color: score === null ? 'text.secondary' : 'text.primary',
				}}
			>
				{score === null ? '–' : format.number(score)}
			</Box>
			<Excerpt className="feedback" text={submission.mark?.feedback || submission.proposal?.feedback || ''} />
			<Box role="gridcell">
				<StatusLabel status={deskStatus(submission, jobActive)} />
			</Box>
		</Box>
	);
});

function Excerpt({ text, className, isStrong = false }: { text: string; className?: string; isStrong?: boolean }) {
	return (
		<Box
			role="gridcell"
			className={className}
			dir="auto"
			sx={{
				overflow: 'hidden',
				textOverflow: 'ellipsis',
				whiteSpace: 'nowrap',
				textAlign: 'left',
				unicodeBidi: 'isolate',
				color: isStrong ? 'text.primary' : 'text.secondary',
			}}
		>
			{excerptOf(text)}
		</Box>
	);
}
