import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isFailure } from '#contract/errors.ts';
import { codeOf, type OpenedAccounts, openAccounts, password, place } from './openAccounts.test-support.ts';
import { signInFailure } from './schema.ts';
import { Throttle } from './Throttle.ts';

const second = 1000;
const hour = 3600 * second;
let stage: OpenedAccounts;
let throttle: Throttle;
const now = () => stage.time.wallMs;
beforeEach(() => {
	stage = openAccounts();
	throttle = new Throttle({ db: stage.db, now });
});
afterEach(() => stage.close());

const enter = (account: string) => throttle.enter([{ account }]);
const waitOf = (account: string) => {
	const entry = enter(account);
	return entry.kind === 'open' ? 0 : entry.retryAfterMs;
};

test('U3 five failures cost nothing, then the delay doubles from 1 s to 300 s', () => {
	const waits: number[] = [];
	for (let failures = 1; failures <= 16; failures++) {
		expect(enter('ada').kind).toBe('open');
		const entry = enter('ada');
		const waitMs = entry.kind === 'open' ? 0 : entry.retryAfterMs;
		waits.push(waitMs / second);
		if (entry.kind === 'open') failures++;
		stage.time.pass(waitMs);
	}
	expect(waits).toEqual([0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]);
});

test('U3 a delay ends to the millisecond, and what is refused during it does not lengthen it', () => {
	for (let failures = 0; failures < 6; failures++) {
		enter('ada');
		stage.time.pass(failures === 5 ? 0 : second);
	}
	for (let tries = 0; tries < 50; tries++) expect(waitOf('ada')).toBe(2 * second);
	stage.time.pass(2 * second - 1);
	expect(waitOf('ada')).toBe(1);
	stage.time.pass(1);
	expect(enter('ada').kind).toBe('open');
});

test('U3 never more than 100 tries an hour and account that fail, however they come; those that succeed are none of them', () => {
	fc.assert(
		fc.property(
			fc.array(fc.record({ waitMs: fc.integer({ min: 0, max: 60 * second }), isRight: fc.boolean() }), { minLength: 200, maxLength: 400 }),
			(tries) => {
				const name = `account ${Math.random()}`;
				const failed: number[] = [];
				for (const { waitMs, isRight } of tries) {
					stage.time.pass(waitMs);
					const entry = enter(name);
					if (entry.kind === 'closed') continue;
					if (isRight) entry.succeeded();
					else failed.push(now());
				}
				for (const at of failed) expect(failed.filter((other) => other >= at && other < at + hour).length).toBeLessThanOrEqual(100);
			},
		),
		{ numRuns: 8 },
	);
});

test('U3 a success takes back its own try alone: those that were made beside it stay counted', () => {
	const mine = enter('ada');
	for (let others = 0; others < 4; others++) enter('ada');
	if (mine.kind === 'open') mine.succeeded();
	expect(stage.db.select().from(signInFailure).all()).toMatchObject([{ recent: Array(4).fill(now()) }]);
});

test('signing in again and again is no failure', async () => {
	await stage.setUpOwner();
	for (let times = 0; times < 4; times++) expect(await codeOf(stage.accounts.signIn({ name: 'Ada', password }, place))).toBe('ok');
	for (let times = 0; times < 120; times++) {
		const entry = enter('grace');
		expect(entry.kind).toBe('open');
		if (entry.kind === 'open') entry.succeeded();
	}
	expect(stage.db.select().from(signInFailure).all()).toEqual([]);
});

test('U3 a success takes the delay away; the failures of an account survive a restart', () => {
	for (let failures = 0; failures < 7; failures++) {
		stage.time.pass(10 * second);
		enter('ada');
	}
	expect(new Throttle({ db: stage.db, now }).enter([{ account: 'ada' }])).toEqual({ kind: 'closed', retryAfterMs: 4 * second, isFirst: true });
	stage.time.pass(4 * second);
	const entry = enter('ada');
	if (entry.kind === 'closed') throw new Error('the delay had ended');
	entry.succeeded();
	for (let failures = 0; failures < 5; failures++) expect(enter('ada').kind).toBe('open');
	expect(waitOf('ada')).toBe(second);
});

test('U3 many tries at once are counted before they are made', async () => {
	await stage.setUpOwner();
	const tries = await Promise.all(Array.from({ length: 40 }, () => codeOf(stage.accounts.signIn({ name: 'Ada', password: 'wrong enough' }, place))));
	expect(tries.filter((code) => code === 'SIGN_IN_REFUSED')).toHaveLength(5);
	expect(tries.filter((code) => code === 'TOO_MANY_TRIES')).toHaveLength(35);
});

test('U3 during a delay the right password is refused too, with how long to wait, and afterwards it is taken', async () => {
	await stage.setUpOwner();
	for (let tries = 0; tries < 5; tries++) await codeOf(stage.accounts.signIn({ name: 'Ada', password: 'wrong enough' }, place));
	const refused = await stage.accounts.signIn({ name: 'ADA', password }, place).catch((error: unknown) => error);
	expect(isFailure(refused, 'TOO_MANY_TRIES') && refused.data).toEqual({ retryAfterMs: second });
	stage.time.pass(second);
	expect(await codeOf(stage.accounts.signIn({ name: 'ada ', password }, place))).toBe('ok');
});

test('U3 a name that is nobody’s is slowed down alike, and what was typed for it is kept nowhere', async () => {
	await stage.setUpOwner();
	const codes = async (name: string) => {
		const seen: unknown[] = [];
		for (let tries = 0; tries < 8; tries++) seen.push(await codeOf(stage.accounts.signIn({ name, password: 'wrong enough' }, place)));
		return seen;
	};
	expect(await codes('a password typed as a name')).toEqual(await codes('Ada'));
	expect(JSON.stringify(stage.db.select().from(signInFailure).all())).not.toContain('typed');
});

test('U3 from an address a hundred names may be tried in an hour, and all of one machine’s are one address', () => {
	const from = (address: string, account: string) => throttle.enter([{ account }, { address, account }]);
	for (let names = 0; names < 100; names++) expect(from(`127.0.1.${names}`, `name ${names}`).kind).toBe('open');
	expect(from('127.0.0.1', 'another')).toEqual({ kind: 'closed', retryAfterMs: hour, isFirst: true });
	expect([from('::1', 'another'), from('::ffff:127.0.0.1', 'another')]).toMatchObject([{ isFirst: false }, { isFirst: false }]);
	expect([from('127.0.0.1', 'name 7').kind, from('10.0.0.1', 'another').kind, from('10.0.0.1', 'name 7').kind]).toEqual(['open', 'open', 'open']);
	stage.time.pass(hour);
	expect(from('127.0.0.1', 'another').kind).toBe('open');
});

test('U3 who guesses at one account, as long as they like, holds up no other from the same address', async () => {
	const { accountId } = await stage.setUpOwner();
	await stage.join('Grace', 'user', accountId);
	for (let tries = 0; tries < 60; tries++) {
		await codeOf(stage.accounts.signIn({ name: 'Ada', password: 'wrong enough' }, place));
		stage.time.pass(10 * second);
	}
	expect(await codeOf(stage.accounts.signIn({ name: 'Grace', password }, place))).toBe('ok');
});

test('U3 a browser that was signed in to the account waits for nobody’s failures but its own', async () => {
	const { accountId, known } = await stage.setUpOwner();
	const knownTo = await stage.accounts.recognize(known.token);
	expect(knownTo).toBe(accountId);
	for (let names = 0; names < 101; names++) throttle.enter([{ account: `name ${names}` }, { address: place.address, account: `name ${names}` }]);
	for (let tries = 0; tries < 6; tries++) await codeOf(stage.accounts.signIn({ name: 'Ada', password: 'wrong enough' }, place));
	const codes: unknown[] = [];
	const strangers = [null, 'another account'];
	for (const browser of strangers) codes.push(await codeOf(stage.accounts.signIn({ name: 'Ada', password }, place, browser)));
	codes.push(await codeOf(stage.accounts.signIn({ name: 'Ada', password }, place, knownTo)));
	for (let tries = 0; tries < 6; tries++) codes.push(await codeOf(stage.accounts.signIn({ name: 'Ada', password: 'wrong enough' }, place, knownTo)));
	expect(codes).toEqual(['TOO_MANY_TRIES', 'TOO_MANY_TRIES', 'ok', ...Array(5).fill('SIGN_IN_REFUSED'), 'TOO_MANY_TRIES']);
});

test('U3 what tells that a browser is known is good for that alone, and nothing else is good for it', async () => {
	const { access, refresh, known } = await stage.setUpOwner();
	const { accounts } = stage;
	expect([await accounts.identify({ accessToken: known.token }), await accounts.refresh(known.token, place.address)]).toEqual([null, null]);
	for (const token of [access.token, refresh.token, '', 'x', `${known.token}x`]) expect(await accounts.recognize(token)).toBeNull();
	stage.time.pass(400 * 24 * hour);
	expect(await accounts.recognize(known.token)).toBeNull();
});

test('U3 who is signed in is not held up by what strangers try at the account', async () => {
	const { accountId, access } = await stage.setUpOwner();
	for (let tries = 0; tries < 8; tries++) await codeOf(stage.accounts.signIn({ name: 'Ada', password: 'wrong enough' }, place));
	const caller = stage.context(await stage.who(access.token));
	expect(caller.principal.accountId).toBe(accountId);
	expect(await codeOf(stage.accounts.provePassword(caller, password))).toBe('ok');
	for (let tries = 0; tries < 5; tries++) expect(await codeOf(stage.accounts.provePassword(caller, 'wrong enough'))).toBe('PASSWORD_WRONG');
	expect(await codeOf(stage.accounts.provePassword(caller, password))).toBe('TOO_MANY_TRIES');
});

test('U3 a right setup code never waits; of wrong ones an address may try 600 in an hour', async () => {
	await stage.setUpOwner();
	const codes: unknown[] = [];
	for (let tries = 0; tries < 601; tries++) codes.push(await codeOf(() => stage.accounts.nameOfCode('AAAA-AAAA-AAAA', place.address)));
	expect(codes).toEqual([...Array(600).fill('SIGN_IN_REFUSED'), 'TOO_MANY_TRIES']);
	const code = stage.accounts.recoveryCode('Ada')?.code ?? '';
	expect(await codeOf(stage.accounts.setUp({ code, name: null, password: 'another stone entirely' }, place))).toBe('ok');
});

test('U3 the last administrator is never locked out for good: every delay ends, and whoever starts the program gets a code', async () => {
	await stage.setUpOwner();
	for (let tries = 0; tries < 60; tries++) {
		// The one address that everybody has here.
		await codeOf(stage.accounts.signIn({ name: 'Ada', password: 'wrong enough' }, place));
		await codeOf(stage.accounts.signIn({ name: `nobody ${tries}`, password: 'wrong enough' }, place));
		stage.time.pass(301 * second);
	}
	expect(await codeOf(stage.accounts.signIn({ name: 'Ada', password }, place))).toBe('ok');
	for (let tries = 0; tries < 6; tries++) await codeOf(stage.accounts.signIn({ name: 'Ada', password: 'wrong enough' }, place));
	const code = stage.accounts.recoveryCode('ada')?.code ?? '';
	expect(await codeOf(stage.accounts.setUp({ code, name: null, password: 'another stone entirely' }, place))).toBe('ok');
});

test('U3 of the refusals during one delay the first is in the audit log, every wrong password is', async () => {
	const { accountId } = await stage.setUpOwner();
	for (let tries = 0; tries < 20; tries++) await codeOf(stage.accounts.signIn({ name: 'Ada', password: 'wrong enough' }, place));
	expect(stage.acts()).toEqual([
		{ act: 'signInRefused', subject: accountId, result: 'TOO_MANY_TRIES' },
		...Array.from({ length: 5 }, () => ({ act: 'signInRefused', subject: accountId, result: 'SIGN_IN_REFUSED' })),
		{ act: 'setUp', subject: accountId, result: 'ok' },
	]);
});

test('rows of a day ago are forgotten', () => {
	enter('ada');
	stage.time.pass(25 * hour);
	enter('grace');
	expect(stage.db.select().from(signInFailure).all()).toHaveLength(1);
});
