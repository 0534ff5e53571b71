import StopIcon from '@mui/icons-material/Close';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import Tooltip from '@mui/material/Tooltip';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { useFormat } from '../../ui/format.ts';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { useLibrary } from './libraryStore.ts';

/** The models on their way into the library, each with how far it is and how to stop it. */
export function ArrivalList() {
	const { t } = useTranslation('library');
	const format = useFormat();
	const { arrivals, dismissArrival } = useLibrary();
	if (arrivals.length === 0) return null;
	return (
		<Box component="section" aria-label={t('arrivals.label')} sx={{ mb: 2 }}>
			{arrivals.map((arrival) =>
				arrival.state === 'failed' ? (
					<ErrorNotice key={arrival.id} error={arrival.error} onClose={() => dismissArrival(arrival.id)} sx={{ mb: 1 }} />
				) : (
					<ProgressLine
						key={arrival.id}
						title={arrival.name ? t(`arrivals.${arrival.state}`, { name: arrival.name }) : t('arrivals.demo')}
						detail={arrival.state === 'sending' ? t('arrivals.sent', { sent: format.bytes(arrival.sentBytes), total: format.bytes(arrival.totalBytes) }) : ''}
						fraction={arrival.state === 'sending' && arrival.totalBytes > 0 ? arrival.sentBytes / arrival.totalBytes : null}
					>
						{arrival.state === 'sending' && (
							<Tooltip title={t('arrivals.stop')}>
								<IconButton aria-label={t('arrivals.stop')} onClick={arrival.stop}>
									<StopIcon fontSize="small" />
								</IconButton>
							</Tooltip>
						)}
					</ProgressLine>
				),
			)}
		</Box>
	);
}
