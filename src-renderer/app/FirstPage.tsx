import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

/** What a browser shows while nobody has been set up: where the first one's link is. */
export function FirstPage() {
	const { t } = useTranslation();
	useEffect(() => {
		document.title = `${t('first.title')} · Homeroom`;
	}, [t]);
	return (
		<Box sx={{ display: 'flex', flexDirection: 'column', gap: 2 }}>
			<Typography variant="h1">{t('first.title')}</Typography>
			<Typography>{t('first.text')}</Typography>
			<Button component={Link} to="/setup" variant="outlined" color="inherit">
				{t('first.haveCode')}
			</Button>
		</Box>
	);
}
