import { createORPCClient } from '@orpc/client';
import type { Client } from '#contract/contract.ts';
import { bridge } from './bridge.ts';
import { access } from './browserDoor.ts';
import { openPort } from './openPort.ts';
import { openSocket } from './openSocket.ts';
import { ReconnectingLink } from './ReconnectingLink.ts';
import { useConnection } from './useConnection.ts';

const link = new ReconnectingLink(
	() => (bridge() === null ? openSocket() : openPort(() => useConnection.setState({ state: 'signedOut' }))),
	(state) => useConnection.setState({ state }),
	(ms) => new Promise((resolve) => setTimeout(resolve, ms)),
	() => access.renew(),
);

/**
 * The page's one way to the app: every procedure of the contract, typed, over the window's port or the browser's socket.
 *
 * It connects at the first call and again whenever the connection breaks (`useConnection` tells). A call rejects with a failure
 * of the contract or with `ConnectionLost`; hand either to `ErrorNotice`.
 */
export const client: Client = createORPCClient(link);

/** Settles once the page is connected; rejects when the session is over or `signal` aborts. */
export function whenConnected(signal?: AbortSignal): Promise<void> {
	return link.ready(signal);
}

/** Takes the calls to come to a connection that is opened with the newest access; nothing on screen tells of it. */
export function reopenConnection(): Promise<void> {
	return link.reopen();
}

/** How many connections have broken so far; a stream that fails after this rose failed because of it. */
export function countBreaks(): number {
	return link.breaks;
}
