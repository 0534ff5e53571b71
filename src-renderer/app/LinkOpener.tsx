import Typography from '@mui/material/Typography';
import { type ReactNode, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bridge } from '../rpc/bridge.ts';
import { client } from '../rpc/client.ts';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import { notifyError } from '../ui/notify.ts';
import { OpenLinkContext } from '../ui/OpenLink.ts';
import { outsideAddress } from '../ui/outsideAddress.ts';

/**
 * Opens outside links for everything below it. In the window the app asks and opens them in the system's browser; in a browser
 * this asks, naming the real host, and opens a new tab that knows nothing of this page.
 */
export function LinkOpener({ children }: { children: ReactNode }) {
	const { t } = useTranslation();
	const [asked, setAsked] = useState<URL | null>(null);
	const open = useCallback((url: string) => {
		const address = outsideAddress(url);
		if (address === null) return;
		if (bridge() === null) setAsked(address);
		else client.system.openLink({ url: address.href }).catch(notifyError);
	}, []);
	return (
		<OpenLinkContext value={open}>
			{children}
			<ConfirmDialog
				open={asked !== null}
				title={t('link.title', { host: asked?.host || asked?.pathname || '' })}
				confirmLabel={t('link.open')}
				onClose={() => setAsked(null)}
				onConfirm={() => {
					if (asked) window.open(asked.href, '_blank', 'noopener,noreferrer');
				}}
			>
				<Typography sx={{ mb: 1 }}>{t('link.text')}</Typography>
				<Typography dir="ltr" sx={{ p: 1, borderRadius: 1, bgcolor: 'surface.sunken', overflowWrap: 'anywhere', maxHeight: 160, overflow: 'auto' }}>
					{asked?.href}
				</Typography>
			</ConfirmDialog>
		</OpenLinkContext>
	);
}
