import Box from '@mui/material/Box';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, Route, Routes } from 'react-router';
import { useConnection } from '../rpc/useConnection.ts';
import { PageTabsContext } from '../ui/PageTabs.ts';
import { ConnectionBar } from './ConnectionBar.tsx';
import { ModelsTabs } from './ModelsTabs.tsx';
import { Navigation } from './Navigation.tsx';
import { routes, type Route as ScreenRoute } from './routes.tsx';
import { ScreenBoundary } from './ScreenBoundary.tsx';
import { SignedOutPage } from './SignedOutPage.tsx';

const contentId = 'content';

/** The frame around every screen: skip link, rail, the bar that tells of a lost connection, and the screen itself. */
export function App() {
	const { t } = useTranslation();
	const isSignedOut = useConnection(({ state }) => state === 'signedOut');
	if (isSignedOut) return <SignedOutPage />;
	return (
		<Box sx={{ height: '100%', display: 'flex' }}>
			<SkipLink label={t('nav.skip')} />
			<Navigation />
			<Box sx={{ flex: 1, minWidth: 0, display: 'flex', flexDirection: 'column' }}>
				<ConnectionBar />
				<Box component="main" id={contentId} tabIndex={-1} sx={{ flex: 1, minHeight: 0, outline: 'none' }}>
					<Routes>
						{routes.map(({ path, component, tab }) => (
							<Route
								key={path}
								path={path}
								element={
									<ScreenBoundary key={path}>
										<PageTabsContext value={tab ? <ModelsTabs /> : null}>
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
				</Box>
			</Box>
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
