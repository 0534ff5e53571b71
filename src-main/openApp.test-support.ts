import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createRouterClient } from '@orpc/server';
import pino from 'pino';
import type { KeyScope, Role } from '#contract/accounts.ts';
import type { Client } from '#contract/contract.ts';
import { createApp } from './app.ts';
import type { Logger } from './platform/log/createLog.ts';
import { resolvePaths } from './platform/paths/paths.ts';
import type { Principal } from './platform/rpc/guard.ts';

export const password = 'a stone in the shoe';
const place = { device: 'a browser', address: '::1' };

export type OpenedApp = Awaited<ReturnType<typeof openApp>>;

/** Somebody with an account, who signs in anew whenever a session of theirs has ended. */
export interface Member {
	accountId: string;
	name: string;
	/** Who this is now, by a session of theirs; `fresh`: by one of its own. */
	principal(fresh?: boolean): Promise<Principal>;
	/** Calls by that session. */
	client: Client;
}

/** The whole app on a temporary folder, with the owner Olga, for tests of how its parts go together. Without a log of its own, `logged` has its warnings. */
export async function openApp(options: { log?: Logger } = {}) {
	process.env.HOMEROOM_GPU = 'off';
	const folder = mkdtempSync(path.join(tmpdir(), 'homeroom-app-'));
	const paths = resolvePaths({ dataFolder: folder });
	const logged: string[] = [];
	const log = options.log ?? pino({ level: 'warn' }, { write: (line: string) => logged.push(line) });
	const start = () => createApp({ paths, log, host: { kind: 'browser', version: '0' } });
	let app = start();

	/** Calls as whoever `principal` says at the time. */
	function clientOf(principal: () => Promise<Principal | null>, other?: typeof app): Client {
		const context = async () => ({ principal: await principal(), requestId: randomUUID(), log, gate: (other ?? app).gate, origin: place.address, seat: null });
		// Whichever app runs by then.
		return new Proxy({} as Client, { get: (_, feature) => Reflect.get(createRouterClient((other ?? app).router, { context }), feature) });
	}

	async function who(accessToken: string): Promise<Principal | null> {
		return (await app.accounts.identify({ accessToken }))?.() ?? null;
	}

	async function join(name: string, code: string): Promise<Member> {
		let token = (await app.accounts.setUp({ code, name, password }, place)).access.token;
		const principal = async (fresh = false): Promise<Principal> => {
			const signIn = async () => (await app.accounts.signIn({ name, password }, place)).access.token;
			if (!fresh && !(await who(token))) token = await signIn();
			const found = await who(fresh ? await signIn() : token);
			if (!found) throw new Error(`${name} cannot sign in`);
			return found;
		};
		return { accountId: (await principal()).accountId, name, principal, client: clientOf(principal) };
	}

	const olga = await join('Olga', app.accounts.firstCode()?.code ?? '');
	return {
		get app() {
			return app;
		},
		folder,
		logged,
		olga,
		clientOf,
		/** Makes an account and chooses its password. */
		async member(name: string, role: Role): Promise<Member> {
			const { code } = await olga.client.accounts.create({ name, role });
			return join(name, code);
		},
		/** Who a fresh key of this member stands for. */
		async keyOf(member: Member, scopes: KeyScope[]): Promise<Principal> {
			const { secret } = await member.client.accounts.createKey({ name: 'a program', scopes, expiresAt: null });
			const principal = (await app.accounts.identify({ bearer: secret }))?.();
			if (!principal) throw new Error('a fresh key is nobody’s');
			return principal;
		},
		/** Starts the app anew after it was closed. */
		start() {
			app = start();
		},
		/** Ends the app and starts it anew on the same folder. */
		async restart() {
			await app.close();
			app = start();
		},
		async close() {
			await app.close();
			rmSync(folder, { recursive: true, force: true });
		},
	};
}
