import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { includesRole, useMe } from '../rpc/useMe.ts';
import { type Place, routes, tabOf } from './routes.tsx';

/** So many fit beside a title. */
const mostBeside = 6;

/** The tabs of a place, those that the reader may open, on a line of their own where they are many; one alone is none. A page below a tab, such as one run, shows that tab as where it is. */
export function PlaceTabs({ place }: { place: Place }) {
	const { t } = useTranslation();
	const me = useMe((state) => state.me);
	const { pathname } = useLocation();
	const here = tabOf(pathname)?.to;
	const shown = routes.filter(({ tab, role }) => tab?.place === place && tab.label && me !== null && includesRole(me.role, role));
	if (shown.length < 2) return null;
	const ownLine = { order: 1, flexBasis: '100%', overflowX: 'auto', mx: -1.25, mb: 1 };
	return (
		<Box
			component="nav"
			aria-label={t(`tabs.label.${place}`)}
			{...(shown.length > mostBeside && { 'data-own-line': true })}
			sx={{ display: 'flex', flex: 'none', height: 44, gap: 0.5, ...(shown.length > mostBeside && ownLine) }}
		>
			{shown.map(
				({ to, tab }) =>
					tab?.label && (
						<ButtonBase
							key={to}
							component={Link}
							to={to}
							aria-current={to === here && (to === pathname ? 'page' : 'true')}
							className={to === here ? 'active' : ''}
							sx={{
								px: 1.25,
								gap: 0.75,
								color: 'text.secondary',
								borderBlock: '2px solid transparent',
								whiteSpace: 'nowrap',
								'&:hover': { color: 'text.primary' },
								'&.active': { color: 'text.primary', fontWeight: 600, borderBottomColor: 'primary.main' },
							}}
						>
							{t(tab.label)}
							{tab.beside && <tab.beside />}
						</ButtonBase>
					),
			)}
		</Box>
	);
}
