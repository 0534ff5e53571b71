import Switch from '@mui/material/Switch';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bridge } from '../../rpc/bridge.ts';
import { SectionRow } from '../../ui/Section.tsx';
import { useSettings } from './settingsStore.ts';

/** Whether the end of work is told outside of the window. A browser asks its reader first, and may not let it. */
export function TellEnds() {
	const { t } = useTranslation('settings');
	const { settings, change } = useSettings();
	const [permission, setPermission] = useState(permissionNow);
	if (!settings) return null;
	const choose = async (tellEnds: boolean) => {
		if (tellEnds && permission === 'default') setPermission(await Notification.requestPermission());
		await change({ tellEnds });
	};
	return (
		<SectionRow label={t('tellEnds.label')} help={t(permission === 'denied' ? 'tellEnds.denied' : 'tellEnds.help')}>
			{(labelId) => (
				<Switch
					checked={settings.tellEnds && permission === 'granted'}
					disabled={permission === 'denied'}
					onChange={(_event, isOn) => void choose(isOn)}
					slotProps={{ input: { 'aria-labelledby': labelId } }}
				/>
			)}
		</SectionRow>
	);
}

/** The window's shell needs none of a browser's. */
function permissionNow(): NotificationPermission {
	if (bridge() !== null) return 'granted';
	return 'Notification' in window ? Notification.permission : 'denied';
}
