import { RPCLink } from '@orpc/client/websocket';
import type { Transport } from './ReconnectingLink.ts';

/** The code with which the app closes the socket of a session that is over. */
const sessionEndedCode = 4401;

/** Connects a browser's page to the app over its WebSocket at `/rpc`; the sign-in cookie goes along by itself. */
export async function openSocket(): Promise<Transport | 'signedOut' | 'unreachable'> {
	const address = new URL('/rpc', location.href);
	address.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
	const socket = new WebSocket(address);
	const isOpen = await new Promise<boolean>((resolve) => {
		socket.addEventListener('open', () => resolve(true), { once: true });
		socket.addEventListener('close', () => resolve(false), { once: true });
	});
	// A refused upgrade looks like any other failure to a page, so the page itself is asked for.
	if (!isOpen) return (await isSignedOut()) ? 'signedOut' : 'unreachable';
	// Before the link listens: who waits for an answer must find the connection known to be closed.
	const closed = new Promise<{ signedOut: boolean }>((resolve) => {
		socket.addEventListener('close', (event) => resolve({ signedOut: event.code === sessionEndedCode }), { once: true });
	});
	return { link: new RPCLink({ websocket: socket }), closed };
}

async function isSignedOut(): Promise<boolean> {
	try {
		const answer = await fetch('/', { method: 'HEAD', cache: 'no-store', credentials: 'same-origin' });
		return answer.status === 401;
	} catch {
		// Nothing answers at all: the app is away, which is not the same as being signed out.
		return false;
	}
}
