import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { useConnection } from '../rpc/useConnection.ts';

/** Tells that the connection is lost and being sought again; what is on screen stays. */
export function ConnectionBar() {
	const { t } = useTranslation();
	const isLost = useConnection(({ state }) => state === 'lost');
	return (
		<Box role="status" aria-live="polite" sx={{ flex: 'none' }}>
			{isLost && <Box sx={{ px: 3, py: 0.75, bgcolor: 'warning.main', color: 'warning.contrastText' }}>{t('connection.lost')}</Box>}
		</Box>
	);
}
