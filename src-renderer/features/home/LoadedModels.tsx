import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import type { Deployment } from '#contract/engine.ts';
import { useIsDemo } from '../../rpc/useIsDemo.ts';
import { DemoLabel } from '../../ui/DemoLabel.tsx';
import { useFormat } from '../../ui/format.ts';
import { StateLabel } from '../../ui/StateLabel.tsx';

/** The models that are ready or on their way, with what they take; failures are told on the Models screen. */
export function LoadedModels({ deployments }: { deployments: readonly Deployment[] }) {
	const { t } = useTranslation('home');
	const format = useFormat();
	const isDemo = useIsDemo();
	const shown = deployments.filter(({ state }) => state !== 'stopped' && state !== 'stopping');
	if (shown.length === 0) return null;
	return (
		<Box component="section" aria-labelledby="loaded" sx={{ mb: 3 }}>
			<Typography id="loaded" variant="h2" sx={{ mb: 1 }}>
				{t('loaded.title')}
			</Typography>
			<Paper variant="outlined">
				{shown.map((deployment) => {
					const isFailed = deployment.state === 'failed';
					const isRunning = deployment.state === 'running';
					const label = isFailed ? t('loaded.failed') : isRunning ? t('loaded.ready') : t('loaded.loading', { part: format.percent(deployment.loadFraction) });
					const figures = [
						deployment.memoryBytes === null ? '' : format.bytes(deployment.memoryBytes),
						deployment.tokensPerSecond === null ? '' : t('loaded.perSecond', { tokens: format.number(deployment.tokensPerSecond, 1) }),
						deployment.activeRequests > 0 ? t('loaded.requests', { count: deployment.activeRequests }) : '',
					];
					return (
						<Box key={deployment.id} sx={{ px: 2, py: 1, '& + &': { borderTop: 1, borderColor: 'divider' } }}>
							<Box sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
								<Typography noWrap dir="auto" sx={{ flex: 1, minWidth: 0 }}>
									{deployment.modelName}
								</Typography>
								<StateLabel tone={isFailed ? 'bad' : isRunning ? 'good' : 'busy'} label={label} />
							</Box>
							<Box sx={{ display: 'flex', alignItems: 'center', gap: 1, minHeight: 20 }}>
								<Typography noWrap variant="caption" sx={{ flex: 1, minWidth: 0, color: 'text.secondary', fontVariantNumeric: 'tabular-nums' }}>
									{figures.filter(Boolean).join(' · ')}
								</Typography>
								{isDemo(deployment.modelId) && <DemoLabel />}
							</Box>
						</Box>
					);
				})}
			</Paper>
		</Box>
	);
}
