import { styled } from '@mui/material/styles';
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
		<Row
			role="option"
			id={`answer-${answer.id}`}
			aria-posinset={place}
			aria-setsize={count}
			aria-selected={isSelected}
			aria-label={[...spoken, isWaiting && isDoubtful(answer) ? t('filter.doubtful') : ''].filter(Boolean).join(', ')}
			tabIndex={-1}
			onClick={() => select(answer)}
			style={{ top: topPx }}
		>
			<div>
				<span className="title" dir="auto">
					{title}
				</span>
				<span className={points === null ? 'none' : ownMark(answer, eye.marker) ? 'own' : ''}>{points === null ? '–' : format.number(points, 2)}</span>
			</div>
			<div className="standing">
				<StatusLabel status={status} />
				{isWaiting && answer.proposal && <ConfidenceBar confidence={answer.proposal.confidence} isDoubtful={isDoubtful(answer)} />}
			</div>
		</Row>
	);
});

/** One style for all that is in a row: a style of its own for each part was most of what drawing the list took. */
const Row = styled('div')(({ theme }) => ({
	...{ position: 'absolute', insetInline: 0, height: rowHeightPx, padding: '4px 16px', cursor: 'default' },
	borderBottom: '1px solid var(--mui-palette-divider)',
	'&:hover': { backgroundColor: 'var(--mui-palette-action-hover)' },
	'&[aria-selected=true]': { backgroundColor: 'var(--mui-palette-action-selected)', boxShadow: 'inset 2px 0 0 var(--mui-palette-primary-main)' },
	'#desk:focus-visible &[aria-selected=true]': { outline: '2px solid var(--mui-palette-primary-main)', outlineOffset: -2 },
	'& > div': { display: 'flex', gap: 8, alignItems: 'baseline', fontVariantNumeric: 'tabular-nums' },
	'& > .standing': { ...theme.typography.caption, alignItems: 'center', justifyContent: 'space-between' },
	'& .title': {
		...{ flex: 1, minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
		...{ unicodeBidi: 'isolate', fontVariantNumeric: 'normal' },
		textAlign: ['-webkit-match-parent', 'match-parent'],
	},
	'& .none': { color: 'var(--mui-palette-text-secondary)' },
	'& .own': { fontWeight: 600 },
}));
