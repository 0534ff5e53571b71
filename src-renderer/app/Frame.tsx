import Box from '@mui/material/Box';
import { Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, Route, Routes } from 'react-router';
import type { OwnAccount } from '#contract/accounts.ts';
import { HelpLink } from '../features/help/HelpLink.tsx';
import { bridge } from '../rpc/bridge.ts';
import { keepAccess } from '../rpc/keepAccess.ts';
import { useConnection } from '../rpc/useConnection.ts';
import { includesRole, loadMe, useMe } from '../rpc/useMe.ts';
import { ErrorNotice } from '../ui/ErrorNotice.tsx';
import { PageHelpContext } from '../ui/PageHelp.ts';
import { PageTabsContext } from '../ui/PageTabs.ts';
import { AskForUpdates } from './AskForUpdates.tsx';
import { ConnectionBar } from './ConnectionBar.tsx';
import { KeysOverview } from './KeysOverview.tsx';
import { Navigation } from './Navigation.tsx';
import { OpenFiles } from './opening/OpenFiles.tsx';
import { Palette } from './Palette.tsx';
import { PlaceTabs } from './PlaceTabs.tsx';
import { routes, type Route as ScreenRoute } from './routes.tsx';
import { ScreenBoundary } from './ScreenBoundary.tsx';
import { TellEnds } from './TellEnds.tsx';

const contentId = 'content';

/** The frame around every screen of somebody who is signed in: skip link, rail, the bar that tells of a lost connection, and the screen itself. */
export function Frame() {
	const { t } = useTranslation();
	const { me, error } = useMe();
	// A window's seat needs no cookies.
	useEffect(() => (bridge() === null ? keepAccess() : undefined), []);
	const isConnected = useConnection(({ state }) => state === 'open');
	useEffect(() => {
		if (isConnected) void loadMe();
	}, [isConnected]);
	return (
		<Box sx={{ height: '100%', display: 'flex' }}>
			<SkipLink label={t('nav.skip')} />
			<Navigation />
			<Palette />
			<KeysOverview />
			<Box sx={{ flex: 1, minWidth: 0, display: 'flex', flexDirection: 'column' }}>
				<ConnectionBar />
				<Box component="main" id={contentId} tabIndex={-1} sx={{ flex: 1, minHeight: 0, outline: 'none' }}>
					{me ? <Screens me={me} /> : <Unknown error={error} />}
				</Box>
			</Box>
			{me && <OpenFiles me={me} />}
			<TellEnds />
			<AskForUpdates />
		</Box>
	);
}

/** Every screen that the reader may see; any other address leads home. */
function Screens({ me }: { me: OwnAccount }) {
	return (
		<PageHelpContext value={<HelpLink />}>
			<Routes>
				{routes
					.filter(({ role }) => includesRole(me.role, role))
					.map(({ path, component, tab }) => (
						<Route
							key={path}
							path={path}
							element={
								<ScreenBoundary key={path}>
									<PageTabsContext value={tab ? <PlaceTabs place={tab.place} /> : null}>
										<Suspense fallback={null}>
											<Screen component={component} />
										</Suspense>
									</PageTabsContext>
								</ScreenBoundary>
							}
						/>
					))}
				<Route path="*" element={<Navigate to="/" replace />} />
			</Routes>
		</PageHelpContext>
	);
}

/** It is not known yet who is here, or could not be asked. */
function Unknown({ error }: { error: unknown }) {
	const { t } = useTranslation('ui');
	return (
		<Box sx={{ p: 3, maxWidth: 720 }}>
			<ErrorNotice error={error} action={{ label: t('again'), onClick: () => void loadMe() }} />
		</Box>
	);
}

/** Lets the keyboard jump over the rail. A button, because the address after # is the router's. */
function SkipLink({ label }: { label: string }) {
	return (
		<Box
			component="button"
			type="button"
			onClick={() => document.getElementById(contentId)?.focus()}
			sx={{
				position: 'fixed',
				top: 8,
				left: 8,
				zIndex: 'tooltip',
				px: 2,
				py: 1,
				border: 1,
				borderColor: 'primary.main',
				borderRadius: 1,
				bgcolor: 'background.paper',
				color: 'text.primary',
				typography: 'body1',
				'&:not(:focus)': { clipPath: 'inset(50%)', width: 1, height: 1, p: 0 },
			}}
		>
			{label}
		</Box>
	);
}

/**
 * Shows a screen by the component that was there when it was opened, for as long as it is open. React shows what was suspended no
 * sooner than 300 ms after its placeholder, so one whose code is there already does not suspend.
 */
function Screen({ component }: Pick<ScreenRoute, 'component'>) {
	const [Shown] = useState(component);
	return <Shown />;
}
