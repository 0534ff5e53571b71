import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Ranges that lead to this machine or its own network, or to no single machine at all. */
const nearRanges: ReadonlySet<string> = new Set([
	...['loopback', 'private', 'linkLocal', 'carrierGradeNat', 'uniqueLocal', 'deprecatedSiteLocal'],
	...['unspecified', 'broadcast', 'multicast', 'teredo'],
]);
/** IPv6 ranges whose addresses hold an IPv4 address, and the byte at which it begins (RFC 6052, RFC 6145, RFC 3056). */
const carriers: Readonly<Record<string, number>> = { rfc6052: 12, rfc6145: 12, '6to4': 2 };

/** Tells whether an IP address is of this machine or its network rather than of the internet. An IPv4 address inside an IPv6 one counts as itself. */
export function isNearAddress(address: string): boolean {
	// A zone (`fe80::1%eth0`) names a way out of this machine, not the address.
	const parsed = ipaddr.process(address.replace(/%.*$/, ''));
	const range: string = parsed.range();
	const start = carriers[range];
	if (start === undefined) return nearRanges.has(range);
	return isNearAddress(
		parsed
			.toByteArray()
			.slice(start, start + 4)
			.join('.'),
	);
}

/** Tells whether an IP address leads back to this very machine. */
export function isLoopbackAddress(address: string): boolean {
	return ipaddr.process(address.replace(/%.*$/, '')).range() === 'loopback';
}

/** Tells whether the host of an address names this very machine, by itself and without asking anyone. */
export function isLoopbackHost(hostname: string): boolean {
	const host = bareHost(hostname);
	return isIP(host) === 0 ? isLocalName(host) : isLoopbackAddress(host);
}

/** Tells whether the host of an address names, by itself and without asking anyone, this machine or its network. */
export function isNearHost(hostname: string): boolean {
	const host = bareHost(hostname);
	return isIP(host) === 0 ? isLocalName(host) : isNearAddress(host);
}

/** RFC 6761, 6.3. */
function isLocalName(host: string): boolean {
	return host === 'localhost' || host.endsWith('.localhost');
}

/** The host of an address as the system's resolver takes it: without the brackets around IPv6 and the dot at the end. */
export function bareHost(hostname: string): string {
	return hostname
		.toLowerCase()
		.replace(/^\[(.*)\]$/, '$1')
		.replace(/\.$/, '');
}
