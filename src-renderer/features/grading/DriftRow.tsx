import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import type { Drift } from '#contract/agreement.ts';
import type { Answer } from '#contract/grading.ts';
import { useFormat } from '../../ui/format.ts';
import { PlainText } from '../../ui/PlainText.tsx';
import { useShowAnswer } from './useDeskPage.ts';

/** Two like answers that were given different points, side by side. */
export function DriftRow({ drift, low, high }: { drift: Drift; low: Answer | undefined; high: Answer | undefined }) {
	const { t } = useTranslation('grading');
	const format = useFormat();
	if (!low || !high) return null;
	const words = t('alike.drift.words', { low: format.number(drift.low.points, 2), high: format.number(drift.high.points, 2) });
	return (
		<Box component="article" aria-label={words} sx={{ px: 2, py: 1.5, '& + &': { borderTop: 1, borderColor: 'divider' } }}>
			<Typography sx={{ mb: 1 }}>{words}</Typography>
			<Box sx={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 2, '& > *': { minWidth: 0 } }}>
				<Side answer={low} points={drift.low.points} />
				<Side answer={high} points={drift.high.points} />
			</Box>
		</Box>
	);
}

function Side({ answer, points }: { answer: Answer; points: number }) {
	const { t } = useTranslation('grading');
	const format = useFormat();
	const show = useShowAnswer();
	return (
		<Box sx={{ borderInlineStart: 2, borderColor: 'divider', paddingInlineStart: 1.5 }}>
			<Box sx={{ display: 'flex', alignItems: 'center', justifyContent: 'space-between', gap: 1 }}>
				<Typography sx={{ fontWeight: 600, fontVariantNumeric: 'tabular-nums' }}>{t('desk.points', { points: format.number(points, 2) })}</Typography>
				<Button size="small" color="inherit" onClick={() => show(answer)}>
					{t('alike.open')}
				</Button>
			</Box>
			<Box sx={{ maxHeight: 160, overflow: 'auto' }}>
				<PlainText text={answer.text} />
			</Box>
		</Box>
	);
}
