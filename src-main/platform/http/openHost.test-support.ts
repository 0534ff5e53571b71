import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import pino from 'pino';
import { WebSocket } from 'ws';
import { Accounts } from '../../features/accounts/accounts.ts';
import { accountsHandlers } from '../../features/accounts/handlers.ts';
import { wasUsed } from '../../features/accounts/wasUsed.ts';
import { Audit } from '../../features/audit/audit.ts';
import { settingsHandlers } from '../../features/settings/handlers.ts';
import { Settings } from '../../features/settings/settings.ts';
import { systemHandlers } from '../../features/system/handlers.ts';
import { openDatabase } from '../database/openDatabase.ts';
import { resolvePaths } from '../paths/paths.ts';
import type { Gate } from '../rpc/guard.ts';
import { Secrets } from '../secrets/Secrets.ts';
import { openRendererFiles } from './rendererFiles.ts';
import { startWebHost } from './webHost.ts';

export type OpenHost = Awaited<ReturnType<typeof openHost>>;

export const ada = { name: 'Ada', password: 'a stone in the shoe' };

/**
 * The browser host on a free port over a real database, with the small features alone, for the tests of this folder. Its owner is set up
 * as Ada, unless it is to be fresh.
 */
export async function openHost(options: { host?: '127.0.0.1' | '::1'; isFresh?: boolean } = {}) {
	const folder = await mkdtemp(path.join(os.tmpdir(), 'homeroom-host-'));
	const paths = resolvePaths({ dataFolder: path.join(folder, 'data') });
	const rendererFolder = path.join(folder, 'renderer');
	await mkdir(path.join(rendererFolder, 'assets'), { recursive: true });
	await writeFile(
		path.join(rendererFolder, 'index.html'),
		'<!doctype html><html><head><meta name="csp-nonce" content="" /></head><body>the page</body></html>',
	);
	await writeFile(path.join(rendererFolder, 'assets', 'main-1a2b.js'), 'export {};');
	await writeFile(path.join(folder, 'secret.js'), 'a file beside the renderer');
	const logged: string[] = [];
	const log = pino({ level: 'debug' }, { write: (line: string) => logged.push(line) });
	const database = openDatabase({ file: paths.database, migrationsFolder: paths.migrations, log });
	const { db } = database;
	const secrets = new Secrets({ db, keyFile: paths.secretsKey, log });
	const audit: Audit = new Audit({ db, secrets, log, nameOf: (accountId) => accounts.people.nameOf(accountId), wasUsed: () => wasUsed(db) });
	const gate: Gate = { mayUseModel: () => true, record: (entry) => audit.recordCall(entry), refuseUnrecorded: () => audit.refuseUnrecorded() };
	const accounts: Accounts = new Accounts({
		db,
		secrets,
		log,
		commonPasswords: path.join(paths.resources, 'passwords', 'common.txt'),
		record: (entry) => audit.record(entry),
	});
	const belongings = {
		export: () => [{ fileName: 'own.json', text: '{}' }],
		exportFiles: () => ({ fileName: 'own.zip', zip: Readable.from([]) }),
		remove: async (accountId: string) => db.transaction((tx) => accounts.people.remove(tx, accountId)),
	};
	const router = {
		accounts: accountsHandlers(accounts, belongings),
		settings: settingsHandlers(new Settings({ db })),
		system: systemHandlers({ kind: 'browser', version: '0' }, paths),
	};
	const host = await startWebHost({
		router,
		gate,
		door: accounts,
		renderer: await openRendererFiles(rendererFolder),
		uploadsFolder: paths.uploads,
		log,
		address: { host: options.host ?? '127.0.0.1', port: 0 },
	});
	/** POSTs JSON, as a page of ours does. */
	const post = (address: string, body: unknown, headers: Record<string, string> = {}) =>
		fetch(`${host.origin}${address}`, {
			method: 'POST',
			headers: { origin: host.origin, 'content-type': 'application/json', ...headers },
			body: JSON.stringify(body),
		});
	if (!options.isFresh) await post('/auth/set-up', { code: accounts.firstCode()?.code, ...ada });
	return {
		...host,
		accounts,
		paths,
		logged,
		db,
		post,
		/** Signs a new browser in: its cookies, as a header for every request and as one for /auth. */
		async signIn(typed: { name: string; password: string } = ada) {
			const { access, refresh } = cookiesIn(await post('/auth/sign-in', typed));
			if (!access || !refresh) throw new Error('the sign-in was refused');
			return { access, refresh, cookie: `homeroom_access=${access}`, cookies: `homeroom_access=${access}; homeroom_refresh=${refresh}` };
		},
		async end() {
			await host.close();
			database.close();
			await rm(folder, { recursive: true, force: true });
		},
	};
}

/** The tokens that an answer leaves in cookies; null for one that it does not, or takes back. */
export function cookiesIn(answer: Response): { access: string | null; refresh: string | null } {
	const told = (name: string) => {
		const set = answer.headers.getSetCookie().find((cookie) => cookie.startsWith(`${name}=`));
		return /=([^;]+);/.exec(set ?? '')?.[1] ?? null;
	};
	return { access: told('homeroom_access'), refresh: told('homeroom_refresh') };
}

/** Sends the very bytes given and answers with all that comes back until the other side closes. */
export async function sendRaw(address: { address: string; port: number }, text: string): Promise<string> {
	const socket = net.connect(address.port, address.address);
	socket.setTimeout(5000, () => socket.destroy());
	let answer = '';
	socket.on('data', (chunk) => {
		answer += chunk.toString('utf8');
	});
	socket.on('error', () => {});
	socket.write(text);
	await new Promise((resolve) => socket.once('close', resolve));
	return answer;
}

/** The status an upgrade to a WebSocket is answered with: 101 where it opens. */
export async function upgradeStatus(url: string, headers: Record<string, string>): Promise<number> {
	const socket = new WebSocket(url, { headers });
	return await new Promise((resolve, reject) => {
		socket.once('unexpected-response', (request, response) => {
			resolve(response.statusCode ?? 0);
			request.destroy();
		});
		socket.once('open', () => {
			resolve(101);
			socket.close();
		});
		socket.once('error', reject);
	});
}

/** An open socket that sends what it is given and hands out each frame that comes back. */
export async function openSocket(host: { origin: string }, proof: string | { bearer: string }) {
	const headers = typeof proof === 'string' ? { cookie: proof, origin: host.origin } : { authorization: `Bearer ${proof.bearer}` };
	const socket = new WebSocket(`${host.origin.replace('http', 'ws')}/rpc`, { headers });
	const waiting = new Map<string, (answer: Answer) => void>();
	const unclaimed: Answer[] = [];
	socket.on('message', (data) => {
		const text = String(data);
		const frame: Answer = { ...JSON.parse(text), text };
		const claim = waiting.get(frame.i);
		if (claim) claim(frame);
		else unclaimed.push(frame);
		waiting.delete(frame.i);
	});
	const closed = new Promise<number>((resolve) => socket.once('close', (code) => resolve(code)));
	await new Promise((resolve, reject) => {
		socket.once('open', resolve);
		socket.once('error', reject);
	});
	/** Sends a frame and waits for the one that answers to `id`. */
	const ask = (id: string, frame: string | Uint8Array): Promise<Answer> => {
		const answer = new Promise<Answer>((resolve, reject) => {
			waiting.set(id, resolve);
			void closed.then((code) => reject(new Error(`the socket was closed with ${code}`)));
		});
		socket.send(frame);
		return answer;
	};
	const call = (id: string, procedure: string, input?: unknown): Promise<Answer> =>
		ask(id, JSON.stringify({ i: id, p: { u: `/${procedure.replace('.', '/')}`, b: input === undefined ? {} : { json: input } } }));
	return { socket, closed, unclaimed, ask, call };
}

/** A frame from the app, with its text as it came. */
export interface Answer {
	i: string;
	p: { s?: number; b?: { json?: { code?: string; data?: unknown; defined?: boolean; message?: string } } };
	text: string;
}
