import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { manifestOf, mediaTypes } from '../../../e2e/support/hub/answerRegistry.ts';
import { sendJson } from '../../../e2e/support/hub/sendJson.ts';
import { type HubOptions, startHub } from '../../../e2e/support/hub/startHub.ts';
import { writeTestModel } from '../library/testModel.ts';
import { openMarketStage } from './openMarketStage.test-support.ts';

const owner = 'teacher';
const repoName = 'school/small-GGUF';
const hex = 'a'.repeat(64);

/** Names that lead out of a folder, or that some system takes for something else. */
const hostilePaths = [
	...['../a.gguf', '../../etc/a.gguf', 'a/../../b.gguf', './a.gguf', 'a/./b.gguf', '..', '.', 'a/..', '/etc/a.gguf', '//host/share/a.gguf', 'a//b.gguf', 'a/'],
	...['C:\\a.gguf', 'C:a.gguf', 'a/C:\\x.gguf', '\\\\host\\share\\a.gguf', 'foo/\\\\host.gguf', '..\\a.gguf', 'a\\..\\b.gguf', '\\a.gguf', '\\\\?\\C:\\a.gguf'],
	...['a\u0000.gguf', 'a.gguf\u0000.txt', 'a\n.gguf', 'a\r\nb.gguf', 'a\u001b[2J.gguf', 'a\u007f.gguf', 'a\u0085.gguf'],
	...['CON.gguf', 'con', 'a/NUL.gguf', 'aux.tar.gguf', 'COM1.gguf', 'lpt9.gguf', 'PRN', 'CONIN$', 'com¹.gguf'],
	...['a.gguf.', 'a.gguf ', 'a./b.gguf', 'a /b.gguf', ' a.gguf', 'a.gguf:stream', 'a.gguf::$DATA'],
	...['a?.gguf', 'a*.gguf', 'a|b.gguf', 'a<b>.gguf', 'a"b.gguf'],
	...[`${'x'.repeat(300)}.gguf`, `${'文'.repeat(100)}.gguf`, `${'a/'.repeat(600)}b.gguf`],
	...['a\u202egguf.exe.gguf', 'a\u200b.gguf', 'a\ufeff.gguf', 'a\u2066b.gguf', 'a\ud800.gguf', ''],
];

const hostileDigests = [
	...['', 'sha256:', hex, `sha256:${hex}/../../x`, `sha256:../../${hex.slice(6)}`, `sha256:${hex}\n`, `SHA256:${hex}`, `sha256:${'A'.repeat(64)}`],
	...[`sha256-${hex}`, `sha512:${hex}`, `sha256:${hex}0`, `sha256:${hex.slice(1)}`, `sha256:${hex}?x=1`, `../sha256:${hex}`, `sha256:${'a'.repeat(63)}\u0000`],
];

let outer: string;
const closing: (() => Promise<void>)[] = [];

beforeEach(async () => {
	outer = await mkdtemp(join(tmpdir(), 'homeroom-hostile-'));
	await mkdir(join(outer, 'data'));
});

afterEach(async () => {
	for (const close of closing.splice(0).reverse()) await close();
	await rm(outer, { recursive: true });
});

async function openWith(options: HubOptions) {
	const hub = await startHub(options);
	closing.push(hub.close);
	const stage = await openMarketStage(join(outer, 'data'), { hubEndpoint: hub.url, registryEndpoint: hub.url });
	closing.push(stage.close);
	return { hub, ...stage };
}

/** Every file below `outer` outside the folders of the data folder that are meant for it. */
async function strays(): Promise<string[]> {
	const entries = await readdir(outer, { recursive: true, withFileTypes: true });
	const paths = entries.filter((entry) => !entry.isDirectory()).map((entry) => relative(outer, join(entry.parentPath, entry.name)).split(sep).join('/'));
	return paths.filter((path) => !/^data\/(homeroom\.[\w.-]*|[\w.-]*\.lock|lock|logs\/[\w.-]+|secrets\.key|models\/[^/\\]+\.gguf)$/i.test(path));
}

async function testModel(seed: number): Promise<Buffer> {
	const path = join(outer, `${seed}.gguf`);
	await writeTestModel(path, { seed });
	const bytes = await readFile(path);
	await rm(path);
	return bytes;
}

test('D3 no hostile name of a file, a repository or a digest becomes a path or an address', async () => {
	expect(hostilePaths.length + hostileDigests.length).toBeGreaterThanOrEqual(60);
	const bytes = await testModel(1);
	const named = (path: string) => ({ path, bytes: Buffer.from(path) });
	const { market, hub } = await openWith({ repos: [{ name: repoName, files: [...hostilePaths.map(named), { path: 'Good-Q8_0.gguf', bytes }] }] });
	const { files } = await market.show('ann', { source: 'huggingface', name: repoName });
	expect(files.map(({ id }) => id)).toEqual(['Good-Q8_0.gguf']);
	const before = hub.requests.length;
	for (const fileId of hostilePaths) {
		const chosen = { source: 'huggingface', name: repoName, revision: '', fileId, projectorId: null } as const;
		await expect(market.download(owner, chosen)).rejects.toMatchObject({ code: 'REMOTE_NOT_FOUND' });
		// As the name of a model some of them are as good as any.
		const refused = { code: expect.stringMatching(/^(NAME_NOT_ALLOWED|REMOTE_NOT_FOUND)$/) };
		await expect(market.show('ann', { source: 'huggingface', name: fileId })).rejects.toMatchObject(refused);
		await expect(market.show('ann', { source: 'ollama', name: fileId })).rejects.toMatchObject(refused);
	}
	const asked = hub.requests.slice(before).map(({ path }) => path);
	expect(
		asked.filter((path) => path.includes('..') || !/^\/(v2(\/[\w.-]+){2}\/manifests\/[\w.-]+|api\/models(\/[\w.-]+){2}\/revision\/HEAD\?[\w=&]+)$/.test(path)),
	).toEqual([]);
	expect(await strays()).toEqual([]);
});

test.each(hostileDigests.map((digest) => [digest]))('D3 a manifest with the digest %j is refused before anything is asked for by it', async (digest) => {
	const layers = [
		{ mediaType: mediaTypes.model, bytes: Buffer.from('x') },
		{ mediaType: mediaTypes.params, bytes: Buffer.from('{}'), claimedDigest: digest },
	];
	const model = { name: 'library/odd', tag: 'latest', layers };
	const { market, hub } = await openWith({ registry: [model] });
	await expect(market.show('ann', { source: 'ollama', name: 'odd' })).rejects.toMatchObject({ code: 'NAME_NOT_ALLOWED', data: { what: 'digest' } });
	expect(hub.requests.map(({ path }) => path)).toEqual(['/v2/library/odd/manifests/latest']);
	expect(manifestOf(model).layers[1]?.digest).toBe(digest);
	expect(await strays()).toEqual([]);
});

test.each(['main', '../../x', '', 'A'.repeat(40), `${'a'.repeat(40)}/..`])('D3 a commit named %j is refused', async (sha) => {
	const { market } = await openWith({
		answer: ({ path }, response) => {
			if (!path.includes('/revision/')) return false;
			sendJson(response, 200, { id: repoName, sha, tags: [], gated: false });
			return true;
		},
	});
	await expect(market.show('ann', { source: 'huggingface', name: repoName })).rejects.toMatchObject({ code: 'NAME_NOT_ALLOWED' });
});

test('D3 twins of a name, by case and by Unicode form, and a name in a Content-Disposition each end under a name of ours', async () => {
	const files = [];
	for (const [index, path] of ['Caf\u00e9.gguf', 'Cafe\u0301.gguf', 'CAF\u00c9.GGUF', 'x/caf\u00e9.gguf'].entries())
		files.push({ path, bytes: await testModel(index + 1) });
	const { market, library, until } = await openWith({
		repos: [{ name: repoName, files }],
		answer: ({ server }, response) => {
			if (server === 'cdn') response.setHeader('content-disposition', 'attachment; filename="../../../evil.gguf"; filename*=UTF-8\'\'..%2F..%2Fevil.gguf');
			return false;
		},
	});
	for (const { id } of (await market.show('ann', { source: 'huggingface', name: repoName })).files)
		await market.download(owner, { source: 'huggingface', name: repoName, revision: '', fileId: id, projectorId: null });
	const downloads = await until(owner, (all) => all.length === 4 && all.every(({ job }) => job.state === 'completed' || job.state === 'failed'));
	expect(downloads.map(({ job }) => job.failure)).toEqual([null, null, null, null]);
	const models = library.list();
	expect(new Set(models.map(({ path }) => path)).size).toBe(4);
	for (const { path, origin } of models) {
		const [from] = origin.source === 'huggingface' ? origin.paths : [];
		expect(await readFile(path)).toEqual(files.find((file) => file.path === from)?.bytes);
	}
	expect(await strays()).toEqual([]);
});
