import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { RemoteModel } from '#contract/market.ts';
import { useOpenLink } from '../../ui/OpenLink.ts';
import { useMarket } from './marketStore.ts';

/** What to do for a model whose authors want to know who downloads it: two steps, each with its button. */
export function AccessNotice({ model }: { model: RemoteModel }) {
	const { t } = useTranslation('market');
	const open = useOpenLink();
	const hasToken = useMarket((state) => state.hasToken);
	return (
		<Alert severity="info" variant="outlined" sx={{ mb: 2, bgcolor: 'background.paper' }}>
			<Box>{model.access === 'manual' ? t('access.manual') : t('access.automatic')}</Box>
			<Box component="ol" sx={{ m: 0, mt: 1, pl: 2.5, '& li + li': { mt: 0.5 } }}>
				<li>
					{t('access.accept')}{' '}
					<Button size="small" variant="outlined" color="inherit" onClick={() => open(model.pageUrl)}>
						{t('access.page')}
					</Button>
				</li>
				<li>
					{hasToken ? t('access.tokenSet') : t('access.token')}{' '}
					<Button size="small" variant="outlined" color="inherit" component={Link} to="/settings">
						{t('settings')}
					</Button>
				</li>
			</Box>
		</Alert>
	);
}
