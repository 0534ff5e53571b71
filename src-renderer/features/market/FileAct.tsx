import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import LinearProgress from '@mui/material/LinearProgress';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Download } from '#contract/market.ts';
import { useDeployments } from '../../rpc/live.ts';
import { useFormat } from '../../ui/format.ts';
import { StateLabel } from '../../ui/StateLabel.tsx';
import { useMarket } from './marketStore.ts';
import { useFileState } from './useFileState.ts';
import { useLoad } from './useLoad.ts';

interface Props {
	/** By `fileKey`. */
	file: string;
	/** What a screen reader says beside the act. */
	name: string;
	/** The model that the file is already, as far as its source was told. */
	modelId: string | null;
	/** The accent: this is the file to take. */
	isMain?: boolean;
	isDisabled?: boolean;
	/** Another program has the file: it is used where it lies. */
	onTakeStored?: (() => void) | undefined;
	onDownload: () => void;
}

/** The one act for a file that can be had: download it, see how far that is, or load it. */
export function FileAct({ file, name, modelId, isMain = false, isDisabled = false, onTakeStored, onDownload }: Props) {
	const { t } = useTranslation('market');
	const isBusy = useMarket(({ busy }) => file in busy);
	const { here, download } = useFileState(file, modelId);
	if (here) return <LoadAct modelId={here.modelId} name={name} />;
	if (download && download.job.state !== 'completed') return <DownloadState download={download} name={name} />;
	const variant = isMain ? 'contained' : 'outlined';
	const color = isMain ? 'primary' : 'inherit';
	if (onTakeStored) {
		return (
			<Button size="small" variant={variant} color={color} loading={isBusy} onClick={onTakeStored} aria-label={t('act.useInPlaceOf', { name })}>
				{t('act.useInPlace')}
			</Button>
		);
	}
	return (
		<Button size="small" variant={variant} color={color} loading={isBusy} disabled={isDisabled} onClick={onDownload} aria-label={t('act.downloadOf', { name })}>
			{t('act.download')}
		</Button>
	);
}

/** Loads a model that is here, or says that it is loaded. */
export function LoadAct({ modelId, name }: { modelId: string; name: string }) {
	const { t } = useTranslation('market');
	const format = useFormat();
	const isBusy = useMarket(({ busy }) => modelId in busy);
	const load = useLoad();
	const own = useDeployments().value?.filter((deployment) => deployment.modelId === modelId) ?? [];
	if (own.some(({ state }) => state === 'running')) return <StateLabel tone="good" label={t('act.loaded')} />;
	const loading = own.find(({ state }) => state === 'starting' || state === 'loading');
	if (loading) return <StateLabel tone="busy" label={t('act.loading', { part: format.percent(loading.loadFraction) })} />;
	return (
		<Button
			size="small"
			variant="outlined"
			color="inherit"
			loading={isBusy}
			onClick={() => load(modelId)}
			aria-label={t('act.loadOf', { name })}
			title={t('act.here')}
		>
			{t('act.load')}
		</Button>
	);
}

/** How far a download is, and the way to it. */
function DownloadState({ download, name }: { download: Download; name: string }) {
	const { t } = useTranslation('market');
	const format = useFormat();
	const { job, bytesDone, bytesTotal } = download;
	const fraction = bytesTotal > 0 ? Math.min(1, bytesDone / bytesTotal) : 0;
	return (
		<Button
			component={Link}
			to="/models/downloads"
			size="small"
			color="inherit"
			aria-label={t('act.progressOf', { name, part: format.percent(fraction), state: t(`state.${job.state}`) })}
			sx={{ flexDirection: 'column', alignItems: 'stretch', minWidth: 112, gap: 0.25, px: 1 }}
		>
			<Box component="span" sx={{ display: 'flex', justifyContent: 'space-between', gap: 1, typography: 'caption', fontVariantNumeric: 'tabular-nums' }}>
				<span>{t(`state.${job.state}`)}</span>
				<span>{format.percent(fraction)}</span>
			</Box>
			<LinearProgress aria-hidden variant="determinate" value={fraction * 100} color={job.state === 'failed' ? 'error' : 'primary'} />
		</Button>
	);
}
