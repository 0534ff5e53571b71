import type { IncomingMessage } from 'node:http';
import { headerOnce } from '../../platform/http/headerOnce.ts';

/** What of a request decides whether it is heard at all. */
type Knock = Pick<IncomingMessage, 'method' | 'url' | 'rawHeaders'>;

/** Under which names and from which pages the gateway may be spoken to. */
export interface Admitted {
	/** Values of Host, to the letter, each with its port. */
	hosts: ReadonlySet<string>;
	origins: ReadonlySet<string>;
}

/** `preflight`: a browser asks, before a request, whether a page of `origin` may make it. `origin` is null for a program that is no page. */
export type Admission =
	| { kind: 'refused'; why: 'host' | 'origin' | 'target' }
	| { kind: 'preflight'; origin: string }
	| { kind: 'admitted'; origin: string | null };

/**
 * Tells whether a request is for the gateway and from where it may come, before anything else looks at it (reliability.md S2, S3).
 *
 * Any page in any browser reaches a loopback address. So the Host must be one of ours to the letter, which no rebound name is; an
 * Origin must be listed, and what a page of another place loads or embeds, which sends no Origin, is told by Sec-Fetch-Site.
 */
export function admit(request: Knock, { hosts, origins }: Admitted): Admission {
	if (!hosts.has(headerOnce(request.rawHeaders, 'host') ?? '')) return { kind: 'refused', why: 'host' };
	if (request.url?.startsWith('/') !== true) return { kind: 'refused', why: 'target' };
	const origin = headerOnce(request.rawHeaders, 'origin');
	if (origin !== null && !origins.has(origin)) return { kind: 'refused', why: 'origin' };
	const site = headerOnce(request.rawHeaders, 'sec-fetch-site');
	if (origin === null && site !== null && site !== 'none' && site !== 'same-origin') return { kind: 'refused', why: 'origin' };
	const isPreflight = request.method === 'OPTIONS' && origin !== null && headerOnce(request.rawHeaders, 'access-control-request-method') !== null;
	return isPreflight ? { kind: 'preflight', origin } : { kind: 'admitted', origin };
}

/** The values of Host under which a server may be spoken to: loopback's three names always, and the addresses and names given. */
export function hostsOf(names: readonly string[], port: number, isEncrypted: boolean): Set<string> {
	const usual = isEncrypted ? 443 : 80;
	return new Set(['127.0.0.1', 'localhost', '[::1]', ...names].flatMap((name) => [`${name}:${port}`, ...(port === usual ? [name] : [])]));
}
