import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import { useTranslation } from 'react-i18next';
import { Link as RouterLink } from 'react-router';

/** The way to what was deleted, quietly at the foot of a list from which things are deleted. */
export function DeletedLink() {
	const { t } = useTranslation('ui');
	return (
		<Box sx={{ flex: 'none', mt: 'auto', pt: 2 }}>
			<Link component={RouterLink} to="/deleted" variant="caption" underline="hover" sx={{ color: 'text.secondary' }}>
				{t('recentlyDeleted')}
			</Link>
		</Box>
	);
}
