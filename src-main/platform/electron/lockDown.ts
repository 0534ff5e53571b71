import { app, type Session } from 'electron';
import type { Logger } from 'pino';

/**
 * Closes every way out of the window: navigation, new windows, web views, permissions, devices and the network.
 *
 * `origins` are those a page may come from and load from, its own first. A link that wants out is handed to `onLink`. The page may
 * reload itself. Call before the first window is made.
 */
export function lockDown(options: { session: Session; origins: readonly [string, ...string[]]; log: Logger; onLink: (url: string) => void }): void {
	const { session, origins, log } = options;
	const [origin] = origins;
	const isOurs = (url: string) => origins.some((own) => url === own || url.startsWith(`${own}/`));

	app.on('web-contents-created', (_event, contents) => {
		const deny = (event: { preventDefault(): void }) => event.preventDefault();
		contents.on('will-frame-navigate', (event) => {
			if (event.isMainFrame && event.url.split('#')[0] === `${origin}/`) return;
			event.preventDefault();
			log.warn({ origin: originOf(event.url) }, 'a navigation was denied');
			if (event.isMainFrame) options.onLink(event.url);
		});
		contents.on('will-redirect', deny);
		contents.on('will-attach-webview', deny);
		contents.setWindowOpenHandler(({ url }) => {
			options.onLink(url);
			return { action: 'deny' };
		});
	});

	// Copying to the clipboard is all a page of ours asks for.
	session.setPermissionRequestHandler((_contents, permission, callback, details) => {
		callback(permission === 'clipboard-sanitized-write' && details.isMainFrame && isOurs(details.requestingUrl));
	});
	session.setPermissionCheckHandler((_contents, permission, requestingOrigin, details) => {
		return permission === 'clipboard-sanitized-write' && details.isMainFrame && isOurs(requestingOrigin);
	});
	session.setDevicePermissionHandler(() => false);
	session.setDisplayMediaRequestHandler((_request, callback) => callback(null));
	// The spelling checker would fetch its dictionaries from the network.
	session.setSpellCheckerEnabled(false);
	session.webRequest.onBeforeRequest({ urls: ['<all_urls>'] }, (details, callback) => {
		const { protocol } = new URL(details.url);
		callback({ cancel: !(isOurs(details.url) || protocol === 'devtools:' || details.url.startsWith(`blob:${origin}/`) || protocol === 'data:') });
	});
	// The page saves what it made itself; anything else would be a download from somewhere.
	session.on('will-download', (event, item) => {
		if (!item.getURL().startsWith(`blob:${origin}/`)) event.preventDefault();
	});
}

function originOf(url: string): string {
	return URL.canParse(url) ? new URL(url).origin : 'unreadable';
}
