import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import type { SxProps } from '@mui/material/styles';
import { useTranslation } from 'react-i18next';
import { describeFailure } from '../../ui/describeFailure.ts';
import { useFormat } from '../../ui/format.ts';
import { useLibrary } from './libraryStore.ts';

/** What of the last deed on several models could not be done, each with its reason. */
export function RefusedNotice({ sx }: { sx: SxProps }) {
	const { t } = useTranslation('library');
	const { t: failures } = useTranslation('failures');
	const { t: ui } = useTranslation('ui');
	const format = useFormat();
	const { refused, tellRefused } = useLibrary();
	if (refused.length === 0) return null;
	return (
		<Alert severity="warning" variant="outlined" onClose={() => tellRefused([])} closeText={ui('close')} sx={{ bgcolor: 'background.paper', ...sx }}>
			{t('refused.title', { count: refused.length })}
			<Box component="ul" sx={{ m: 0, mt: 0.5, pl: 2.5, maxHeight: 160, overflow: 'auto' }}>
				{refused.map(({ name, failure }) => (
					<li key={`${name} ${failure.code}`}>
						<bdi>{name}</bdi>: {describeFailure(failure, failures, format).sentence}
					</li>
				))}
			</Box>
		</Alert>
	);
}
