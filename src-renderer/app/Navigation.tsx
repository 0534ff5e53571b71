import SearchIcon from '@mui/icons-material/Search';
import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import Tooltip from '@mui/material/Tooltip';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import mark from '../../resources/icons/homeroom.svg';
import { Balance } from '../features/ledger/Balance.tsx';
import { StayOffline } from '../features/settings/StayOffline.tsx';
import { includesRole, useMe } from '../rpc/useMe.ts';
import { isMac } from './isMac.ts';
import { Person } from './Person.tsx';
import { openPalette } from './paletteStore.ts';
import { fetchScreen, type Route, routes } from './routes.tsx';

/** The narrow rail at the side: one place a screen, its icon over its short name; at the foot who is here and what is left. */
export function Navigation() {
	const { t } = useTranslation();
	const me = useMe((state) => state.me);
	const shown = routes.filter(({ rail, role }) => rail && me !== null && includesRole(me.role, role));
	const link = ({ to, rail }: Route) => rail && <RailLink key={to} to={to} {...rail} />;
	return (
		<Box
			component="nav"
			aria-label={t('nav.label')}
			sx={{
				flex: 'none',
				width: 80,
				bgcolor: 'surface.rail',
				borderRight: 1,
				borderColor: 'divider',
				display: 'flex',
				flexDirection: 'column',
				alignItems: 'stretch',
				gap: 0.5,
				p: 1,
				overflowY: 'auto',
			}}
		>
			<Box component="img" src={mark} alt="Homeroom" sx={{ width: 32, height: 32, alignSelf: 'center', my: 1 }} />
			{me && <SearchButton />}
			{shown.filter(({ rail }) => !rail?.isLast).map(link)}
			<Box sx={{ mt: 'auto', display: 'flex', flexDirection: 'column', alignItems: 'stretch', gap: 0.5 }}>
				{shown.filter(({ rail }) => rail?.isLast).map(link)}
				{me && (
					<>
						<StayOffline />
						<Balance />
						<Person me={me} />
					</>
				)}
			</Box>
		</Box>
	);
}

/** Opens the command palette, whose key it tells. */
function SearchButton() {
	const { t } = useTranslation();
	return (
		<Tooltip title={t('palette.hint', { keys: isMac() ? '⌘K' : 'Ctrl+K' })} placement="right">
			<ButtonBase
				aria-label={t('palette.open')}
				aria-haspopup="dialog"
				aria-keyshortcuts={isMac() ? 'Meta+K' : 'Control+K'}
				onClick={openPalette}
				sx={{ ...railItem, border: 1, borderColor: 'surface.line' }}
			>
				<SearchIcon />
			</ButtonBase>
		</Tooltip>
	);
}

const railItem = {
	...{ py: 0.75, flexDirection: 'column', gap: 0.25, borderRadius: 1, typography: 'caption', color: 'text.secondary', textAlign: 'center' },
	...{ '& svg': { fontSize: 22 }, '&:hover': { bgcolor: 'action.hover' } },
} as const;

function RailLink({ to, label, icon: Icon }: { to: string } & NonNullable<Route['rail']>) {
	const { t } = useTranslation();
	return (
		<ButtonBase
			component={NavLink}
			to={to}
			end={to === '/'}
			// Who points at it most likely opens it: its code is on the way before the press.
			onPointerEnter={() => void fetchScreen(to)}
			onFocus={() => void fetchScreen(to)}
			sx={{
				...railItem,
				'&.active': { color: 'text.primary', fontWeight: 600, bgcolor: 'action.selected', '& svg': { color: 'primary.main' } },
			}}
		>
			<Icon />
			{t(label)}
		</ButtonBase>
	);
}
