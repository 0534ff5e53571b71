import createCache from '@emotion/cache';
import { CacheProvider } from '@emotion/react';
import CssBaseline from '@mui/material/CssBaseline';
import { ThemeProvider, useColorScheme } from '@mui/material/styles';
import { type ReactNode, useEffect } from 'react';
import { HashRouter } from 'react-router';
import { useSettings } from '../features/settings/settingsStore.ts';
import { notifyError } from '../ui/notify.ts';
import { UndoSnackbar } from '../ui/UndoSnackbar.tsx';
import { followOtherWindows, languageFor, speak } from './i18n.ts';
import { LinkOpener } from './LinkOpener.tsx';
import { theme } from './theme.ts';

/** Everything the screens stand on: styles under the page's nonce, theme, addresses, links, notices, and the settings at work. */
export function Providers({ nonce, children }: { nonce: string; children: ReactNode }) {
	return (
		<CacheProvider value={createCache({ key: 'h', prepend: true, ...(nonce ? { nonce } : {}) })}>
			<ThemeProvider theme={theme} defaultMode="system" modeStorageKey="homeroom.theme" noSsr>
				<CssBaseline />
				<SettingsAtWork />
				<HashRouter>
					<LinkOpener>{children}</LinkOpener>
				</HashRouter>
				<UndoSnackbar />
			</ThemeProvider>
		</CacheProvider>
	);
}

/** Reads the settings at the start and whenever the reader comes back to the page, and lets its language and colours follow them. */
function SettingsAtWork() {
	const load = useSettings((state) => state.load);
	const language = useSettings((state) => state.settings?.language);
	const scheme = useSettings((state) => state.settings?.theme);
	const { setMode } = useColorScheme();
	useEffect(() => {
		const read = () => void load();
		read();
		window.addEventListener('focus', read);
		return () => window.removeEventListener('focus', read);
	}, [load]);
	// At once, as the colours do.
	useEffect(() => followOtherWindows(notifyError), []);
	useEffect(() => {
		if (language) speak(languageFor(language, navigator.languages)).catch(notifyError);
	}, [language]);
	useEffect(() => {
		if (scheme) setMode(scheme);
	}, [scheme, setMode]);
	return null;
}
