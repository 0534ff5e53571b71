import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import { useTranslation } from 'react-i18next';
import { StateLabel } from '../../ui/StateLabel.tsx';
import type { Fit } from './marketStore.ts';

const tones = { fits: 'good', slow: 'warn', tooBig: 'bad' } as const;

/** Whether a file fits this machine, in a word; while that is asked its place is kept. */
export function FitBadge({ fit }: { fit: Fit | undefined }) {
	const { t } = useTranslation('market');
	if (fit?.kind === 'known') {
		const { kind } = fit.verdict.verdict;
		return <StateLabel tone={tones[kind]} label={t(`fit.${kind}`)} />;
	}
	if (fit?.kind === 'failed') return <StateLabel tone="quiet" label={t('fit.unknown')} />;
	return (
		<Box component="span" role="img" aria-label={t('fit.asked')}>
			<Skeleton variant="text" width={64} sx={{ display: 'inline-block' }} />
		</Box>
	);
}
