import createCache from '@emotion/cache';
import { CacheProvider } from '@emotion/react';
import CssBaseline from '@mui/material/CssBaseline';
import { ThemeProvider, useColorScheme } from '@mui/material/styles';
import { type ReactNode, useEffect } from 'react';
import { HashRouter } from 'react-router';
import { useSettings } from '../features/settings/settingsStore.ts';
import { useSettingsNow } from '../rpc/live.ts';
import { useDoor } from '../rpc/useDoor.ts';
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

/** Reads the settings once somebody is here, whenever the reader comes back to the page, and follows what others change; language and colours follow them. */
function SettingsAtWork() {
	const load = useSettings((state) => state.load);
	const language = useSettings((state) => state.settings?.language);
	const scheme = useSettings((state) => state.settings?.theme);
	const isSignedIn = useDoor(({ state }) => state?.isSignedIn === true);
	const { setMode } = useColorScheme();
	const now = useSettingsNow(isSignedIn).value;
	useEffect(() => {
		if (!isSignedIn) return;
		const read = () => void load();
		read();
		window.addEventListener('focus', read);
		return () => window.removeEventListener('focus', read);
	}, [load, isSignedIn]);
	useEffect(() => {
		if (now) useSettings.setState({ settings: now });
	}, [now]);
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
