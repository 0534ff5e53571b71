import Chip from '@mui/material/Chip';
import { useTranslation } from 'react-i18next';

/** Stands beside the name of what only demonstrates. */
export function DemoLabel() {
	const { t } = useTranslation('ui');
	return <Chip label={t('demonstration')} variant="outlined" size="small" sx={{ flex: 'none' }} />;
}
