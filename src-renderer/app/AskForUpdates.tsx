import Typography from '@mui/material/Typography';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSettings } from '../features/settings/settingsStore.ts';
import { bridge } from '../rpc/bridge.ts';
import { client } from '../rpc/client.ts';
import { useMay } from '../rpc/useMe.ts';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';

/** Asks an administrator once, in a window whose program can replace itself, whether it may look for new versions. Until then it does not. */
export function AskForUpdates() {
	const mayAnswer = useMay('admin');
	const isOpen = useSettings(({ settings }) => settings?.lookForUpdates === null);
	return bridge() !== null && mayAnswer && isOpen ? <Question /> : null;
}

function Question() {
	const { t } = useTranslation('settings');
	const change = useSettings((state) => state.change);
	const [server, setServer] = useState<string | null>(null);
	useEffect(() => {
		const stop = new AbortController();
		const read = async () => {
			for await (const updates of await client.updates.watch(undefined, { signal: stop.signal })) return updates.server;
			return null;
		};
		// What cannot be asked now is asked at the next start.
		read().then(setServer, () => {});
		return () => stop.abort();
	}, []);
	return (
		<ConfirmDialog
			open={server !== null}
			title={t('updates.askTitle')}
			confirmLabel={t('updates.askYes')}
			cancelLabel={t('updates.askNo')}
			onConfirm={() => change({ lookForUpdates: true })}
			onClose={() => void change({ lookForUpdates: false })}
		>
			<Typography>{t('updates.askText', { host: server ?? '' })}</Typography>
		</ConfirmDialog>
	);
}
