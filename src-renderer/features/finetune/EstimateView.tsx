import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import type { RunEstimate } from '#contract/finetune.ts';
import { Figure } from '../../ui/Figure.tsx';
import { useFormat } from '../../ui/format.ts';
import { MemoryBar } from '../../ui/MemoryBar.tsx';
import { StateLabel } from '../../ui/StateLabel.tsx';

const tones = { fits: 'good', tooBig: 'bad' } as const;

/** What a run will take: whether its memory fits, how long it is, how much it learns from, and what was lowered for it. */
export function EstimateView({ estimate }: { estimate: RunEstimate }) {
	const { t } = useTranslation('finetune');
	const format = useFormat();
	const { kind, neededBytes, freeBytes } = estimate;
	// That rows are as long as they need to be is no warning.
	const notes = estimate.notes.filter((note) => note !== 'rowTokensToLongest');
	const words = (note: RunEstimate['notes'][number]) => t(`estimate.notes.${note}`, { tokens: format.number(estimate.settings.rowTokens) });
	return (
		<Box role="status" sx={{ display: 'flex', flexDirection: 'column', gap: 2 }}>
			<Typography component="div" variant="h3">
				<StateLabel tone={tones[kind]} label={t(`estimate.${kind}`)} />
			</Typography>
			<MemoryBar
				label={t('estimate.memory')}
				parts={[{ label: t('estimate.training'), bytes: neededBytes }]}
				capacityBytes={freeBytes}
				capacityLabel={t('estimate.ofFree', { needed: format.bytes(neededBytes), free: format.bytes(freeBytes) })}
			/>
			<Box component="dl" sx={{ m: 0, display: 'flex', flexWrap: 'wrap', columnGap: 4, rowGap: 2 }}>
				<Figure name={t('estimate.time')} value={format.duration(Math.max(1000, estimate.totalMs))} />
				<Figure name={t('estimate.steps')} value={format.number(estimate.totalSteps)} />
				<Figure name={t('estimate.perStep')} value={format.duration(estimate.stepMs)} />
				<Figure name={t('estimate.speed')} value={format.number(estimate.tokensPerSecond)} />
				{estimate.vramBytes !== null && <Figure name={t('estimate.vram')} value={format.bytes(estimate.vramBytes)} />}
				<Figure name={t('estimate.disk')} value={format.bytes(estimate.diskBytes)} />
			</Box>
			<Typography sx={{ color: 'text.secondary' }}>
				{[
					t('estimate.learnt', { count: estimate.examples }),
					estimate.heldOut > 0 ? t('estimate.heldOut', { count: estimate.heldOut }) : '',
					estimate.notes.includes('rowTokensToLongest') ? words('rowTokensToLongest') : '',
					estimate.tooLong > 0 ? t('estimate.tooLong', { count: estimate.tooLong }) : '',
					t('estimate.device', { device: estimate.device }),
					t('estimate.after'),
				]
					.filter(Boolean)
					.join(' ')}
			</Typography>
			{notes.length > 0 && (
				<Alert severity="warning" variant="outlined" sx={{ bgcolor: 'background.paper' }}>
					{notes.map((note) => (
						<Box key={note}>{words(note)}</Box>
					))}
				</Alert>
			)}
			{kind === 'tooBig' && (
				<Alert severity="error" variant="outlined" sx={{ bgcolor: 'background.paper' }}>
					{t('estimate.tooBigText', { needed: format.bytes(neededBytes), free: format.bytes(freeBytes) })}
				</Alert>
			)}
		</Box>
	);
}
