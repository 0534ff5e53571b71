import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OpenedAccounts, openAccounts, password, place } from './openAccounts.test-support.ts';

const forgeries = 300;
const second = 1000;
let startedAt: number;
let stage: OpenedAccounts;
let other: OpenedAccounts;
let access: string;
let refresh: string;
let elsewhere: { access: string; refresh: string };
beforeAll(async () => {
	[stage, other] = [openAccounts(), openAccounts()];
	startedAt = stage.time.wallMs;
	const mine = await stage.setUpOwner();
	[access, refresh] = [mine.access.token, mine.refresh.token];
	const theirs = await other.setUpOwner();
	elsewhere = { access: theirs.access.token, refresh: theirs.refresh.token };
});
afterAll(() => {
	stage.close();
	other.close();
});

const encode = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
const decode = (part: string | undefined) => JSON.parse(Buffer.from(part ?? '', 'base64url').toString());
const partsOf = (token: string) => {
	const [header, payload, signature = ''] = token.split('.');
	return { header: decode(header), payload: decode(payload), signature };
};
const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
const publicPem = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString();

/** Signs as somebody can who has anything but the secret of this install. */
function forge(token: string, header: object, claims: object, secret: string | Buffer): string {
	const parts = partsOf(token);
	const text = `${encode({ ...parts.header, ...header })}.${encode({ ...parts.payload, ...claims })}`;
	return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}

function forgeRsa(token: string): string {
	const parts = partsOf(token);
	const text = `${encode({ ...parts.header, alg: 'RS256' })}.${encode(parts.payload)}`;
	return `${text}.${sign('sha256', Buffer.from(text), pair.privateKey).toString('base64url')}`;
}

const tricks = [
	{ jku: 'https://evil.example/keys.json' },
	{ jwk: { kty: 'oct', k: encode('secret') } },
	{ kid: '../../../../dev/null' },
	{ kid: "x' UNION SELECT 'secret" },
	{ x5u: 'https://evil.example/cert.pem' },
	{ crit: ['b64'], b64: false },
];
const anyToken = fc.boolean().map((isAccess) => (isAccess ? access : refresh));
const weakSecret = fc.constantFrom('', 'secret', 'homeroom', publicPem, Buffer.alloc(32));

const kinds: Record<string, fc.Arbitrary<string>> = {
	'alg none': fc.tuple(anyToken, fc.constantFrom('none', 'None', 'NONE', ''), fc.boolean()).map(([token, alg, keeps]) => {
		const parts = partsOf(token);
		return `${encode({ ...parts.header, alg })}.${encode(parts.payload)}.${keeps ? parts.signature : ''}`;
	}),
	'another algorithm': fc.tuple(anyToken, fc.constantFrom('HS384', 'HS512', 'RS256', 'ES256', 'EdDSA')).map(([token, alg]) => {
		const parts = partsOf(token);
		return `${encode({ ...parts.header, alg })}.${encode(parts.payload)}.${parts.signature}`;
	}),
	'RS for HS': anyToken.map(forgeRsa),
	'another secret': fc.tuple(anyToken, weakSecret).map(([token, secret]) => forge(token, {}, {}, secret)),
	'a key that the token brings or names': fc
		.tuple(anyToken, fc.constantFrom(...tricks), weakSecret)
		.map(([token, header, secret]) => forge(token, header, {}, secret)),
	// From here on with the very secret, as if something else of this install had signed it.
	'another audience or issuer': fc
		.tuple(anyToken, fc.constantFrom({ aud: 'other' }, { iss: 'other' }, { aud: [] }, { iss: null }, { aud: undefined }, { iss: undefined }))
		.map(([token, claims]) => forge(token, {}, claims, stage.secret())),
	'another type': fc.tuple(anyToken, fc.constantFrom('JWT', 'rt', undefined, '')).map(([token, typ]) => forge(token, { typ }, {}, stage.secret())),
	'of a session that is not there': anyToken.map((token) => forge(token, {}, { sid: 'x' }, stage.secret())),
	'without an end, or ended a second ago': fc
		.tuple(
			anyToken,
			fc.constantFrom({ exp: () => undefined }, { exp: () => 'never' }, { exp: () => startedAt / second - 1 }, { nbf: () => startedAt / second + 60 }),
		)
		.map(([token, claims]) => forge(token, {}, Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, value()])), stage.secret())),
	'HS512 with the secret': anyToken.map((token) => {
		const parts = partsOf(token);
		const text = `${encode({ ...parts.header, alg: 'HS512' })}.${encode(parts.payload)}`;
		return `${text}.${createHmac('sha512', stage.secret()).update(text).digest('base64url')}`;
	}),
	'claims changed under the signature': fc.tuple(anyToken, fc.constantFrom({ sub: 'x' }, { sid: 'x' }, { exp: 9e9 })).map(([token, claims]) => {
		const parts = partsOf(token);
		return `${encode(parts.header)}.${encode({ ...parts.payload, ...claims })}.${parts.signature}`;
	}),
	'a flipped bit': fc.tuple(anyToken, fc.nat(), fc.nat(7)).map(([token, at, bit]) => {
		const parts = token.split('.');
		const part = at % 3;
		const bytes = Buffer.from(parts[part] ?? '', 'base64url');
		const index = Math.floor(at / 3) % bytes.length;
		bytes.writeUInt8((bytes[index] ?? 0) ^ (1 << bit), index);
		parts[part] = bytes.toString('base64url');
		return parts.join('.');
	}),
	'cut or grown': fc
		.tuple(anyToken, fc.integer({ min: 2, max: 30 }), fc.constantFrom('', '.', 'A', '.e30'))
		.map(([token, cut, tail]) => `${token.slice(0, -cut)}${tail}`),
	'of another install': fc.boolean().map((isAccess) => (isAccess ? elsewhere.access : elsewhere.refresh)),
	'no token at all': fc.string({ maxLength: 300 }),
};

test(`U4 ${forgeries} forged tokens of every kind are refused, as access and as refresh`, async () => {
	const seen = new Set<string>();
	const forged = fc.oneof(...Object.entries(kinds).map(([kind, make]) => fc.record({ kind: fc.constant(kind), make: fc.constant(make), token: fc.nat() })));
	await fc.assert(
		fc.asyncProperty(forged, async ({ kind, make, token: seed }) => {
			seen.add(kind);
			const [token = ''] = fc.sample(make, { numRuns: 1, seed });
			expect([kind, await stage.who(token), await stage.accounts.refresh(token, '127.0.0.1')]).toEqual([kind, null, null]);
		}),
		{ numRuns: forgeries },
	);
	expect([...seen].sort()).toEqual(Object.keys(kinds).sort());
	// What they were made from was good all along, and no forgery has ended its session.
	expect(await stage.who(access)).toMatchObject({ role: 'admin' });
	expect(await stage.accounts.refresh(refresh, '127.0.0.1')).not.toBeNull();
});

test('U4 a refresh token opens nothing, an access token refreshes nothing', async () => {
	const { access, refresh } = await signIn();
	expect(await stage.who(refresh.token)).toBeNull();
	expect(await stage.accounts.refresh(access.token, '127.0.0.1')).toBeNull();
	expect(await stage.who(access.token)).toMatchObject({ role: 'admin' });
});

test('U4 a token is good until the second it expires and not in it', async () => {
	const { access } = await signIn();
	const { exp } = partsOf(access.token).payload;
	stage.time.pass(exp * second - stage.time.wallMs - second);
	expect(await stage.who(access.token)).not.toBeNull();
	stage.time.pass(second);
	expect(await stage.who(access.token)).toBeNull();
});

test('U4 the secret has 256 bits, is made by each install and outlives a restart', async () => {
	const { access } = await signIn();
	expect(partsOf(access.token).payload.iss).not.toBe(partsOf(elsewhere.access).payload.iss);
	stage.restart();
	expect(await stage.who(access.token)).not.toBeNull();
	expect(partsOf(access.token)).toMatchObject({ header: { alg: 'HS256', typ: 'at+jwt' }, payload: { aud: 'homeroom' } });
	expect(Object.keys(partsOf(access.token).payload).sort()).toEqual(['aud', 'exp', 'iat', 'iss', 'sid', 'sub']);
});

async function signIn() {
	return stage.accounts.signIn({ name: 'Ada', password: 'a stone in the shoe' }, { device: 'a browser', address: '127.0.0.1' });
}

test('U4 a keychain that is away at one start costs nobody the secret it keeps: until the next start another one signs', async () => {
	let isAvailable = true;
	const keychain = { isAvailable: () => isAvailable, seal: (text: string) => Buffer.from(text), open: (sealed: Buffer) => sealed.toString() };
	const own = openAccounts({ keychain });
	const { access: before } = await own.setUpOwner();
	isAvailable = false;
	own.restart();
	expect(await own.who(before.token)).toBeNull();
	const { access: meanwhile } = await own.accounts.signIn({ name: 'Ada', password }, place);
	expect(await own.who(meanwhile.token)).not.toBeNull();
	isAvailable = true;
	own.restart();
	expect([await own.who(before.token), await own.who(meanwhile.token)]).toEqual([expect.objectContaining({ role: 'admin' }), null]);
	own.close();
});
