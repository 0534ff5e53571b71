import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { RunOrder } from '#contract/finetune.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { EstimateView } from './EstimateView.tsx';
import { estimate, forgetEstimate, start, useNewRun } from './newRunStore.ts';

/** The last step of the form: what the run needs, from two real steps, and then its start. `order` is null while the form is not ready, `hasWrong` where a setting is why. */
export function EstimateStep({ order, hasWrong }: { order: RunOrder | null; hasWrong: boolean }) {
	const { t } = useTranslation('finetune');
	const navigate = useNavigate();
	const { estimating, isStarting, error } = useNewRun();
	const begin = async (wanted: RunOrder) => {
		const run = await start(wanted);
		if (run !== null) await navigate(`/finetune/${run.id}`, { replace: true });
	};
	const place = useRef<HTMLDivElement>(null);
	const isTold = estimating.kind === 'known' || estimating.kind === 'failed';
	// It grows below the end of the page, and with it what is to be pressed next.
	useEffect(() => {
		if (isTold) place.current?.scrollIntoView({ block: 'nearest' });
	}, [isTold]);
	return (
		<Paper ref={place} variant="outlined" sx={{ p: 2, display: 'flex', flexDirection: 'column', gap: 2, minHeight: 84, justifyContent: 'center' }}>
			{(estimating.kind === 'none' || estimating.kind === 'failed') && (
				<Box sx={{ display: 'flex', alignItems: 'center', gap: 2 }}>
					<Typography sx={{ flex: 1, color: 'text.secondary' }}>
						{t(order !== null ? 'estimate.text' : hasWrong ? 'estimate.notReadySettings' : 'estimate.notReady')}
					</Typography>
					<Button variant="contained" disabled={order === null} onClick={() => order && void estimate(order)}>
						{t('estimate.act')}
					</Button>
				</Box>
			)}
			{estimating.kind === 'failed' && <ErrorNotice error={estimating.error} />}
			{estimating.kind === 'running' && (
				<ProgressLine title={t(`estimate.stages.${estimating.stage}`)} fraction={estimating.fraction}>
					<Button size="small" color="inherit" onClick={forgetEstimate}>
						{t('estimate.stop')}
					</Button>
				</ProgressLine>
			)}
			{estimating.kind === 'known' && (
				<>
					<EstimateView estimate={estimating.estimate} />
					<ErrorNotice error={error} />
					<Box sx={{ display: 'flex', justifyContent: 'flex-end', gap: 1 }}>
						<Button color="inherit" disabled={order === null} onClick={() => order && void estimate(order)}>
							{t('estimate.again')}
						</Button>
						<Button
							variant="contained"
							color={estimating.estimate.kind === 'tooBig' ? 'error' : 'primary'}
							loading={isStarting}
							// The name alone may have changed since.
							onClick={() => void begin({ ...estimating.order, title: order?.title ?? estimating.order.title })}
						>
							{t(estimating.estimate.kind === 'tooBig' ? 'estimate.startAnyway' : 'estimate.start')}
						</Button>
					</Box>
				</>
			)}
		</Paper>
	);
}
