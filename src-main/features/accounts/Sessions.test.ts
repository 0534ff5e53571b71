import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { everyOwner } from '../../platform/database/owned.ts';
import { type OpenedAccounts, openAccounts, password, place, principalIn } from './openAccounts.test-support.ts';
import { session } from './schema.ts';

const second = 1000;
const minute = 60 * second;
const day = 24 * 60 * minute;
let stage: OpenedAccounts;
let accountId: string;
beforeEach(async () => {
	stage = openAccounts();
	({ accountId } = await stage.setUpOwner());
});
afterEach(() => stage.close());

const signIn = () => stage.accounts.signIn({ name: 'Ada', password }, place);
const refresh = (token: string) => stage.accounts.refresh(token, place.address);
const reuses = () => stage.acts().filter(({ act }) => act === 'sessionReused');

test('U5 a refresh token that is used twice ends the whole session, and the audit log says so', async () => {
	const first = await signIn();
	const second = await refresh(first.refresh.token);
	expect(second).not.toBeNull();
	stage.time.pass(10_001);
	expect(await refresh(first.refresh.token)).toBeNull();
	expect(reuses()).toEqual([{ act: 'sessionReused', subject: accountId, result: 'SIGN_IN_REFUSED' }]);
	// Nothing of the family is good any more, the newest neither.
	expect([await refresh(second?.refresh.token ?? ''), await stage.who(first.access.token), await stage.who(second?.access.token ?? '')]).toEqual([
		null,
		null,
		null,
	]);
	expect(reuses()).toHaveLength(1);
});

test('U5 a token from before the last one ends the session at once, also within 10 s', async () => {
	const first = await signIn();
	const second = await refresh(first.refresh.token);
	const third = await refresh(second?.refresh.token ?? '');
	expect(await refresh(first.refresh.token)).toBeNull();
	expect(await refresh(third?.refresh.token ?? '')).toBeNull();
	expect(reuses()).toHaveLength(1);
});

test('U5 two windows that refresh within 10 s get the very same successor, and both go on', async () => {
	const first = await signIn();
	const [one, two] = await Promise.all([refresh(first.refresh.token), refresh(first.refresh.token)]);
	stage.time.pass(10_000);
	const three = await refresh(first.refresh.token);
	expect(one).not.toBeNull();
	expect([two?.refresh.token, two?.access.token]).toEqual([one?.refresh.token, one?.access.token]);
	expect([three?.refresh.token, three?.access.token]).toEqual([one?.refresh.token, one?.access.token]);
	expect([await refresh(one?.refresh.token ?? ''), reuses()]).toEqual([expect.anything(), []]);
});

test('U5 windows that race in any order never sign each other out', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(fc.record({ windows: fc.integer({ min: 1, max: 5 }), waitMs: fc.nat(20 * minute) }), { maxLength: 12 }), async (rounds) => {
			let { refresh: held } = await signIn();
			for (const { windows, waitMs } of rounds) {
				const grants = await Promise.all(Array.from({ length: windows }, () => refresh(held.token)));
				const tokens = new Set(grants.map((grant) => grant?.refresh.token));
				expect([tokens.size, tokens.has(undefined)]).toEqual([1, false]);
				held = grants[0]?.refresh ?? held;
				stage.time.pass(waitMs + 10_001);
			}
			expect(reuses()).toEqual([]);
		}),
		{ numRuns: 15 },
	);
});

test('U5 access ends after 30 minutes, also for a connection opened with it, however the session is renewed meanwhile', async () => {
	const { access, refresh: token } = await signIn();
	const connection = await stage.accounts.identify({ accessToken: access.token });
	stage.time.pass(30 * minute - 1);
	expect(connection?.()).toMatchObject({ accountId });
	const next = await refresh(token.token);
	stage.time.pass(second);
	expect([await stage.who(access.token), connection?.(), await stage.who(next?.access.token ?? '')]).toEqual([
		null,
		null,
		expect.objectContaining({ accountId }),
	]);
	stage.time.pass(30 * minute - second);
	expect(await stage.who(next?.access.token ?? '')).toBeNull();
});

test('U5 a refresh token ends after 7 days without use, a session after 30 days whatever its use', async () => {
	const idle = await signIn();
	stage.time.pass(7 * day);
	expect(await refresh(idle.refresh.token)).toBeNull();
	let { refresh: held } = await signIn();
	const startedAt = stage.time.wallMs;
	for (;;) {
		stage.time.pass(day);
		const next = await refresh(held.token);
		if (next === null) break;
		held = next.refresh;
	}
	expect(stage.time.wallMs - startedAt).toBe(30 * day);
	await signIn();
	expect(stage.db.select().from(session).where(everyOwner(session)).all()).toHaveLength(1);
});

test('U5 no token outlives its session', async () => {
	let { refresh: held } = await signIn();
	for (let days = 0; days < 5; days++) {
		stage.time.pass(6 * day - (days === 4 ? minute : 0));
		const next = await refresh(held.token);
		if (next === null) throw new Error('the session ended early');
		held = next.refresh;
		if (days === 4) expect([next.access.lastsSeconds, next.refresh.lastsSeconds]).toEqual([60, 60]);
	}
});

test('U5 a clock that is set back makes nothing last longer', async () => {
	const { access, refresh: token } = await signIn();
	stage.time.pass(minute);
	await stage.who(access.token);
	stage.time.setClock(-40 * day);
	stage.time.pass(29 * minute);
	expect(await stage.who(access.token)).toBeNull();
	stage.time.pass(7 * day - 30 * minute);
	expect(await refresh(token.token)).toBeNull();
});

test('U5 nor one that is set back or stands still while Homeroom is closed', async () => {
	const { access } = await signIn();
	stage.time.pass(20 * minute);
	expect(await stage.who(access.token)).not.toBeNull();
	stage.time.setClock(-400 * day);
	stage.restart();
	expect(await stage.who(access.token)).not.toBeNull();
	stage.time.passUnseen(10 * minute);
	expect(await stage.who(access.token)).toBeNull();
});

test('a disk that takes no note of when somebody was here last makes nobody a stranger, and is asked again after five minutes', async () => {
	const { access } = await signIn();
	const { secret } = stage.accounts.keys.create(accountId, { name: 'k', scopes: ['chat'], expiresAt: null });
	const [byCookie, byKey] = [await stage.accounts.identify({ accessToken: access.token }), await stage.accounts.identify({ bearer: secret })];
	const lastUsed = () => stage.accounts.sessions(accountId, principalIn(byCookie).sessionId).find(({ isThisOne }) => isThisOne)?.lastUsedAt;
	const before = lastUsed();
	stage.time.pass(6 * minute);
	stage.db.$client.pragma('query_only = ON');
	expect([byCookie?.(), byKey?.()]).toMatchObject([{ accountId }, { accountId }]);
	stage.db.$client.pragma('query_only = OFF');
	byCookie?.();
	expect(lastUsed()).toBe(before);
	stage.time.pass(5 * minute + 1);
	byCookie?.();
	expect(lastUsed()).toBe(stage.time.wallMs);
});

test('whoever has just signed in was seen just now', async () => {
	const { code, person } = stage.accounts.people.create(accountId, { name: 'Grace', role: 'user' });
	expect(stage.accounts.people.get(person.id).lastSeenAt).toBeNull();
	await stage.accounts.setUp({ code, name: null, password }, place);
	expect(stage.accounts.people.get(person.id).lastSeenAt).toBe(stage.time.wallMs);
});

test('an account has at most 50 sessions: the one that was used least lately makes room', async () => {
	const { access: oldest } = await signIn();
	stage.time.pass(second);
	for (let opened = 0; opened < 49; opened++) await signIn();
	const { access: newest } = await signIn();
	expect([stage.accounts.sessions(accountId, null).length, await stage.who(oldest.token)]).toEqual([50, null]);
	expect(await stage.who(newest.token)).toMatchObject({ accountId });
});
