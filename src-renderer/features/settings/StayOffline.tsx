import AirplaneIcon from '@mui/icons-material/AirplanemodeActive';
import OnlineIcon from '@mui/icons-material/AirplanemodeInactiveOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import ButtonBase from '@mui/material/ButtonBase';
import Popover from '@mui/material/Popover';
import Switch from '@mui/material/Switch';
import Typography from '@mui/material/Typography';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMay } from '../../rpc/useMe.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { useSettings } from './settingsStore.ts';

/** Whether Homeroom stays offline, at the foot of the rail on every screen: seen by all, switched by an administrator. */
export function StayOffline() {
	const { t } = useTranslation('settings');
	const isOffline = useSettings(({ settings }) => settings?.offline ?? null);
	const [anchor, setAnchor] = useState<HTMLElement | null>(null);
	if (isOffline === null) return null;
	const Icon = isOffline ? AirplaneIcon : OnlineIcon;
	return (
		<>
			<ButtonBase
				aria-haspopup="dialog"
				aria-expanded={anchor !== null}
				onClick={(event) => setAnchor(event.currentTarget)}
				sx={{
					py: 1,
					flexDirection: 'column',
					gap: 0.25,
					borderRadius: 1,
					typography: 'caption',
					textAlign: 'center',
					color: isOffline ? 'text.primary' : 'text.secondary',
					fontWeight: isOffline ? 600 : 400,
					bgcolor: isOffline ? 'action.selected' : 'transparent',
					'& svg': { fontSize: 22, color: isOffline ? 'primary.main' : 'inherit' },
					'&:hover': { bgcolor: 'action.hover' },
				}}
			>
				<Icon />
				{t(isOffline ? 'rail.offline' : 'rail.online')}
			</ButtonBase>
			<Popover
				open={anchor !== null}
				anchorEl={anchor}
				onClose={() => setAnchor(null)}
				anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
				transformOrigin={{ vertical: 'bottom', horizontal: 'left' }}
				slotProps={{ paper: { role: 'dialog', 'aria-label': t('offline.label'), sx: { p: 2, width: 360 } } }}
			>
				<Switching isOffline={isOffline} onLeave={() => setAnchor(null)} />
			</Popover>
		</>
	);
}

function Switching({ isOffline, onLeave }: { isOffline: boolean; onLeave: () => void }) {
	const { t } = useTranslation('settings');
	const { change, error, clearError } = useSettings();
	const mayChange = useMay('admin');
	const id = useId();
	return (
		<>
			<Box sx={{ display: 'flex', alignItems: 'center', gap: 2 }}>
				<Typography id={id} sx={{ flex: 1, fontWeight: 600 }}>
					{t('offline.label')}
				</Typography>
				<Switch
					checked={isOffline}
					disabled={!mayChange}
					onChange={(_event, checked) => void change({ offline: checked })}
					slotProps={{ input: { 'aria-labelledby': id } }}
				/>
			</Box>
			<Typography sx={{ color: 'text.secondary' }}>{isOffline ? t('offline.on') : t('offline.off')}</Typography>
			{!mayChange && <Typography sx={{ color: 'text.secondary', mt: 1 }}>{t('rail.adminOnly')}</Typography>}
			<ErrorNotice error={error} onClose={clearError} sx={{ mt: 1 }} />
			{mayChange && (
				<Button component={Link} to="/admin/connections" size="small" color="inherit" onClick={onLeave} sx={{ mt: 1, ml: -0.5 }}>
					{t('rail.connections')}
				</Button>
			)}
		</>
	);
}
