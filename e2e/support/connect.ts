import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import { WebSocket } from 'ws';
import type { Client } from '#contract/contract.ts';

/** Signs in with a one-time link and answers with the session's cookie. */
export async function signIn(signInUrl: string): Promise<string> {
	const answer = await fetch(signInUrl, { redirect: 'manual' });
	const cookie = answer.headers.get('set-cookie')?.split(';')[0];
	if (!cookie) throw new Error(`the sign-in link was answered with ${answer.status} and no cookie`);
	return cookie;
}

/** A second seat at the same app: the typed client over a WebSocket of its own. */
export async function connect(origin: string, cookie: string): Promise<{ client: Client; close(): void }> {
	const socket = new WebSocket(`${origin.replace('http', 'ws')}/rpc`, { headers: { cookie, origin } });
	await new Promise((resolve, reject) => {
		socket.once('open', resolve);
		socket.once('error', reject);
	});
	// ws and the browser's WebSocket differ in types alone where oRPC uses them.
	const client: Client = createORPCClient(new RPCLink({ websocket: socket as unknown as globalThis.WebSocket }));
	return { client, close: () => socket.close() };
}
