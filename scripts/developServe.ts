import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';
import { serve } from '../src-main/serve.ts';

// The browser host with Vite's server in the place of the built page; scripts/dev.mjs runs it under `node --watch`.

const folder = fileURLToPath(new URL('../src-renderer', import.meta.url));
const placeholder = randomBytes(16).toString('hex');
const vite = await createServer({
	configFile: path.join(folder, 'vite.config.ts'),
	// Bundled, the configuration would be written to a file for each start, and `node --watch` would start anew for it.
	configLoader: 'native',
	appType: 'custom',
	base: '/',
	html: { cspNonce: placeholder },
	server: { middlewareMode: true, host: '127.0.0.1' },
});

await serve(process.argv.slice(2), {
	renderer: {
		async page(nonce) {
			const html = await vite.transformIndexHtml('/', await readFile(path.join(folder, 'index.html'), 'utf8'));
			return html.replaceAll(placeholder, nonce).replace('__CSP_NONCE__', nonce);
		},
		file: async () => null,
	},
	host: {
		middleware: vite.middlewares,
		// Vite's client opens a socket on a port of its own and writes style sheets and a small script into the page.
		contentSecurityPolicy: (nonce) =>
			`default-src 'none'; script-src 'self' 'nonce-${nonce}'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; media-src blob:; font-src 'self'; connect-src 'self' ws:; worker-src blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
	},
});
