import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import type { PlanVerdict } from '#contract/engine.ts';
import { useFormat } from '../../ui/format.ts';
import { MemoryBar } from '../../ui/MemoryBar.tsx';
import { StateLabel } from '../../ui/StateLabel.tsx';

const tones = { fits: 'good', slow: 'warn', tooBig: 'bad' } as const;

/** A load's plan: whether it fits, and what it would take of the free memory, drawn. */
export function PlanView({ verdict }: { verdict: PlanVerdict }) {
	const { t } = useTranslation('library');
	const format = useFormat();
	const { kind, plan, freeRamBytes, freeVramBytes, notes } = verdict;
	const parts = [
		{ label: t('plan.weights'), bytes: plan.weightsBytes },
		{ label: t('plan.kv'), bytes: plan.kvBytes },
		{ label: t('plan.overhead'), bytes: plan.overheadBytes },
	];
	const usesGpu = plan.vramBytes > 0;
	return (
		<Box sx={{ display: 'flex', flexDirection: 'column', gap: 2 }} role="status">
			<Box>
				<Typography component="div" variant="h3">
					<StateLabel tone={tones[kind]} label={t(`plan.${kind}`)} />
				</Typography>
				<Typography sx={{ color: 'text.secondary' }}>
					{t(`plan.${kind}Text`, { needed: format.bytes(plan.ramBytes + plan.vramBytes), free: format.bytes(freeRamBytes + freeVramBytes) })}
				</Typography>
			</Box>
			<MemoryBar
				label={t('plan.ram')}
				parts={usesGpu ? [{ label: t('plan.inRam'), bytes: plan.ramBytes }] : parts}
				capacityBytes={freeRamBytes}
				capacityLabel={t('plan.ofFree', { needed: format.bytes(plan.ramBytes), free: format.bytes(freeRamBytes) })}
			/>
			{usesGpu && (
				<>
					<MemoryBar
						label={t('plan.vram')}
						parts={[{ label: t('plan.inVram'), bytes: plan.vramBytes }]}
						capacityBytes={freeVramBytes}
						capacityLabel={t('plan.ofFree', { needed: format.bytes(plan.vramBytes), free: format.bytes(freeVramBytes) })}
					/>
					<Typography variant="caption" sx={{ color: 'text.secondary' }}>
						{parts.map(({ label, bytes }) => `${label} ${format.bytes(bytes)}`).join(' · ')}
					</Typography>
				</>
			)}
			{notes.length > 0 && <Typography sx={{ color: 'text.secondary' }}>{notes.map((note) => t(`notes.${note}`)).join(' ')}</Typography>}
		</Box>
	);
}
