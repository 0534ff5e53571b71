import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, watch } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Job } from '#contract/jobs.ts';
import { createApp } from '../../app.ts';
import { type OpenedApp, openApp } from '../../openApp.test-support.ts';
import { resolvePaths } from '../../platform/paths/paths.ts';
import { stageRestore } from './stageRestore.ts';

let stage: OpenedApp;
/** Where backups go. */
let folder: string;
beforeEach(async () => {
	stage = await openApp();
	folder = mkdtempSync(join(tmpdir(), 'homeroom-backups-'));
});
afterEach(async () => {
	await stage.close();
	rmSync(folder, { recursive: true, force: true });
});

/** The job once it is over. */
async function ended({ id }: Job): Promise<Job> {
	for await (const jobs of await stage.olga.client.jobs.watch()) {
		const job = jobs.find((each) => each.id === id);
		if (job && job.endedAt !== null) return job;
	}
	throw new Error('the jobs are watched no more');
}

const titles = async () => (await stage.olga.client.chat.list()).map(({ title }) => title);
const addChat = async (title: string) => {
	const { id } = await stage.olga.client.chat.create({});
	await stage.olga.client.chat.change({ conversationId: id, title });
};

test('what was backed up while the app works comes back at the next start, the present data is kept, and comes back in turn', async () => {
	const { client } = stage.olga;
	await addChat('Before');
	await client.library.addDemo();
	const seen = new Set<string>();
	const watching = watch(folder, (_event, name) => seen.add(name ?? ''));
	const written = await ended(await client.backup.start({ folder, withModels: true }));
	watching.close();
	// No copy of the database lies where others may read, not even for a while.
	expect([...seen].filter((name) => !/\.zip(\.part)?$/.test(name))).toEqual([]);
	expect([written.state, written.failure]).toEqual(['completed', null]);
	const [fileName = ''] = readdirSync(folder);
	expect(readdirSync(folder)).toEqual([expect.stringMatching(/^Homeroom \d{4}-\d\d-\d\d \d{6}\.zip$/)]);
	await addChat('After');
	await client.library.remove({ modelIds: (await client.library.list()).map(({ id }) => id), deleteFiles: true });

	const path = join(folder, fileName);
	expect(await client.backup.look({ path })).toMatchObject({ withModels: true, isSealed: false });
	expect((await ended(await client.backup.restore({ path }))).state).toBe('completed');
	expect((await client.backup.state()).waiting).toMatchObject({ act: 'restore', from: path });
	expect(await titles()).toEqual(['After', 'Before']);
	const stale = await stage.olga.principal();
	await stage.restart();
	expect(await titles()).toEqual(['Before']);
	expect((await client.library.list()).map(({ fileState }) => fileState)).toEqual(['present']);
	// Whoever was signed in signs in anew.
	expect((await client.accounts.sessions()).map(({ id }) => id)).not.toContain(stale.sessionId);
	// The work on the backup itself does not begin again.
	expect(await client.jobs.list()).toEqual([]);
	const state = await client.backup.state();
	expect(state).toMatchObject({ waiting: null, applied: { act: 'restore', from: path, withModels: true }, lostSecrets: [] });
	expect(state.applied?.keptBytes).toBeGreaterThan(10_000);
	expect((await client.audit.list({ act: 'dataReplaced', limit: 5 })).entries).toMatchObject([{ detail: 'act=restore', origin: 'app' }]);
	expect((await client.audit.verify()).brokenAt).toBe(null);

	await client.backup.goBack();
	await stage.restart();
	expect(await titles()).toEqual(['After', 'Before']);
	expect(await client.library.list()).toEqual([]);
	await client.backup.dropReplaced();
	expect((await client.backup.state()).applied).toBe(null);
	expect(readdirSync(join(stage.folder, 'restore'))).toEqual([]);
});

test('a backup under a password, paused and taken up again, is whole; cancelled, it leaves nothing', async () => {
	const { client } = stage.olga;
	const seen = new Set<string>();
	const watcher = watch(folder, (_event, name) => name && seen.add(name));
	const job = await client.backup.start({ folder, withModels: false, password: 'open sesame' });
	await client.jobs.pause({ jobId: job.id });
	await client.jobs.resume({ jobId: job.id });
	expect((await ended(job)).state).toBe('completed');
	const [fileName = ''] = readdirSync(folder);
	expect(fileName).toMatch(/\.homeroom$/);
	watcher.close();
	// Nothing but what the password seals was ever there, and no copy of the database is left where it was made.
	expect([...seen].filter((name) => !/\.homeroom(?:\.part)?$/.test(name))).toEqual([]);
	expect(readdirSync(stage.folder).filter((name) => name.includes('.part'))).toEqual([]);
	const path = join(folder, fileName);
	await expect(client.backup.restore({ path, password: 'open barley' })).rejects.toMatchObject({ data: { reason: 'passwordWrong' } });
	const other = await client.backup.start({ folder, withModels: false });
	await client.jobs.cancel({ jobId: other.id });
	expect((await ended(other)).state).toBe('cancelled');
	// A cancel is told before the thread has let go.
	await expect.poll(() => readdirSync(folder)).toEqual([fileName]);
});

test('a backup cannot lie within what it backs up', async () => {
	const { client } = stage.olga;
	const within = join(stage.folder, 'models', 'mine');
	mkdirSync(within);
	await expect(client.backup.start({ folder: within, withModels: false })).rejects.toMatchObject({ data: { reason: 'insideData' } });
});

test('on another machine models are found again at their new place, and secrets that cannot come along are named', async () => {
	const { client } = stage.olga;
	await client.library.addDemo();
	await client.market.setToken({ token: 'hf_aTokenOfThisMachine' });
	expect((await ended(await client.backup.start({ folder, withModels: true }))).state).toBe('completed');
	const paths = resolvePaths({ dataFolder: join(folder, 'other machine') });
	const path = join(folder, readdirSync(folder).find((name) => name.endsWith('.zip')) ?? '');
	await stageRestore({ path, password: null, dataFolder: paths.data, migrationsFolder: paths.migrations });
	await stage.app.close();
	rmSync(join(stage.folder, 'models'), { recursive: true });
	mkdirSync(join(stage.folder, 'models'));
	const app = createApp({ paths, log: pino({ enabled: false }), host: { kind: 'browser', version: '0' } });
	const client2 = stage.clientOf(async () => ({ accountId: stage.olga.accountId, role: 'admin', sessionId: null, key: null }), app);
	const [model] = await client2.library.list();
	expect(model).toMatchObject({ fileState: 'present', path: join(paths.models, model?.fileName ?? '') });
	expect((await client2.backup.state()).lostSecrets).toEqual(['huggingFace']);
	await app.close();
	await stage.start();
});

test('one is made by itself when it is due, for an administrator', async () => {
	const { client } = stage.olga;
	const state = await client.backup.setSchedule({ every: 'day', folder, keep: 2, withModels: false });
	expect(state).toMatchObject({ schedule: { every: 'day', folder }, last: null });
	await expect.poll(() => readdirSync(folder).filter((name) => name.endsWith('.zip')), { timeout: 30_000 }).toHaveLength(1);
	const after = await client.backup.state();
	expect(after.last?.fileName).toMatch(/^Homeroom auto /);
	expect(after.nextAt).toBe((after.last?.at ?? 0) + 86_400_000);
	expect(existsSync(join(stage.folder, 'restore', 'staged'))).toBe(false);
});
