import type { IncomingMessage } from 'node:http';
import { headerOnce } from './headerOnce.ts';

/** The names under which a server on the loopback address may be spoken to. */
const names = ['127.0.0.1', 'localhost', '[::1]'];
/** Methods that change nothing, which a browser sends without an Origin. */
const safeMethods = new Set(['GET', 'HEAD']);

/** What of a request decides whether it is heard at all. */
export type Knock = Pick<IncomingMessage, 'method' | 'url' | 'rawHeaders'>;

/**
 * Tells whether a request is for us and from a page of ours, before anything else looks at it: null, or why it is refused with 403.
 *
 * Loopback is not private: any page in any browser on this machine can reach it. So the Host must be, to the letter, one of three
 * names with our port (no rebound name gets in), and an Origin must be that very host. A socket and any method that changes
 * something need an Origin, unless they come with an Authorization, which no page can put there without having asked us first; what
 * another site's page loads or embeds is told by Sec-Fetch-Site and refused too.
 */
export function refuseKnock(request: Knock, options: { port: number; isUpgrade: boolean }): 'host' | 'origin' | 'target' | null {
	const host = headerOnce(request.rawHeaders, 'host');
	const isHost = names.some((name) => host === `${name}:${options.port}` || (options.port === 80 && host === name));
	if (!isHost) return 'host';
	if (request.url?.startsWith('/') !== true) return 'target';
	const origin = headerOnce(request.rawHeaders, 'origin');
	if (origin !== null && origin !== `http://${host}`) return 'origin';
	const isProgram = headerOnce(request.rawHeaders, 'authorization') !== null;
	if (origin === null && !isProgram && (options.isUpgrade || !safeMethods.has(request.method ?? ''))) return 'origin';
	const site = headerOnce(request.rawHeaders, 'sec-fetch-site');
	const isOurs = site === null || site === 'same-origin' || site === 'none';
	const opensPage = headerOnce(request.rawHeaders, 'sec-fetch-mode') === 'navigate' && headerOnce(request.rawHeaders, 'sec-fetch-dest') === 'document';
	return isOurs || opensPage ? null : 'origin';
}
