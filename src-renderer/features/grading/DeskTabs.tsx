import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { deskPages, useDeskPage } from './useDeskPage.ts';

/** The pages of an assignment. */
export function DeskTabs() {
	const { t } = useTranslation('grading');
	const [page] = useDeskPage();
	return (
		<Box component="nav" aria-label={t('tabs.label')} sx={{ flex: 'none', display: 'flex', gap: 0.5, px: 2, height: 36, mt: -1, mb: 1, overflowX: 'auto' }}>
			{deskPages.map((name) => (
				<ButtonBase
					key={name}
					component={Link}
					to={{ search: name === 'desk' ? '' : `?show=${name}` }}
					aria-current={page === name ? 'page' : undefined}
					sx={{
						px: 1,
						color: page === name ? 'text.primary' : 'text.secondary',
						fontWeight: page === name ? 600 : 400,
						borderBlock: '2px solid transparent',
						borderBottomColor: page === name ? 'primary.main' : 'transparent',
						whiteSpace: 'nowrap',
						'&:hover': { color: 'text.primary' },
					}}
				>
					{t(`tabs.${name}`)}
				</ButtonBase>
			))}
		</Box>
	);
}
