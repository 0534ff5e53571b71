import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { type HandbookGroup, type HandbookPageId, handbookGroups } from './handbookPages.ts';

/** The contents of the handbook, by group, with the page that is open. */
export function Contents({ open }: { open: HandbookPageId }) {
	const { t } = useTranslation('help');
	const { state } = useLocation();
	return (
		<Box component="nav" aria-label={t('contents')} sx={{ display: 'flex', flexDirection: 'column', gap: 2 }}>
			{(Object.keys(handbookGroups) as HandbookGroup[]).map((group) => (
				<Box key={group}>
					<Typography variant="caption" component="h2" sx={{ color: 'text.secondary', px: 1, mb: 0.25 }}>
						{t(`groups.${group}`)}
					</Typography>
					{handbookGroups[group].map((id) => (
						<ButtonBase
							key={id}
							component={Link}
							to={`/help/${id}`}
							state={state}
							aria-current={id === open ? 'page' : undefined}
							sx={{
								display: 'block',
								width: '100%',
								px: 1,
								py: 0.5,
								borderRadius: 1,
								textAlign: 'start',
								...(id === open && { bgcolor: 'action.selected', fontWeight: 600 }),
								'&:hover': { bgcolor: 'action.hover' },
							}}
						>
							{t(`pages.${id}`)}
						</ButtonBase>
					))}
				</Box>
			))}
		</Box>
	);
}
