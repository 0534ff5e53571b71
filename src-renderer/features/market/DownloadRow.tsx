import CloseIcon from '@mui/icons-material/Close';
import PauseIcon from '@mui/icons-material/Pause';
import ResumeIcon from '@mui/icons-material/PlayArrow';
import DismissIcon from '@mui/icons-material/PlaylistRemove';
import RetryIcon from '@mui/icons-material/Replay';
import NextIcon from '@mui/icons-material/VerticalAlignTop';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import LinearProgress from '@mui/material/LinearProgress';
import Tooltip from '@mui/material/Tooltip';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import type { Download } from '#contract/market.ts';
import { describeFailure } from '../../ui/describeFailure.ts';
import { useFormat } from '../../ui/format.ts';
import { StateLabel } from '../../ui/StateLabel.tsx';
import { actsOnDownload, type DownloadAct, failureOfDownload, keptAfterFailure } from './downloadActs.ts';
import { LoadAct } from './FileAct.tsx';
import { SourceError } from './SourceError.tsx';
import { useNow } from './useNow.ts';

const icons = { runNext: NextIcon, pause: PauseIcon, resume: ResumeIcon, retry: RetryIcon, cancel: CloseIcon, dismiss: DismissIcon } as const;
const tones = { running: 'busy', queued: 'quiet', paused: 'warn', interrupted: 'warn', failed: 'bad', completed: 'good', cancelled: 'quiet' } as const;

interface Props {
	download: Download;
	/** Nothing of the reader's waits before it. */
	isFirst: boolean;
	onAct: (deed: DownloadAct) => void;
}

/** One download: what it is doing, how far it is, what it waits for, and how to steer it. */
export function DownloadRow({ download, isFirst, onAct }: Props) {
	const { t } = useTranslation('market');
	const format = useFormat();
	const { job, phase, bytesDone, bytesTotal } = download;
	const isRunning = job.state === 'running';
	const isOver = job.endedAt !== null;
	const kept = keptAfterFailure(download);
	const isWaiting = isRunning && download.waiting !== null;
	const fraction = bytesTotal > 0 ? Math.min(1, bytesDone / bytesTotal) : 0;
	const figures = [
		isOver && job.state === 'completed' ? format.bytes(bytesTotal) : t('downloads.of', { done: format.bytes(bytesDone), total: format.bytes(bytesTotal) }),
		isRunning && download.bytesPerSecond !== null ? t('speed', { bytes: format.bytes(download.bytesPerSecond) }) : '',
		isRunning && download.remainingMs ? t('downloads.left', { time: format.duration(wholeSeconds(download.remainingMs)) }) : '',
		job.endedAt !== null ? format.moment(job.endedAt) : '',
	];
	return (
		<Box component="li" sx={{ px: 2, py: 1.25, '& + &': { borderTop: 1, borderColor: 'divider' } }}>
			<Box sx={{ display: 'flex', alignItems: 'center', gap: 2, minHeight: 36 }}>
				<Box sx={{ flex: 1, minWidth: 0 }}>
					<Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 2, alignItems: 'baseline' }}>
						<Typography noWrap dir="auto" title={job.title} sx={{ fontWeight: 600, minWidth: 0 }}>
							{job.title}
						</Typography>
						<StateLabel
							tone={isWaiting ? 'warn' : tones[job.state]}
							label={isWaiting ? t('phase.waiting') : isRunning ? t(`phase.${phase}`) : t(`state.${job.state}`)}
						/>
						<Typography component="span" sx={{ ml: 'auto', color: 'text.secondary', fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }}>
							{figures.filter(Boolean).join(' · ')}
						</Typography>
					</Box>
					{!isOver && (
						<LinearProgress
							aria-label={job.title}
							aria-valuetext={format.percent(fraction)}
							variant="determinate"
							value={fraction * 100}
							color={isRunning && !isWaiting ? 'primary' : 'inherit'}
							// Its own track would look like a bar that is full.
							sx={{ mt: 0.75, color: 'text.disabled', '&::before': { display: 'none' } }}
						/>
					)}
				</Box>
				<Acts download={download} isFirst={isFirst} onAct={onAct} />
			</Box>
			{isRunning && download.waiting && <Waiting waiting={download.waiting} />}
			<SourceError error={failureOfDownload(download)} sx={{ mt: 1 }} />
			{kept !== null && (
				<Typography sx={{ mt: 0.5, color: 'text.secondary' }}>
					{kept === 'some' ? t('downloads.kept', { bytes: format.bytes(bytesDone) }) : t('downloads.nothingKept')}
				</Typography>
			)}
		</Box>
	);
}

function Acts({ download, isFirst, onAct }: Props) {
	const { t } = useTranslation('market');
	const name = download.job.title;
	return (
		<Box sx={{ display: 'flex', alignItems: 'center', gap: 0.5, flex: 'none' }}>
			{actsOnDownload(download, isFirst).map((deed) => {
				if (deed === 'load') return download.modelId !== null && <LoadAct key={deed} modelId={download.modelId} name={name} />;
				if (deed === 'show') {
					return (
						<Button key={deed} size="small" color="inherit" onClick={() => onAct(deed)} aria-label={t('downloads.act.showOf', { name })}>
							{t('downloads.act.show')}
						</Button>
					);
				}
				const Icon = icons[deed];
				return (
					<Tooltip key={deed} title={t(`downloads.act.${deed}`)}>
						<IconButton aria-label={`${t(`downloads.act.${deed}`)}: ${name}`} onClick={() => onAct(deed)}>
							<Icon fontSize="small" />
						</IconButton>
					</Tooltip>
				);
			})}
		</Box>
	);
}

/** Why a download waits, and how long it still does. */
function Waiting({ waiting }: { waiting: NonNullable<Download['waiting']> }) {
	const { t } = useTranslation('market');
	const { t: failures } = useTranslation('failures');
	const format = useFormat();
	const now = useNow(true);
	const leftMs = wholeSeconds(waiting.until - now);
	const { sentence } = describeFailure(waiting.failure, failures, format);
	return (
		<Typography sx={{ mt: 0.75, color: 'text.secondary', fontVariantNumeric: 'tabular-nums' }}>
			{sentence} {leftMs > 0 ? t('downloads.againIn', { time: format.duration(leftMs) }) : t('downloads.againNow')}
		</Typography>
	);
}

/** A time left in whole seconds, the last one begun counted, so that it counts down evenly. */
function wholeSeconds(ms: number): number {
	return Math.max(0, Math.ceil(ms / 1000) * 1000);
}
