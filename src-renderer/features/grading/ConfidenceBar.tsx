import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/format.ts';

/** How sure a proposal is, as a small bar; one that a person should look at has the colour of a warning. */
export function ConfidenceBar({ confidence, isDoubtful }: { confidence: number; isDoubtful: boolean }) {
	const { t } = useTranslation('grading');
	const format = useFormat();
	const spoken = t('desk.confidence', { percent: format.percent(confidence) });
	return (
		<Box role="img" aria-label={spoken} title={spoken} sx={{ width: 40, height: 4, flex: 'none', borderRadius: 1, bgcolor: 'divider', overflow: 'hidden' }}>
			<Box style={{ width: `${Math.round(confidence * 100)}%` }} sx={{ height: '100%', bgcolor: isDoubtful ? 'warning.main' : 'text.secondary' }} />
		</Box>
	);
}
