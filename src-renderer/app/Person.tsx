import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import Divider from '@mui/material/Divider';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import type { OwnAccount } from '#contract/accounts.ts';
import { goOut } from '../features/accounts/lastName.ts';
import { door } from '../rpc/door.ts';
import { includesRole } from '../rpc/useMe.ts';
import { notifyError } from '../ui/notify.ts';
import { initialsOf } from './initialsOf.ts';

/** Who is here, at the foot of the rail: initials over the name, and a menu with what is the person's own. */
export function Person({ me }: { me: OwnAccount }) {
	const { t } = useTranslation();
	const { pathname, search } = useLocation();
	const [anchor, setAnchor] = useState<HTMLElement | null>(null);
	const close = () => setAnchor(null);
	const signOut = () => {
		close();
		door.signOut().then(goOut, notifyError);
	};
	return (
		<>
			<ButtonBase
				aria-label={t('person.label', { name: me.name })}
				aria-haspopup="menu"
				aria-expanded={anchor !== null}
				onClick={(event) => setAnchor(event.currentTarget)}
				sx={{ py: 1, flexDirection: 'column', gap: 0.5, borderRadius: 1, '&:hover': { bgcolor: 'action.hover' } }}
			>
				<Box
					aria-hidden
					sx={{
						width: 32,
						height: 32,
						borderRadius: '50%',
						display: 'grid',
						placeItems: 'center',
						border: 1,
						borderColor: 'surface.line',
						bgcolor: 'background.paper',
						color: 'text.primary',
						typography: 'caption',
						fontWeight: 600,
					}}
				>
					{initialsOf(me.name)}
				</Box>
				<Typography variant="caption" noWrap dir="auto" sx={{ maxWidth: 64, color: 'text.secondary' }}>
					{me.name}
				</Typography>
			</ButtonBase>
			<Menu
				open={anchor !== null}
				anchorEl={anchor}
				onClose={close}
				anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
				transformOrigin={{ vertical: 'bottom', horizontal: 'left' }}
			>
				<Box component="li" role="presentation" sx={{ px: 2, py: 1, maxWidth: 280 }}>
					<Typography noWrap dir="auto" sx={{ fontWeight: 600 }}>
						{me.name}
					</Typography>
					<Typography variant="caption" sx={{ color: 'text.secondary' }}>
						{t(`person.role.${me.role}`)}
					</Typography>
				</Box>
				<Divider component="li" />
				<MenuItem component={Link} to="/account" onClick={close}>
					{t('person.account')}
				</MenuItem>
				<MenuItem component={Link} to="/account/statement" onClick={close}>
					{t('person.statement')}
				</MenuItem>
				{includesRole(me.role, 'user') && (
					<MenuItem component={Link} to="/deleted" onClick={close}>
						{t('person.deleted')}
					</MenuItem>
				)}
				{me.role === 'admin' && (
					<MenuItem component={Link} to="/admin" onClick={close}>
						{t('person.admin')}
					</MenuItem>
				)}
				<MenuItem component={Link} to="/help" state={{ from: `${pathname}${search}` }} onClick={close}>
					{t('person.help')}
				</MenuItem>
				{/* Who needs no password to come in has nothing to go out of. */}
				{me.hasPassword && <Divider component="li" />}
				{me.hasPassword && <MenuItem onClick={signOut}>{t('person.signOut')}</MenuItem>}
			</Menu>
		</>
	);
}
