import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import type { LoadPlan, PlanVerdict } from '#contract/engine.ts';
import { useFormat } from '../../ui/format.ts';
import { PlanBars } from '../../ui/PlanBars.tsx';
import { StateLabel } from '../../ui/StateLabel.tsx';
import { useSpeedWords } from '../../ui/useSpeedWords.ts';

const tones = { fits: 'good', slow: 'warn', tooBig: 'bad' } as const;

/** A load's plan: whether it fits, and what it would take of the free memory, drawn. */
export function PlanView({ verdict }: { verdict: PlanVerdict }) {
	const { t } = useTranslation('library');
	const format = useFormat();
	const speedWords = useSpeedWords();
	const { kind, plan, replicas, freeRamBytes, freeVramBytes, speed, notes, measured } = verdict;
	return (
		<Box sx={{ display: 'flex', flexDirection: 'column', gap: 2 }} role="status">
			<Box>
				<Typography component="div" variant="h3">
					<StateLabel tone={tones[kind]} label={t(`plan.${kind}`)} />
				</Typography>
				<Typography sx={{ color: 'text.secondary' }}>
					{t(`plan.${kind}Text`, { needed: format.bytes(replicas * (plan.ramBytes + plan.vramBytes)), free: format.bytes(freeRamBytes + freeVramBytes) })}
				</Typography>
				{kind !== 'tooBig' && speed && <Typography sx={{ color: 'text.secondary' }}>{speedWords(speed)}</Typography>}
			</Box>
			<PlanBars figures={{ ...timesCopies(plan, replicas), freeRamBytes, freeVramBytes }} />
			{measured && (
				<Typography sx={{ color: 'text.secondary' }}>
					{t('plan.measured', {
						measured: format.bytes(measured.measuredBytes),
						predicted: format.bytes(measured.predictedBytes),
						when: format.moment(measured.at),
					})}
				</Typography>
			)}
			{notes.length > 0 && <Typography sx={{ color: 'text.secondary' }}>{notes.map((note) => t(`notes.${note}`)).join(' ')}</Typography>}
		</Box>
	);
}

/** What all copies take together. */
function timesCopies({ weightsBytes, kvBytes, overheadBytes, ramBytes, vramBytes }: LoadPlan, replicas: number) {
	return {
		weightsBytes: replicas * weightsBytes,
		kvBytes: replicas * kvBytes,
		overheadBytes: replicas * overheadBytes,
		ramBytes: replicas * ramBytes,
		vramBytes: replicas * vramBytes,
	};
}
