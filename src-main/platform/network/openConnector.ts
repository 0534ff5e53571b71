import type { LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import { bareHost, isLoopbackAddress, isNearAddress } from './isNearHost.ts';
import { OutOfReach } from './networkFailure.ts';

/** Where a connection may go: `here` is this machine alone, `near` this machine and its network, `far` the internet. */
export type Reach = 'any' | 'here' | 'near' | 'far';

/** Turns a name into addresses; the system's resolver in the app. */
export type Resolve = (hostname: string) => Promise<LookupAddress[]>;

const connectMs = 10_000;
/** How long one address of several is tried before the next is, too. The default of 250 ms is less than one round trip of a bad connection. */
const nextAddressMs = 1_000;

/**
 * Makes what opens sockets for undici, kept to `reach`.
 *
 * The rule is held against the very address that is connected to, so a name that changes its address in between gains nothing.
 * Addresses out of reach are passed over; where no other is left, the connection fails with OutOfReach.
 *
 * @param options.onNear is told each name that stands for near addresses alone.
 */
export function openConnector(reach: Reach, options: { resolve: Resolve; onNear(hostname: string): void }): buildConnector.connector {
	const isWithin = (address: string) => {
		if (reach === 'here') return isLoopbackAddress(address);
		return reach === 'any' || isNearAddress(address) === (reach === 'near');
	};
	const refuse = () => new OutOfReach(reach === 'far' ? 'privateAddress' : 'insecure');
	const lookup: LookupFunction = (hostname, wished, done) => {
		options.resolve(hostname).then(
			(addresses) => {
				if (addresses.length > 0 && addresses.every(({ address }) => isNearAddress(address))) options.onNear(hostname);
				const usable = addresses.filter(({ address }) => isWithin(address));
				const [first] = usable;
				if (!first) done(refuse(), []);
				else if (wished.all) done(null, usable);
				else done(null, first.address, first.family);
			},
			(error: unknown) => done(error instanceof Error ? error : new Error(String(error)), []),
		);
	};
	const connect = buildConnector({ timeout: connectMs, allowH2: false, lookup, autoSelectFamily: true, autoSelectFamilyAttemptTimeout: nextAddressMs });
	return (target, done) => {
		const host = bareHost(target.hostname);
		// An address is connected to without a look-up.
		if (isIP(host) !== 0 && !isWithin(host)) queueMicrotask(() => done(refuse(), null));
		else connect(target, done);
	};
}
