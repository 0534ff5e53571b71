import { createHash } from 'node:crypto';
import pino from 'pino';
import { afterEach, expect, test } from 'vitest';
import { failures } from '#contract/errors.ts';
import { gitBlobId } from '../../../e2e/support/hub/answerHub.ts';
import { type HubOptions, startHub } from '../../../e2e/support/hub/startHub.ts';
import { Network } from '../../platform/network/Network.ts';
import { HuggingFace } from './HuggingFace.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
	for (const close of closing.splice(0)) await close();
});

async function open(options: HubOptions, token: string | null = null) {
	const hub = await startHub(options);
	const lines: string[] = [];
	const log = pino({ level: 'trace' }, { write: (line) => void lines.push(line) });
	const network = new Network({ log, policy: () => ({ offline: false, proxy: 'none' }) });
	closing.push(() => network.close(), hub.close);
	return { hub, lines, huggingFace: new HuggingFace({ network, endpoint: () => `${hub.url}/`, token: () => token }) };
}

const bytes = (text: string) => Buffer.from(text);
const sha256 = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`;

test('lists a repository: GGUF files alone, split ones as one, picture parts and adapters as such, each with its checksum', async () => {
	const { huggingFace, hub } = await open({
		repos: [
			{
				name: 'school/Small-GGUF',
				tags: ['license:apache-2.0', 'zh'],
				cardData: { license: 'other', license_name: 'school-licence', language: ['en', 'zh'] },
				gated: 'auto',
				downloads: 7,
				updatedAt: '2026-02-03T04:05:06.000Z',
				files: [
					{ path: 'README.md', bytes: bytes('# card') },
					{ path: 'Small-Q4_K_M.gguf', bytes: bytes('small') },
					{ path: 'big/Big-Q8_0-00002-of-00002.gguf', bytes: bytes('second') },
					{ path: 'big/Big-Q8_0-00001-of-00002.gguf', bytes: bytes('first') },
					{ path: 'Half-F16-00001-of-00003.gguf', bytes: bytes('lonely') },
					{ path: 'mmproj-Small-F16.gguf', bytes: bytes('eyes') },
					{ path: 'small-lora.gguf', bytes: bytes('manners'), outsideLfs: true },
				],
			},
		],
	});
	expect(await huggingFace.show('school/Small-GGUF', null)).toEqual({
		source: 'huggingface',
		name: 'school/Small-GGUF',
		revision: createHash('sha1').update('school/Small-GGUF').digest('hex'),
		license: 'school-licence',
		languages: ['en', 'zh'],
		tags: ['gguf', 'license:apache-2.0', 'zh'],
		access: 'automatic',
		downloads: 7,
		updatedAt: Date.parse('2026-02-03T04:05:06.000Z'),
		pageUrl: `${hub.url}/school/Small-GGUF`,
		defaults: null,
		files: [
			{
				id: 'Small-Q4_K_M.gguf',
				fileName: 'Small-Q4_K_M.gguf',
				kind: 'model',
				quantization: 'Q4_K_M',
				sizeBytes: 5,
				parts: [{ path: 'Small-Q4_K_M.gguf', sizeBytes: 5, checksum: sha256('small') }],
			},
			{
				id: 'big/Big-Q8_0-00001-of-00002.gguf',
				fileName: 'Big-Q8_0-00001-of-00002.gguf',
				kind: 'model',
				quantization: 'Q8_0',
				sizeBytes: 11,
				parts: [
					{ path: 'big/Big-Q8_0-00001-of-00002.gguf', sizeBytes: 5, checksum: sha256('first') },
					{ path: 'big/Big-Q8_0-00002-of-00002.gguf', sizeBytes: 6, checksum: sha256('second') },
				],
			},
			{
				id: 'mmproj-Small-F16.gguf',
				fileName: 'mmproj-Small-F16.gguf',
				kind: 'projector',
				quantization: 'F16',
				sizeBytes: 4,
				parts: [{ path: 'mmproj-Small-F16.gguf', sizeBytes: 4, checksum: sha256('eyes') }],
			},
			{
				id: 'small-lora.gguf',
				fileName: 'small-lora.gguf',
				kind: 'adapter',
				quantization: null,
				sizeBytes: 7,
				parts: [{ path: 'small-lora.gguf', sizeBytes: 7, checksum: `git-sha1:${gitBlobId(bytes('manners'))}` }],
			},
		],
	});
});

test('searches page by page, the most downloaded first', async () => {
	const repos = Array.from({ length: 65 }, (_, i) => ({ name: `school/model-${i}`, files: [], downloads: i, likes: 1, tags: ['license:mit'] }));
	const { huggingFace } = await open({ repos });
	const pages = [];
	for (const skip of [0, 30, 60]) pages.push(await huggingFace.search({ query: 'MODEL', sort: 'downloads', skip }));
	expect(pages.map(({ entries, more }) => [entries.length, more])).toEqual([
		[30, true],
		[30, true],
		[5, false],
	]);
	expect(pages.flatMap(({ entries }) => entries.map(({ name }) => name))).toEqual(repos.map(({ name }) => name).reverse());
	expect(pages[2]?.entries.at(-1)).toEqual({
		source: 'huggingface',
		name: 'school/model-0',
		access: 'open',
		license: 'mit',
		downloads: 0,
		likes: 1,
		updatedAt: Date.parse('2026-01-01T00:00:00.000Z'),
	});
});

test('tells what a refusal means: nothing there, a token that is not good, too many requests, a page in between', async () => {
	const page = await open({ answer: (_, response) => Boolean(response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Sign in</html>')) });
	await expect(page.huggingFace.show('a/b', null)).rejects.toMatchObject({ code: 'SERVER_CONFUSED' });
	const busy = await open({ answer: (_, response) => Boolean(response.writeHead(429, { 'retry-after': '7' }).end()) });
	await expect(busy.huggingFace.show('a/b', null)).rejects.toMatchObject({ code: 'RATE_LIMITED', data: { retryAfterMs: 7000 } });
	const broken = await open({ answer: (_, response) => Boolean(response.writeHead(503).end()) });
	await expect(broken.huggingFace.search({ query: 'x', sort: 'likes', skip: 0 })).rejects.toMatchObject({ code: 'SERVER_FAILED', data: { status: 503 } });
	const none = await open({});
	await expect(none.huggingFace.show('a/b', null)).rejects.toMatchObject({ code: 'REMOTE_NOT_FOUND', message: failures.REMOTE_NOT_FOUND.message });
	const stranger = await open({}, 'hf_unknown1');
	await expect(stranger.huggingFace.account()).rejects.toMatchObject({ code: 'TOKEN_INVALID' });
	const known = await open({ accounts: { hf_known123: { name: 'teacher', granted: [] } } }, 'hf_known123');
	expect(await known.huggingFace.account()).toBe('teacher');
});

test('D5 sends the token to the endpoint alone: a next page on another server is not asked for', async () => {
	const token = 'hf_secret12345';
	const elsewhere = await startHub({});
	closing.push(elsewhere.close);
	const { huggingFace, hub, lines } = await open(
		{
			answer: (request, response) => {
				if (!request.path.startsWith('/api/models?')) return false;
				response.writeHead(200, { 'content-type': 'application/json', link: `<${elsewhere.url}/api/models?cursor=1>; rel="next"` }).end('[]');
				return true;
			},
		},
		token,
	);
	await expect(huggingFace.search({ query: '', sort: 'trending', skip: 0 })).rejects.toMatchObject({ code: 'SERVER_CONFUSED' });
	expect(hub.requests.map(({ headers }) => headers.authorization)).toEqual([`Bearer ${token}`]);
	expect(elsewhere.requests).toEqual([]);
	expect(lines.join()).not.toContain(token);
});
