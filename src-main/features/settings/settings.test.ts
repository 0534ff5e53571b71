import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pino from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { defaultSettings } from '#contract/settings.ts';
import { type OpenedDatabase, openDatabase } from '../../platform/database/openDatabase.ts';
import type { Principal } from '../../platform/rpc/guard.ts';
import { setting } from './schema.ts';
import { Settings } from './settings.ts';

let folder: string;
let database: OpenedDatabase;
let settings: Settings;
const admin: Principal = { accountId: 'admin', role: 'admin', sessionId: null, key: null };
const user: Principal = { accountId: 'user', role: 'user', sessionId: null, key: null };

beforeEach(() => {
	folder = mkdtempSync(path.join(os.tmpdir(), 'homeroom-settings-'));
	database = openDatabase({ file: path.join(folder, 'homeroom.db'), migrationsFolder: path.resolve('resources/migrations'), log: pino({ level: 'silent' }) });
	settings = new Settings({ db: database.db });
});
afterEach(() => {
	database.close();
	rmSync(folder, { recursive: true, force: true });
});

test('language and theme are each account’s own, the engine’s settings the machine’s', () => {
	settings.set(admin, { language: 'zh', engineThreads: 3 });
	settings.set(user, { theme: 'dark' });
	expect(settings.get('admin')).toEqual({ ...defaultSettings, language: 'zh', engineThreads: 3 });
	expect(settings.get('user')).toEqual({ ...defaultSettings, theme: 'dark', engineThreads: 3 });
	expect(settings.get(null)).toEqual({ ...defaultSettings, engineThreads: 3 });
});

test('a number can be given back to the machine to choose', () => {
	settings.set(admin, { engineThreads: 1, idleUnloadMinutes: 5 });
	expect(settings.set(admin, { engineThreads: null, idleUnloadMinutes: null })).toEqual({ ...defaultSettings, engineThreads: null, idleUnloadMinutes: null });
});

test('the name and password of a proxy are shown to administrators alone', () => {
	const proxy = 'http://school:secret@proxy.school:3128';
	expect(settings.set(admin, { proxy }).proxy).toBe(proxy);
	expect(settings.shownTo(admin).proxy).toBe(proxy);
	expect([settings.shownTo(user).proxy, settings.set(user, { theme: 'dark' }).proxy]).toEqual(Array(2).fill('http://proxy.school:3128/'));
	expect(settings.get(null).proxy).toBe(proxy);
	settings.set(admin, { proxy: 'none' });
	expect(settings.shownTo(user).proxy).toBe('none');
});

test('a machine setting from no administrator is refused, and nothing of that change is stored', () => {
	expect(() => settings.set(user, { theme: 'dark', engineThreads: 1 })).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }));
	expect(settings.get('user')).toEqual(defaultSettings);
});

test('a stored value this version does not know counts as not chosen', () => {
	database.db.insert(setting).values({ scope: 'user', key: 'theme', value: '"sepia"' }).run();
	expect(settings.get('user')).toEqual(defaultSettings);
});

test('what is kept for an account is its own, no setting, and goes with it', () => {
	settings.keep('user', 'recentFiles', ['a.srt']);
	settings.keep('user', 'recentFiles', ['b.srt']);
	expect([settings.kept('user', 'recentFiles'), settings.kept('admin', 'recentFiles')]).toEqual([['b.srt'], null]);
	expect(settings.get('user')).toEqual(defaultSettings);
	expect(settings.exportOf('user')).toEqual({ recentFiles: ['b.srt'] });
	database.db.transaction((tx) => settings.removeAllOf('user', tx));
	expect(settings.kept('user', 'recentFiles')).toBe(null);
});
