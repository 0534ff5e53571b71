import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { startLanguage } from './app/i18n.ts';
import { Providers } from './app/Providers.tsx';
import { fetchFirstScreen } from './app/routes.tsx';
import { whenConnected } from './rpc/client.ts';
import { askDoor } from './rpc/useDoor.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root.');
const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';

// The first call would connect too, but only once the first screen is there. What fails is told by the connection's bar.
void askDoor()
	.then((door) => (door?.isSignedIn ? whenConnected() : undefined))
	.catch(() => {});
await Promise.all([startLanguage(), fetchFirstScreen(location.hash)]);
createRoot(root).render(
	<StrictMode>
		<Providers nonce={nonce}>
			<App />
		</Providers>
	</StrictMode>,
);
