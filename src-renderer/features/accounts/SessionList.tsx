import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import type { Session } from '#contract/accounts.ts';
import { useFormat } from '../../ui/format.ts';
import { StateLabel } from '../../ui/StateLabel.tsx';
import { readDevice } from './readDevice.ts';

/** Where somebody is signed in, the newest use first; each can be ended. */
export function SessionList({ sessions, onEnd }: { sessions: readonly Session[]; onEnd: (session: Session) => void }) {
	const { t } = useTranslation('accounts');
	const format = useFormat();
	const name = useDeviceName();
	const shown = sessions.toSorted((a, b) => Number(b.isThisOne) - Number(a.isThisOne) || b.lastUsedAt - a.lastUsedAt);
	return shown.map((session) => (
		<Box
			key={session.id}
			sx={{ display: 'flex', alignItems: 'center', gap: 2, px: 2, py: 1, minHeight: 56, '& + &': { borderTop: 1, borderColor: 'divider' } }}
		>
			<Box sx={{ flex: 1, minWidth: 0 }}>
				<Typography noWrap title={session.device}>
					{name(session.device)}
				</Typography>
				<Typography variant="caption" component="p" noWrap sx={{ color: 'text.secondary', fontVariantNumeric: 'tabular-nums' }}>
					{[
						session.address === session.device ? '' : session.address,
						t('sessions.used', { when: format.moment(session.lastUsedAt) }),
						t('sessions.since', { when: format.moment(session.createdAt) }),
					]
						.filter(Boolean)
						.join(' · ')}
				</Typography>
			</Box>
			{session.isThisOne ? (
				<StateLabel tone="good" label={t('sessions.thisOne')} />
			) : (
				<Button
					variant="outlined"
					color="inherit"
					size="small"
					aria-label={t('sessions.endOf', { device: name(session.device) })}
					onClick={() => onEnd(session)}
				>
					{t('sessions.end')}
				</Button>
			)}
		</Box>
	));
}

function useDeviceName() {
	const { t } = useTranslation('accounts');
	return (device: string) => {
		const read = readDevice(device);
		if (read === 'window') return t('sessions.window');
		if (read.browser && read.system) return t('sessions.on', { browser: read.browser, system: read.system });
		return read.browser ?? read.system ?? t('sessions.unknown');
	};
}
