import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { Page } from '@playwright/test';
import { WebSocket } from 'ws';
import type { Client } from '#contract/contract.ts';

/** The owner of every Homeroom that is set up here. */
export const owner = { name: 'Ada', password: 'a stone in the shoe' };

/** An open app, and the code it printed if nobody had a password. */
interface Open {
	origin: string;
	setupCode: string | null;
}

/** Signs a new browser in as the owner, who is set up first where nobody has a password yet; its cookies, as a header. */
export async function signIn({ origin, setupCode }: Open): Promise<string> {
	const isSetUp = ((await (await fetch(`${origin}/auth/door`)).json()) as { isSetUp: boolean }).isSetUp;
	const answer = await fetch(`${origin}/auth/${isSetUp ? 'sign-in' : 'set-up'}`, {
		method: 'POST',
		headers: { origin, 'content-type': 'application/json' },
		body: JSON.stringify(isSetUp ? owner : { code: setupCode, ...owner }),
	});
	if (!answer.ok) throw new Error(`signing in was answered with ${answer.status}: ${await answer.text()}`);
	return answer.headers
		.getSetCookie()
		.map((cookie) => cookie.split(';')[0])
		.join('; ');
}

/** Gives a page the cookies of a signed-in browser and opens the app in it. */
export async function enter(page: Page, { origin }: Pick<Open, 'origin'>, cookie: string): Promise<void> {
	const cookies = cookie.split('; ').map((pair) => {
		const [name = '', value = ''] = pair.split('=');
		// As the app itself sets them: a second one of the same name on another path would be sent beside it.
		const path = name === 'homeroom_refresh' ? '/auth' : '/';
		return { name, value, domain: new URL(origin).hostname, path, httpOnly: true, sameSite: 'Strict' as const };
	});
	await page.context().addCookies(cookies);
	await page.goto(origin);
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
