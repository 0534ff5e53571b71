import LockIcon from '@mui/icons-material/LockOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../ui/EmptyState.tsx';

/** What a browser sees whose session is over: how to get a new one. */
export function SignedOutPage() {
	const { t } = useTranslation();
	return (
		<Box component="main" sx={{ height: '100%', display: 'flex' }}>
			<EmptyState icon={<LockIcon />} title={t('signedOut.title')} text={t('signedOut.text')}>
				<Button variant="outlined" onClick={() => location.reload()}>
					{t('signedOut.reload')}
				</Button>
			</EmptyState>
		</Box>
	);
}
