import { afterEach, beforeEach, expect, test } from 'vitest';
import { immediate } from '../../platform/database/openDatabase.ts';
import { refusal } from '../../platform/rpc/guard.ts';
import { codeOf, type OpenedAccounts, openAccounts, password, place, principalIn } from './openAccounts.test-support.ts';

const minute = 60_000;
let stage: OpenedAccounts;
let ownerId: string;
beforeEach(async () => {
	stage = openAccounts();
	({ accountId: ownerId } = await stage.setUpOwner());
});
afterEach(() => stage.close());

const fields = { name: 'a program', scopes: ['chat', 'engine', 'chat'] as ('chat' | 'engine')[], expiresAt: null };
const who = async (secret: string) => (await stage.accounts.identify({ bearer: secret }))?.() ?? null;

test('a key is shown once, and known by its prefix from then on', async () => {
	const { key, secret } = stage.accounts.keys.create(ownerId, fields);
	expect(secret).toMatch(/^hr_[\w-]{43}$/);
	expect(stage.accounts.keys.list(ownerId)).toEqual([key]);
	expect(key).toEqual({
		id: key.id,
		name: 'a program',
		prefix: secret.slice(0, 9),
		scopes: ['chat', 'engine'],
		limits: { requestsPerMinute: 60, streamsAtOnce: 2, tokensPerMonth: null },
		usedThisMonth: 0,
		createdAt: stage.time.wallMs,
		expiresAt: null,
		lastUsedAt: null,
		isDisabled: false,
	});
	expect(stage.db.$client.serialize().includes(secret)).toBe(false);
});

test('a key opens the features of its scopes alone, whatever its owner may do', async () => {
	const principal = principalIn(() => ({ accountId: ownerId, role: 'admin', sessionId: null, key: { id: 'k', scopes: ['chat'] } }));
	expect([
		refusal(principal, 'user', 'chat'),
		refusal(principal, 'user', 'grading')?.code,
		refusal(principal, 'viewer', 'accounts')?.code,
		refusal(principal, 'admin')?.code,
	]).toEqual([null, 'FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN']);
	const { secret } = stage.accounts.keys.create(ownerId, fields);
	expect(await who(secret)).toMatchObject({ accountId: ownerId, role: 'admin', sessionId: null, key: { scopes: ['chat', 'engine'] } });
});

test('S5 a key knows its limits, and what of its tokens is left in this month', () => {
	const { keys } = stage.accounts;
	const { key } = keys.create(ownerId, { ...fields, limits: { requestsPerMinute: 10, streamsAtOnce: 1, tokensPerMonth: 100 } });
	const left = () => keys.standing(key.id)?.tokensLeft;
	const use = (tokens: number) => immediate(stage.db, (tx) => keys.use(key.id, tokens, tx));
	use(30);
	use(50);
	expect([left(), keys.list(ownerId)[0]?.usedThisMonth]).toEqual([20, 80]);
	keys.change(ownerId, key.id, { limits: { requestsPerMinute: 20, streamsAtOnce: 3, tokensPerMonth: 200 } });
	expect(keys.standing(key.id)).toEqual({ requestsPerMinute: 20, streamsAtOnce: 3, tokensPerMonth: 200, tokensLeft: 120 });
	stage.time.pass(31 * 24 * 60 * minute);
	expect([left(), keys.list(ownerId)[0]?.usedThisMonth]).toEqual([200, 0]);
	use(7);
	expect(left()).toBe(193);
	keys.change(ownerId, key.id, { limits: { requestsPerMinute: 20, streamsAtOnce: 3, tokensPerMonth: null } });
	expect(left()).toBe(Number.POSITIVE_INFINITY);
	keys.remove(ownerId, key.id);
	expect(keys.standing(key.id)).toBeNull();
});

test('U6 a key that is switched off, has expired, was rotated or deleted is good for nothing, also where it was open', async () => {
	const { keys } = stage.accounts;
	const expiring = keys.create(ownerId, { ...fields, expiresAt: stage.time.wallMs + minute });
	const rotated = keys.create(ownerId, fields);
	const removed = keys.create(ownerId, fields);
	const off = keys.create(ownerId, fields);
	const open = await Promise.all([expiring, rotated, removed, off].map(({ secret }) => stage.accounts.identify({ bearer: secret })));
	expect(open.map((now) => now?.() !== null)).toEqual([true, true, true, true]);
	stage.time.pass(minute);
	const next = keys.rotate(ownerId, rotated.key.id);
	keys.remove(ownerId, removed.key.id);
	keys.change(ownerId, off.key.id, { isDisabled: true });
	expect(open.map((now) => now?.())).toEqual([null, null, null, null]);
	expect(await Promise.all([expiring, rotated, removed, off].map(({ secret }) => who(secret)))).toEqual([null, null, null, null]);
	expect([await who(next.secret), next.key.id, next.key.prefix === rotated.key.prefix]).toMatchObject([{ accountId: ownerId }, rotated.key.id, false]);
});

test('last used is noted, at most every five minutes', async () => {
	const { secret } = stage.accounts.keys.create(ownerId, fields);
	const lastUsed = () => stage.accounts.keys.list(ownerId)[0]?.lastUsedAt;
	await who(secret);
	const first = stage.time.wallMs;
	stage.time.pass(5 * minute);
	await who(secret);
	expect(lastUsed()).toBe(first);
	stage.time.pass(1);
	await who(secret);
	expect(lastUsed()).toBe(first + 5 * minute + 1);
});

test('what is no key is nobody', async () => {
	const { secret } = stage.accounts.keys.create(ownerId, fields);
	const others = ['', 'hr_', secret.slice(0, -1), `${secret}A`, secret.slice(3), secret.toUpperCase(), `x${secret}`];
	expect(await Promise.all(others.map(who))).toEqual(others.map(() => null));
});

test('a key is its owner’s alone, and none is made that has expired', async () => {
	const { keys } = stage.accounts;
	const { key } = keys.create(ownerId, fields);
	const grace = await stage.join('Grace', 'user', ownerId);
	expect(keys.list(grace.accountId)).toEqual([]);
	const reach = [
		() => keys.change(grace.accountId, key.id, { isDisabled: true }),
		() => keys.rotate(grace.accountId, key.id),
		() => keys.remove(grace.accountId, key.id),
	];
	expect(await Promise.all(reach.map((act) => codeOf(act)))).toEqual(['NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND']);
	expect(await codeOf(() => keys.create(ownerId, { ...fields, expiresAt: stage.time.wallMs }))).toBe('INVALID_INPUT');
});

test('a clock that once stood in 2099 keeps nobody from making keys and codes, which end when they say', async () => {
	const day = 24 * 60 * minute;
	stage.time.setClock(73 * 365 * day);
	await stage.accounts.signIn({ name: 'Ada', password }, place);
	stage.time.setClock(-73 * 365 * day);
	stage.restart();
	const today = stage.time.wallMs;
	const { secret } = stage.accounts.keys.create(ownerId, { ...fields, expiresAt: today + 8 * day });
	const { code, expiresAt } = stage.accounts.people.create(ownerId, { name: 'Grace', role: 'user' });
	expect(expiresAt).toBe(today + 7 * day);
	stage.time.pass(7 * day - 1);
	expect([await who(secret), stage.accounts.nameOfCode(code, place.address)]).toMatchObject([{ accountId: ownerId }, 'Grace']);
	stage.time.pass(1);
	expect(await codeOf(() => stage.accounts.nameOfCode(code, place.address))).toBe('SIGN_IN_REFUSED');
	stage.time.pass(day);
	expect(await who(secret)).toBeNull();
});
