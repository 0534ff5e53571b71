import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pino from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type OpenedDatabase, openDatabase } from '../../platform/database/openDatabase.ts';
import { Accounts } from './accounts.ts';
import { session } from './schema.ts';

const migrationsFolder = path.resolve('resources/migrations');
const hour = 3_600_000;
const day = 24 * hour;

let folder: string;
let database: OpenedDatabase;
let now: number;
let accounts: Accounts;

beforeEach(() => {
	folder = mkdtempSync(path.join(os.tmpdir(), 'homeroom-accounts-'));
	database = openDatabase({ file: path.join(folder, 'homeroom.db'), migrationsFolder, log: pino({ level: 'silent' }) });
	now = Date.UTC(2026, 0, 1);
	accounts = new Accounts({ db: database.db, now: () => now });
});
afterEach(() => {
	database.close();
	rmSync(folder, { recursive: true, force: true });
});

function signIn(): string {
	const redeemed = accounts.redeem(accounts.issueSignInToken(), 'a browser');
	if (!redeemed) throw new Error('a fresh token was refused');
	return redeemed.secret;
}

test('one owner exists from the first start and stays the same one', () => {
	const owner = accounts.desktopPrincipal();
	expect(new Accounts({ db: database.db }).desktopPrincipal()).toEqual(owner);
	expect(accounts.get(owner.accountId)).toMatchObject({ name: 'Owner', role: 'admin' });
});

test('a sign-in token is good once', () => {
	const token = accounts.issueSignInToken();
	expect(accounts.redeem(token, 'a browser')).not.toBeNull();
	expect(accounts.redeem(token, 'a browser')).toBeNull();
	expect(accounts.redeem('unknown', 'a browser')).toBeNull();
});

test('a sign-in token is too old after 15 minutes', () => {
	const token = accounts.issueSignInToken();
	now += hour / 4;
	expect(accounts.redeem(token, 'a browser')).toBeNull();
});

test('a session ends after a week without use', () => {
	const secret = signIn();
	now += 7 * day - 1;
	expect(accounts.principalOfSession(secret)).toMatchObject({ role: 'admin' });
	now += 7 * day;
	expect(accounts.principalOfSession(secret)).toBeNull();
});

test('a session ends after 30 days whatever its use', () => {
	const secret = signIn();
	for (let days = 1; days < 30; days++) {
		now += day;
		expect(accounts.principalOfSession(secret)).toMatchObject({ role: 'admin' });
	}
	now += day;
	expect(accounts.principalOfSession(secret)).toBeNull();
});

test('an ended session is no one, and its listeners are told at once', () => {
	const secret = signIn();
	const principal = accounts.principalOfSession(secret);
	const told: string[] = [];
	accounts.onSessionEnded((sessionId) => told.push(sessionId));
	accounts.endSession(principal?.sessionId ?? '');
	expect(accounts.principalOfSession(secret)).toBeNull();
	expect(told).toEqual([principal?.sessionId]);
});

test('no secret is stored, only its hash', () => {
	const secret = signIn();
	expect(JSON.stringify(database.db.select().from(session).all())).not.toContain(secret);
});
