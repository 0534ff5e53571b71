import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import pino from 'pino';
import { WebSocket } from 'ws';
import { Accounts } from '../../features/accounts/accounts.ts';
import { accountsHandlers } from '../../features/accounts/handlers.ts';
import { settingsHandlers } from '../../features/settings/handlers.ts';
import { Settings } from '../../features/settings/settings.ts';
import { systemHandlers } from '../../features/system/handlers.ts';
import { openDatabase } from '../database/openDatabase.ts';
import { resolvePaths } from '../paths/paths.ts';
import { openRendererFiles } from './rendererFiles.ts';
import { startWebHost } from './webHost.ts';

export type OpenHost = Awaited<ReturnType<typeof openHost>>;

/** The browser host on a free port over a real database, with the small features alone, for the tests of this folder. */
export async function openHost(options: { host?: '127.0.0.1' | '::1' } = {}) {
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
	const accounts = new Accounts({ db: database.db });
	const router = {
		accounts: accountsHandlers(accounts),
		settings: settingsHandlers(new Settings({ db: database.db })),
		system: systemHandlers({ kind: 'browser', version: '0' }, paths),
	};
	let linksWanted = 0;
	const host = await startWebHost({
		router,
		door: accounts,
		renderer: await openRendererFiles(rendererFolder),
		uploadsFolder: paths.uploads,
		log,
		address: { host: options.host ?? '127.0.0.1', port: 0 },
		onLinkWanted: () => linksWanted++,
	});
	return {
		...host,
		accounts,
		paths,
		logged,
		linksWanted: () => linksWanted,
		/** A cookie header of a new session. */
		signIn() {
			const session = accounts.redeem(accounts.issueSignInToken(), 'test');
			if (session === null) throw new Error('a fresh token was refused');
			return { cookie: `homeroom_session=${session.secret}`, secret: session.secret };
		},
		async end() {
			await host.close();
			database.close();
			await rm(folder, { recursive: true, force: true });
		},
	};
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
export async function openSocket(host: { origin: string }, cookie: string) {
	const socket = new WebSocket(`${host.origin.replace('http', 'ws')}/rpc`, { headers: { cookie, origin: host.origin } });
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
