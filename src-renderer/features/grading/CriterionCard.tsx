import Box from '@mui/material/Box';
import { styled } from '@mui/material/styles';
import Typography from '@mui/material/Typography';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer, Marker, Question } from '#contract/grading.ts';
import type { Criterion, Level, Verdict } from '#contract/rubric.ts';
import { useFormat } from '../../ui/format.ts';
import { chooseLevel } from './deskActs.ts';
import { chooseCriterion, pointAt } from './deskStore.ts';

interface Props {
	answer: Answer;
	question: Question;
	marker: Marker;
	criterion: Criterion;
	/** A digit chooses a level of this one. */
	isCurrent: boolean;
	chosenId: string | undefined;
	/** Chosen by whoever marks, not by a proposal alone. */
	isOwn: boolean;
	proposedId: string | undefined;
	verdict: Verdict | null;
}

/** One criterion: its levels as buttons, and what a proposal goes by. Pointing at it lights the words in the answer. */
export function CriterionCard({ answer, question, marker, criterion, isCurrent, chosenId, isOwn, proposedId, verdict }: Props) {
	const card = useRef<HTMLDivElement>(null);
	const wasCurrent = useRef(isCurrent);
	useEffect(() => {
		// Not as the desk opens: the pane begins at its top, and to find that out the whole page would be laid out before its time.
		if (isCurrent && !wasCurrent.current) card.current?.scrollIntoView({ block: 'nearest' });
		wasCurrent.current = isCurrent;
	}, [isCurrent]);
	return (
		<Box
			ref={card}
			role="group"
			aria-label={criterion.name}
			aria-current={isCurrent ? 'true' : undefined}
			onMouseEnter={() => pointAt(criterion.id)}
			onMouseLeave={() => pointAt(null)}
			onFocus={() => pointAt(criterion.id)}
			onBlur={() => pointAt(null)}
			sx={{
				border: 1,
				borderColor: isCurrent ? 'primary.main' : 'divider',
				borderRadius: 1,
				p: 1,
				display: 'flex',
				flexDirection: 'column',
				gap: 0.75,
				// Not under what stays at the top of the pane.
				scrollMarginTop: 48,
			}}
		>
			<Head criterion={criterion} />
			<Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.5 }}>
				{criterion.levels.map((level, index) => (
					<LevelButton
						key={level.id}
						level={level}
						digit={index + 1}
						isChosen={level.id === chosenId}
						isOwn={isOwn}
						isProposed={level.id === proposedId}
						onChoose={() => {
							chooseCriterion(criterion.id);
							void chooseLevel(question, answer, marker, criterion.id, level.id);
						}}
					/>
				))}
			</Box>
			{verdict && <Evidence verdict={verdict} />}
		</Box>
	);
}

function Head({ criterion: { name, description, kind } }: { criterion: Criterion }) {
	const { t } = useTranslation('grading');
	return (
		<Box>
			<Typography dir="auto" sx={{ fontWeight: 600, overflowWrap: 'anywhere' }}>
				{name}
			</Typography>
			{(description !== '' || kind !== 'levels') && (
				<Typography variant="caption" component="div" dir="auto" sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}>
					{[kind === 'levels' ? '' : t(`desk.criterionKinds.${kind}`), description].filter(Boolean).join(' · ')}
				</Typography>
			)}
		</Box>
	);
}

interface LevelProps {
	level: Level;
	digit: number;
	isChosen: boolean;
	isOwn: boolean;
	isProposed: boolean;
	onChoose: () => void;
}

function LevelButton({ level, digit, isChosen, isOwn, isProposed, onChoose }: LevelProps) {
	const { t } = useTranslation('grading');
	const format = useFormat();
	const points = format.number(level.points, 2);
	const spoken = [level.name, t('desk.points', { points }), isProposed ? t('desk.proposed') : ''];
	return (
		<LevelLook
			type="button"
			aria-pressed={isChosen && isOwn}
			aria-label={spoken.filter(Boolean).join(', ')}
			title={level.description}
			className={[isChosen && 'chosen', isProposed && 'proposed'].filter(Boolean).join(' ')}
			onClick={onChoose}
		>
			<span className="digit" aria-hidden>
				{digit}
			</span>
			<span className="name" dir="auto">
				{level.name}
			</span>
			<span className="points">{points}</span>
		</LevelLook>
	);
}

/** One style for a level and its parts, and a plain button: there are dozens on a desk, drawn anew with each answer. */
const LevelLook = styled('button')(({ theme }) => ({
	...{ font: 'inherit', margin: 0, cursor: 'pointer', userSelect: 'none', appearance: 'none', textAlign: 'start' },
	...{ display: 'inline-flex', alignItems: 'center', gap: 6, flex: '1 1 auto', maxWidth: '100%', minHeight: 30, padding: '2px 8px' },
	borderRadius: '4.5px',
	border: '1px solid var(--mui-palette-surface-line)',
	backgroundColor: 'transparent',
	color: 'var(--mui-palette-text-primary)',
	'& > .digit': { ...theme.typography.caption, opacity: 0.75, fontVariantNumeric: 'tabular-nums' },
	'& > .name': { flex: 1, minWidth: 0, overflowWrap: 'anywhere' },
	'& > .points': { fontVariantNumeric: 'tabular-nums' },
	'&.chosen, &.proposed': { borderColor: 'var(--mui-palette-primary-main)' },
	'&.proposed': { borderStyle: 'dashed' },
	'&.chosen': { backgroundColor: 'var(--mui-palette-action-selected)' },
	'&:hover': { backgroundColor: 'var(--mui-palette-action-hover)' },
	'&[aria-pressed=true]': { borderStyle: 'solid', backgroundColor: 'var(--mui-palette-primary-main)', color: 'var(--mui-palette-primary-contrastText)' },
	'&[aria-pressed=true]:hover': { backgroundColor: 'var(--mui-palette-primary-dark)' },
}));

function Evidence({ verdict: { quote, place, reason, decidedBy } }: { verdict: Verdict }) {
	const { t } = useTranslation('grading');
	return (
		<Typography variant="caption" component="div" sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}>
			{decidedBy === 'check' && <Box>{t('desk.evidence.byCheck')}</Box>}
			{quote === null && decidedBy === 'model' && <Box>{t('desk.evidence.none')}</Box>}
			{quote !== null && place !== null && <Box dir="auto">{t('desk.evidence.quote', { quote })}</Box>}
			{quote !== null && place === null && (
				<Box dir="auto" sx={{ color: 'warning.main' }}>
					{t('desk.evidence.missing', { quote })}
				</Box>
			)}
			{reason !== '' && <Box dir="auto">{reason}</Box>}
		</Typography>
	);
}
