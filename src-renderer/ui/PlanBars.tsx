import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import { useFormat } from './format.ts';
import { MemoryBar } from './MemoryBar.tsx';

/** What a load takes and what is free, in bytes. `ramBytes` and `vramBytes` are where the three sums above them lie. */
export interface PlanFigures {
	weightsBytes: number;
	kvBytes: number;
	overheadBytes: number;
	ramBytes: number;
	vramBytes: number;
	freeRamBytes: number;
	freeVramBytes: number;
}

/** The bars of a load: weights, KV cache and overhead against the free memory, and against the GPU's where part of it lies there. */
export function PlanBars({ figures }: { figures: PlanFigures }) {
	const { t } = useTranslation('ui');
	const format = useFormat();
	const { ramBytes, vramBytes, freeRamBytes, freeVramBytes } = figures;
	const parts = [
		{ label: t('plan.weights'), bytes: figures.weightsBytes },
		{ label: t('plan.kv'), bytes: figures.kvBytes },
		{ label: t('plan.overhead'), bytes: figures.overheadBytes },
	];
	const usesGpu = vramBytes > 0;
	return (
		<Box sx={{ display: 'flex', flexDirection: 'column', gap: 2 }}>
			<MemoryBar
				label={t('plan.ram')}
				parts={usesGpu ? [{ label: t('plan.inRam'), bytes: ramBytes }] : parts}
				capacityBytes={freeRamBytes}
				capacityLabel={t('plan.ofFree', { needed: format.bytes(ramBytes), free: format.bytes(freeRamBytes) })}
			/>
			{usesGpu && (
				<>
					<MemoryBar
						label={t('plan.vram')}
						parts={[{ label: t('plan.inVram'), bytes: vramBytes }]}
						capacityBytes={freeVramBytes}
						capacityLabel={t('plan.ofFree', { needed: format.bytes(vramBytes), free: format.bytes(freeVramBytes) })}
					/>
					<Typography variant="caption" sx={{ color: 'text.secondary' }}>
						{parts.map(({ label, bytes }) => `${label} ${format.bytes(bytes)}`).join(' · ')}
					</Typography>
				</>
			)}
		</Box>
	);
}
