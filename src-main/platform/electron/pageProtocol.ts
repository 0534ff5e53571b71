import { randomBytes } from 'node:crypto';
import { protocol } from 'electron';
import type { RendererFiles } from '../http/rendererFiles.ts';
import { contentSecurityPolicy, securityHeaders } from '../http/securityHeaders.ts';

const scheme = 'app';
/** Where the window's page comes from; no other origin is ever shown or listened to. */
export const pageOrigin = `${scheme}://homeroom`;

/** Makes app:// an origin of its own kind: secure, with files of its own alone, never open to other origins. Call before the app is ready. */
export function announcePageProtocol(): void {
	protocol.registerSchemesAsPrivileged([{ scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, corsEnabled: false, codeCache: true } }]);
}

/** Answers app://homeroom/ with the built renderer, under the same headers as the browser host. Call once the app is ready. */
export function servePage(renderer: RendererFiles): void {
	protocol.handle(scheme, async (request) => {
		const nonce = randomBytes(16).toString('base64');
		const headers = { ...securityHeaders, 'cache-control': 'no-store', 'content-security-policy': contentSecurityPolicy({ connect: "'none'", nonce }) };
		const url = new URL(request.url);
		if (request.method !== 'GET' || url.host !== 'homeroom' || isForeign(request)) return new Response(null, { status: 403, headers });
		if (url.pathname === '/') return new Response(await renderer.page(nonce), { headers: { ...headers, 'content-type': 'text/html; charset=utf-8' } });
		const file = await renderer.file(url.pathname);
		if (file === null) return new Response(null, { status: 404, headers });
		return new Response(new Uint8Array(file.bytes), { headers: { ...headers, 'content-type': file.contentType, 'cache-control': file.cacheControl } });
	});
}

/** Electron tells which page asks; the window itself, opening its page, is none. */
function isForeign(request: Request): boolean {
	return 'initiatorOrigin' in request && request.initiatorOrigin !== undefined && request.initiatorOrigin !== pageOrigin;
}
