import type { ErrorData } from '#contract/errors.ts';
import type { Reach } from './openConnector.ts';

type Refusal = ErrorData<'REDIRECT_REFUSED'>['reason'];
export type HopVerdict = { kind: 'go'; reach: Reach } | { kind: 'refuse'; reason: Refusal };

/** Redirects that are followed of one request. */
const mostRedirects = 10;

/**
 * Says whether a request may go to `to`, and how far the connection may reach.
 *
 * Plain http is for this machine and its network alone, and never after https. A server of the internet never leads into this
 * network. What this cannot see, the address that a name stands for, the connection is held to (openConnector.ts).
 *
 * @param from where it was sent on from; null for the address that was asked.
 * @param askedIsNear the host that was asked is of this machine or its network.
 */
export function judgeHop(hop: { from: URL | null; to: URL; redirects: number; askedIsNear: boolean }): HopVerdict {
	const { from, to } = hop;
	if (hop.redirects > mostRedirects) return { kind: 'refuse', reason: 'tooMany' };
	if (to.protocol !== 'https:' && to.protocol !== 'http:') return { kind: 'refuse', reason: 'insecure' };
	if (to.protocol === 'http:') return from?.protocol === 'https:' ? { kind: 'refuse', reason: 'insecure' } : { kind: 'go', reach: 'near' };
	return { kind: 'go', reach: from === null || hop.askedIsNear ? 'any' : 'far' };
}
