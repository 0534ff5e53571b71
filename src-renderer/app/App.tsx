import { lazy, type ReactNode, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Route, Routes, useParams } from 'react-router';
import { useConnection } from '../rpc/useConnection.ts';
import { askDoor, useDoor } from '../rpc/useDoor.ts';
import { useMe } from '../rpc/useMe.ts';
import { ErrorNotice } from '../ui/ErrorNotice.tsx';
import { DoorFrame } from './DoorFrame.tsx';
import { FirstPage } from './FirstPage.tsx';
import { Frame } from './Frame.tsx';

// Who is signed in needs none of their code.
const SetUpScreen = lazy(async () => ({ default: (await import('../features/accounts/SetUpScreen.tsx')).SetUpScreen }));
const SignInScreen = lazy(async () => ({ default: (await import('../features/accounts/SignInScreen.tsx')).SignInScreen }));
const WelcomeScreen = lazy(async () => ({ default: (await import('../features/accounts/WelcomeScreen.tsx')).WelcomeScreen }));

/** Who has a setup code chooses a password; who is signed in finds every screen; anybody else stands at the door. */
export function App() {
	return (
		<Routes>
			<Route path="/setup/:code?" element={<SetUp />} />
			<Route path="*" element={<Entrance />} />
		</Routes>
	);
}

function Entrance() {
	const { state, error } = useDoor();
	const isThrownOut = useConnection((connection) => connection.state === 'signedOut');
	const me = useMe((seat) => seat.me);
	if (error !== null) return atDoor(<NotAsked error={error} />);
	if (state === null) return null;
	if (!state.isSignedIn && !state.isSetUp) return atDoor(<FirstPage />);
	if (!state.isSignedIn || isThrownOut) return atDoor(<SignInScreen wasHere={state.isSignedIn} />);
	if (me?.isNew) return atDoor(<WelcomeScreen me={me} />);
	return <Frame />;
}

/** The code in the address counts, whoever is signed in here. */
function SetUp() {
	const { code } = useParams();
	return atDoor(<SetUpScreen key={code ?? ''} given={code ?? null} />);
}

function NotAsked({ error }: { error: unknown }) {
	const { t } = useTranslation('ui');
	return <ErrorNotice error={error} action={{ label: t('again'), onClick: () => void askDoor() }} />;
}

function atDoor(screen: ReactNode) {
	return (
		<DoorFrame>
			<Suspense fallback={null}>{screen}</Suspense>
		</DoorFrame>
	);
}
