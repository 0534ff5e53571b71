import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isFailure } from '#contract/errors.ts';
import { readGguf } from '../library/gguf/readGguf.ts';
import { asking, openTestBed, readAnswer, type TestBed, writeModelWithTemplate } from './openTestBed.test-support.ts';

let bed: TestBed;
/** An engine whose library lets everything through, so that the engine host itself must find what is wrong. */
let open: TestBed;
let whole: Buffer;
beforeAll(async () => {
	bed = await openTestBed();
	open = await openTestBed({ facts: () => readGguf(path.join(open.folder, 'test.gguf')) });
	whole = await readFile(path.join(bed.folder, 'test.gguf'));
});
afterAll(() => Promise.all([bed.close(), open.close()]));

/** Loads a file by its bytes and tells how that ended. */
async function load(bytes: Uint8Array | string, name = 'bad.gguf'): Promise<unknown> {
	await writeFile(path.join(open.folder, name), bytes);
	return open.engine.ensureRunning('anna', name).then(
		async () => {
			const loaded = open.engine.deployments('anna').find(({ modelId }) => modelId === name);
			await open.engine.unload('anna', loaded?.id ?? '');
			return 'loaded';
		},
		(error) => error,
	);
}

/** The test model with the value of a metadata key changed: `at` bytes after the key's name, `bytes` are written. */
function withMetadata(key: string, value: number): Buffer {
	const bytes = Buffer.from(whole);
	// After the key comes its type (4 bytes), then the value.
	bytes.writeUInt32LE(value, bytes.indexOf(key) + key.length + 4);
	return bytes;
}

test.each<[string, () => Uint8Array | string]>([
	['a text file with another name', () => 'Dear teacher,\n'.repeat(500)],
	['an empty file', () => ''],
	['a file cut in its header', () => whole.subarray(0, 3000)],
	['a file cut in its weights', () => whole.subarray(0, whole.length - 5000)],
	['absurdly many blocks', () => withMetadata('llama.block_count', 0x7fffffff)],
	['no heads', () => withMetadata('llama.attention.head_count', 0)],
	['an absurd width', () => withMetadata('llama.embedding_length', 0xfffffff0)],
])('M1 a bad file is refused in words by the engine host itself: %s', async (_, bytes) => {
	const ended = await load(bytes());
	expect(isFailure(ended, 'MODEL_FILE_INVALID'), String(ended)).toBe(true);
	expect(ended).toMatchObject({ data: { fileName: 'bad.gguf', detail: expect.stringMatching(/^[A-Z].*\.$/s) } });
	const [failed] = open.engine.deployments('anna');
	expect(failed).toMatchObject({ state: 'failed', failure: { code: 'MODEL_FILE_INVALID' } });
});

const mutations = process.env.HOMEROOM_SOAK ? 1000 : 12;
test(`M1 the app lives through ${mutations} damaged models, each loaded, refused or told as a crash`, { timeout: mutations * 15_000 }, async () => {
	const headerBytes = whole.length - readGguf(path.join(bed.folder, 'test.gguf')).tensorBytes;
	const damage = fc.oneof(
		fc.record({ kind: fc.constant('cut' as const), at: fc.integer({ min: 0, max: whole.length - 1 }) }),
		fc.record({ kind: fc.constant('bit' as const), at: fc.integer({ min: 0, max: headerBytes }), bit: fc.integer({ min: 0, max: 7 }) }),
		fc.record({ kind: fc.constant('number' as const), at: fc.integer({ min: 0, max: headerBytes - 8 }), value: fc.constantFrom(0, 1, 0x7fffffff, 0xffffffff) }),
	);
	await fc.assert(
		fc.asyncProperty(damage, async (how) => {
			let bytes = Buffer.from(whole);
			if (how.kind === 'cut') bytes = bytes.subarray(0, how.at);
			else if (how.kind === 'bit') bytes[how.at] = (bytes[how.at] ?? 0) ^ (1 << how.bit);
			else bytes.writeUInt32LE(how.value, how.at);
			const ended = await load(bytes);
			const codes = ['MODEL_FILE_INVALID', 'MODEL_LOAD_FAILED', 'MODEL_TOO_BIG', 'MODEL_WORKER_CRASHED', 'TEMPLATE_FAILED', 'TEMPLATE_TIMEOUT'] as const;
			expect(ended === 'loaded' || codes.some((code) => isFailure(ended, code)), String(ended)).toBe(true);
		}),
		{ numRuns: mutations },
	);
});

test('M3 a template that never ends is refused as TEMPLATE_TIMEOUT', async () => {
	await writeModelWithTemplate(bed.folder, 'bomb.gguf', '{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}');
	await expect(bed.engine.ensureRunning('anna', 'bomb.gguf')).rejects.toMatchObject({ code: 'TEMPLATE_TIMEOUT', data: { name: 'bomb.gguf' } });
});

test('M3 a template that ends only for some texts is stopped when it meets one, and the model goes on', async () => {
	const sly =
		'{% if messages|length > 5 %}{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}{% endif %}{% for m in messages %}{{ m.content }}{% endfor %}';
	await writeModelWithTemplate(bed.folder, 'sly.gguf', sly);
	await bed.engine.ensureRunning('anna', 'sly.gguf');
	const turns = Array.from({ length: 9 }, (_, i) => ({ role: i % 2 === 0 ? ('user' as const) : ('assistant' as const), content: `turn ${i}` }));
	await expect(readAnswer(bed.engine.generate(asking('', { modelId: 'sly.gguf', turns })))).rejects.toMatchObject({ code: 'TEMPLATE_TIMEOUT' });
	expect(await readAnswer(bed.engine.generate(asking('Hello', { modelId: 'sly.gguf', maxTokens: 3 })))).toMatchObject({
		usage: { completionTokens: expect.any(Number) },
	});
});

test.each([
	['is no template', '{% for m in messages %}{{ m.content }'],
	['throws', "{{ raise_exception('not with me') }}"],
	['leaves the messages out', 'nothing of what was said'],
	['reaches for the constructor', "{{ messages.constructor.constructor('return process')().exit() }}"],
])('a template that %s is told as such', async (_, template) => {
	await writeModelWithTemplate(bed.folder, 'odd.gguf', template);
	await expect(bed.engine.ensureRunning('anna', 'odd.gguf')).rejects.toMatchObject({
		code: 'TEMPLATE_FAILED',
		data: { name: 'odd.gguf', detail: expect.stringMatching(/./) },
	});
});
