import { RPCLink } from '@orpc/client/websocket';
import { browserDoor } from './browserDoor.ts';
import type { Transport } from './ReconnectingLink.ts';

/** The code with which the app closes the socket of a session that is over, or whose access ran out. */
const sessionEndedCode = 4401;

/**
 * Connects a browser's page to the app over its WebSocket at `/rpc`; the cookie goes along by itself. Access that ran out is renewed on
 * the way; `signedOut` where that is refused.
 */
export async function openSocket(): Promise<Transport | 'signedOut' | 'unreachable'> {
	const opened = await connect();
	if (opened !== null) return opened;
	// A refused upgrade looks like any other failure to a page, so the door is asked.
	const state = await browserDoor.state().catch(() => null);
	if (state?.isSignedIn === false) return 'signedOut';
	return (state && (await connect())) ?? 'unreachable';
}

async function connect(): Promise<Transport | null> {
	const address = new URL('/rpc', location.href);
	address.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
	const socket = new WebSocket(address);
	const isOpen = await new Promise<boolean>((resolve) => {
		socket.addEventListener('open', () => resolve(true), { once: true });
		socket.addEventListener('close', () => resolve(false), { once: true });
	});
	if (!isOpen) return null;
	// Before the link listens: who waits for an answer must find the connection known to be closed.
	const closed = new Promise<{ signedOut: boolean }>((resolve) => {
		socket.addEventListener('close', (event) => resolve({ signedOut: event.code === sessionEndedCode }), { once: true });
	});
	return { link: new RPCLink({ websocket: socket }), closed };
}
