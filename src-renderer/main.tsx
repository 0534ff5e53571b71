import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { startLanguage } from './app/i18n.ts';
import { Providers } from './app/Providers.tsx';
import { fetchScreen } from './app/routes.tsx';
import { askDoor } from './rpc/useDoor.ts';
import { loadMe } from './rpc/useMe.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root.');
const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';

// The frame asks too, but only once it is drawn; by then it is mostly known. What fails is told there, and by the connection's bar.
void askDoor().then((door) => (door?.isSignedIn ? loadMe() : undefined));
await Promise.all([startLanguage(), fetchScreen(location.hash.slice(1))]);
createRoot(root).render(
	<StrictMode>
		<Providers nonce={nonce}>
			<App />
		</Providers>
	</StrictMode>,
);
