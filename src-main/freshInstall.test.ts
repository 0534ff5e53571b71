import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import pino from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { contract } from '#contract/contract.ts';
import { createApp } from './app.ts';
import { openApp, password } from './openApp.test-support.ts';
import { resolvePaths } from './platform/paths/paths.ts';

const place = { device: 'a browser', address: '::1' };
let folder: string;
beforeEach(() => {
	process.env.HOMEROOM_GPU = 'off';
	folder = mkdtempSync(path.join(tmpdir(), 'homeroom-fresh-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const codeOf = (act: Promise<unknown>) =>
	act.then(
		() => 'ok',
		(error: { code?: unknown }) => error.code,
	);

test('U8 a fresh install has no password that anybody could know: its owner is made by hand, with a code that is shown once', async () => {
	const log = pino({ level: 'silent' });
	const app = createApp({ paths: resolvePaths({ dataFolder: folder }), log, host: { kind: 'browser', version: '0' } });
	const client = new Database(path.join(folder, 'homeroom.db'));
	try {
		const count = (statement: string) => client.prepare(statement).pluck().get();
		expect([count('select count(*) from account'), count('select count(*) from account where password_hash is null and setup_hash is null')]).toEqual([1, 1]);
		expect([count('select count(*) from session'), count('select count(*) from api_key')]).toEqual([0, 0]);
		for (const name of ['', 'admin', 'owner', 'Owner', 'root', 'homeroom'])
			for (const tried of ['', 'admin', 'password', 'homeroom', name])
				expect(['SIGN_IN_REFUSED', 'TOO_MANY_TRIES']).toContain(await codeOf(app.accounts.signIn({ name, password: tried }, place)));
		const { code } = app.accounts.firstCode() ?? { code: '' };
		expect(JSON.stringify(client.prepare('select * from account').all())).not.toContain(code);
		expect(await codeOf(app.accounts.setUp({ code, name: 'Olga', password }, place))).toBe('ok');
		expect(await codeOf(app.accounts.setUp({ code, name: 'Another', password }, { ...place, address: '127.0.0.1' }))).toBe('SIGN_IN_REFUSED');
		expect(app.accounts.firstCode()).toBeNull();
	} finally {
		client.close();
		await app.close();
	}
});

test('U8 no procedure lets anybody set or read another’s password', () => {
	const naming = Object.entries(contract).flatMap(([feature, part]) =>
		Object.entries(part).flatMap(([name, procedure]) => {
			// What every procedure of the contract holds.
			const { inputSchema, outputSchema } = procedure['~orpc'] as unknown as { inputSchema?: z.ZodType; outputSchema?: z.ZodType };
			const words = [...namesIn(inputSchema), ...namesIn(outputSchema)];
			return words.some((word) => /password/i.test(word) && word !== 'hasPassword')
				? [{ path: `${feature}.${name}`, ofAnother: words.includes('accountId') }]
				: [];
		}),
	);
	// Beside these `changePassword` takes the caller's own, present and next.
	// The password of a backup is a file's and no account's.
	const named = ['accounts.signIn', 'accounts.setUp', 'accounts.removeOwn', 'backup.start', 'backup.look', 'backup.restore'];
	expect(naming).toEqual(named.map((path) => ({ path, ofAnother: false })));
	expect(namesIn(contract.accounts.changePassword['~orpc'].inputSchema).sort()).toEqual(['current', 'next', 'properties']);
});

test('U8 an administrator starts a reset, and the person alone chooses and knows what follows', async () => {
	const stage = await openApp();
	try {
		const anna = await stage.member('Anna', 'user');
		const { code } = await stage.olga.client.accounts.resetPassword({ accountId: anna.accountId });
		expect(await codeOf(stage.app.accounts.signIn({ name: 'Anna', password }, place))).toBe('SIGN_IN_REFUSED');
		const next = 'another stone, in the other shoe';
		expect(await codeOf(stage.app.accounts.setUp({ code, name: null, password: next }, place))).toBe('ok');
		expect(await codeOf(stage.app.accounts.signIn({ name: 'Anna', password: next }, place))).toBe('ok');
		expect(JSON.stringify(await stage.olga.client.accounts.people())).not.toMatch(/argon2|stone/);
		const { entries } = await stage.olga.client.audit.list({ act: 'accounts.resetPassword' });
		expect(entries).toMatchObject([{ accountName: 'Olga', subjectName: 'Anna', result: 'ok' }]);
	} finally {
		await stage.close();
	}
});

/** The names of all fields in a schema, however deep; a stream has none. */
function namesIn(schema: z.ZodType | undefined): string[] {
	if (!(schema instanceof z.ZodType)) return [];
	const text = JSON.stringify(z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' }));
	return [...text.matchAll(/"(\w+)":\{/g)].map(([, name = '']) => name);
}
