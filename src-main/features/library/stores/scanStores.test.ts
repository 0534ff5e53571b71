import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { scanStores } from './scanStores.ts';

let home = '';
beforeEach(async () => {
	home = await mkdtemp(join(tmpdir(), 'homeroom-stores-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

/** Only what lies under the home folder of the test. */
const scan = async (env: Record<string, string> = {}) =>
	(await scanStores({ platform: 'darwin', home, env })).filter(({ paths }) => paths[0]?.startsWith(home));
const linked = process.platform !== 'win32';

async function put(path: string, content: string | Buffer = 'x'): Promise<string> {
	const file = join(home, path);
	await mkdir(dirname(file), { recursive: true });
	await writeFile(file, content);
	return file;
}

const sha256 = (content: string) => createHash('sha256').update(content).digest('hex');

/** Puts an Ollama model there: its layers as they are called, and its manifest. */
async function putOllama(name: string, layers: Record<string, string>, store = '.ollama/models'): Promise<void> {
	const entries = Object.entries(layers).map(([type, content]) => {
		return { mediaType: `application/vnd.ollama.image.${type}`, digest: `sha256:${sha256(content)}`, size: Buffer.byteLength(content) };
	});
	for (const content of Object.values(layers)) await put(`${store}/blobs/sha256-${sha256(content)}`, content);
	await put(`${store}/manifests/${name}`, JSON.stringify({ schemaVersion: 2, config: {}, layers: entries }));
}

test('finds nothing, and does not mind, where there are no stores', async () => {
	expect(await scan()).toEqual([]);
});

test('finds the models of Ollama by their names, with what Ollama would set for them', async () => {
	await putOllama('registry.ollama.ai/library/qwen3/4b', {
		model: 'weights',
		projector: 'eyes',
		params: '{"temperature":0.6,"top_k":20,"stop":["<|im_end|>"],"num_ctx":4096,"num_predict":-1,"mirostat":2,"top_p":7}',
		system: ' Be kind. ',
		template: '<|im_start|>user\n{{ .Prompt }}<|im_end|>\n<|im_start|>assistant\n',
		license: '\n                                 Apache License\n                           Version 2.0, January 2004\n',
	});
	await putOllama('hf.co/bartowski/Tiny-GGUF/Q4_K_M', { model: 'other weights', params: 'not json', license: 'Ask me first\nand then' });
	expect(await scan()).toEqual([
		{
			id: `ollama:hf.co/bartowski/Tiny-GGUF/Q4_K_M@sha256:${sha256('other weights')}`,
			program: 'ollama',
			name: 'hf.co/bartowski/Tiny-GGUF:Q4_K_M',
			kind: 'model',
			paths: [join(home, '.ollama/models/blobs', `sha256-${sha256('other weights')}`)],
			sizeBytes: 13,
			sha256s: [sha256('other weights')],
			defaults: null,
			license: 'Ask me first',
		},
		{
			id: `ollama:registry.ollama.ai/library/qwen3/4b@sha256:${sha256('weights')}`,
			program: 'ollama',
			name: 'qwen3:4b',
			kind: 'model',
			paths: [join(home, '.ollama/models/blobs', `sha256-${sha256('weights')}`)],
			sizeBytes: 7,
			sha256s: [sha256('weights')],
			defaults: {
				temperature: 0.6,
				topK: 20,
				stop: ['<|im_end|>'],
				contextTokens: 4096,
				systemPrompt: 'Be kind.',
				chatTemplate: expect.stringContaining('<|im_start|>'),
			},
			license: 'apache-2.0',
		},
		expect.objectContaining({ name: 'qwen3:4b (projector)', kind: 'projector', defaults: null, license: 'apache-2.0', sha256s: [sha256('eyes')] }),
	]);
});

test.runIf(linked)('finds models of Ollama whose manifests are blobs themselves, and of those for several engines the GGUF', async () => {
	await putOllama('registry.ollama.ai/library/good/1b', { model: 'weights' });
	const layers = [{ mediaType: 'application/vnd.ollama.image.model', digest: `sha256:${sha256('weights')}`, size: 7 }];
	const child = JSON.stringify({ layers });
	const list = JSON.stringify({
		manifests: [
			{ runner: 'mlx', layers: [] },
			{ runner: 'ollama', digest: `sha256:${sha256(child)}` },
		],
	});
	await put(`.ollama/models/blobs/sha256-${sha256(child)}`, child);
	const blob = await put(`.ollama/models/blobs/sha256-${sha256(list)}`, list);
	const folder = join(home, '.ollama/models/manifests-v2/registry.ollama.ai/library/both');
	await mkdir(folder, { recursive: true });
	await symlink(blob, join(folder, 'latest'));
	await put('.ollama/models/manifests/registry.ollama.ai/library/both/latest', '{}');
	await put('.ollama/models/manifests/registry.ollama.ai/library/apple/only', JSON.stringify({ manifests: [{ runner: 'mlx', layers }] }));
	expect((await scan()).map(({ name, sha256s }) => [name, sha256s])).toEqual([
		['both:latest', [sha256('weights')]],
		['good:1b', [sha256('weights')]],
	]);
});

test('D3 a manifest cannot name a file outside the blobs, and a broken one is passed over', async () => {
	const layer = (digest: string, size = 1) => JSON.stringify({ layers: [{ mediaType: 'application/vnd.ollama.image.model', digest, size }] });
	await put('secret');
	const hostile = ['sha256:../../../secret', '../../secret', `sha256:${'A'.repeat(64)}`, `sha256-${'a'.repeat(64)}`, `sha256:${'a'.repeat(64)}\n`, ''];
	for (const [i, digest] of hostile.entries()) await put(`.ollama/models/manifests/r/n/m/${i}`, layer(digest));
	for (const [i, text] of ['', '{', 'null', '[]', '{"layers":{}}', '{"layers":[{"digest":5}]}'].entries())
		await put(`.ollama/models/manifests/r/n/bad/${i}`, text);
	await putOllama('registry.ollama.ai/library/good/1b', { model: 'weights' });
	await put(`.ollama/models/manifests/r/n/short/1`, layer(`sha256:${sha256('weights')}`, 6));
	await put(`.ollama/models/manifests/deep/er/than/they/are`, layer(`sha256:${sha256('weights')}`, 7));
	expect((await scan()).map(({ name }) => name)).toEqual(['good:1b']);
});

test.runIf(linked)('follows no link out of a store, and links inside it without going in circles', async () => {
	await put('elsewhere/Outside-Q4_0.gguf');
	const inside = await put('.lmstudio/models/pub/repo/Inside-Q4_0.gguf');
	const folder = join(home, '.lmstudio/models/pub/repo');
	await symlink(join(home, 'elsewhere/Outside-Q4_0.gguf'), join(folder, 'Linked-Q4_0.gguf'));
	await symlink(join(home, 'elsewhere'), join(home, '.lmstudio/models/away'));
	await symlink('..', join(folder, 'around'));
	await symlink(join(home, 'nowhere'), join(folder, 'Broken-Q4_0.gguf'));
	await symlink(inside, join(home, '.lmstudio/models/pub/Again-Q8_0.gguf'));
	expect((await scan()).map(({ name }) => name)).toEqual(['pub/Again-Q8_0', 'pub/repo/Inside-Q4_0']);
});

test('finds the models of LM Studio, also where its settings and its pointer say', async () => {
	await put('.lmstudio/models/qwen/Qwen3-4B-GGUF/Qwen3-4B-Q4_K_M.gguf', 'four');
	await put('.lmstudio/models/qwen/Qwen3-4B-GGUF/mmproj-Qwen3-4B-F16.gguf');
	await put('.lmstudio/models/qwen/Qwen3-4B-GGUF/README.md');
	await put('.lmstudio/models/big/M/M-Q4_0-00001-of-00002.gguf', 'ab');
	await put('.lmstudio/models/big/M/M-Q4_0-00002-of-00002.gguf', 'c');
	await put('.lmstudio/models/torn/M/M-Q4_0-00001-of-00002.gguf');
	await put('disk/more/pub/Other-Q8_0.gguf');
	await put('.lmstudio/settings.json', JSON.stringify({ downloadsFolder: join(home, 'disk/more') }));
	await put('elsewhere/lm/models/pub/repo/Third-Q8_0.gguf');
	await put('.lmstudio-home-pointer', `${join(home, 'elsewhere/lm')}\n`);
	const finds = await scan();
	expect(finds.map(({ name, kind, sizeBytes, paths }) => [name, kind, sizeBytes, paths.length])).toEqual([
		['big/M/M-Q4_0', 'model', 3, 2],
		['qwen/Qwen3-4B-GGUF/Qwen3-4B-Q4_K_M', 'model', 4, 1],
		['qwen/Qwen3-4B-GGUF/mmproj-Qwen3-4B-F16', 'projector', 1, 1],
		['pub/repo/Third-Q8_0', 'model', 1, 1],
		['pub/Other-Q8_0', 'model', 1, 1],
	]);
	expect(new Set(finds.map(({ program, sha256s }) => `${program} ${sha256s}`))).toEqual(new Set(['lmstudio null']));
});

test('finds the models of Jan, also where its settings say', async () => {
	await put('Library/Application Support/Jan/data/llamacpp/models/janhq/Jan-v1-4B/model.gguf');
	await put('Library/Application Support/Jan/data/llamacpp/models/janhq/Jan-v1-4B/mmproj.gguf');
	await put('Library/Application Support/Jan/data/llamacpp/models/janhq/Jan-v1-4B/model.yml', 'model_path: llamacpp/models/janhq/Jan-v1-4B/model.gguf');
	await put('other/jan/llamacpp/models/mine/model.gguf');
	await put('Library/Application Support/Jan/settings.json', JSON.stringify({ data_folder: join(home, 'other/jan') }));
	expect((await scan()).map(({ program, name, kind }) => [program, name, kind])).toEqual([
		['jan', 'janhq/Jan-v1-4B/mmproj', 'projector'],
		['jan', 'janhq/Jan-v1-4B', 'model'],
		['jan', 'mine', 'model'],
	]);
});

test.runIf(linked)('finds the files of the Hugging Face cache once each, with the checksums that it names them by', async () => {
	const repo = '.cache/huggingface/hub/models--unsloth--Qwen3-4B-GGUF';
	const [old, main] = ['1'.repeat(40), '2'.repeat(40)];
	const blob = async (content: string, name = sha256(content)) => put(`${repo}/blobs/${name}`, content);
	const link = async (commit: string, file: string, blobFile: string) => {
		const path = join(home, repo, 'snapshots', commit, file);
		await mkdir(dirname(path), { recursive: true });
		await symlink(blobFile, path);
	};
	await put(`${repo}/refs/main`, main);
	const shared = await blob('shared');
	await link(old, 'Qwen3-4B-Q4_K_M.gguf', shared);
	await link(main, 'Qwen3-4B-Q4_K_M.gguf', shared);
	await link(old, 'Qwen3-4B-Q8_0.gguf', await blob('old one'));
	await link(main, 'BF16/Qwen3-4B-BF16-00001-of-00002.gguf', await blob('half'));
	await link(main, 'BF16/Qwen3-4B-BF16-00002-of-00002.gguf', await blob('rest'));
	await link(main, 'vocab.gguf', await blob('small', 'f'.repeat(40)));
	await link(main, 'hosts.gguf', '/etc/hosts');
	await put('.cache/huggingface/hub/datasets--a--b/snapshots/main/data.gguf');
	await put('.cache/huggingface/hub/models--a--b/snapshots/not-a-commit/data.gguf');
	const finds = await scan();
	expect(finds.map(({ name, sha256s, paths }) => [name, sha256s, paths[0]?.includes(main)])).toEqual([
		['unsloth/Qwen3-4B-GGUF/BF16/Qwen3-4B-BF16', [sha256('half'), sha256('rest')], true],
		['unsloth/Qwen3-4B-GGUF/Qwen3-4B-Q4_K_M', [sha256('shared')], true],
		['unsloth/Qwen3-4B-GGUF/vocab', null, true],
		['unsloth/Qwen3-4B-GGUF/Qwen3-4B-Q8_0', [sha256('old one')], false],
	]);
});

test('does not go deeper than stores are', async () => {
	await put(`.lmstudio/models/${'deep/'.repeat(20)}Model-Q4_0.gguf`);
	await put('.lmstudio/models/pub/repo/Model-Q4_0.gguf');
	expect((await scan()).map(({ name }) => name)).toEqual(['pub/repo/Model-Q4_0']);
});
