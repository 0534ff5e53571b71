import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { useFormat } from '../../ui/format.ts';
import { PlanBars } from '../../ui/PlanBars.tsx';
import { useSpeedWords } from '../../ui/useSpeedWords.ts';
import type { Fit } from './marketStore.ts';

/** What a file would take of the free memory, drawn, with how sure that is. */
export function FitDetails({ fit }: { fit: Fit | undefined }) {
	const { t } = useTranslation('market');
	const format = useFormat();
	const speedWords = useSpeedWords();
	if (fit?.kind === 'failed') return <ErrorNotice error={fit.error} />;
	if (fit?.kind !== 'known') return <Typography sx={{ color: 'text.secondary' }}>{t('fit.asked')}</Typography>;
	const { verdict, basis } = fit.verdict;
	const { kind, plan, freeRamBytes, freeVramBytes, speed, notes, unload } = verdict;
	const sentences = [
		t(`fit.${kind}Text`, { needed: format.bytes(plan.ramBytes + plan.vramBytes), free: format.bytes(freeRamBytes + freeVramBytes) }),
		t('fit.context', { tokens: format.number(plan.contextTokens) }),
		kind === 'tooBig' ? '' : speedWords(speed),
		// What was made smaller did not help one that will not fit.
		...notes.filter((note) => kind !== 'tooBig' || note === 'contextOfTraining' || note === 'largeForProcessor').map((note) => t(`notes.${note}`)),
		unload === null ? '' : t(`fit.${unload.kind}AfterUnload`, { names: unload.deployments.map(({ name }) => name).join(', ') }),
		basis === 'estimate' ? t('fit.estimate') : '',
	];
	return (
		<Box sx={{ display: 'flex', flexDirection: 'column', gap: 1.5, maxWidth: 640 }}>
			<Typography>{sentences.filter(Boolean).join(' ')}</Typography>
			<PlanBars figures={{ ...plan, freeRamBytes, freeVramBytes }} />
		</Box>
	);
}
