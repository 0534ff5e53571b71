import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import LinearProgress from '@mui/material/LinearProgress';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Deployment } from '#contract/engine.ts';
import { useIsDemo } from '../../rpc/useIsDemo.ts';
import { useMay } from '../../rpc/useMe.ts';
import { DemoLabel } from '../../ui/DemoLabel.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { useFormat } from '../../ui/format.ts';
import { StateLabel } from '../../ui/StateLabel.tsx';
import { useLibrary } from './libraryStore.ts';
import { smallerWishes } from './modelState.ts';

/** The models that are loaded, loading or failed to: live figures, and the one thing to do with each. */
export function DeploymentList({ deployments }: { deployments: readonly Deployment[] }) {
	const { t } = useTranslation('library');
	const shown = deployments.filter(({ state }) => state !== 'stopped');
	if (shown.length === 0) return null;
	return (
		<Box component="section" aria-labelledby="deployments" sx={{ mb: 3 }}>
			<Typography id="deployments" variant="h2" sx={{ mb: 1 }}>
				{t('deployments.title')}
			</Typography>
			<Paper variant="outlined">
				{shown.map((deployment) => (
					<DeploymentRow key={deployment.id} deployment={deployment} />
				))}
			</Paper>
		</Box>
	);
}

function DeploymentRow({ deployment }: { deployment: Deployment }) {
	const { t } = useTranslation('library');
	const format = useFormat();
	const isDemo = useIsDemo();
	const mayUnloadUnused = useMay('user');
	const mayUnloadAny = useMay('admin');
	const { state, plan, notes, activeRequests, replica, replicas, restartAt } = deployment;
	const startsAgain = restartAt !== null;
	const isLoading = state === 'starting' || state === 'loading';
	return (
		<Box sx={{ px: 2, py: 1.5, '& + &': { borderTop: 1, borderColor: 'divider' } }}>
			<Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: 2, rowGap: 1 }}>
				<Box sx={{ flex: '1 1 240px', minWidth: 0 }}>
					<Box sx={{ display: 'flex', alignItems: 'center', gap: 1.5 }}>
						<Typography variant="h3" noWrap dir="auto">
							{deployment.modelName}
						</Typography>
						{isDemo(deployment.modelId) && <DemoLabel />}
						<StateLabel
							tone={state === 'running' ? 'good' : startsAgain ? 'warn' : state === 'failed' ? 'bad' : 'busy'}
							label={
								startsAgain
									? t('deployments.startsAgain')
									: state === 'loading'
										? t('state.loadingPart', { part: format.percent(deployment.loadFraction) })
										: t(`state.${state}`)
							}
						/>
					</Box>
					<Typography variant="caption" sx={{ color: 'text.secondary', fontVariantNumeric: 'tabular-nums' }}>
						{plan &&
							[
								replicas > 1 && t('deployments.copy', { number: replica, count: replicas }),
								t('deployments.context', { tokens: format.number(plan.contextTokens) }),
								t('deployments.parallel', { count: plan.parallel }),
								deployment.device && t(`device.${deployment.device}`, { defaultValue: deployment.device.toUpperCase() }),
							]
								.filter(Boolean)
								.join(' · ')}
					</Typography>
				</Box>
				{state === 'running' && <Figures deployment={deployment} />}
				{mayUnloadUnused && replica === 1 && (state !== 'failed' || replicas > 1) && state !== 'stopping' && (
					<UnloadButton
						id={deployment.id}
						label={replicas > 1 ? t('deployments.unloadAll') : state === 'loading' ? t('deployments.stop') : t('deployments.unload')}
						refusal={mayUnloadAny || activeRequests === 0 ? undefined : t('deployments.inUse')}
					/>
				)}
			</Box>
			{isLoading && (
				<LinearProgress
					aria-label={t('state.loading')}
					variant={state === 'loading' ? 'determinate' : 'indeterminate'}
					value={deployment.loadFraction * 100}
					sx={{ mt: 1 }}
				/>
			)}
			{notes.length > 0 && state !== 'failed' && (
				<Typography variant="caption" sx={{ display: 'block', color: 'text.secondary', mt: 0.5 }}>
					{notes.map((note) => t(`notes.${note}`)).join(' ')}
				</Typography>
			)}
			{state === 'failed' && !startsAgain && <FailedLoad deployment={deployment} />}
		</Box>
	);
}

/** Figures of a running model, in fixed columns so that they do not jump. */
function Figures({ deployment }: { deployment: Deployment }) {
	const { t } = useTranslation('library');
	const format = useFormat();
	const figures = [
		{
			label: t('deployments.memory'),
			value: deployment.memoryBytes === null ? '–' : format.bytes(deployment.memoryBytes),
			below: deployment.plan ? t('deployments.planned', { bytes: format.bytes(deployment.plan.ramBytes) }) : '',
		},
		{
			label: t('deployments.speed'),
			value: deployment.tokensPerSecond === null ? '–' : t('deployments.perSecond', { tokens: format.number(deployment.tokensPerSecond, 1) }),
			below: '',
		},
		{ label: t('deployments.requests'), value: format.number(deployment.activeRequests), below: '' },
	];
	return (
		<Box component="dl" sx={{ display: 'flex', gap: 2, m: 0, ml: 'auto' }}>
			{figures.map(({ label, value, below }) => (
				<Box key={label} sx={{ minWidth: 88, textAlign: 'end' }}>
					<Typography component="dt" variant="caption" sx={{ color: 'text.secondary', display: 'block' }}>
						{label}
					</Typography>
					<Typography component="dd" sx={{ m: 0, fontVariantNumeric: 'tabular-nums' }}>
						{value}
						{below && (
							<Typography component="span" variant="caption" sx={{ color: 'text.secondary', display: 'block' }}>
								{below}
							</Typography>
						)}
					</Typography>
				</Box>
			))}
		</Box>
	);
}

/** `refusal` says why this person may not unload it now. */
function UnloadButton({ id, label, refusal }: { id: string; label: string; refusal: string | undefined }) {
	const unload = useLibrary((state) => state.unload);
	const [isBusy, setBusy] = useState(false);
	return (
		<span title={refusal}>
			<Button
				variant="outlined"
				color="inherit"
				size="small"
				loading={isBusy}
				disabled={refusal !== undefined}
				onClick={() => {
					setBusy(true);
					void unload(id).finally(() => setBusy(false));
				}}
			>
				{label}
			</Button>
		</span>
	);
}

function FailedLoad({ deployment }: { deployment: Deployment }) {
	const { t } = useTranslation('library');
	const { load, unload } = useLibrary();
	const [error, setError] = useState<unknown>(null);
	const mayLoad = useMay('user');
	const mayForce = useMay('admin');
	const wishes = smallerWishes(deployment.plan);
	const retry = () => {
		setError(null);
		// The new deployment takes the failed one's place.
		if (wishes) load(deployment.modelId, wishes, mayForce).catch(setError);
	};
	return (
		<>
			<ErrorNotice error={deployment.failure} details={deployment.failure?.lastLines} sx={{ mt: 1 }} />
			<Box sx={{ mt: 1, display: mayLoad && deployment.replicas === 1 ? 'flex' : 'none', gap: 1 }}>
				{wishes && (
					<Button variant="outlined" size="small" onClick={retry}>
						{t('deployments.retrySmaller')}
					</Button>
				)}
				<Button color="inherit" size="small" onClick={() => void unload(deployment.id)}>
					{t('deployments.dismiss')}
				</Button>
			</Box>
			<ErrorNotice error={error} onClose={() => setError(null)} sx={{ mt: 1 }} />
		</>
	);
}
