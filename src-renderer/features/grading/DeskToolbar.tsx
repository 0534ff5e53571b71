import Box from '@mui/material/Box';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Submission } from '#contract/grading.ts';
import { useFormat } from '../../ui/format.ts';
import { type DeskFilter, deskStatus, passesFilter } from './arrangeDesk.ts';
import { setFilter, useDesk } from './deskStore.ts';
import { ScoreStrip } from './ScoreStrip.tsx';
import { scoreOf, scoreStatistics } from './scoreStatistics.ts';

const filters: DeskFilter[] = ['all', 'notGraded', 'toReview', 'settled', 'failed'];

/** Above the table: which submissions it shows, with how many there are of each, and how the class did. */
export function DeskToolbar({ submissions, jobActive }: { submissions: Submission[]; jobActive: boolean }) {
	const { t } = useTranslation('grading');
	const format = useFormat();
	const filter = useDesk((state) => state.filter);
	const statuses = useMemo(() => submissions.map((submission) => deskStatus(submission, jobActive)), [submissions, jobActive]);
	const statistics = useMemo(() => scoreStatistics(submissions.map(scoreOf).filter((score) => score !== null)), [submissions]);
	return (
		<Box sx={{ flex: 'none', px: 3, pb: 1, display: 'flex', alignItems: 'center', justifyContent: 'space-between', gap: 2, minHeight: 44 }}>
			<ToggleButtonGroup
				exclusive
				size="small"
				value={filter}
				aria-label={t('filter.label')}
				onChange={(_event, chosen: DeskFilter | null) => setFilter(chosen ?? 'all')}
			>
				{filters.map((name) => (
					<ToggleButton key={name} value={name} sx={{ gap: { xs: 0.75, lg: 1 }, px: { xs: 1, lg: 1.25 }, minHeight: 30, py: 0.25, whiteSpace: 'nowrap' }}>
						{t(`filter.${name}`)}
						<Box component="span" sx={{ color: 'text.secondary', fontVariantNumeric: 'tabular-nums' }}>
							{format.number(statuses.filter((status) => passesFilter(name, status)).length)}
						</Box>
					</ToggleButton>
				))}
			</ToggleButtonGroup>
			<ScoreStrip statistics={statistics} />
		</Box>
	);
}
