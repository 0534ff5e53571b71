import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import { Link as RouterLink, useSearchParams } from 'react-router';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Page } from '../../ui/Page.tsx';
import { CompareCurves } from './CompareCurves.tsx';
import { CompareTable } from './CompareTable.tsx';
import { useRun } from './useRun.ts';

/** Two runs held against each other: their curves over one another, the settings that differ, and what came of them. */
export function CompareScreen() {
	const { t } = useTranslation('finetune');
	const [asked] = useSearchParams();
	const [firstId = null, secondId = null] = (asked.get('runs') ?? '').split(',').filter(Boolean);
	const first = useRun(firstId);
	const second = useRun(secondId);
	const pair = first.followed && second.followed ? ([first.followed, second.followed] as const) : null;
	return (
		<Page
			title={t('compare.title')}
			action={
				<Button color="inherit" variant="outlined" component={RouterLink} to="/finetune">
					{t('compare.back')}
				</Button>
			}
		>
			<ErrorNotice error={first.error ?? second.error} sx={{ mb: 2 }} />
			{secondId === null && <Typography>{t('compare.none')}</Typography>}
			{pair && (
				<Box sx={{ display: 'flex', flexDirection: 'column', gap: 3 }}>
					<Paper variant="outlined" sx={{ p: 2 }}>
						<CompareCurves pair={pair} />
					</Paper>
					<CompareTable pair={pair} />
				</Box>
			)}
		</Page>
	);
}
