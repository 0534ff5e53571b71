import { setTimeout } from 'node:timers/promises';
import { verify } from '@node-rs/argon2';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { isFailure } from '#contract/errors.ts';
import { codeOf, type OpenedAccounts, openAccounts, password, place, principalIn } from './openAccounts.test-support.ts';
import { account } from './schema.ts';
import { wasUsed } from './wasUsed.ts';

// The real one, of which the test sees what it was asked.
vi.mock(import('@node-rs/argon2'), async (original) => {
	const real = await original();
	return { ...real, verify: vi.fn(real.verify) };
});

const minute = 60_000;
const day = 24 * 60 * minute;
let stage: OpenedAccounts;
beforeEach(() => {
	stage = openAccounts();
});
afterEach(() => stage.close());

test('U8 a fresh install has no password, and its only account takes one by a code', async () => {
	const { accounts } = stage;
	expect([accounts.isSetUp, stage.db.select().from(account).all()]).toMatchObject([false, [{ name: '', role: 'admin', passwordHash: null }]]);
	for (const name of ['', 'Owner', 'admin', 'root']) {
		expect(await codeOf(accounts.signIn({ name, password: '' }, place))).toBe('SIGN_IN_REFUSED');
		expect(await codeOf(accounts.signIn({ name, password: 'password' }, place))).toBe('SIGN_IN_REFUSED');
	}
	const first = accounts.firstCode();
	expect(await codeOf(accounts.setUp({ code: first?.code ?? '', name: null, password }, place))).toBe('INVALID_INPUT');
	expect(await codeOf(accounts.setUp({ code: first?.code ?? '', name: 'Ada', password: 'password' }, place))).toBe('PASSWORD_UNFIT');
	const { access } = await accounts.setUp({ code: first?.code ?? '', name: 'Ada', password }, place);
	expect(await stage.who(access.token)).toMatchObject({ role: 'admin' });
	expect([accounts.isSetUp, accounts.firstCode()]).toEqual([true, null]);
});

test('U2 whoever cannot sign in gets the same answer after one hash of the same cost, whyever that is', async () => {
	const { accountId } = await stage.setUpOwner();
	const { code } = stage.accounts.people.create(accountId, { name: 'Without', role: 'user' });
	const off = await stage.join('Off', 'user', accountId);
	stage.accounts.people.change(off.accountId, { isDisabled: true });
	expect(code).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
	const seen: Record<string, unknown> = {};
	for (const name of ['Ada', 'Nobody', 'Without', 'Off', '', 'x'.repeat(200)]) {
		vi.mocked(verify).mockClear();
		const refused = await stage.accounts.signIn({ name, password: 'wrong enough' }, place).catch((error: unknown) => error);
		const hashes = vi
			.mocked(verify)
			.mock.calls.map(
				([stored]) => /^\$argon2id\$v=19\$m=\d+,t=\d+,p=\d+\$[\w+/]{22}\$[\w+/]{43}$/.exec(String(stored)) !== null && String(stored).slice(0, 31),
			);
		seen[name.slice(0, 10)] = [isFailure(refused) && refused.toJSON(), hashes];
	}
	const [one, ...others] = Object.values(seen);
	expect(one).toMatchObject([{ code: 'SIGN_IN_REFUSED' }, ['$argon2id$v=19$m=19456,t=2,p=1$']]);
	for (const other of others) expect(other).toEqual(one);
	expect(await codeOf(stage.accounts.signIn({ name: 'Off', password }, place))).toBe('SIGN_IN_REFUSED');
});

/** Everything that can sign an account in: two browsers, a key, a window, each with an open connection. */
async function openWaysIn(adminId: string) {
	const { accounts } = stage;
	const joined = await stage.join('Grace', 'user', adminId);
	const other = await accounts.signIn({ name: 'Grace', password }, { ...place, device: 'another browser' });
	const { secret } = accounts.keys.create(joined.accountId, { name: 'a program', scopes: ['chat'], expiresAt: null });
	const seat = accounts.openSeat();
	await accounts.signInAt(stage.context(null, seat), { name: 'Grace', password });
	const open = {
		first: await accounts.identify({ accessToken: joined.access.token }),
		other: await accounts.identify({ accessToken: other.access.token }),
		key: await accounts.identify({ bearer: secret }),
		window: () => seat.principal(),
	};
	for (const who of Object.values(open)) expect(principalIn(who)).toMatchObject({ accountId: joined.accountId, role: 'user' });
	return {
		accountId: joined.accountId,
		first: principalIn(open.first),
		/** Which of all credentials anything is still let in by: on a connection that was open, on a new one, and by refreshing. */
		async accepted(): Promise<string[]> {
			const ways: Record<string, unknown> = {};
			for (const [name, who] of Object.entries(open)) ways[`open ${name}`] = who?.() ?? null;
			ways['new first'] = await stage.who(joined.access.token);
			ways['new other'] = await stage.who(other.access.token);
			ways['new key'] = (await accounts.identify({ bearer: secret }))?.() ?? null;
			ways['refresh first'] = await accounts.refresh(joined.refresh.token, place.address);
			ways['refresh other'] = await accounts.refresh(other.refresh.token, place.address);
			return Object.entries(ways)
				.filter(([, let_in]) => let_in !== null)
				.map(([name]) => name);
		},
	};
}

test.each([
	[
		'its password is changed',
		async (_accountId: string, first: ReturnType<typeof principalIn>) =>
			void (await stage.accounts.changePassword(stage.context(first), { current: password, next: 'another stone entirely' })),
		['new first', 'open first', 'refresh first'],
	],
	['its password is taken away', (accountId: string) => void stage.accounts.people.resetPassword(accountId), []],
	['its role is changed', (accountId: string) => void stage.accounts.people.change(accountId, { role: 'viewer' }), []],
	['it is switched off', (accountId: string) => void stage.accounts.people.change(accountId, { isDisabled: true }), []],
	['it is deleted', (accountId: string) => stage.db.transaction((tx) => stage.accounts.people.remove(tx, accountId)), []],
	['all its sessions are ended', (accountId: string) => stage.accounts.endSessions(accountId, {}), ['new key', 'open key']],
	[
		'it signs out',
		(_accountId: string, first: ReturnType<typeof principalIn>) => stage.accounts.signOut(stage.context(first)),
		['new key', 'new other', 'open key', 'open other', 'open window', 'refresh other'],
	],
])('U6 once %s, nothing is let in that should not be, by any credential and on any open connection', async (_what, act, left) => {
	const { accountId } = await stage.setUpOwner();
	const ways = await openWaysIn(accountId);
	let told = 0;
	stage.accounts.onChange(() => told++);
	await act(ways.accountId, ways.first);
	expect((await ways.accepted()).sort()).toEqual(left);
	await setTimeout();
	expect(told).toBeGreaterThan(0);
	// The administrator is somebody else, and still there.
	expect(await codeOf(stage.accounts.signIn({ name: 'Ada', password }, place))).toBe('ok');
});

test('U6 an account that was switched off and on again signs in anew; its keys opened nothing meanwhile, and are as they were', async () => {
	const { accountId } = await stage.setUpOwner();
	const ways = await openWaysIn(accountId);
	stage.accounts.people.change(ways.accountId, { isDisabled: true });
	expect(await ways.accepted()).toEqual([]);
	stage.accounts.people.change(ways.accountId, { isDisabled: false });
	expect(await ways.accepted()).toEqual(['open key', 'new key']);
});

test('a setup code is good once, for a week, however it is typed, and an older one is not good beside a newer', async () => {
	const { accountId } = await stage.setUpOwner();
	const { accounts } = stage;
	const { code, person } = accounts.people.create(accountId, { name: 'Grace', role: 'user' });
	const typed = ` ${code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')}`;
	expect([accounts.nameOfCode(code, place.address), accounts.nameOfCode(typed, place.address)]).toEqual(['Grace', 'Grace']);
	const { code: newer } = accounts.people.resetPassword(person.id);
	expect(await codeOf(() => accounts.nameOfCode(code, place.address))).toBe('SIGN_IN_REFUSED');
	expect(await codeOf(accounts.setUp({ code: newer, name: 'ADA', password }, place))).toBe('NAME_TAKEN');
	const both = await Promise.all([1, 2].map(() => codeOf(accounts.setUp({ code: newer, name: null, password }, place))));
	expect(both.sort()).toEqual(['SIGN_IN_REFUSED', 'ok']);
	expect(await codeOf(() => accounts.nameOfCode(newer, place.address))).toBe('SIGN_IN_REFUSED');
	const { code: last } = accounts.people.resetPassword(person.id);
	stage.time.pass(7 * day);
	expect(await codeOf(accounts.setUp({ code: last, name: null, password }, place))).toBe('SIGN_IN_REFUSED');
});

test('nothing secret is stored in clear', async () => {
	const { access, refresh, accountId } = await stage.setUpOwner();
	const { code } = stage.accounts.people.create(accountId, { name: 'Grace', role: 'user' });
	const { secret } = stage.accounts.keys.create(accountId, { name: 'a program', scopes: ['chat'], expiresAt: null });
	const file = stage.db.$client.serialize();
	const secrets = [password, access.token, refresh.token, code, code.replaceAll('-', ''), secret, stage.secret().toString('base64url'), stage.secret()];
	expect(secrets.map((told) => file.includes(told))).toEqual(secrets.map(() => false));
	expect(file.includes('a program')).toBe(true);
});

test('whoever registers gets a user’s rights and their own password, and an address makes no more than 60 accounts in an hour', async () => {
	const { accounts } = stage;
	const register = (name: string, typed = password) => codeOf(accounts.register({ name, password: typed }, place.address));
	// From the second account on everybody has a password, the owner too.
	expect(await register('Berta')).toBe('PASSWORD_NEEDED');
	const { accountId: ownerId } = await stage.setUpOwner();
	expect(await register('Berta')).toBe('ok');
	expect(await codeOf(accounts.signIn({ name: 'berta', password }, place))).toBe('ok');
	const [owner, berta] = accounts.people.list();
	expect([owner?.id, berta]).toEqual([ownerId, expect.objectContaining({ name: 'Berta', role: 'user', hasPassword: true, modelIds: null })]);
	expect([await register('BERTA'), await register('Carl', 'short'), await register('Carl', 'carl1234')]).toEqual([
		'NAME_TAKEN',
		'PASSWORD_UNFIT',
		'PASSWORD_UNFIT',
	]);
	expect(stage.acts().filter(({ act }) => act === 'registered')).toEqual([{ act: 'registered', subject: berta?.id, result: 'ok' }]);
	const codes = new Set<unknown>();
	for (let tries = 0; tries < 57; tries++) codes.add(await register('Berta'));
	expect([...codes, await register('Dora')]).toEqual(['NAME_TAKEN', 'TOO_MANY_TRIES']);
	stage.time.pass(3_600_000);
	expect(await register('Dora')).toBe('ok');
}, 60_000);

test('the window needs no sign-in while the one account has no password, and a seat from then on', async () => {
	const { accounts } = stage;
	const seat = accounts.openSeat();
	const owner = principalIn(() => seat.principal());
	expect([owner, accounts.own(owner.accountId)]).toMatchObject([
		{ role: 'admin', sessionId: null, key: null },
		{ isNew: true, hasPassword: false },
	]);
	accounts.people.change(owner.accountId, { name: 'Ada' });
	expect([seat.principal(), accounts.own(owner.accountId)]).toMatchObject([owner, { name: 'Ada', isNew: false }]);
	// Who sets the first password stays; the next window has to sign in.
	await accounts.changePassword(stage.context(owner, seat), { current: null, next: password });
	expect([seat.principal(), accounts.openSeat().principal()]).toMatchObject([{ accountId: owner.accountId }, null]);
	expect(accounts.sessions(owner.accountId, seat.principal()?.sessionId ?? null)).toMatchObject([{ device: 'window', address: 'window', isThisOne: true }]);
	accounts.signOut(stage.context(seat.principal(), seat));
	expect(seat.principal()).toBeNull();
	expect(await codeOf(accounts.signInAt(stage.context(null, seat), { name: 'Ada', password: 'wrong enough' }))).toBe('SIGN_IN_REFUSED');
	await accounts.signInAt(stage.context(null, seat), { name: 'Ada', password });
	expect(seat.principal()).toMatchObject({ accountId: owner.accountId });
	expect(await codeOf(accounts.signInAt(stage.context(null), { name: 'Ada', password }))).toBe('NOT_HERE');
	expect(await codeOf(accounts.setUpAt(stage.context(null), { code: 'x', name: null, password }))).toBe('NOT_HERE');
	stage.time.pass(7 * day - 1);
	expect(seat.principal()).not.toBeNull();
	stage.time.pass(7 * day);
	expect(seat.principal()).toBeNull();
});

test('a window where somebody else signs in keeps nothing of who was there', async () => {
	const { accountId } = await stage.setUpOwner();
	await stage.join('Grace', 'user', accountId);
	const seat = stage.accounts.openSeat();
	await stage.accounts.signInAt(stage.context(null, seat), { name: 'Ada', password });
	const ada = principalIn(() => seat.principal());
	await stage.accounts.signInAt(stage.context(ada, seat), { name: 'Grace', password });
	expect(seat.principal()).toMatchObject({ role: 'user' });
	expect(stage.accounts.sessions(accountId, null).filter(({ device }) => device === 'window')).toEqual([]);
});

test('a password is changed by who knows the present one, and guessing at that is slowed down too', async () => {
	const { access } = await stage.setUpOwner();
	const context = stage.context(principalIn(await stage.accounts.identify({ accessToken: access.token })));
	const change = (current: string | null, next = 'another stone entirely') => codeOf(stage.accounts.changePassword(context, { current, next }));
	expect([await change(null), await change('wrong enough'), await change(password, 'short'), await change(password, 'Ada'.padEnd(8))]).toEqual([
		'PASSWORD_WRONG',
		'PASSWORD_WRONG',
		'PASSWORD_UNFIT',
		'PASSWORD_UNFIT',
	]);
	expect(await change(password)).toBe('ok');
	expect(await codeOf(stage.accounts.signIn({ name: 'Ada', password: 'another stone entirely' }, place))).toBe('ok');
	const codes: unknown[] = [];
	for (let tries = 0; tries < 7; tries++) codes.push(await codeOf(stage.accounts.provePassword(context, 'wrong enough')));
	expect(codes).toEqual([...Array(5).fill('PASSWORD_WRONG'), 'TOO_MANY_TRIES', 'TOO_MANY_TRIES']);
});

test('of two changes of a password at once, the second is told that the present one is another', async () => {
	const { access } = await stage.setUpOwner();
	const context = stage.context(principalIn(await stage.accounts.identify({ accessToken: access.token })));
	const both = await Promise.all(['another stone', 'a third stone'].map((next) => codeOf(stage.accounts.changePassword(context, { current: password, next }))));
	expect(both.sort()).toEqual(['PASSWORD_WRONG', 'ok']);
});

test('sessions are listed by device and ended one by one or all, and nobody reaches another’s', async () => {
	const { accountId, access } = await stage.setUpOwner();
	const grace = await stage.join('Grace', 'user', accountId);
	stage.time.pass(minute);
	await stage.accounts.signIn({ name: 'Ada', password }, { device: 'a telephone', address: '::1' });
	const sessionId = (await stage.who(access.token))?.sessionId ?? '';
	const listed = stage.accounts.sessions(accountId, sessionId);
	expect(listed.map(({ device, address, isThisOne }) => [device, address, isThisOne])).toEqual([
		['a telephone', '::1', false],
		['a browser', '127.0.0.1', true],
	]);
	expect(await codeOf(() => stage.accounts.endSessions(grace.accountId, { only: sessionId }))).toBe('NOT_FOUND');
	stage.accounts.endSessions(accountId, { but: sessionId });
	expect(stage.accounts.sessions(accountId, sessionId).map(({ id }) => id)).toEqual([sessionId]);
	stage.accounts.endSessions(accountId, { only: sessionId });
	expect([await stage.who(access.token), await stage.who(grace.access.token)]).toMatchObject([null, { role: 'user' }]);
});

test('the owner and the secret are made once', async () => {
	const { access } = await stage.setUpOwner();
	stage.restart();
	stage.restart();
	expect(await stage.who(access.token)).toMatchObject({ role: 'admin' });
	expect(stage.db.select().from(account).where(eq(account.role, 'admin')).all()).toHaveLength(1);
});

test('a database counts as used from the first time that somebody is seen', async () => {
	const fresh = openAccounts();
	expect(wasUsed(fresh.db)).toBe(false);
	await fresh.setUpOwner();
	expect(wasUsed(fresh.db)).toBe(true);
	fresh.close();
});
