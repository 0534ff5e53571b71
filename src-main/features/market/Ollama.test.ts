import pino from 'pino';
import { afterEach, expect, test } from 'vitest';
import { digestOf, mediaTypes } from '../../../e2e/support/hub/answerRegistry.ts';
import { sendJson } from '../../../e2e/support/hub/sendJson.ts';
import { type HubOptions, type RegistryLayer, startHub } from '../../../e2e/support/hub/startHub.ts';
import { Network } from '../../platform/network/Network.ts';
import { Ollama } from './Ollama.ts';
import { readOllamaName } from './readOllamaName.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
	for (const close of closing.splice(0)) await close();
});

async function open(options: HubOptions) {
	const hub = await startHub(options);
	const network = new Network({ log: pino({ level: 'silent' }), policy: () => ({ offline: false, proxy: 'none' }) });
	closing.push(() => network.close(), hub.close);
	const ollama = new Ollama({ network, endpoint: () => hub.url });
	const show = (name: string) => {
		const named = readOllamaName(name);
		if (named.kind !== 'registry') throw new Error('not of the registry');
		return ollama.show(named);
	};
	return { hub, ollama, show };
}

const layer = (mediaType: string, text: string): RegistryLayer => ({ mediaType, bytes: Buffer.from(text) });

test('reads a model of the registry: its files, its licence, and what its layers advise', async () => {
	const params = { temperature: 0.6, top_k: 20, stop: ['<|im_start|>', '<|im_end|>'], num_ctx: 4096, top_p: 'high', mirostat: 1, repeat_penalty: 9 };
	const { show } = await open({
		registry: [
			{
				name: 'library/small',
				tag: '1b',
				config: { model_format: 'gguf', model_family: 'qwen3', file_type: 'Q4_K_M' },
				layers: [
					layer(mediaTypes.model, 'weights'),
					layer(mediaTypes.projector, 'eyes'),
					layer(mediaTypes.license, '\n  Apache License\n  Version 2.0'),
					layer(mediaTypes.system, 'You are brief.'),
					layer(mediaTypes.params, JSON.stringify(params)),
				],
			},
		],
	});
	const [weights, eyes] = [digestOf(Buffer.from('weights')), digestOf(Buffer.from('eyes'))];
	expect(await show('small:1b')).toEqual({
		source: 'ollama',
		name: 'small:1b',
		revision: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
		license: 'apache-2.0',
		languages: [],
		tags: [],
		access: 'open',
		downloads: null,
		updatedAt: null,
		pageUrl: 'https://ollama.com/library/small:1b',
		defaults: { temperature: 0.6, topK: 20, stop: ['<|im_start|>', '<|im_end|>'], contextTokens: 4096, systemPrompt: 'You are brief.' },
		files: [
			{
				id: weights,
				fileName: 'small-1b.gguf',
				kind: 'model',
				quantization: 'Q4_K_M',
				sizeBytes: 7,
				parts: [{ path: weights, sizeBytes: 7, checksum: weights }],
			},
			{
				id: eyes,
				fileName: 'small-1b-projector.gguf',
				kind: 'projector',
				quantization: null,
				sizeBytes: 4,
				parts: [{ path: eyes, sizeBytes: 4, checksum: eyes }],
			},
		],
	});
});

test('of a name that is there for several engines it takes the GGUF, and where none is one it has no files', async () => {
	const tagged = (tag: string, engine: { runner: string; format: string }, weights: string) => {
		return { name: 'library/both', tag, engine, layers: [layer(mediaTypes.model, weights)] };
	};
	const mlx = { runner: 'mlx', format: 'safetensors' };
	const registry = [
		tagged('4b', mlx, 'tensors'),
		tagged('4b', { runner: 'ollama', format: 'gguf' }, 'weights'),
		tagged('only', mlx, 'a'),
		tagged('only', mlx, 'b'),
	];
	const { show } = await open({ registry });
	expect((await show('both:4b')).files.map(({ id }) => id)).toEqual([digestOf(Buffer.from('weights'))]);
	expect((await show('both:only')).files).toEqual([]);
});

test('D3 a list of manifests leads to no other manifest than the one it names, and to no address by a bad digest', async () => {
	let digest = `sha256:${'0'.repeat(64)}`;
	const { show, hub } = await open({
		answer: ({ path }, response) => {
			const isList = path.endsWith('/latest');
			sendJson(response, 200, isList ? { manifests: [{ runner: 'ollama', digest }] } : { layers: [{ mediaType: mediaTypes.model, digest, size: 7 }] });
			return true;
		},
	});
	await expect(show('odd')).rejects.toMatchObject({ code: 'SERVER_CONFUSED' });
	digest = 'sha256:../../../../etc/passwd';
	const before = hub.requests.length;
	await expect(show('odd')).rejects.toMatchObject({ code: 'NAME_NOT_ALLOWED' });
	expect(hub.requests.slice(before).map(({ path }) => path)).toEqual(['/v2/library/odd/manifests/latest']);
});

test('a small layer that is not what its digest says is not read', async () => {
	const registry = [{ name: 'library/odd', tag: 'latest', layers: [layer(mediaTypes.model, 'weights'), layer(mediaTypes.params, '{"top_k": 1}')] }];
	const { show } = await open({
		registry,
		faultFor: ({ path }) => (path.includes(digestOf(Buffer.from('{"top_k": 1}')).slice(7)) ? { kind: 'wrongBytes', at: 3 } : null),
	});
	await expect(show('odd')).rejects.toMatchObject({ code: 'DOWNLOAD_CORRUPT' });
});

test('D5 never goes to a realm that the registry names', async () => {
	const elsewhere = await startHub({});
	closing.push(elsewhere.close);
	const { show } = await open({
		answer: (_, response) => {
			response.writeHead(401, { 'www-authenticate': `Bearer realm="${elsewhere.url}/token",service="x",scope="y"` }).end();
			return true;
		},
	});
	await expect(show('secret')).rejects.toMatchObject({ code: 'REMOTE_NOT_FOUND' });
	expect(elsewhere.requests).toEqual([]);
});

test.each([
	['qwen3', 'qwen3:latest', 'library'],
	['qwen3:4b', 'qwen3:4b', 'library'],
	['user/name:tag', 'user/name:tag', 'user'],
	['registry.ollama.ai/library/qwen3:4b', 'qwen3:4b', 'library'],
	['https://ollama.com/library/qwen3', 'qwen3:latest', 'library'],
	['ollama.com/user/name', 'user/name:latest', 'user'],
	['qwen2.5:0.5b-instruct-q4_K_M', 'qwen2.5:0.5b-instruct-q4_K_M', 'library'],
])('reads the name %s', (text, name, namespace) => {
	expect(readOllamaName(text)).toMatchObject({ kind: 'registry', name, namespace });
});

test('reads names of Hugging Face in the form that Ollama takes', () => {
	expect(readOllamaName('hf.co/owner/repo-GGUF:Q4_K_M')).toEqual({ kind: 'huggingface', repo: 'owner/repo-GGUF' });
});

test.each([
	'',
	'evil.example/library/qwen3',
	'a/b/c/d',
	'../qwen3',
	'a/..:b',
	'qwen3:',
	':4b',
	'q wen',
	'qwen3:4b:5c',
	'registry.ollama.ai/../x',
	'hf.co/../repo',
	`${'x'.repeat(81)}`,
])('refuses the name %j', (text) => {
	expect(() => readOllamaName(text)).toThrow(expect.objectContaining({ code: 'NAME_NOT_ALLOWED' }));
});
