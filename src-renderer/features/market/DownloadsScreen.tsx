import DownloadsIcon from '@mui/icons-material/DownloadOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Link from '@mui/material/Link';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link as RouterLink, useNavigate } from 'react-router';
import type { Download } from '#contract/market.ts';
import { client } from '../../rpc/client.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { useFormat } from '../../ui/format.ts';
import { notifyError } from '../../ui/notify.ts';
import { Page } from '../../ui/Page.tsx';
import { DownloadRow } from './DownloadRow.tsx';
import { type DownloadAct, orderDownloads, throwsAway, totalSpeed } from './downloadActs.ts';
import { readSurroundings, useMarket } from './marketStore.ts';
import { OfflineNotice } from './OfflineNotice.tsx';
import { useDownloads } from './useDownloads.ts';
import { useLoad } from './useLoad.ts';

/** The screen of what is on its way to this machine: how far each download is, what it waits for, and how to steer it. */
export function DownloadsScreen() {
	const { t } = useTranslation('market');
	const format = useFormat();
	const navigate = useNavigate();
	const load = useLoad();
	const { value, error } = useDownloads();
	const [asked, setAsked] = useState<{ download: Download; deed: 'cancel' | 'dismiss' } | null>(null);
	useEffect(() => void readSurroundings(), []);
	const downloads = orderDownloads(value ?? []);
	const firstQueued = downloads.find(({ job }) => job.state === 'queued');

	const act = (download: Download, deed: DownloadAct) => {
		const { job, modelId } = download;
		if (deed === 'load') {
			if (modelId !== null) load(modelId);
		} else if (deed === 'show') void navigate('/models');
		else if ((deed === 'cancel' || deed === 'dismiss') && throwsAway(download)) setAsked({ download, deed });
		else client.jobs[deed]({ jobId: job.id }).catch(notifyError);
	};
	return (
		<Page title={t('title')}>
			<OfflineNotice on="downloads" />
			<ErrorNotice error={error} sx={{ mb: 2 }} />
			{value !== null && downloads.length === 0 && (
				<EmptyState icon={<DownloadsIcon />} title={t('downloads.emptyTitle')} text={t('downloads.emptyText')}>
					<Button variant="contained" component={RouterLink} to="/models/find">
						{t('downloads.find')}
					</Button>
				</EmptyState>
			)}
			{downloads.length > 0 && (
				<>
					<Summary downloads={downloads} />
					<Paper variant="outlined" component="ul" aria-label={t('downloads.title')} sx={{ listStyle: 'none', m: 0, p: 0 }}>
						{downloads.map((download) => (
							<DownloadRow key={download.job.id} download={download} isFirst={download === firstQueued} onAct={(deed) => act(download, deed)} />
						))}
					</Paper>
				</>
			)}
			<ConfirmDialog
				open={asked !== null}
				title={t('downloads.cancelTitle', { name: asked?.download.job.title ?? '' })}
				confirmLabel={t('downloads.cancelConfirm')}
				isDestructive
				onConfirm={async () => {
					if (asked) await client.jobs[asked.deed]({ jobId: asked.download.job.id });
				}}
				onClose={() => setAsked(null)}
			>
				<Typography>{t('downloads.cancelText', { bytes: format.bytes(asked?.download.bytesDone ?? 0) })}</Typography>
			</ConfirmDialog>
		</Page>
	);
}

/** What all downloads take together, and what they may. */
function Summary({ downloads }: { downloads: readonly Download[] }) {
	const { t } = useTranslation('market');
	const format = useFormat();
	const settings = useMarket((state) => state.settings);
	const running = downloads.filter(({ job }) => job.state === 'running').length;
	const cap = settings?.downloadBytesPerSecond ?? null;
	const facts = [
		running > 0 ? t('downloads.running', { count: running }) : '',
		running > 0 ? t('speed', { bytes: format.bytes(totalSpeed(downloads)) }) : '',
		settings === null ? '' : t('downloads.atOnce', { count: settings.downloadsAtOnce }),
		settings === null ? '' : cap === null ? t('downloads.noCap') : t('downloads.cap', { bytes: format.bytes(cap) }),
	];
	return (
		<Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 1.5, mb: 1.5, color: 'text.secondary', fontVariantNumeric: 'tabular-nums' }}>
			<Box sx={{ '&::first-letter': { textTransform: 'uppercase' } }}>{facts.filter(Boolean).join(' · ')}</Box>
			<Link component={RouterLink} to="/settings">
				{t('downloads.change')}
			</Link>
		</Box>
	);
}
