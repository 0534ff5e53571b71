import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '#contract/grading.ts';
import { useFormat } from '../../ui/format.ts';
import { type DeskEye, deskStatus, isDoubtful, ownMark, pointsOf } from './arrangeDesk.ts';
import { ConfidenceBar } from './ConfidenceBar.tsx';
import { select } from './deskStore.ts';
import { StatusLabel } from './StatusLabel.tsx';

export const rowHeightPx = 48;

interface Props {
	answer: Answer;
	/** Whose it is. */
	name: string;
	/** What the row is called: the student by question, the question by student. */
	title: string;
	/** Its place among those shown, from 1. */
	place: number;
	count: number;
	topPx: number;
	isSelected: boolean;
	eye: DeskEye;
}

/** One answer in the list: whose, its points, how it stands, and how sure a proposal is that waits. */
export const DeskRow = memo(function DeskRow({ answer, name, title, place, count, topPx, isSelected, eye }: Props) {
	const { t } = useTranslation('grading');
	const format = useFormat();
	const points = pointsOf(answer, eye.marker);
	const status = deskStatus(answer, eye);
	const isWaiting = status === 'proposed' || status === 'outdated';
	const spoken = [
		title === name ? name : `${name}, ${title}`,
		points === null ? '' : t('desk.points', { points: format.number(points, 2) }),
		t(`status.${status}`),
	];
	return (
		<Box
			role="option"
			id={`answer-${answer.id}`}
			aria-posinset={place}
			aria-setsize={count}
			aria-selected={isSelected}
			aria-label={[...spoken, isWaiting && isDoubtful(answer) ? t('filter.doubtful') : ''].filter(Boolean).join(', ')}
			tabIndex={-1}
			onClick={() => select(answer)}
			// Not in `sx`, which would make a rule of each place, and keep it.
			style={{ top: topPx }}
			sx={{
				position: 'absolute',
				insetInline: 0,
				height: rowHeightPx,
				px: 2,
				py: 0.5,
				borderBottom: 1,
				borderColor: 'divider',
				cursor: 'default',
				bgcolor: isSelected ? 'action.selected' : 'transparent',
				boxShadow: isSelected ? 'inset 2px 0 0 var(--mui-palette-primary-main)' : 'none',
				'&:hover': { bgcolor: isSelected ? 'action.selected' : 'action.hover' },
				'#desk:focus-visible &[aria-selected=true]': { outline: '2px solid var(--mui-palette-primary-main)', outlineOffset: -2 },
			}}
		>
			<Box sx={{ display: 'flex', gap: 1, alignItems: 'baseline' }}>
				<Typography noWrap dir="auto" sx={{ flex: 1, minWidth: 0, unicodeBidi: 'isolate' }}>
					{title}
				</Typography>
				<Typography
					sx={{
						fontVariantNumeric: 'tabular-nums',
						fontWeight: ownMark(answer, eye.marker) ? 600 : 400,
						color: points === null ? 'text.secondary' : 'text.primary',
					}}
				>
					{points === null ? '–' : format.number(points, 2)}
				</Typography>
			</Box>
			<Box sx={{ display: 'flex', gap: 1, alignItems: 'center', justifyContent: 'space-between', typography: 'caption' }}>
				<StatusLabel status={status} />
				{isWaiting && answer.proposal && <ConfidenceBar confidence={answer.proposal.confidence} isDoubtful={isDoubtful(answer)} />}
			</Box>
		</Box>
	);
});
