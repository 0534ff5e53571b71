import { styled } from '@mui/material/styles';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/format.ts';

/** How sure a proposal is, as a small bar; one that a person should look at has the colour of a warning. */
export function ConfidenceBar({ confidence, isDoubtful }: { confidence: number; isDoubtful: boolean }) {
	const { t } = useTranslation('grading');
	const format = useFormat();
	const spoken = t('desk.confidence', { percent: format.percent(confidence) });
	return (
		<Bar role="img" aria-label={spoken} title={spoken} className={isDoubtful ? 'doubtful' : ''}>
			<div style={{ width: `${Math.round(confidence * 100)}%` }} />
		</Bar>
	);
}

const Bar = styled('div')({
	...{ width: 40, height: 4, flex: 'none', borderRadius: 6, overflow: 'hidden', backgroundColor: 'var(--mui-palette-divider)' },
	'& > div': { height: '100%', backgroundColor: 'var(--mui-palette-text-secondary)' },
	'&.doubtful > div': { backgroundColor: 'var(--mui-palette-warning-main)' },
});
