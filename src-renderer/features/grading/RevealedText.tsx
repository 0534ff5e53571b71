import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { memo, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer, Proposal } from '#contract/grading.ts';
import type { Rubric } from '#contract/rubric.ts';
import { HiddenCharacter } from '../../ui/HiddenCharacter.tsx';
import { chooseCriterion, pointAt, useDesk } from './deskStore.ts';
import { type EvidencePart, highlightEvidence } from './highlightEvidence.ts';

interface Props {
	answer: Pick<Answer, 'text'>;
	/** What its evidence is taken from; null: nothing is lit. */
	proposal: Proposal | null;
	rubric: Rubric;
	label: string;
}

/** An answer as plain text, whole: the quotes that a proposal goes by are lit, and every character is shown that could otherwise hide in it. */
export const RevealedText = memo(function RevealedText({ answer: { text }, proposal, rubric, label }: Props) {
	const { t } = useTranslation('grading');
	const parts = useMemo(() => {
		const places = (proposal?.verdicts ?? []).flatMap(({ criterionId, place }) => (place === null ? [] : [{ criterionId, ...place }]));
		return highlightEvidence(text, places);
	}, [text, proposal]);
	const hiddenCount = useMemo(() => parts.filter((part) => 'hidden' in part).length, [parts]);
	return (
		<Box component="section" aria-label={label}>
			<Typography variant="caption" component="h3" sx={{ color: 'text.secondary', mb: 0.5 }}>
				{label}
			</Typography>
			{text.trim() === '' ? (
				<Typography sx={{ color: 'text.secondary' }}>{t('panel.noAnswer')}</Typography>
			) : (
				<Box dir="auto" sx={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', unicodeBidi: 'isolate' }}>
					{parts.map((part) => (
						<Part key={part.at} part={part} rubric={rubric} />
					))}
				</Box>
			)}
			{hiddenCount > 0 && (
				<Typography variant="caption" component="div" sx={{ mt: 0.5, color: 'warning.main' }}>
					{t('panel.hiddenCount', { hidden: hiddenCount })}
				</Typography>
			)}
		</Box>
	);
});

function Part({ part, rubric }: { part: EvidencePart; rubric: Rubric }) {
	const { criteria } = part;
	const isLit = useDesk(({ pointedId, criterionId }) => criteria.includes(pointedId ?? criterionId ?? rubric[0]?.id ?? ''));
	const shown = 'text' in part ? part.text : <HiddenCharacter code={part.hidden} />;
	const [first] = criteria;
	if (first === undefined) return shown;
	const names = rubric.filter(({ id }) => criteria.includes(id)).map(({ name }) => name);
	return (
		<Box
			component="mark"
			title={names.join('\n')}
			onMouseEnter={() => pointAt(first)}
			onMouseLeave={() => pointAt(null)}
			onClick={() => chooseCriterion(first)}
			sx={{
				color: 'inherit',
				borderRadius: '2px',
				bgcolor: isLit ? 'var(--mui-palette-action-focus)' : 'transparent',
				boxShadow: `inset 0 -2px 0 ${isLit ? 'var(--mui-palette-primary-main)' : 'var(--mui-palette-surface-line)'}`,
				cursor: 'default',
			}}
		>
			{shown}
		</Box>
	);
}
