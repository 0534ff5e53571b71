import { createHash } from 'node:crypto';
import { mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, expect, test } from 'vitest';
import type { Download } from '#contract/market.ts';
import type { Settings } from '#contract/settings.ts';
import { mediaTypes } from '../../../e2e/support/hub/answerRegistry.ts';
import { type HubOptions, startHub } from '../../../e2e/support/hub/startHub.ts';
import { diskCode } from '../../platform/disk/diskFailure.ts';
import { encodeDraft, projectorDraft } from '../library/gguf/malformed.test-support.ts';
import { writeSplitTestModel } from '../library/gguf/writeSplitTestModel.test-support.ts';
import { writeTestModel } from '../library/testModel.ts';
import { openMarketStage } from './openMarketStage.test-support.ts';

const owner = 'teacher';
const token = 'hf_secretToken1234';
/** Only a hang takes so long. */
const patient = { timeout: 30_000 };
const closing: (() => Promise<void>)[] = [];
let small: Buffer;
let other: Buffer;

beforeAll(async () => {
	const folder = await mkdtemp(join(tmpdir(), 'homeroom-market-'));
	small = await modelBytes(folder, 1);
	other = await modelBytes(folder, 2);
	await rm(folder, { recursive: true });
});

afterEach(async () => {
	for (const close of closing.splice(0).reverse()) await close();
});

async function modelBytes(folder: string, seed: number): Promise<Buffer> {
	const path = join(folder, `${seed}.gguf`);
	await writeTestModel(path, { seed });
	return readFile(path);
}

/** The bytes of a file; none of one that went since its folder was listed, as those beside a database do. */
function readIfThere(path: string): Promise<Buffer> {
	return readFile(path).catch((error) => (diskCode(error) === 'ENOENT' ? Buffer.alloc(0) : Promise.reject(error)));
}

async function newFolder(): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), 'homeroom-market-'));
	closing.push(() => rm(folder, { recursive: true, force: true }));
	return folder;
}

async function openWith(options: HubOptions, settings: Partial<Settings> = {}) {
	const hub = await startHub({
		repos: [
			{
				name: 'school/small-GGUF',
				files: [
					{ path: 'Small-Q8_0.gguf', bytes: small },
					{ path: 'Other-Q8_0.gguf', bytes: other },
				],
				tags: ['license:mit'],
			},
		],
		...options,
	});
	closing.push(hub.close);
	const folder = await newFolder();
	const stage = await openMarketStage(folder, { hubEndpoint: hub.url, registryEndpoint: hub.url, ...settings });
	closing.push(stage.close);
	return { hub, folder, ...stage };
}

const repo = { source: 'huggingface', name: 'school/small-GGUF', revision: '' } as const;
const chosen = { ...repo, fileId: 'Small-Q8_0.gguf', projectorId: null };
const ended = (downloads: Download[]) => downloads.length > 0 && downloads.every(({ job }) => job.state === 'completed' || job.state === 'failed');
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

test('finds a model, tells how it would fit, fetches it, and has it in the library with where it came from', async () => {
	const { market, library, until, hub } = await openWith({});
	expect((await market.search({ query: 'small', sort: 'downloads', skip: 0 })).entries.map(({ name }) => name)).toEqual([repo.name]);
	const shown = await market.show('ann', repo);
	expect(shown.files.map(({ fileName, modelId, stored }) => ({ fileName, modelId, stored }))).toEqual([
		{ fileName: 'Small-Q8_0.gguf', modelId: null, stored: null },
		{ fileName: 'Other-Q8_0.gguf', modelId: null, stored: null },
	]);
	const verdict = await market.plan('ann', { ...chosen, wishes: { contextTokens: 512 } });
	expect(verdict).toMatchObject({ basis: 'header', verdict: { kind: 'fits', plan: { contextTokens: 512 } } });
	const job = await market.download(owner, { ...chosen, revision: shown.revision });
	const [done] = await until(owner, ended);
	expect(done).toMatchObject({
		job: { id: job.id, state: 'completed', failure: null },
		bytesDone: small.length,
		bytesTotal: small.length,
		modelId: expect.any(String),
	});
	const model = library.get(done?.modelId ?? '');
	expect(model).toMatchObject({
		owned: true,
		license: 'mit',
		fileState: 'present',
		origin: { source: 'huggingface', repo: repo.name, revision: shown.revision, paths: ['Small-Q8_0.gguf'] },
		files: [{ sha256: sha256(small) }],
	});
	expect(await readFile(model.path)).toEqual(small);
	expect((await market.show('ann', repo)).files[0]?.modelId).toBe(model.id);
	await expect(market.download(owner, chosen)).rejects.toMatchObject({ code: 'MODEL_EXISTS', data: { modelId: model.id } });
	expect(hub.requests.every(({ headers }) => headers.authorization === undefined)).toBe(true);
});

test('D5 the token opens what needs leave, and comes to no other host, no file in clear and no line of the log', async () => {
	const gated = { name: repo.name, gated: 'manual' as const, files: [{ path: 'Small-Q8_0.gguf', bytes: small }] };
	const accounts = { [token]: { name: 'teacher', granted: [repo.name] }, hf_otherToken99: { name: 'stranger', granted: [] } };
	const { market, until, hub, folder, lines } = await openWith({ repos: [gated], accounts });
	await expect(market.download(owner, chosen)).rejects.toMatchObject({ code: 'GATED', data: { reason: 'tokenNeeded' } });
	market.setToken('hf_otherToken99');
	await expect(market.download(owner, chosen)).rejects.toMatchObject({ code: 'GATED', data: { reason: 'notGranted' } });
	market.setToken(token);
	expect(market.token()).toEqual({ isSet: true, keptIn: 'file' });
	expect(await market.testConnection('huggingface')).toMatchObject({ account: 'teacher' });
	await market.plan('ann', { ...chosen, wishes: {} });
	await market.download(owner, chosen);
	const [done] = await until(owner, ended);
	expect(done?.job).toMatchObject({ state: 'completed' });
	const carriers = hub.requests.filter(({ headers }) => headers.authorization?.includes(token));
	expect(carriers.length).toBeGreaterThan(0);
	expect(carriers.every(({ server }) => server === 'api')).toBe(true);
	expect(hub.requests.some(({ server }) => server === 'cdn')).toBe(true);
	expect(lines.join()).not.toContain(token);
	const files = await readdir(folder, { recursive: true, withFileTypes: true });
	for (const file of files.filter((each) => each.isFile())) {
		expect((await readIfThere(join(file.parentPath, file.name))).includes(token), file.name).toBe(false);
	}
});

test('D4 two windows that ask for one file at once get one job, and the file is fetched once', async () => {
	const { market, until, hub } = await openWith({});
	const [one, two, three] = await Promise.all([owner, owner, 'colleague'].map((who) => market.download(who, chosen)));
	expect([two?.id, three?.id]).toEqual([one?.id, one?.id]);
	await until(owner, ended);
	const ranges = hub.requests.filter(({ server }) => server === 'cdn').map(({ headers }) => headers.range ?? 'whole');
	expect(new Set(ranges).size).toBe(ranges.length);
});

test('what the server sends instead of the file never becomes a model; asked for again it is fetched anew', async () => {
	let isWrong = true;
	const { market, until, library } = await openWith({ faultFor: () => (isWrong ? { kind: 'wrongBytes', at: 1000 } : null) });
	const job = await market.download(owner, chosen);
	const [failed] = await until(owner, ended);
	expect(failed).toMatchObject({ job: { state: 'failed', failure: { code: 'DOWNLOAD_CORRUPT' } }, bytesDone: 0 });
	expect(library.list()).toEqual([]);
	isWrong = false;
	expect((await market.download(owner, chosen)).id).toBe(job.id);
	const [done] = await until(owner, (downloads) => downloads[0]?.job.state === 'completed');
	expect(done?.modelId).toBe(library.list()[0]?.id);
});

test('offline it waits, paused, and goes on by itself once Homeroom may go online', async () => {
	const { market, until, change } = await openWith({});
	await market.show('ann', repo);
	change({ offline: true });
	await market.download(owner, chosen);
	const [paused] = await until(owner, (downloads) => downloads[0]?.job.state === 'paused');
	expect(paused?.job.failure).toMatchObject({ code: 'OFFLINE' });
	change({ offline: false });
	const [done] = await until(owner, ended);
	expect(done?.job).toMatchObject({ state: 'completed', failure: null });
});

test('what stands still shows the bytes that its part holds, also after it tried to go on offline', async () => {
	let isBroken = true;
	const { market, until, jobs, change } = await openWith({ faultFor: () => (isBroken ? { kind: 'stall', afterBytes: 700_000 } : null) });
	const job = await market.download(owner, chosen);
	await until(owner, ([download]) => (download?.bytesDone ?? 0) >= 524_288);
	jobs.pause(owner, job.id);
	change({ offline: true });
	jobs.resume(owner, job.id);
	const seen: number[] = [];
	const [offline] = await until(owner, ([download]) => {
		seen.push(download?.bytesDone ?? 0);
		return download?.job.state === 'paused' && download.job.failure?.code === 'OFFLINE';
	});
	expect(offline?.bytesDone).toBe(524_288);
	expect(new Set(seen)).toEqual(new Set([524_288]));
	isBroken = false;
	change({ offline: false });
	const [done] = await until(owner, ended);
	expect(done?.job).toMatchObject({ state: 'completed', failure: null });
});

test('a file that came whole and is no model is thrown away and leaves nothing behind', async () => {
	const files = [{ path: 'Small-Q8_0.gguf', bytes: Buffer.alloc(2_000_000, 'no model') }];
	const { market, until, library, paths } = await openWith({ repos: [{ name: repo.name, files }] });
	await market.download(owner, chosen);
	const [failed] = await until(owner, ended);
	expect(failed).toMatchObject({ job: { state: 'failed', failure: { code: 'MODEL_FILE_INVALID' } }, bytesDone: 0 });
	expect(library.list()).toEqual([]);
	await expect.poll(() => readdir(paths.downloads), patient).toEqual([]);
});

test('a token that is no good shuts off what needs it alone', async () => {
	const open = { name: repo.name, files: [{ path: 'Small-Q8_0.gguf', bytes: small }] };
	const gated = { name: 'school/asks-GGUF', gated: 'manual' as const, files: [{ path: 'Other-Q8_0.gguf', bytes: other }] };
	const { market, until } = await openWith({ repos: [open, gated] });
	market.setToken('hf_unknownToken1');
	await expect(market.testConnection('huggingface')).rejects.toMatchObject({ code: 'TOKEN_INVALID' });
	expect((await market.search({ query: 'small', sort: 'downloads', skip: 0 })).entries).toHaveLength(1);
	expect(await market.plan('ann', { ...chosen, wishes: {} })).toMatchObject({ basis: 'header' });
	await expect(market.download(owner, { ...chosen, name: gated.name, fileId: 'Other-Q8_0.gguf' })).rejects.toMatchObject({ code: 'TOKEN_INVALID' });
	await market.download(owner, chosen);
	const [done] = await until(owner, ended);
	expect(done?.job).toMatchObject({ state: 'completed', failure: null });
});

test('a cancelled download leaves nothing behind, a paused one its part, and a start removes what is nobody’s', async () => {
	const { hub, folder, market, until, jobs, paths, ...stage } = await openWith({ faultFor: () => ({ kind: 'stall', afterBytes: 700_000 }) });
	const cancelled = await market.download(owner, chosen);
	const paused = await market.download(owner, { ...chosen, fileId: 'Other-Q8_0.gguf' });
	await until(owner, (downloads) => downloads.length === 2 && downloads.every(({ bytesDone }) => bytesDone >= 524_288));
	jobs.pause(owner, paused.id);
	jobs.cancel(owner, cancelled.id);
	await expect.poll(async () => (await readdir(paths.downloads)).some((name) => name.includes(sha256(small))), patient).toBe(false);
	expect((await readdir(paths.downloads)).some((name) => name.includes(sha256(other)))).toBe(true);
	await stage.close();
	await writeFile(join(paths.downloads, `sha256-${'0'.repeat(64)}.part`), 'nobody’s');
	const again = await openMarketStage(folder, { hubEndpoint: hub.url });
	closing.push(again.close);
	await expect.poll(async () => (await readdir(paths.downloads)).some((name) => name.includes('000000')), patient).toBe(false);
	expect((await readdir(paths.downloads)).some((name) => name.includes(sha256(other)))).toBe(true);
});

test('an app that is stopped midway finishes at the next start from the part that was kept', async () => {
	let isBroken = true;
	const { hub, folder, market, until, ...stage } = await openWith({ faultFor: () => (isBroken ? { kind: 'stall', afterBytes: 700_000 } : null) });
	const job = await market.download(owner, chosen);
	await until(owner, ([download]) => (download?.bytesDone ?? 0) >= 524_288);
	await stage.close();
	isBroken = false;
	const before = hub.requests.length;
	const again = await openMarketStage(folder, { hubEndpoint: hub.url });
	closing.push(again.close);
	const [done] = await again.until(owner, ended);
	expect(done).toMatchObject({
		job: { id: job.id, state: 'completed', failure: null },
		origin: { source: repo.source, name: repo.name, fileId: chosen.fileId },
	});
	expect(await readFile(again.library.get(done?.modelId ?? '').path)).toEqual(small);
	const asked = hub.requests.slice(before).filter(({ server }) => server === 'cdn');
	expect(asked.map(({ headers }) => headers.range)).toEqual([`bytes=524288-${small.length - 1}`]);
});

test('the picture part that is wanted comes along with its model, each as what it is', async () => {
	const eyes = Buffer.from(encodeDraft(projectorDraft()));
	const files = [
		{ path: 'Small-Q8_0.gguf', bytes: small },
		{ path: 'mmproj-Small-F16.gguf', bytes: eyes },
	];
	const { market, until, library } = await openWith({ repos: [{ name: repo.name, files }] });
	await market.download(owner, { ...chosen, projectorId: 'mmproj-Small-F16.gguf' });
	const [done] = await until(owner, ended);
	expect(done).toMatchObject({ job: { state: 'completed', failure: null }, bytesTotal: small.length + eyes.length, origin: { fileId: chosen.fileId } });
	expect(library.get(done?.modelId ?? '')).toMatchObject({ kind: 'model', files: [{ sha256: sha256(small) }] });
	expect(library.list().map(({ kind, files: [file] }) => [kind, file?.sha256])).toEqual(
		expect.arrayContaining([
			['model', sha256(small)],
			['projector', sha256(eyes)],
		]),
	);
	expect((await market.show('ann', repo)).files.map(({ kind, modelId }) => [kind, modelId === null])).toEqual([
		['model', false],
		['projector', false],
	]);
});

test('fetches a split model as one, and tells before about what all of it will take', async () => {
	const folder = await newFolder();
	const paths = await writeSplitTestModel(folder, 'Split-F32', 3);
	const files = await Promise.all(paths.map(async (path) => ({ path: `parts/${path.slice(folder.length + 1)}`, bytes: await readFile(path) })));
	const { market, until, library, engine } = await openWith({ repos: [{ name: repo.name, files }] });
	const [file] = (await market.show('ann', repo)).files;
	expect(file).toMatchObject({ parts: files.map(({ path }) => ({ path })) });
	const wanted = { ...repo, fileId: file?.id ?? '', projectorId: null };
	const planned = await market.plan('ann', { ...wanted, wishes: {} });
	expect(planned).toMatchObject({ basis: 'estimate', verdict: { kind: 'fits' } });
	await market.download(owner, wanted);
	const [done] = await until(owner, ended);
	expect(done?.job).toMatchObject({ state: 'completed', failure: null });
	expect(library.get(done?.modelId ?? '').files.map(({ sha256: sum }) => sum)).toEqual(files.map(({ bytes }) => sha256(bytes)));
	const { plan } = await engine.judge('anna', await library.facts(done?.modelId ?? ''), {});
	const share = planned.verdict.plan.weightsBytes / plan.weightsBytes;
	expect(share).toBeGreaterThanOrEqual(1);
	expect(share).toBeLessThan(1.1);
});

test('fetches a model of the Ollama registry with what it advises', async () => {
	const layers = [
		{ mediaType: mediaTypes.model, bytes: small },
		{ mediaType: mediaTypes.params, bytes: Buffer.from('{"temperature": 0.2}') },
	];
	const { market, until, library } = await openWith({ registry: [{ name: 'library/small', tag: 'latest', layers }] });
	const shown = await market.show('ann', { source: 'ollama', name: 'small' });
	await market.download(owner, { source: 'ollama', name: shown.name, revision: shown.revision, fileId: shown.files[0]?.id ?? '', projectorId: null });
	const [done] = await until(owner, ended);
	expect(done?.job).toMatchObject({ state: 'completed', failure: null, title: 'small:latest' });
	expect(library.get(done?.modelId ?? '')).toMatchObject({
		name: 'small:latest',
		defaults: { temperature: 0.2 },
		origin: { source: 'ollama', name: 'small:latest', digest: `sha256:${sha256(small)}` },
	});
});

test('repairs the bytes that a check found wrong, and fetches those alone', async () => {
	const { market, until, library, jobs, hub } = await openWith({});
	await market.download(owner, chosen);
	const [done] = await until(owner, ended);
	const { id, path } = library.get(done?.modelId ?? '');
	expect(() => market.repair(owner, id)).toThrow(expect.objectContaining({ code: 'NOT_REPAIRABLE' }));
	const file = await open(path, 'r+');
	await file.write(Buffer.from('wrong'), 0, 5, 300_000);
	await file.close();
	library.verify(owner, [id]);
	await expect.poll(() => jobs.list(owner).every(({ endedAt }) => endedAt !== null), patient).toBe(true);
	expect(library.get(id).fileState).toBe('damaged');
	const before = hub.requests.length;
	market.repair(owner, id);
	await until(owner, (downloads) => downloads.length === 2 && ended(downloads));
	expect(jobs.list(owner)[0]).toMatchObject({ kind: 'repair', state: 'completed', failure: null });
	expect(library.get(id).fileState).toBe('present');
	expect(await readFile(path)).toEqual(small);
	const ranges = hub.requests.slice(before).filter(({ server }) => server === 'cdn');
	expect(ranges.map(({ headers }) => headers.range)).toEqual(['bytes=262144-524287']);
});

test('a model that the server names no checksum of is not taken', async () => {
	const files = [{ path: 'Small-Q8_0.gguf', bytes: small, claimedOid: 'not a checksum' }];
	const { market, hub } = await openWith({ repos: [{ name: repo.name, files }] });
	await expect(market.download(owner, chosen)).rejects.toMatchObject({ code: 'NO_CHECKSUM' });
	expect(hub.requests.some(({ server }) => server === 'cdn')).toBe(false);
});
