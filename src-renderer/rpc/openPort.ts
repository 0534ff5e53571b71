import { RPCLink } from '@orpc/client/message-port';
import type { Transport } from './ReconnectingLink.ts';

/**
 * Connects the desktop window's page to the app: asks the preload for a MessagePort and takes the one it hands over.
 *
 * The preload answers each `homeroom:connect` with one `homeroom:port`; both are messages of this window to itself. The port stays when
 * the window's session ends: `onSignedOut` is called when a call is refused for that.
 */
export async function openPort(onSignedOut: () => void): Promise<Transport> {
	const port = await new Promise<MessagePort>((resolve) => {
		const onMessage = (event: MessageEvent<unknown>) => {
			const handed = event.ports[0];
			if (event.source !== window || handed === undefined || !isPortMessage(event.data)) return;
			window.removeEventListener('message', onMessage);
			resolve(handed);
		};
		window.addEventListener('message', onMessage);
		window.postMessage({ type: 'homeroom:connect' }, location.origin);
	});
	// Before the link listens: who waits for an answer must find the connection known to be closed.
	const closed = new Promise<{ signedOut: boolean }>((resolve) => {
		port.addEventListener('close', () => resolve({ signedOut: false }), { once: true });
	});
	const link = new RPCLink({ port });
	port.start();
	return { link: { call: (path, input, options) => link.call(path, input, options).catch(refused) }, closed };

	function refused(error: unknown): never {
		if (error instanceof Error && 'code' in error && error.code === 'NOT_SIGNED_IN') onSignedOut();
		throw error;
	}
}

function isPortMessage(data: unknown): boolean {
	return typeof data === 'object' && data !== null && 'type' in data && data.type === 'homeroom:port';
}
