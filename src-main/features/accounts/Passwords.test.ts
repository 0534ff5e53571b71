import { readFileSync } from 'node:fs';
import { hash, parseOptions } from '@node-rs/argon2';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isFailure } from '#contract/errors.ts';
import { codeOf, commonPasswords, type OpenedAccounts, openAccounts, password, place } from './openAccounts.test-support.ts';
import { Passwords } from './Passwords.ts';
import { account, signInFailure } from './schema.ts';

// U1 asks that an old bcrypt hash still signs in. Homeroom never stored one: before accounts had passwords there were none at all.

const passwords = new Passwords({ commonFile: commonPasswords });
let stage: OpenedAccounts;
beforeAll(() => {
	stage = openAccounts();
});
afterAll(() => stage.close());

const reasonOf = (text: string, name = 'Ada') => {
	try {
		passwords.check(text, name);
		return 'fit';
	} catch (error) {
		return isFailure(error, 'PASSWORD_UNFIT') ? error.data.reason : error;
	}
};

test('U1 7 characters are refused, 8, 64 and 128 are taken whatever they are, 129 are refused', () => {
	expect({
		'7': reasonOf('gjrk4wq'),
		'8': reasonOf('gjrk4wq!'),
		'64': reasonOf('v'.repeat(63).concat('w')),
		'128': reasonOf('v'.repeat(127).concat('w')),
		'129': reasonOf('v'.repeat(128).concat('w')),
		'73 bytes': reasonOf('ü'.repeat(36).concat('w')),
		'7 emoji': reasonOf('🦊🦉🐌🦔🐢🦋🐝'),
		'8 emoji': reasonOf('🦊🦉🐌🦔🐢🦋🐝🐞'),
		'leading spaces': reasonOf('   gjrk4'),
		'one character that NFKC makes eighteen': reasonOf('\ufdfa'),
		'its own name': reasonOf('ＡＤＡ Lovelace', 'Ada LOVELACE'),
		'its own name and a digit': reasonOf('mrshead1', 'Mrs Head'),
		'a sentence with its own name': reasonOf('Mrs Head likes rain', 'Mrs Head'),
	}).toEqual({
		'7': 'short',
		'8': 'fit',
		'64': 'fit',
		'128': 'fit',
		'129': 'long',
		'73 bytes': 'fit',
		'7 emoji': 'short',
		'8 emoji': 'fit',
		'leading spaces': 'fit',
		'one character that NFKC makes eighteen': 'fit',
		'its own name': 'name',
		'its own name and a digit': 'name',
		'a sentence with its own name': 'fit',
	});
});

test('U1 the 3,000 most common passwords are refused, however they are cased', () => {
	const top = readFileSync(commonPasswords, 'utf8').split('\n').slice(0, 3000);
	expect(new Set(top).size).toBe(3000);
	expect(top.filter((one) => reasonOf(one) === 'fit' || reasonOf(one.toUpperCase()) === 'fit')).toEqual([]);
	const longer = ['passwort123', 'Dragon2024!', 'woaini1314', 'Schule#1', 'sunshine99999'];
	expect(longer.map((each) => reasonOf(each))).toEqual(longer.map(() => 'common'));
	expect(['sunshine of 1999', '83719264', 'xkqv2024!', 'dragonboat-42'].map((each) => reasonOf(each))).toEqual(['fit', 'fit', 'fit', 'fit']);
	const rows = ['aaaaaaaa', '        ', 'abababab', 'AbcAbcAbcA', '🦊🦊🦊🦊🦊🦊🦊🦊', 'cdefghijk', '87654321', '一一一一一一一一'];
	expect(rows.map((each) => reasonOf(each))).toEqual(rows.map(() => 'common'));
	expect(['aaaaaaaabz!', 'abcdabcd', 'acegikmo'].map((each) => reasonOf(each))).toEqual(['fit', 'fit', 'fit']);
	expect([reasonOf('PassWord'), reasonOf('ｑｗｅｒｔｙｕｉｏｐ'), reasonOf('1234567890')]).toEqual(['common', 'common', 'common']);
});

test('U1 a password is verified exactly: no trimming, no case, nothing cut at 72 bytes; only what NFKC makes one is one', async () => {
	const long = 'x'.repeat(72);
	const table: [string, string, boolean][] = [
		[`${long}1`, `${long}1`, true],
		[`${long}1`, `${long}2`, false],
		[long, `${long}1`, false],
		['   gjrk4', '   gjrk4', true],
		['   gjrk4', 'gjrk4', false],
		['🦊🦉🐌🦔🐢🦋🐝🐞', '🦊🦉🐌🦔🐢🦋🐝🐞', true],
		['🦊🦉🐌🦔🐢🦋🐝🐞', '🦊🦉🐌🦔🐢🦋🐝🐝', false],
		['gjrk4wq!', 'Gjrk4wq!', false],
		['ｇｊｒｋ４ｗｑé', 'gjrk4wqe\u0301', true],
		['nul\0 inside', 'nul', false],
	];
	for (const [chosen, typed, isRight] of table) {
		expect([chosen, typed, await passwords.isRight(await passwords.hash(chosen), typed)]).toEqual([chosen, typed, isRight]);
	}
});

test('U1 what is stored is argon2id with 19 MiB, two passes and a salt of its own', async () => {
	const [one, two] = [await passwords.hash(password), await passwords.hash(password)];
	expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
	expect(parseOptions(one)).toMatchObject({ memoryCost: 19_456, timeCost: 2, saltLen: 16, outputLen: 32 });
	expect(one).not.toBe(two);
	expect(one).not.toContain(password);
});

test('U1 a hash of weaker parameters still signs in, and is of today’s from then on', async () => {
	await stage.setUpOwner();
	const stored = () => stage.db.select({ hash: account.passwordHash }).from(account).get()?.hash ?? '';
	const weak = await hash(password, { memoryCost: 4096, timeCost: 1, parallelism: 1 });
	stage.db.update(account).set({ passwordHash: weak }).where(eq(account.name, 'Ada')).run();
	expect(await codeOf(stage.accounts.signIn({ name: 'Ada', password: 'not this one' }, place))).toBe('SIGN_IN_REFUSED');
	expect(stored()).toBe(weak);
	await stage.accounts.signIn({ name: 'ada', password }, place);
	expect(parseOptions(stored())).toMatchObject({ memoryCost: 19_456, timeCost: 2 });
	const raised = stored();
	await stage.accounts.signIn({ name: 'Ada', password }, place);
	expect(stored()).toBe(raised);
});

test('U1 twenty passwords at once are hashed away from the event loop, all of them', async () => {
	let turns = 0;
	const turning = setInterval(() => turns++, 1);
	const hashes = await Promise.all(Array.from({ length: 20 }, (_, n) => passwords.hash(`a stone in the shoe ${n}`)));
	clearInterval(turning);
	expect(new Set(hashes).size).toBe(20);
	// How late the loop was is the figure of `npm run bench -- signin`; here it must have turned meanwhile.
	expect(turns).toBeGreaterThan(1);
});

test('the line of those who wait for a hash has an end, and who is turned away from it has made no try', async () => {
	const rows = () => stage.db.select().from(signInFailure).all().length;
	const before = rows();
	const crowd = Array.from({ length: 60 }, (_, n) => codeOf(stage.accounts.signIn({ name: `name ${n}`, password: 'wrong enough' }, place)));
	const turnedAway = codeOf(stage.accounts.signIn({ name: 'Ada', password }, place));
	const codes = await Promise.all(crowd);
	expect([codes.filter((code) => code === 'SIGN_IN_REFUSED').length, codes.filter((code) => code === 'TOO_MANY_TRIES').length]).toEqual([34, 26]);
	expect([await turnedAway, rows() - before]).toEqual(['TOO_MANY_TRIES', 2 * 34]);
	expect(await codeOf(stage.accounts.signIn({ name: 'Ada', password }, place))).toBe('ok');
});
