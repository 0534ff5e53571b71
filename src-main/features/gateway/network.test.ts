import https from 'node:https';
import pino from 'pino';
import { afterEach, expect, test } from 'vitest';
import type { GatewaySettings } from '#contract/gateway.ts';
import { makeCertificate } from '../../platform/network/makeCertificate.ts';
import { type OpenedAccounts, openAccounts } from '../accounts/openAccounts.test-support.ts';
import { LedgerStage } from '../ledger/openLedger.test-support.ts';
import { askRaw, rawRequest } from './askRaw.test-support.ts';
import { Gateway } from './gateway.ts';
import type { ServerLimits } from './openServer.ts';

// Accounts, ledger and certificates are real; that no model is asked is what is told here.
let stage: OpenedAccounts;
let gateway: Gateway;
afterEach(async () => {
	await gateway.close();
	stage.close();
});

/** A gateway over the accounts of a machine whose only account has no password yet, with a key of it. */
async function open(settings: Partial<GatewaySettings>, limits: Partial<ServerLimits> = {}) {
	stage = openAccounts();
	const log = pino({ level: 'silent' });
	const ownerId = stage.accounts.people.list()[0]?.id ?? '';
	const kept = new Map<string, string>();
	const secrets = {
		get: (name: string) => kept.get(name) ?? null,
		set: (name: string, text: string | null) => void (text === null ? kept.delete(name) : kept.set(name, text)),
	};
	const nobody = () => {
		throw new Error('no model is asked');
	};
	gateway = new Gateway({
		...{ db: stage.db, door: stage.accounts, keys: stage.accounts.keys, secrets, log, limits },
		ledger: new LedgerStage(stage.db).ledger,
		hasPassword: (accountId) => stage.accounts.own(accountId).hasPassword,
		models: { generate: nobody, embed: nobody, ensureRunning: nobody, countTokens: nobody, usableBy: () => () => true },
		listModels: () => [],
	});
	const state = await gateway.change({ isOn: true, port: 0, ...settings }, true);
	const { secret } = stage.accounts.keys.create(ownerId, { name: 'a program', scopes: ['chat'], expiresAt: null });
	return { state, secret, port: Number(URL.parse(state.origin ?? '')?.port) };
}

/** Asks over TLS and trusts `ca` alone. */
function askSecurely(
	port: number,
	{ ca, secret, host = '127.0.0.1' }: { ca: string; secret: string; host?: string },
): Promise<{ status: number | undefined; body: string }> {
	return new Promise((done, fail) => {
		const request = https.get(
			{
				host: '127.0.0.1',
				servername: 'localhost',
				port,
				path: '/v1/models',
				ca,
				agent: false,
				headers: { authorization: `Bearer ${secret}`, host: `${host}:${port}` },
			},
			(response) => {
				let body = '';
				response.on('data', (chunk) => (body += chunk)).on('end', () => done({ status: response.statusCode, body }));
			},
		);
		request.on('error', fail);
	});
}

test('S1 beyond this machine it speaks HTTPS alone, with a certificate that it makes and keeps, to accounts with a password alone', async () => {
	const { state, secret, port } = await open({ address: '0.0.0.0', hosts: ['homeroom.school.example'] });
	expect(state).toMatchObject({
		state: 'open',
		origin: `https://0.0.0.0:${port}`,
		certificate: { isSelfMade: true, names: expect.arrayContaining(['homeroom.school.example']) },
	});
	const ca = state.certificate?.pem ?? '';
	const plain = await askRaw(port, rawRequest('GET /v1/models', [`host: 127.0.0.1:${port}`, `authorization: Bearer ${secret}`]));
	expect(plain?.status ?? null).not.toBe(200);

	const refused = await askSecurely(port, { ca, secret });
	expect([refused.status, JSON.parse(refused.body).error.code]).toEqual([403, 'PASSWORD_COMPULSORY']);
	// Setting a password ends no key that was made after it.
	const { accountId } = await stage.setUpOwner();
	const { secret: mine } = stage.accounts.keys.create(accountId, { name: 'another', scopes: ['chat'], expiresAt: null });
	expect((await askSecurely(port, { ca, secret: mine })).status).toBe(200);
	expect((await askSecurely(port, { ca, secret: mine, host: 'homeroom.school.example' })).status).toBe(200);
	expect((await askSecurely(port, { ca, secret: mine, host: 'evil.example' })).status).toBe(403);
	await expect(askSecurely(port, { ca: makeCertificate(['localhost'], { commonName: 'another', days: 1 }).cert, secret: mine })).rejects.toThrow(
		/self-signed|certificate/,
	);

	const again = await gateway.change({ origins: ['https://school.example'] }, false);
	expect(again.certificate?.fingerprint).toBe(state.certificate?.fingerprint);
	const renamed = await gateway.change({ hosts: ['lab.school.example'] }, false);
	expect(renamed.certificate?.fingerprint).not.toBe(state.certificate?.fingerprint);
});

test('S1 it proves itself with the owner’s certificate once it has one, and takes none that it cannot use', async () => {
	const own = makeCertificate(['localhost', 'lab.school.example'], { commonName: 'School', days: 30 });
	const { secret } = await open({ address: '0.0.0.0' });
	const reason = async (certificate: string, key: string) => await gateway.setCertificate({ certificate, key }).catch((error: unknown) => error);
	const other = makeCertificate(['localhost'], { commonName: 'Other', days: 30 });
	const old = makeCertificate(['localhost'], { commonName: 'Old', days: -0.5 });
	expect([await reason('none', own.key), await reason(own.cert, 'none'), await reason(own.cert, other.key), await reason(old.cert, old.key)]).toMatchObject([
		{ code: 'CERTIFICATE_INVALID', data: { reason: 'unreadable' } },
		{ code: 'CERTIFICATE_INVALID', data: { reason: 'keyUnreadable' } },
		{ code: 'CERTIFICATE_INVALID', data: { reason: 'mismatch' } },
		{ code: 'CERTIFICATE_INVALID', data: { reason: 'expired' } },
	]);
	const state = await gateway.setCertificate({ certificate: own.cert, key: own.key });
	expect(state.certificate).toMatchObject({ isSelfMade: false, names: ['localhost', 'lab.school.example'], pem: own.cert });
	const answered = await askSecurely(Number(URL.parse(state.origin ?? '')?.port), { ca: own.cert, secret });
	expect(answered.status).toBe(403);
	expect(JSON.stringify(state)).not.toContain('PRIVATE KEY');
});

test('S6 whoever sends a request drop by drop is shut out, in its head and in its body', async () => {
	const { port, secret } = await open({}, { headersMs: 200, bodyMs: 200 });
	const host = `host: 127.0.0.1:${port}`;
	const head = await askRaw(port, `GET /v1/models HTTP/1.1\r\n${host}\r\nx-slow: `);
	expect(head?.status ?? 408).toBe(408);
	const body = await askRaw(
		port,
		`POST /v1/completions HTTP/1.1\r\n${host}\r\nauthorization: Bearer ${secret}\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{"model":`,
	);
	expect(body).toBeNull();
	expect((await askRaw(port, rawRequest('GET /v1/models', [host, `authorization: Bearer ${secret}`])))?.status).toBe(200);
});

test('S5 one address that asks too often gets 429, before it is looked who asks', async () => {
	const { port } = await open({}, { addressPerMinute: 3 });
	const ask = () => askRaw(port, rawRequest('GET /v1/models', [`host: 127.0.0.1:${port}`]));
	const answers = [await ask(), await ask(), await ask(), await ask()];
	expect(answers.map((answer) => answer?.status)).toEqual([401, 401, 401, 429]);
	expect(Number(answers[3]?.headers['retry-after'])).toBeGreaterThan(0);
});

test('an address that is not this machine’s is named, and nothing is opened', async () => {
	const { state } = await open({ address: '192.0.2.1', port: 4610 });
	expect(state).toMatchObject({ state: 'failed', origin: null, failure: { code: 'ADDRESS_UNAVAILABLE', data: { address: '192.0.2.1', port: 4610 } } });
});
