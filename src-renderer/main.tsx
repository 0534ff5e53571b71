import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { startLanguage } from './app/i18n.ts';
import { Providers } from './app/Providers.tsx';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root.');
const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';

await startLanguage();
createRoot(root).render(
	<StrictMode>
		<Providers nonce={nonce}>
			<App />
		</Providers>
	</StrictMode>,
);
