import Alert from '@mui/material/Alert';
import Link from '@mui/material/Link';
import { useTranslation } from 'react-i18next';
import { Link as RouterLink } from 'react-router';
import { useMarket } from './marketStore.ts';

/** Says that Homeroom is set to stay offline, what that means on a screen, and where it is set. */
export function OfflineNotice({ on }: { on: 'find' | 'downloads' }) {
	const { t } = useTranslation('market');
	const isOffline = useMarket(({ settings }) => settings?.offline ?? false);
	if (!isOffline) return null;
	return (
		<Alert severity="info" variant="outlined" sx={{ mb: 2, bgcolor: 'background.paper' }}>
			{t(`offline.${on}`)}{' '}
			<Link component={RouterLink} to="/settings">
				{t('settings')}
			</Link>
		</Alert>
	);
}
