import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { WebSocket } from 'ws';
import { owner, signIn } from '../e2e/support/connect.ts';
import { openAccounts } from '../src-main/features/accounts/openAccounts.test-support.ts';
import type { ipcContract } from './ipcContract.ts';
import { median, percentile } from './median.ts';
import type { Report } from './run.ts';
import { startBenchApp } from './startBenchApp.ts';

/** The door lets an account try a hundred times an hour. */
const signIns = 60;
const atOnce = 4;
const idleMs = 1000;
const guesses = 500;
/** Short and many, since what else the machine does comes and goes. */
const rounds = 60;
const roundMs = 200;
const unanswered = 64;
/** reliability.md U1: hashing never holds the event loop up for longer. */
const loopDelayLimitMs = 50;

/**
 * What a sign-in costs, alone and for everybody else; whether how long a refusal takes tells which names there are; and what proving
 * who calls costs each call, beside the same call at a host that lets everybody in.
 */
export async function run(report: Report): Promise<void> {
	await measureRefusals(report);
	const folder = await mkdtemp(path.join(os.tmpdir(), 'homeroom-signin-'));
	const pageFolder = path.join(folder, 'page');
	await mkdir(pageFolder);
	await writeFile(path.join(pageFolder, 'index.html'), '<meta name="csp-nonce" content="">');
	const app = await startBenchApp(path.join(folder, 'data'), pageFolder);
	try {
		const cookie = await signIn(app);
		await measureSignIns(report, app.origin, cookie);
		await measureCalls(report, app, cookie);
	} finally {
		await app.stop();
		await rm(folder, { recursive: true, force: true });
	}
}

async function measureSignIns(report: Report, origin: string, cookie: string): Promise<void> {
	const socket = await open(origin, cookie);
	// ws and the browser's WebSocket differ in types alone where oRPC uses them.
	const client: ContractRouterClient<typeof ipcContract> = createORPCClient(new RPCLink({ websocket: socket as unknown as globalThis.WebSocket }));
	const browsers = Array.from({ length: atOnce }, () => makeBrowser(origin));
	const alone: number[] = [];
	for (let n = 0; n < signIns / 2; n++) alone.push(await timed(browsers[0] ?? makeBrowser(origin)));
	// What the machine itself does to an app that has nothing to do.
	await client.bench.loopDelay();
	await setTimeout(idleMs);
	const idle = await client.bench.loopDelay();
	for (let n = 0; n < signIns / 2; n += atOnce) await Promise.all(browsers.map((signInAnew) => signInAnew()));
	const delay = await client.bench.loopDelay();
	socket.close();
	report({ metric: `one sign-in over HTTP, p50 of ${alone.length}`, value: rounded(median(alone)), unit: 'ms' });
	report({ metric: 'one sign-in over HTTP, p95', value: rounded(percentile(alone, 0.95)), unit: 'ms' });
	const metric = `main event loop delay while ${atOnce} sign in at once`;
	const isInTime = delay.p99 < loopDelayLimitMs;
	report({ metric: `${metric}, p99`, value: rounded(delay.p99), unit: 'ms', baseline: rounded(idle.p99), limit: loopDelayLimitMs, pass: isInTime });
	report({ metric: `${metric}, worst`, value: rounded(delay.max), unit: 'ms', baseline: rounded(idle.max) });
}

/** A browser that signs in once more with each call, in the place of its session before. */
function makeBrowser(origin: string): () => Promise<void> {
	let cookie = '';
	return async () => {
		const headers = { origin, cookie, 'content-type': 'application/json' };
		const answer = await fetch(`${origin}/auth/sign-in`, { method: 'POST', headers, body: JSON.stringify(owner) });
		if (answer.status !== 204) throw new Error(`signing in was answered with ${answer.status}: ${await answer.text()}`);
		cookie = answer.headers
			.getSetCookie()
			.map((line) => line.split(';')[0])
			.join('; ');
	};
}

/** reliability.md U2: wrong passwords for a name that there is and for names that there are not, in turns. */
async function measureRefusals(report: Report): Promise<void> {
	const stage = openAccounts();
	await stage.setUpOwner();
	const refused = (name: string) => () =>
		stage.accounts.signIn({ name, password: 'not this one' }, { device: 'bench', address: '127.0.0.1' }).then(
			() => Promise.reject(new Error('a wrong password was taken')),
			() => {},
		);
	const known: number[] = [];
	const unknown: number[] = [];
	for (let n = 0; n < guesses; n++) {
		// Past every delay, so that each try is really made.
		stage.time.pass(3_600_000);
		known.push(await timed(refused('Ada')));
		unknown.push(await timed(refused(`Nobody ${n}`)));
	}
	stage.close();
	const ratio = median(unknown) / median(known);
	report({
		metric: `refusal of a name that is nobody's beside one that there is, p50 of ${guesses} each`,
		value: rounded(median(unknown)),
		unit: 'ms',
		baseline: rounded(median(known)),
		ratio: rounded(ratio),
		limit: 0.1,
		pass: Math.abs(ratio - 1) < 0.1,
	});
}

async function measureCalls(report: Report, app: { origin: string; openOrigin: string }, cookie: string): Promise<void> {
	const proved = await open(app.origin, cookie);
	const anybody = await open(app.openOrigin, 'homeroom_access=anybody');
	await callsPerSecond(proved, 'echo');
	await callsPerSecond(anybody, 'openEcho');
	const withProof: number[] = [];
	const without: number[] = [];
	for (let round = 0; round < rounds; round++) {
		// Whichever is second finds a warmer machine: they take turns.
		for (const isProved of round % 2 === 0 ? [true, false] : [false, true]) {
			(isProved ? withProof : without).push(await callsPerSecond(isProved ? proved : anybody, isProved ? 'echo' : 'openEcho'));
		}
	}
	proved.close();
	anybody.close();
	const ratio = median(withProof.map((proven, round) => proven / (without[round] ?? Number.NaN)));
	report({
		metric: `calls that prove who calls beside ones that nobody has to, median of ${rounds} rounds`,
		value: Math.round(median(withProof)),
		unit: 'calls/s',
		baseline: Math.round(median(without)),
		ratio: rounded(ratio),
		limit: 0.9,
		pass: ratio >= 0.9,
	});
}

/** Keeps so many calls under way for the length of a round, as bare frames, so that the app is what is measured. */
async function callsPerSecond(socket: WebSocket, procedure: 'echo' | 'openEcho'): Promise<number> {
	const startedAt = performance.now();
	let sent = 0;
	let answered = 0;
	const ask = () => {
		sent++;
		socket.send(`{"i":"${sent}","p":{"u":"/bench/${procedure}","b":{"json":{"value":7}}}}`);
	};
	await new Promise<void>((resolve, reject) => {
		const read = (data: unknown) => {
			if (!String(data).includes('"json":7')) reject(new Error(`a call was answered with ${data}`));
			answered++;
			if (performance.now() - startedAt < roundMs) ask();
			else if (answered === sent) {
				socket.off('message', read);
				resolve();
			}
		};
		socket.on('message', read);
		for (let n = 0; n < unanswered; n++) ask();
	});
	return answered / ((performance.now() - startedAt) / 1000);
}

async function open(origin: string, cookie: string): Promise<WebSocket> {
	const socket = new WebSocket(`${origin.replace('http', 'ws')}/rpc`, { headers: { cookie, origin } });
	await new Promise((resolve, reject) => {
		socket.once('open', resolve);
		socket.once('error', reject);
	});
	return socket;
}

async function timed(act: () => Promise<unknown>): Promise<number> {
	const startedAt = performance.now();
	await act();
	return performance.now() - startedAt;
}

function rounded(value: number): number {
	return Math.round(value * 100) / 100;
}
